"""Writes of received papers: what the accounting system or staff hands in."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from saleor_b2b_docs.documents.models import Document, Origin, Revision
from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.received.context import (
    InvalidReceived,
    Received,
    check,
    check_pdf,
    fingerprint,
    to_content,
)
from saleor_b2b_docs.documents.received.links.services import (
    Orders,
    known_orders,
    link_orders,
    papers_waiting_for,
)
from saleor_b2b_docs.documents.twins.services import pair_all_received, pair_received
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias
from saleor_b2b_docs.saleor.models import Installation

log = structlog.get_logger(__name__)

_BATCH = 500
_Name = tuple[str, str]
"""Source and key of a paper."""


def receive(installation: Installation, received: Received, *, now: dt.datetime) -> Document:
    """Keep a paper as its source has it now; see `receive_all`.

    Raises InvalidReceived, and has changed nothing then.
    """
    (kept,) = receive_all(installation, [received], now=now)
    if isinstance(kept, InvalidReceived):
        raise kept
    return kept


def receive_all(
    installation: Installation,
    papers: Sequence[Received],
    *,
    are_checked: bool = False,
    now: dt.datetime,
) -> list[Document | InvalidReceived]:
    """Keep papers as their source has them now: for each its document, or why it is refused.

    The first time a paper becomes a document. Afterwards, the same content changes nothing, other
    content makes a revision. A file that comes with the same content is added to it, or makes a
    revision when there was another one; no file means that none was sent, not that there is none.
    Of a paper twice in one call the last counts. A refused one keeps nobody else from being kept.

    Orders that are not known here yet are linked when they come, see `link_waiting_orders`.
    `are_checked`: the caller had `context.check` look at each, in this transaction.
    One transaction; the number of statements is constant but for files and doubles of invoices.
    """
    refused: dict[int, InvalidReceived] = {}
    named: dict[_Name, Received] = {}
    for position, received in enumerate(papers):
        try:
            if not are_checked:
                check(received)
            if received.supplier.installation_id != installation.pk:
                raise InvalidReceived("INVALID_PARTIES", "the supplier is of another Saleor")
        except InvalidReceived as error:
            refused[position] = error
        else:
            named[received.source, received.key] = received
    with transaction.atomic():
        kept = _keep_all(installation, named, now=now)
    return [
        refused[position] if position in refused else kept[received.source, received.key]
        for position, received in enumerate(papers)
    ]


def void_received(
    installation: Installation, *, source: str, key: str, now: dt.datetime
) -> Document | None:
    """The source took the paper back: it stays, marked void. None for one that never came."""
    found = void_all_received(installation, source=source, keys=[key], now=now)
    return found[0] if found else None


def void_all_received(
    installation: Installation, *, source: str, keys: Collection[str], now: dt.datetime
) -> list[Document]:
    """The same of many papers; those that ever came."""
    with transaction.atomic():
        targets = Alias.objects.filter(
            installation=installation,
            source=source,
            kind=Alias.Kind.DOCUMENT,
            external_id__in=keys,
        ).values_list("target", flat=True)
        documents = list(
            Document.objects.select_for_update()
            .filter(origin=Origin.RECEIVED, pk__in=list(targets))
            .order_by("pk")
        )
        changed = [document for document in documents if document.voided_at is None]
        for document in changed:
            document.voided_at = now
        Document.objects.filter(pk__in=[document.pk for document in changed]).update(voided_at=now)
    for document in changed:
        log.info("received paper voided", document=str(document.pk))
    return documents


def attach_pdf(document: Document, pdf: bytes, *, now: dt.datetime) -> None:
    """Give a received paper its file: to the current revision, or, where that has another, to a
    new one of the same content. The same file again changes nothing.

    Raises InvalidReceived for what is no PDF, is too large, or belongs to a paper of ours.
    """
    check_pdf(pdf)
    if document.origin != Origin.RECEIVED:
        raise InvalidReceived("NOT_RECEIVED", "papers of ours are made here")
    with transaction.atomic():
        current = document.revisions.select_for_update().order_by("-number")[0]
        name = _store(document, pdf)
        if current.pdf_name == name:
            return
        if current.pdf_name:
            current = Revision(
                document=document,
                number=current.number + 1,
                content=current.content,
                fingerprint=current.fingerprint,
                currency=current.currency,
                gross=current.gross,
                created_at=now,
            )
        current.pdf_name = name
        current.rendered_at = now
        current.save()


def link_waiting_orders(order: Order) -> None:
    """Link an order to the papers that named it before it was known here."""
    for document_id in papers_waiting_for(order):
        with transaction.atomic():
            document = Document.objects.select_for_update().get(pk=document_id)
            current = document.revisions.order_by("-number")[0]
            orders = [(order_id, amount) for order_id, amount in current.content["orders"]]
            known = known_orders(document.installation_id, [(document, orders)])
            document.save(update_fields=["order"])
            link_orders([(document, orders)], known)
            pair_received(document)


@dataclass(slots=True)
class _Plan:
    """What a call writes."""

    new: list[Document] = field(default_factory=list)
    changed: dict[uuid.UUID, Document] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    links_of_new: list[tuple[Document, Orders]] = field(default_factory=list)
    links_of_known: list[tuple[Document, Orders]] = field(default_factory=list)
    files: list[tuple[Document, bytes]] = field(default_factory=list)


_COLUMNS = [
    "supplier",
    "counterparty",
    "contract",
    "order",
    "number",
    "search_key",
    "issued_on",
    "currency",
    "gross",
    "voided_at",
]
"""What may change of a received paper."""


def _keep_all(
    installation: Installation, papers: dict[_Name, Received], *, now: dt.datetime
) -> dict[_Name, Document | InvalidReceived]:
    ids, new_ids = _ids(installation, papers)
    known_ids = [pk for pk in ids.values() if pk not in new_ids]
    # In one sequence, so that two calls for the same papers don't wait for each other.
    known = (
        {
            document.pk: document
            for document in Document.objects.select_for_update()
            .filter(pk__in=known_ids)
            .order_by("pk")
        }
        if known_ids
        else {}
    )
    current = _current_revisions(known_ids)
    kept: dict[_Name, Document | InvalidReceived] = {}
    plan = _Plan()
    for name, received in papers.items():
        document = known.get(ids[name])
        if document is None:
            document = Document(
                id=ids[name],
                installation=installation,
                kind=received.kind,
                origin=Origin.RECEIVED,
                issued_at=now,
            )
        elif (refusal := _refusal(document, received)) is not None:
            kept[name] = refusal
            continue
        kept[name] = document
        _plan(plan, document, received, current.get(document.pk), now=now)
    _write(installation, plan)
    for document, pdf in plan.files:
        attach_pdf(document, pdf, now=now)
    pair_all_received([paper for paper in kept.values() if isinstance(paper, Document)])
    return kept


def _plan(
    plan: _Plan,
    document: Document,
    received: Received,
    current: Revision | None,
    *,
    now: dt.datetime,
) -> None:
    content_hash = fingerprint(received)
    if current is None or current.fingerprint != content_hash:
        _describe(document, received)
        plan.revisions.append(
            _revision(document, received, current, content_hash=content_hash, now=now)
        )
        links = plan.links_of_new if current is None else plan.links_of_known
        links.append((document, received.orders))
        if current is None:
            plan.new.append(document)
        else:
            plan.changed[document.pk] = document
    elif received.pdf is not None:
        plan.files.append((document, received.pdf))
    if received.is_void != (document.voided_at is not None):
        document.voided_at = now if received.is_void else None
        if current is not None:
            plan.changed[document.pk] = document


def _write(installation: Installation, plan: _Plan) -> None:
    links = [*plan.links_of_new, *plan.links_of_known]
    orders = known_orders(installation.pk, links) if any(of for _, of in links) else {}
    for document, of in plan.links_of_known:
        if not of:
            document.order = None
    Document.objects.bulk_create(plan.new, batch_size=_BATCH)
    if plan.changed:
        Document.objects.bulk_update(plan.changed.values(), _COLUMNS, batch_size=_BATCH)
    Revision.objects.bulk_create(plan.revisions, batch_size=_BATCH)
    if any(of for _, of in plan.links_of_new):
        link_orders(plan.links_of_new, orders, are_new=True)
    if plan.links_of_known:
        link_orders(plan.links_of_known, orders)
    if plan.revisions:
        log.info("papers received", new=len(plan.new), revisions=len(plan.revisions))


def _ids(
    installation: Installation, papers: Collection[_Name]
) -> tuple[dict[_Name, uuid.UUID], set[uuid.UUID]]:
    """The document's id of each paper, and which of them are new and nobody else's meanwhile."""
    ids = _called(installation, papers)
    proposed = {name: uuid.uuid4() for name in papers if name not in ids}
    if proposed:
        Alias.objects.bulk_create(
            [
                Alias(
                    installation=installation,
                    source=source,
                    kind=Alias.Kind.DOCUMENT,
                    external_id=key,
                    target=str(proposed[source, key]),
                )
                for source, key in sorted(proposed)
            ],
            ignore_conflicts=True,
            batch_size=_BATCH,
        )
        ids |= _called(installation, proposed)
    return ids, {pk for name, pk in proposed.items() if ids[name] == pk}


def _called(installation: Installation, names: Collection[_Name]) -> dict[_Name, uuid.UUID]:
    found: dict[_Name, uuid.UUID] = {}
    for source in sorted({source for source, _ in names}):
        rows = Alias.objects.filter(
            installation=installation,
            source=source,
            kind=Alias.Kind.DOCUMENT,
            external_id__in=[key for of, key in names if of == source],
        ).values_list("external_id", "target")
        found.update(((source, key), uuid.UUID(target)) for key, target in rows)
    return found


def _current_revisions(document_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Revision]:
    """The highest of each, without what it says."""
    if not document_ids:
        return {}
    rows = Revision.objects.filter(document__in=document_ids).order_by("number")
    return {row.document_id: row for row in rows.only("document", "number", "fingerprint")}


def _refusal(known: Document, received: Received) -> InvalidReceived | None:
    if known.origin != Origin.RECEIVED:
        return InvalidReceived("NOT_RECEIVED", "the key is of a paper that was made here")
    if known.kind != received.kind:
        return InvalidReceived("KIND_CHANGED", f"the paper was a {known.kind} before")
    return None


def _describe(document: Document, received: Received) -> None:
    """What of the paper is searched, sorted and scoped by. Unsaved."""
    document.supplier = received.supplier
    document.counterparty = received.counterparty
    document.contract = received.contract
    document.number = received.number
    document.search_key = search_key(received.number)
    document.issued_on = received.issued_on
    document.currency = received.currency
    document.gross = received.gross


def _revision(
    document: Document,
    received: Received,
    current: Revision | None,
    *,
    content_hash: str,
    now: dt.datetime,
) -> Revision:
    pdf_name = _store(document, received.pdf) if received.pdf is not None else ""
    return Revision(
        document=document,
        number=current.number + 1 if current else 1,
        content=to_content(received),
        fingerprint=content_hash,
        currency=received.currency,
        gross=received.gross,
        created_at=now,
        pdf_name=pdf_name,
        rendered_at=now if pdf_name else None,
    )


def _store(document: Document, pdf: bytes) -> str:
    """The name of the file in the storage: its content's hash, so it is written once."""
    name = (
        f"documents/{document.installation_id}/{document.pk}/{hashlib.sha256(pdf).hexdigest()}.pdf"
    )
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(pdf))
    return name
