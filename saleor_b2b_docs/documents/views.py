"""The doors of documents: the page, the file, and "who is there?" before either.

An existing document that the caller may not see looks in every respect like one that isn't there.
"""

from __future__ import annotations

import dataclasses
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from saleor_b2b_docs.documents import access, queries
from saleor_b2b_docs.documents.attempts import (
    GUEST_BY_ADDRESS,
    GUEST_BY_ORDER,
    MAIL_BY_DOCUMENT,
    Limit,
    TooManyAttempts,
    count_attempt,
)
from saleor_b2b_docs.documents.models import Origin, Revision
from saleor_b2b_docs.documents.received.page import received_page
from saleor_b2b_docs.documents.rendering import pdf_content, web_page
from saleor_b2b_docs.documents.responses import content_disposition, plain_text, private
from saleor_b2b_docs.documents.services import request_link
from saleor_b2b_docs.documents.texts import access_texts
from saleor_b2b_docs.saleor.callers import client_address, request_viewer
from saleor_b2b_docs.saleor.errors import InvalidToken, SaleorUnavailable
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer


@require_safe
def web(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """The document as a page."""
    opened = _open(request, document_id)
    if not isinstance(opened, Revision):
        return opened
    nonce = secrets.token_urlsafe(16)
    page = (
        received_page(opened, language=access_texts(request).language, nonce=nonce)
        if opened.document.origin == Origin.RECEIVED
        else web_page(opened, nonce=nonce)
    )
    return private(HttpResponse(page), nonce=nonce)


@require_safe
def pdf(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """The document as a file, shown or with `download` saved.

    503 while it is being made; 404 for a received paper that came without one.
    """
    opened = _open(request, document_id)
    if not isinstance(opened, Revision):
        return opened
    content = pdf_content(opened, now=timezone.now())
    if content is None:
        return _no_file(request, opened)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{opened.document.kind}-{opened.document.number}".replace("/", "-")
    response.headers["Content-Disposition"] = content_disposition(
        f"{name}.pdf", is_download="download" in request.GET
    )
    return private(response)


def _no_file(request: HttpRequest, revision: Revision) -> HttpResponse:
    texts = access_texts(request)
    if revision.document.origin == Origin.RECEIVED:
        return plain_text(texts.no_file, status=404)
    waiting = plain_text(texts.preparing, status=503)
    waiting.headers["Retry-After"] = "2"
    return waiting


# A page of another site that posts here opens nothing to itself, so there is nothing to forge.
@csrf_exempt
@require_POST
def guest(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """A guest proves himself by order number and e-mail, a limited number of times."""
    order_number = request.POST.get("order_number", "")[:64]
    email = request.POST.get("email", "")[:254]
    asked = _Asked(order_number=order_number, email=email)
    refused = _too_many(request, GUEST_BY_ORDER, document_id, asked)
    if refused:
        return refused
    if access.is_guest_of(document_id, order_number=order_number, email=email):
        return private(HttpResponseRedirect(access.web_url(document_id)))
    return _who_is_there(
        request,
        document_id,
        dataclasses.replace(asked, problem=access_texts(request).refused),
        status=403,
    )


# As above: the link goes to the buyer's own mailbox, whoever asks for it.
@csrf_exempt
@require_POST
def mail(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """Whoever names the buyer's e-mail has a link mailed there; the answer never tells."""
    if not settings.SENDS_MAIL:
        return plain_text("Not found.\n", status=404)
    refused = _too_many(request, MAIL_BY_DOCUMENT, document_id, _Asked())
    if refused:
        return refused
    email = request.POST.get("email", "")[:254]
    request_link(document_id, email=email, now=timezone.now())
    asked = _Asked(notice=access_texts(request).sent)
    return _who_is_there(request, document_id, asked, status=200)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page that asks who is there shows again, or says about it."""

    problem: str = ""
    notice: str = ""
    order_number: str = ""
    email: str = ""


def _too_many(
    request: HttpRequest, limit: Limit, document_id: uuid.UUID, asked: _Asked
) -> HttpResponse | None:
    """Counts one attempt; the refusal when it was one too many."""
    now = timezone.now()
    try:
        count_attempt(GUEST_BY_ADDRESS, client_address(request), now=now)
        count_attempt(limit, str(document_id), now=now)
    except TooManyAttempts as error:
        asked = dataclasses.replace(asked, problem=access_texts(request).too_many)
        refused = _who_is_there(request, document_id, asked, status=429)
        refused.headers["Retry-After"] = str(int(error.retry_after.total_seconds()))
        return refused
    return None


def _open(request: HttpRequest, document_id: uuid.UUID) -> Revision | HttpResponse:
    """The revision that is asked for, or the answer to somebody who may not have it."""
    try:
        viewer = request_viewer(request, now=timezone.now())
    except InvalidToken:
        viewer = ANONYMOUS  # is asked who is there, like everybody without a token
    except SaleorUnavailable:
        return plain_text("Try again in a moment.\n", status=503)
    if not _may_open(request, document_id, viewer):
        return _who_is_there(request, document_id, _Asked(), status=401)
    revision = queries.revision_of(document_id, _asked_revision(request))
    if revision is None:
        return plain_text("Not found.\n", status=404)
    return revision


def _asked_revision(request: HttpRequest) -> int | None:
    """The number of a revision; None, the current one, for anything that is no number."""
    text = request.GET.get("revision", "")
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if len(text) < 10 else 0  # which no revision has


def _may_open(request: HttpRequest, document_id: uuid.UUID, viewer: Viewer) -> bool:
    return access.may_open(
        document_id,
        viewer=viewer,
        ticket=request.GET.get("ticket", ""),
        link=request.GET.get("link", ""),
    ) or bool(request.user.has_perm("documents.view_document"))


def _who_is_there(
    request: HttpRequest, document_id: uuid.UUID, asked: _Asked, *, status: int
) -> HttpResponse:
    nonce = secrets.token_urlsafe(16)
    response = render(
        request,
        "documents/who_is_there.html",
        {
            "texts": access_texts(request),
            "nonce": nonce,
            "asked": asked,
            "action": f"/documents/{document_id}/guest",
            "mail_action": f"/documents/{document_id}/mail" if settings.SENDS_MAIL else "",
            "staff_url": f"/admin/login/?next=/documents/{document_id}",
        },
        status=status,
    )
    return private(response, nonce=nonce)
