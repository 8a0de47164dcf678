"""An invoice of ours and the accounting system's invoice for the same thing: one row, two papers.

The received one is the `twin` of the issued one, whichever of them came first.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from saleor_b2b_docs.documents.models import Document, DocumentKind, Origin


def pair_all_received(documents: Iterable[Document]) -> None:
    """`pair_received` of many papers; two statements where there is nothing to pair or to part."""
    invoices = [
        document
        for document in documents
        if document.kind == DocumentKind.INVOICE and document.origin == Origin.RECEIVED
    ]
    if not invoices:
        return
    paired = set(
        Document.objects.filter(twin__in=[document.pk for document in invoices]).values_list(
            "twin", flat=True
        )
    )
    issued = Document.objects.filter(
        Q(order__in={document.order_id for document in invoices if document.order_id})
        | Q(
            counterparty__in={document.counterparty_id for document in invoices},
            search_key__in={document.search_key for document in invoices},
        ),
        supplier__in={document.supplier_id for document in invoices},
        kind=DocumentKind.INVOICE,
        origin=Origin.ISSUED,
    ).values_list("order", "counterparty", "search_key")
    orders, names = set(), set()
    for order_id, counterparty_id, key in issued:
        orders.add(order_id)
        names.add((counterparty_id, key))
    for document in invoices:
        if (
            document.pk in paired
            or (document.order_id is not None and document.order_id in orders)
            or (document.counterparty_id, document.search_key) in names
        ):
            pair_received(document)


def pair_received(document: Document) -> None:
    """Make a received invoice the twin of the invoice of ours that it is the double of, if any.

    That is the one for the only order that it names; else the one of the same counterparty, year
    and number. Both must be of one supplier, and not of two counterparties. An invoice of ours
    keeps the twin that it has, unless that one is void. What is no double any more is parted.

    Call it in the transaction that changed the paper, with its orders linked.
    """
    if document.kind != DocumentKind.INVOICE or document.origin != Origin.RECEIVED:
        return
    issued = _double_of(document)
    for former in Document.objects.filter(twin=document):
        if former != issued:
            former.twin = None
            former.save(update_fields=["twin"])
    if issued is None or issued.twin_id == document.pk or document.voided_at:
        return
    if issued.twin and not issued.twin.voided_at:
        return
    issued.twin = document
    changed = ["twin"]
    if issued.counterparty_id is None:
        # The accounting system knows whose the order is. Without that, its buyers would see
        # neither of the two: theirs as a double, ours as nobody's.
        issued.counterparty_id = document.counterparty_id
        issued.contract_id = document.contract_id
        changed += ["counterparty", "contract"]
    issued.save(update_fields=changed)


def pair_issued(document: Document) -> None:
    """The same from the other side: an invoice of ours was made, or got its counterparty."""
    received = Document.objects.filter(
        supplier=document.supplier_id, kind=DocumentKind.INVOICE, origin=Origin.RECEIVED
    ).order_by("issued_at", "id")
    candidates = [*received.filter(twin_of=document), *received.filter(order=document.order_id)]
    if document.counterparty_id:
        candidates += received.filter(
            counterparty=document.counterparty_id,
            issued_on__year=document.issued_on.year,
            search_key=document.search_key,
        )
    for candidate in candidates:
        pair_received(candidate)


def _double_of(received: Document) -> Document | None:
    issued = (
        Document.objects.select_related("twin")
        .select_for_update(of=("self",))
        .filter(supplier=received.supplier_id, kind=DocumentKind.INVOICE, origin=Origin.ISSUED)
    )
    if received.order_id:
        for_order = issued.filter(order=received.order_id).first()
        if for_order and for_order.counterparty_id in (None, received.counterparty_id):
            return for_order
    of_number = issued.filter(
        counterparty=received.counterparty_id,
        search_key=received.search_key,
        # Numbers begin anew every year.
        issued_on__year=received.issued_on.year,
    )
    if _names_orders(received):
        of_number = of_number.filter(
            order__in=received.order_links.values_list("order_id", flat=True)
        )
    found = list(of_number[:2])
    return found[0] if len(found) == 1 else None


def _names_orders(received: Document) -> bool:
    """Whether the paper says which orders it is about, known here or not."""
    current = received.revisions.order_by("-number").values_list("content__orders", flat=True)
    return bool(current.first())
