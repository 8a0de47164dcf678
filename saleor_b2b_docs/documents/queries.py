"""Reads of documents, scoped by who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from saleor_b2b_docs.documents.models import (
    AccessLink,
    Attempts,
    Document,
    DocumentKind,
    DocumentOrder,
    Origin,
    Revision,
)
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import visible_orders
from saleor_b2b_docs.parties.queries import MONEY_ROLES, seats
from saleor_b2b_docs.saleor.viewers import Viewer


def visible_documents(viewer: Viewer) -> QuerySet[Document]:
    """The documents that a viewer may see, with their revisions, twin, orders and contract.

    A customer: those of his own orders, and all of the counterparties that he is an owner or an
    accountant of. Staff with MANAGE_ORDERS: all of their installation. Anybody else: none.
    """
    if viewer.installation_id is None:
        return Document.objects.none()
    documents = with_papers(Document.objects.filter(installation_id=viewer.installation_id))
    if viewer.may_read_orders:
        return documents
    own = visible_orders(viewer)
    return documents.filter(
        Q(order__in=own)
        | Exists(DocumentOrder.objects.filter(document=OuterRef("pk"), order__in=own))
        | Q(counterparty__in=papers_seats(viewer))
    )


def papers_seats(viewer: Viewer) -> Sequence[uuid.UUID]:
    """The counterparties all of whose papers a customer may see, as an owner or an accountant."""
    return sorted(
        counterparty_id for counterparty_id, role in seats(viewer).items() if role in MONEY_ROLES
    )


def visible_document(viewer: Viewer, document_id: uuid.UUID) -> Document | None:
    """The document of this id, if the viewer may see it."""
    return visible_documents(viewer).filter(pk=document_id).first()


def documents_of(order: Order) -> Sequence[Document]:
    """The papers that were made here for an order; for an order that the asker may see."""
    return list(
        with_papers(Document.objects.filter(order=order, origin=Origin.ISSUED)).order_by(
            "issued_at", "number"
        )
    )


def papers_of(order: Order) -> Sequence[Document]:
    """All papers of an order, made here or received; for an order that the asker may see.

    The accounting system's double of an invoice of ours is left out, as in the Journal.
    """
    linked = DocumentOrder.objects.filter(order=order).values("document_id")
    return list(
        with_papers(
            Document.objects.filter(Q(order=order) | Q(pk__in=linked)).filter(IS_NO_DOUBLE)
        ).order_by("issued_on", "issued_at", "number")
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


def with_papers(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents with what lists show of them: the number of queries is the same for any.

    What revisions say is left out, since that is large and only a paper's own page needs it.
    """
    return documents.select_related(
        "twin", "supplier", "contract__supplier", "contract__counterparty"
    ).prefetch_related(
        Prefetch(
            "revisions", queryset=Revision.objects.defer("content", "pictures").order_by("-number")
        ),
        Prefetch("order_links", queryset=DocumentOrder.objects.select_related("order")),
    )


IS_NO_DOUBLE = (
    Q(origin=Origin.ISSUED)
    | ~Q(kind=DocumentKind.INVOICE)
    | ~Exists(Document.objects.filter(twin=OuterRef("pk")))
)
"""Leaves out the accounting system's double of an invoice of ours: the two are one row. What is
no received invoice is none, and is not looked up."""
