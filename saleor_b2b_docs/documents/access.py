"""Who may open a document: by token, by ticket, by mailed link, or as the order's guest.

A document's address is no secret: everyone who has the order's id reads it at Saleor.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core import signing

from saleor_b2b_docs.documents import queries
from saleor_b2b_docs.documents.services import hash_secret
from saleor_b2b_docs.saleor.viewers import Viewer

TICKET_LIFETIME = dt.timedelta(hours=1)
"""Long enough for a page that lies open during a phone call; the address itself never dies."""
_SALT = "b2b-docs.ticket"


def address_of(document_id: uuid.UUID) -> str:
    """The document's lasting address, which asks who is there. This is what Saleor is given."""
    return f"{settings.PUBLIC_URL}/documents/{document_id}"


def ticket_for(document_id: uuid.UUID) -> str:
    """A signed, short-lived proof that its bearer was allowed to see this document just now.

    For links inside a page that has proved itself: browsers send no token with a link.
    """
    return signing.dumps(str(document_id), salt=_SALT)


def web_url(document_id: uuid.UUID, *, revision: int | None = None) -> str:
    """The document's page, with a ticket."""
    return f"{address_of(document_id)}{_query(document_id, revision)}"


def pdf_url(document_id: uuid.UUID, *, revision: int | None = None) -> str:
    """The document's PDF as a download, with a ticket."""
    return f"{address_of(document_id)}.pdf{_query(document_id, revision)}&download=1"


def may_open(document_id: uuid.UUID, *, viewer: Viewer, ticket: str = "", link: str = "") -> bool:
    """Whether any of these proofs opens the document."""
    return (
        _is_ticket_for(document_id, ticket)
        or _is_link_to(document_id, link)
        or queries.visible_documents(viewer).filter(pk=document_id).exists()
    )


def is_guest_of(document_id: uuid.UUID, *, order_number: str, email: str) -> bool:
    """Whether somebody knows number and e-mail of the guest order that the document is for.

    Never so for orders of customers with an account, see orders.queries.guest_order.
    """
    if not email.strip() or not order_number.strip():
        return False
    if not (email + order_number).isprintable():
        return False  # NULs and halves of characters, with which databases compare nothing
    return queries.is_guest_document(
        document_id,
        order_number=order_number.strip().lstrip("#№ "),
        email=email.strip().lower(),
    )


def _query(document_id: uuid.UUID, revision: int | None) -> str:
    return f"?ticket={ticket_for(document_id)}" + (f"&revision={revision}" if revision else "")


def _is_ticket_for(document_id: uuid.UUID, ticket: str) -> bool:
    if not ticket:
        return False
    try:
        opened = signing.loads(ticket, salt=_SALT, max_age=TICKET_LIFETIME)
    except signing.BadSignature:
        return False
    return bool(opened == str(document_id))


def _is_link_to(document_id: uuid.UUID, secret: str) -> bool:
    return bool(secret) and queries.has_link(document_id, secret_hash=hash_secret(secret))
