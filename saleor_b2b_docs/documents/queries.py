"""Reads of documents, scoped by who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from saleor_b2b_docs.documents.models import AccessLink, Attempts, Document, Revision
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import visible_orders
from saleor_b2b_docs.saleor.viewers import Viewer


def visible_documents(viewer: Viewer) -> QuerySet[Document]:
    """The documents of the orders that a viewer may see, with their revisions, newest first."""
    return Document.objects.filter(order__in=visible_orders(viewer)).prefetch_related(_REVISIONS)


def visible_document(viewer: Viewer, document_id: uuid.UUID) -> Document | None:
    """The document of this id, if the viewer may see it."""
    return visible_documents(viewer).filter(pk=document_id).first()


def documents_of(order: Order) -> Sequence[Document]:
    """An order's documents with their revisions; for an order that the asker may see."""
    return list(
        Document.objects.filter(order=order)
        .prefetch_related(_REVISIONS)
        .order_by("issued_at", "number")
    )


def document_for_mail(document_id: uuid.UUID) -> Document | None:
    """The document with its order and supplier, for the app itself."""
    return Document.objects.filter(pk=document_id).select_related("order", "supplier").first()


def is_guest_document(document_id: uuid.UUID, *, order_number: str, email: str) -> bool:
    """Whether the document is of an order without an account, of this number and e-mail."""
    return Document.objects.filter(
        pk=document_id,
        order__user_id="",
        order__user_email=email,
        order__number=order_number,
    ).exists()


def has_link(document_id: uuid.UUID, *, secret_hash: str) -> bool:
    """Whether a link of this secret leads to the document and was not revoked."""
    return AccessLink.objects.filter(
        document_id=document_id, secret_hash=secret_hash, revoked_at=None
    ).exists()


def used_attempts(key: str, window: int) -> int:
    """How many attempts of this key were counted in the window."""
    used = Attempts.objects.filter(key=key, window=window)
    return used.values_list("count", flat=True).first() or 0


def revisions_of(document_id: uuid.UUID) -> Sequence[Revision]:
    """All revisions of a document, the current one first."""
    return list(
        Revision.objects.filter(document_id=document_id)
        .select_related("document")
        .order_by("-number")
    )


def revision_of(document_id: uuid.UUID, number: int | None) -> Revision | None:
    """A revision of a document that may be opened: the current one unless a number is given."""
    revisions = Revision.objects.filter(document_id=document_id).select_related("document")
    if number is not None:
        revisions = revisions.filter(number=number)
    return revisions.order_by("-number").first()


_REVISIONS = Prefetch("revisions", queryset=Revision.objects.order_by("-number"))
