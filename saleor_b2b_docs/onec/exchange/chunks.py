"""The chunks of an upload in the storage, each under its offset: storages can't append, and several
web processes, on several hosts, take the chunks of one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from saleor_b2b_docs.onec.models import UploadedFile

_PIECE = 1024 * 1024


def store_chunk(upload: UploadedFile, content: bytes) -> None:
    """Keep the next chunk. What an earlier attempt left at this offset is replaced: it was never
    counted. To be called with the upload's row locked."""
    name = _name(upload, upload.size)
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def copy_chunks(upload: UploadedFile, target: IO[bytes]) -> None:
    """Write the whole file. Raises FileNotFoundError if the storage lost a chunk."""
    for name in _names(upload):
        with default_storage.open(name) as chunk:
            while piece := chunk.read(_PIECE):
                target.write(piece)


def drop_chunks(upload: UploadedFile) -> None:
    """Delete them, the last first, so that an interrupted deletion can be repeated."""
    names: list[str] = []
    with suppress(FileNotFoundError):  # the rest was dropped before
        names.extend(_names(upload))
    for name in reversed(names):
        default_storage.delete(name)


def _names(upload: UploadedFile) -> Iterator[str]:
    offset = 0
    while offset < upload.size:
        name = _name(upload, offset)
        size = default_storage.size(name)
        if size <= 0:
            raise FileNotFoundError(name)
        yield name
        offset += size


def _name(upload: UploadedFile, offset: int) -> str:
    return f"{upload.stored_as}/{offset:012d}"
