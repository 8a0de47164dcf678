"""Writes of documents: issuing, revising, voiding, links."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from saleor_b2b_docs.documents.adoption.services import adopt_order
from saleor_b2b_docs.documents.forms.codec import to_json
from saleor_b2b_docs.documents.invoices import fingerprint, invoice_context, local_day
from saleor_b2b_docs.documents.models import (
    AccessLink,
    Attempts,
    Document,
    DocumentKind,
    DocumentOrder,
    NumberSeries,
    Origin,
    Revision,
)
from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.twins.services import pair_issued
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.parties.numbering import format_number, is_gapless, restarts_yearly
from saleor_b2b_docs.parties.queries import missing_requisites
from saleor_b2b_docs.parties.services import SUPPLIER_NOT_READY
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)


def ensure_invoice(order: Order, *, now: dt.datetime) -> Document:
    """The order's invoice: issued if there is none, revised if the order's money changed.

    However often and in whatever order it is called, there is one invoice per order and supplier,
    and a revision more only for other financial content. Rendering follows as a job.

    Raises PermanentFailure SUPPLIER_NOT_READY when nobody is set to sell in the order's channel,
    or the supplier lacks requisites.
    """
    supplier = order.supplier
    if supplier is None:
        raise PermanentFailure(
            SUPPLIER_NOT_READY, f"no supplier is set for channel {order.channel_slug}"
        )
    missing = missing_requisites(supplier, order.currency)
    if missing:
        raise PermanentFailure(
            SUPPLIER_NOT_READY, f"supplier {supplier.code} has no {', no '.join(missing)}"
        )
    with transaction.atomic():
        # Locks out another worker on this order; its serial key does so already, but the lock
        # is what the uniqueness of numbers rests on.
        Order.objects.select_for_update().get(pk=order.pk)
        adopt_order(order)
        document = Document.objects.filter(
            order=order, supplier=supplier, kind=DocumentKind.INVOICE, origin=Origin.ISSUED
        ).first()
        document = document or _issue(order, supplier, now=now)
        current = document.revisions.order_by("-number").first()
        content_hash = fingerprint(order)
        if current is None or current.fingerprint != content_hash:
            _revise(document, order, supplier, content_hash=content_hash, now=now)
        if current is None:
            pair_issued(document)
            document.refresh_from_db(fields=["twin", "contract", "counterparty"])
    return document


def void_invoices(order: Order, *, now: dt.datetime) -> None:
    """The order was cancelled or expired: our invoices for it stay, marked void."""
    with transaction.atomic():
        for document in Document.objects.select_for_update().filter(
            order=order, kind=DocumentKind.INVOICE, origin=Origin.ISSUED, voided_at=None
        ):
            document.voided_at = now
            document.save(update_fields=["voided_at"])
            _schedule_rendering(document, now=now)
            log.info("invoice voided", document=str(document.pk))


def start_series(supplier: Supplier, *, kind: DocumentKind, year: int, last: int) -> None:
    """Let a series go on after a number that was given elsewhere; it never goes back.

    Raises ValueError when the series has given that number or a later one itself.
    """
    with transaction.atomic():
        series = _locked_series(supplier, kind=kind, year=year)
        if series.last >= last:
            raise ValueError(f"the series is at {series.last} already")
        series.last = last
        series.save(update_fields=["last"])


def file_rendered(
    revision: Revision, *, name: str, is_void: bool, forms_version: str, now: dt.datetime
) -> None:
    """The revision's PDF is in the storage under this name."""
    revision.pdf_name = name
    revision.pdf_is_void = is_void
    revision.forms_version = forms_version
    revision.rendered_at = now
    revision.save(update_fields=["pdf_name", "pdf_is_void", "forms_version", "rendered_at"])


def file_lost(revision: Revision, *, now: dt.datetime) -> None:
    """The storage has the revision's file no more: have it made anew, where it was made here."""
    if revision.document.origin == Origin.RECEIVED:
        return
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(pdf_name="", rendered_at=None)
        _schedule_rendering(revision.document, now=now)


def create_link(document: Document, *, now: dt.datetime) -> str:
    """A new secret that opens this document. Only its hash is kept; it can be revoked."""
    secret = secrets.token_urlsafe(32)
    AccessLink.objects.create(document=document, secret_hash=hash_secret(secret), created_at=now)
    return secret


