"""Issued and received papers, and files that stand in for rendered ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.received.context import Received, ReceivedLine
from saleor_b2b_docs.documents.received.services import receive
from saleor_b2b_docs.documents.services import ensure_invoice, file_rendered
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract

PDF = b"%PDF-1.7 of the invoice"


def issue_invoice(
    order: Order, *, now: dt.datetime | None = None, is_rendered: bool = True
) -> Document:
    """The order's invoice; its current revision has a file unless said otherwise."""
    now = now or timezone.now()
    document = ensure_invoice(order, now=now)
    if is_rendered:
        file_current_revision(document, now=now)
    return document


def file_current_revision(document: Document, *, now: dt.datetime | None = None) -> None:
    """Store a small file as if the current revision had been rendered."""
    document.refresh_from_db()
    revision = document.revisions.order_by("-number")[0]
    name = default_storage.save(f"documents/{document.pk}/{revision.number}.pdf", ContentFile(PDF))
    file_rendered(
        revision,
        name=name,
        is_void=document.voided_at is not None,
        forms_version="1",
        now=now or timezone.now(),
    )


LINE = ReceivedLine(
    name="Кава мелена, 250 г",
    sku="COFFEE-250",
    unit="шт",
    quantity=Decimal(10),
    price=Decimal("120.00"),
    net=Decimal("1000.00"),
    vat_rate=Decimal("0.2"),
    vat=Decimal("200.00"),
    gross=Decimal("1200.00"),
)


def make_received(
    contract: Contract,
    *,
    key: str = "guid-1",
    source: str = "1c-main",
    kind: DocumentKind = DocumentKind.WAYBILL,
    number: str = "РН-000017",
    issued_on: dt.date = dt.date(2026, 3, 2),
    gross: int | None = 120_000,
    orders: Sequence[tuple[str, int | None]] = (),
    lines: Sequence[ReceivedLine] = (LINE,),
    pdf: bytes | None = None,
    is_void: bool = False,
) -> Received:
    """A paper as the accounting system hands it in, in the contract's currency."""
    return Received(
        key=key,
        source=source,
        kind=kind,
        number=number,
        issued_on=issued_on,
        supplier=contract.supplier,
        counterparty=contract.counterparty,
        contract=contract,
        currency=contract.currency,
        gross=gross,
        orders=tuple(orders),
        lines=tuple(lines),
        pdf=pdf,
        is_void=is_void,
    )


def receive_paper(received: Received, *, now: dt.datetime | None = None) -> Document:
    """The paper, received at its supplier's installation."""
    return receive(received.supplier.installation, received, now=now or timezone.now())
