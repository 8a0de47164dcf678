"""From a revision to its web page and its file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import uuid
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from saleor_b2b_docs.documents import access, queries, services
from saleor_b2b_docs.documents.forms import FORMS_VERSION, FormError, render_html, render_pdf
from saleor_b2b_docs.documents.forms.codec import from_json
from saleor_b2b_docs.documents.forms.context import InvoiceContext, Picture
from saleor_b2b_docs.documents.models import Revision
from saleor_b2b_docs.parties.pictures import media_type
from saleor_b2b_docs.work.errors import PermanentFailure

log = structlog.get_logger(__name__)


def render_document(document_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Make the PDFs of a document's revisions, except those that are there already.

    The current one first, since a buyer may be waiting for it. Old ones stay reachable, so one
    that was followed before it had a file gets it too, and a void paper's all bear the mark.

    A file is stored before its name is: a crash in between leaves a file that nobody names,
    and its name is its content's hash, so the next run writes the same one.

    Raises PermanentFailure when the form can't be made from what it is given.
    """
    revisions = queries.revisions_of(document_id)
    if not revisions:
        raise PermanentFailure("NO_DOCUMENT", f"no document {document_id}")
    for revision in revisions:
        is_void = revision.document.voided_at is not None
        if not revision.pdf_name or revision.pdf_is_void != is_void:
            _render(revision, is_void=is_void, now=now)


def _render(revision: Revision, *, is_void: bool, now: dt.datetime) -> None:
    try:
        content = render_pdf(context_of(revision))
    except FormError as error:
        raise PermanentFailure(error.code, str(error)) from error
    name = (
        f"documents/{revision.document.installation_id}/{revision.document_id}/"
        f"{hashlib.sha256(content).hexdigest()}.pdf"
    )
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    services.file_rendered(
        revision, name=name, is_void=is_void, forms_version=FORMS_VERSION, now=now
    )


def web_page(revision: Revision, *, nonce: str) -> str:
    """The revision as a page; its scripts and styles carry the nonce."""
    return render_html(
        context_of(revision),
        pdf_url=access.pdf_url(revision.document_id, revision=revision.number),
        nonce=nonce,
    )


def pdf_content(revision: Revision, *, now: dt.datetime) -> bytes | None:
    """The bytes of the revision's PDF, or None while there is none.

    A file that got lost from the storage is made anew, since the revision still says it all.
    """
    if not revision.pdf_name:
        return None
    try:
        with default_storage.open(revision.pdf_name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        log.error("file lost", document=str(revision.document_id), revision=revision.number)
        services.file_lost(revision, now=now)
        return None


def context_of(revision: Revision) -> InvoiceContext:
    """The frozen context, with the pictures of its time and with what changed since: the void."""
    pictures: dict[str, Any] = {kind: _picture(name) for kind, name in revision.pictures.items()}
    return dataclasses.replace(
        from_json(revision.content),
        revision=revision.number,
        is_void=revision.document.voided_at is not None,
        **pictures,
    )


def _picture(name: str) -> Picture:
    with default_storage.open(name) as file:
        content = bytes(file.read())
    return Picture(content=content, media_type=media_type(content) or "")
