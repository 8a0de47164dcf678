"""Writes of what ties papers to orders: the links, and notes of orders that are waited for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from saleor_b2b_docs.documents.models import Document, DocumentOrder
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias

Orders = Sequence[tuple[str, int | None]]
"""Saleor's ids of orders, each with how much of a paper is about it."""

_BATCH = 500
_WAITS = "waits:"


def known_orders(
    installation_id: int, papers: Iterable[tuple[Document, Orders]]
) -> dict[str, Order]:
    """Those of the papers' orders that are known here, by their ids at Saleor.

    Sets each document's `order`, unsaved: the only one that its paper names, if it is known.
    """
    papers = list(papers)
    wanted = {order_id for _, orders in papers for order_id, _ in orders}
    known = {
        order.saleor_id: order
        for order in Order.objects.filter(installation_id=installation_id, saleor_id__in=wanted)
    }
    for document, orders in papers:
        document.order = known.get(orders[0][0]) if len(orders) == 1 else None
    return known


def link_orders(
    papers: Sequence[tuple[Document, Orders]], known: Mapping[str, Order], *, are_new: bool = False
) -> None:
    """Make the links of stored documents what their papers say; what is not known is waited for.

    `are_new`: the documents have no links and no notes yet. The number of statements is constant.
    """
    present: dict[tuple[object, int], DocumentOrder] = {}
    if not are_new:
        links = DocumentOrder.objects.filter(document__in=[document for document, _ in papers])
        present = {(link.document_id, link.order_id): link for link in links}
    created: list[DocumentOrder] = []
    changed: list[DocumentOrder] = []
    for document, orders in papers:
        for order_id, amount in orders:
            if order_id not in known:
                continue
            link = present.pop((document.pk, known[order_id].pk), None)
            if link is None:
                created.append(
                    DocumentOrder(document=document, order=known[order_id], amount=amount)
                )
            elif link.amount != amount:
                link.amount = amount
                changed.append(link)
    if present:
        DocumentOrder.objects.filter(pk__in=[link.pk for link in present.values()]).delete()
    DocumentOrder.objects.bulk_create(created, batch_size=_BATCH)
    if changed:
        DocumentOrder.objects.bulk_update(changed, ["amount"], batch_size=_BATCH)
    _wait(papers, known, are_new=are_new)


def papers_waiting_for(order: Order) -> list[str]:
    """Primary keys of the documents that named the order before it was known here."""
    waiting = Alias.objects.filter(
        installation_id=order.installation_id,
        kind=Alias.Kind.DOCUMENT,
        source=_waits_for(order.saleor_id),
    )
    return list(waiting.values_list("target", flat=True))


def _wait(
    papers: Sequence[tuple[Document, Orders]], known: Mapping[str, Order], *, are_new: bool
) -> None:
    """Note which orders the papers wait for.

    The notes are aliases, "what order X calls this document", since these are found by an index
    whatever the number of papers.
    """
    sources: dict[str, set[str]] = defaultdict(set)
    for document, orders in papers:
        sources[str(document.pk)].update(
            _waits_for(order_id) for order_id, _ in orders if order_id not in known
        )
    if not are_new:
        notes = Alias.objects.filter(
            installation_id=papers[0][0].installation_id if papers else 0,
            kind=Alias.Kind.DOCUMENT,
            target__in=list(sources),
            source__startswith=_WAITS,
        )
        stale = [note.pk for note in notes if note.source not in sources[note.target]]
        if stale:
            Alias.objects.filter(pk__in=stale).delete()
    Alias.objects.bulk_create(
        [
            Alias(
                installation_id=document.installation_id,
                kind=Alias.Kind.DOCUMENT,
                source=source,
                external_id=str(document.pk),
                target=str(document.pk),
            )
            for document, _ in papers
            for source in sorted(sources[str(document.pk)])
        ],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )


def _waits_for(order_id: str) -> str:
    """The source of such aliases: hashed, since an order's id may be longer than a source."""
    return _WAITS + hashlib.sha256(order_id.encode()).hexdigest()[:40]
