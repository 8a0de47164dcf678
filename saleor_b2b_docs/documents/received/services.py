"""Writes of received papers: what the accounting system or staff hands in."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from saleor_b2b_docs.documents.models import Document, DocumentOrder, Origin, Revision
from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.received.context import (
    InvalidReceived,
    Received,
    check,
    check_pdf,
    fingerprint,
    to_content,
)
from saleor_b2b_docs.documents.twins.services import pair_received
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias
from saleor_b2b_docs.saleor.models import Installation

log = structlog.get_logger(__name__)

_Orders = Sequence[tuple[str, int | None]]


def receive(installation: Installation, received: Received, *, now: dt.datetime) -> Document:
    """Keep a paper as its source has it now.

    The first time it becomes a document. Afterwards, the same content changes nothing, other
    content makes a revision. A file that comes with the same content is added to it, or makes a
    revision when there was another one; no file means that none was sent, not that there is none.

    Orders that are not known here yet are linked when they come, see `link_waiting_orders`.
    Raises InvalidReceived, and has changed nothing then.
    """
    check(received)
    if received.supplier.installation_id != installation.pk:
        raise InvalidReceived("INVALID_PARTIES", "the supplier is of another Saleor")
    with transaction.atomic():
        document = _document_of(installation, received, now=now)
        current = document.revisions.order_by("-number").first()
        content_hash = fingerprint(received)
        if current is None or current.fingerprint != content_hash:
            _describe(document, received)
            _revise(document, received, content_hash=content_hash, now=now)
            _link_orders(document, received.orders)
        elif received.pdf is not None:
            attach_pdf(document, received.pdf, now=now)
        if received.is_void != (document.voided_at is not None):
            document.voided_at = now if received.is_void else None
            document.save(update_fields=["voided_at"])
        pair_received(document)
    return document


def void_received(
    installation: Installation, *, source: str, key: str, now: dt.datetime
) -> Document | None:
    """The source took the paper back: it stays, marked void. None for one that never came."""
    with transaction.atomic():
        document = _known(installation, source=source, key=key)
        if document and document.voided_at is None:
            document.voided_at = now
            document.save(update_fields=["voided_at"])
            log.info("received paper voided", document=str(document.pk))
    return document


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
    waiting = Alias.objects.filter(
        installation_id=order.installation_id,
        kind=Alias.Kind.DOCUMENT,
        source=_waits_for(order.saleor_id),
    )
    for document_id in list(waiting.values_list("target", flat=True)):
        with transaction.atomic():
            document = Document.objects.select_for_update().get(pk=document_id)
            current = document.revisions.order_by("-number")[0]
            _link_orders(
                document, [(order_id, amount) for order_id, amount in current.content["orders"]]
            )
            pair_received(document)


def _document_of(installation: Installation, received: Received, *, now: dt.datetime) -> Document:
    """The document of the paper's key, made if there is none, and nobody else's meanwhile."""
    new_id = uuid.uuid4()
    alias, is_new = Alias.objects.get_or_create(
        installation=installation,
        source=received.source,
        kind=Alias.Kind.DOCUMENT,
        external_id=received.key,
        defaults={"target": str(new_id)},
    )
    if not is_new:
        known = Document.objects.select_for_update().get(pk=alias.target)
        if known.origin != Origin.RECEIVED:
            raise InvalidReceived("NOT_RECEIVED", "the key is of a paper that was made here")
        if known.kind != received.kind:
            raise InvalidReceived("KIND_CHANGED", f"the paper was a {known.kind} before")
        return known
    document = Document(
        id=new_id,
        installation=installation,
        kind=received.kind,
        origin=Origin.RECEIVED,
        issued_at=now,
    )
    _describe(document, received)
    log.info("paper received", document=str(document.pk), kind=received.kind.value)
    return document


def _describe(document: Document, received: Received) -> None:
    """What of the paper is searched, sorted and scoped by."""
    document.supplier = received.supplier
    document.counterparty = received.counterparty
    document.contract = received.contract
    document.number = received.number
    document.search_key = search_key(received.number)
    document.issued_on = received.issued_on
    document.currency = received.currency
    document.gross = received.gross
    document.save()


def _revise(document: Document, received: Received, *, content_hash: str, now: dt.datetime) -> None:
    pdf_name = _store(document, received.pdf) if received.pdf is not None else ""
    Revision.objects.create(
        document=document,
        number=document.revisions.count() + 1,
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


def _link_orders(document: Document, orders: _Orders) -> None:
    """Make the links what the paper says; an order that is not known here is waited for."""
    amounts: Mapping[str, int | None] = dict(orders)
    known = {
        order.saleor_id: order
        for order in Order.objects.filter(
            installation_id=document.installation_id, saleor_id__in=list(amounts)
        )
    }
    document.order_links.exclude(order__in=known.values()).delete()
    for order_id, order in known.items():
        DocumentOrder.objects.update_or_create(
            document=document, order=order, defaults={"amount": amounts[order_id]}
        )
    document.order = next(iter(known.values())) if len(amounts) == len(known) == 1 else None
    document.save(update_fields=["order"])
    _wait_for(document, [order_id for order_id in amounts if order_id not in known])


def _wait_for(document: Document, order_ids: Sequence[str]) -> None:
    """Note which orders the paper waits for.

    The notes are aliases, "what order X calls this document", since these are found by an index
    whatever the number of papers.
    """
    notes = Alias.objects.filter(
        installation_id=document.installation_id,
        kind=Alias.Kind.DOCUMENT,
        target=str(document.pk),
        source__startswith=_WAITS,
    )
    sources = [_waits_for(order_id) for order_id in order_ids]
    notes.exclude(source__in=sources).delete()
    Alias.objects.bulk_create(
        [
            Alias(
                installation_id=document.installation_id,
                kind=Alias.Kind.DOCUMENT,
                source=source,
                external_id=str(document.pk),
                target=str(document.pk),
            )
            for source in sources
        ],
        ignore_conflicts=True,
    )


_WAITS = "waits:"


def _waits_for(order_id: str) -> str:
    """The source of such aliases: hashed, since an order's id may be longer than a source."""
    return _WAITS + hashlib.sha256(order_id.encode()).hexdigest()[:40]


def _known(installation: Installation, *, source: str, key: str) -> Document | None:
    target = (
        Alias.objects.filter(
            installation=installation,
            source=source,
            kind=Alias.Kind.DOCUMENT,
            external_id=key,
        )
        .values_list("target", flat=True)
        .first()
    )
    received = Document.objects.select_for_update().filter(origin=Origin.RECEIVED)
    return received.filter(pk=target).first() if target else None
