"""Issued papers, and files that stand in for rendered ones."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import ensure_invoice, file_rendered
from saleor_b2b_docs.orders.models import Order

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