def request_link(document_id: uuid.UUID, *, email: str, now: dt.datetime) -> None:
    """Have a link mailed to the buyer, if that is whose e-mail this is.

    Says nothing about it: whoever asks must not learn whose document it is.
    """
    address = email.strip().lower()
    # Databases compare nothing with NULs and halves of characters.
    if not address or not address.isprintable():
        return
    document = Document.objects.filter(pk=document_id, order__user_email=address).first()
    if document is None:
        return
    enqueue(
        "documents.mail_link",
        key=str(document_id),
        installation_id=document.installation_id,
        arguments={"document": str(document_id)},
        now=now,
    )


def revoke_links(document_id: uuid.UUID, *, now: dt.datetime) -> int:
    """Make all links of a document worthless; how many there were."""
    return AccessLink.objects.filter(document_id=document_id, revoked_at=None).update(
        revoked_at=now
    )


def add_attempt(key: str, window: int) -> int:
    """Count one attempt of this key in the window, and forget earlier windows; the new count."""
    attempts = Attempts.objects.filter(key=key)
    with transaction.atomic():
        Attempts.objects.bulk_create([Attempts(key=key, window=window)], ignore_conflicts=True)
        attempts.filter(window=window).update(count=F("count") + 1)
        attempts.filter(window__lt=window).delete()
        return attempts.values_list("count", flat=True).get(window=window)


def hash_secret(secret: str) -> str:
    """How a link's secret is kept and looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _issue(order: Order, supplier: Supplier, *, now: dt.datetime) -> Document:
    issued_on = local_day(supplier, now)
    number = _take_number(supplier, kind=DocumentKind.INVOICE, order=order, issued_on=issued_on)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                installation=order.installation,
                supplier=supplier,
                kind=DocumentKind.INVOICE,
                order=order,
                contract=order.contract,
                counterparty=order.contract.counterparty if order.contract else None,
                number=number,
                search_key=search_key(number),
                issued_on=issued_on,
                issued_at=now,
            )
    except IntegrityError as error:
        # The pattern was changed to one that gives numbers anew.
        raise PermanentFailure(
            "NUMBER_TAKEN", f"supplier {supplier.code} already has an invoice {number}"
        ) from error
    log.info("invoice issued", document=str(document.pk), number=number)
    return document


def _take_number(
    supplier: Supplier, *, kind: DocumentKind, order: Order, issued_on: dt.date
) -> str:
    """The number of a new paper, taken in the transaction that stores the paper.

    The series' row stays locked until then, so that papers of one series are stored one after the
    other: a number that a rolled-back transaction took goes to the next paper, and the series has
    no gap and no repeat.
    """
    pattern = supplier.number_pattern
    sequence = 0
    if is_gapless(pattern):
        year = issued_on.year if restarts_yearly(pattern) else 0
        series = _locked_series(supplier, kind=kind, year=year)
        series.last += 1
        series.save(update_fields=["last"])
        sequence = series.last
    return format_number(pattern, order_number=order.number, year=issued_on.year, sequence=sequence)


def _locked_series(supplier: Supplier, *, kind: DocumentKind, year: int) -> NumberSeries:
    """The series' row, made if there is none, and nobody else's until the transaction ends."""
    NumberSeries.objects.get_or_create(supplier=supplier, kind=kind, year=year)
    return NumberSeries.objects.select_for_update().get(supplier=supplier, kind=kind, year=year)


def _revise(
    document: Document, order: Order, supplier: Supplier, *, content_hash: str, now: dt.datetime
) -> None:
    context = invoice_context(order, supplier, number=document.number, issued_on=document.issued_on)
    content: dict[str, Any] = to_json(context)
    revision = Revision.objects.create(
        document=document,
        number=document.revisions.count() + 1,
        content=content,
        pictures={
            name: picture.name
            for name in ("logo", "stamp", "signature")
            if (picture := getattr(supplier, name))
        },
        fingerprint=content_hash,
        currency=order.currency,
        gross=order.gross,
        created_at=now,
    )
    document.currency = order.currency
    document.gross = order.gross
    document.save(update_fields=["currency", "gross"])
    DocumentOrder.objects.update_or_create(
        document=document, order=order, defaults={"amount": order.gross}
    )
    _schedule_rendering(document, now=now)
    if revision.number > 1:
        log.info("invoice revised", document=str(document.pk), revision=revision.number)


def _schedule_rendering(document: Document, *, now: dt.datetime) -> None:
    enqueue(
        "documents.render",
        key=str(document.pk),
        serial_key=f"document:{document.pk}",
        installation_id=document.installation_id,
        arguments={"document": str(document.pk)},
        now=now,
    )
