"""A selection of documents: how it travels in a ticket, and what of it a viewer may still see."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from saleor_b2b_docs.documents.exports.tickets import export_url
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.kind_names import kind_name, language_of_profile
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.queries import visible_documents
from saleor_b2b_docs.saleor.viewers import Viewer

MAX_DOCUMENTS = 200

_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
"""What no file system takes, and what makes a name look like another one."""
_LANGUAGES: Mapping[str, Language] = {"uk": "uk", "ru": "ru", "en": "en"}


class DocumentsFormat(Enum):
    """What a selection is exported as: the kinds of export of this room."""

    ZIP = "documents.zip"
    PDF = "documents.pdf"


class TooManyDocuments(ValueError):
    """A selection of none, or of more than 200."""

    code = "TOO_MANY_DOCUMENTS"


def documents_export_url(
    viewer: Viewer,
    document_ids: Sequence[uuid.UUID],
    *,
    export_format: DocumentsFormat,
    language: str = "",
) -> str:
    """The address of these documents as one file; it opens for ten minutes.

    Those that the viewer may not see are left out when it is opened. Files are named in the
    `language` (uk, ru, en), else in the papers' own. Raises TooManyDocuments.
    """
    chosen = list(dict.fromkeys(document_ids))
    if not 1 <= len(chosen) <= MAX_DOCUMENTS:
        raise TooManyDocuments(f"1 to {MAX_DOCUMENTS} documents")
    # 16 bytes each, since 200 ids must fit into an address.
    packed = b"".join(document_id.bytes for document_id in chosen)
    arguments = {"ids": base64.b64encode(packed).decode(), "language": language}
    return export_url(export_format.value, viewer, arguments)


def selected_documents(viewer: Viewer, arguments: Mapping[str, Any]) -> list[Document]:
    """The documents of a ticket that the viewer may see now, in the sequence of the selection."""
    packed = base64.b64decode(arguments["ids"])
    ids = [uuid.UUID(bytes=packed[start : start + 16]) for start in range(0, len(packed), 16)]
    found = {document.pk: document for document in visible_documents(viewer).filter(pk__in=ids)}
    return [found[document_id] for document_id in ids if document_id in found]


def file_names(documents: Sequence[Document], arguments: Mapping[str, Any]) -> list[str]:
    """A name for each document's file, safe everywhere, and no two alike: kind, number, date."""
    taken: set[str] = set()
    names = []
    for document in documents:
        stem = _stem(document, arguments)
        name, count = f"{stem}.pdf", 1
        while name.casefold() in taken:  # Windows and macOS tell no capitals
            count += 1
            name = f"{stem} ({count}).pdf"
        taken.add(name.casefold())
        names.append(name)
    return names


def title(document: Document, arguments: Mapping[str, Any]) -> str:
    """What a paper is called in a list: kind, number, date."""
    profile = document.supplier.profile
    language = _LANGUAGES.get(arguments.get("language", "")) or language_of_profile(profile)
    kind = kind_name(document.kind, language=language, profile=profile)
    return f"{kind} {document.number} {document.issued_on.isoformat()}"


def _stem(document: Document, arguments: Mapping[str, Any]) -> str:
    return _UNSAFE.sub("-", title(document, arguments)).strip("-. ")
