"""Documents as one ZIP, made while it is sent: only a piece of a file is in memory at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from zipstream import ZipStream

from saleor_b2b_docs.documents.exports.registry import ExportFile, NothingToExport
from saleor_b2b_docs.documents.exports.selection import file_names, selected_documents, title
from saleor_b2b_docs.documents.exports.texts import NO_DOCUMENTS
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.saleor.viewers import Viewer

log = structlog.get_logger(__name__)

WITHOUT_PDF = "without-pdf.txt"
_PIECE = 64 * 1024


def documents_zip(viewer: Viewer, arguments: Mapping[str, Any], now: dt.datetime) -> ExportFile:
    """The PDFs of the selected documents; those without one are named in `without-pdf.txt`.

    Raises NothingToExport when the viewer may see none of the documents.
    """
    documents = selected_documents(viewer, arguments)
    if not documents:
        raise NothingToExport(NO_DOCUMENTS)
    names = file_names(documents, arguments)
    titles = [title(document, arguments) for document in documents]
    return ExportFile(
        name=f"documents-{now:%Y-%m-%d}.zip",
        content_type="application/zip",
        chunks=_archive(documents, names, titles),
    )


def _archive(
    documents: Sequence[Document], names: Sequence[str], titles: Sequence[str]
) -> Iterator[bytes]:
    archive = ZipStream()  # PDFs are compressed already
    missing = []
    for document, name, text in zip(documents, names, titles, strict=True):
        file = _open(document)
        if file is None:
            missing.append(text)
            continue
        with file:
            archive.add(file.chunks(_PIECE), name)
            yield from archive.all_files()
    if missing:
        # With a mark at the beginning: Windows takes a text for its old encoding otherwise.
        archive.add("\ufeff" + "\r\n".join(missing) + "\r\n", WITHOUT_PDF)
    yield from archive.finalize()


def _open(document: Document) -> File[bytes] | None:
    current = document.revisions.all()[0]
    if not current.pdf_name:
        return None
    try:
        return default_storage.open(current.pdf_name)
    except FileNotFoundError:
        log.error("file lost", document=str(document.pk), revision=current.number)
        return None
