"""Documents as one PDF, one after the other, to be printed in one go."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import structlog
from django.core.files.storage import default_storage
from pypdf import PdfWriter

from saleor_b2b_docs.documents.exports.registry import (
    ExportFile,
    NothingToExport,
    TooMuchToExport,
)
from saleor_b2b_docs.documents.exports.selection import selected_documents, title
from saleor_b2b_docs.documents.exports.texts import NO_PDF, TOO_LARGE, not_merged
from saleor_b2b_docs.saleor.viewers import Viewer

log = structlog.get_logger(__name__)

MAX_MERGED_BYTES = 64 * 1024 * 1024
"""Of all files together: merging holds them in memory. Two hundred of our invoices are 10 MB."""
_SPOOLED_BYTES = 4 * 1024 * 1024
_PIECE = 64 * 1024


def documents_pdf(viewer: Viewer, arguments: Mapping[str, Any], now: dt.datetime) -> ExportFile:
    """The PDFs of the selected documents as one, each found by its bookmark; those that have none
    are left out.

    Raises NothingToExport when none is left or a file can't be read, TooMuchToExport.
    """
    files = []
    for document in selected_documents(viewer, arguments):
        current = document.revisions.all()[0]
        if current.pdf_name and default_storage.exists(current.pdf_name):
            files.append((title(document, arguments), current.pdf_name))
    if not files:
        raise NothingToExport(NO_PDF)
    if sum(default_storage.size(name) for _, name in files) > MAX_MERGED_BYTES:
        raise TooMuchToExport(TOO_LARGE)
    return ExportFile(
        name=f"documents-{now:%Y-%m-%d}.pdf",
        content_type="application/pdf",
        chunks=_pieces(_merged(files)),
    )


def _merged(files: Sequence[tuple[str, str]]) -> IO[bytes]:
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES)  # noqa: SIM115 - closed by _pieces
    with PdfWriter() as writer:
        for bookmark, name in files:
            with default_storage.open(name) as file:
                content = io.BytesIO(file.read())
            try:
                writer.append(content, outline_item=bookmark, import_outline=False)
            # Papers from elsewhere may be encrypted or broken, and pypdf raises whatever it
            # trips over in them.
            except Exception as error:
                log.warning("file not merged", name=name, error=repr(error))
                spool.close()
                raise NothingToExport(not_merged(bookmark)) from error
        writer.write(spool)
    spool.seek(0)
    return spool


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while piece := spool.read(_PIECE):
            yield piece
