"""Chunks in the storage: what a crash leaves of them is replaced, or deleted later."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from saleor_b2b_docs.onec.exchange.chunks import copy_chunks, drop_chunks, store_chunk
from saleor_b2b_docs.onec.models import UploadedFile

FOLDER = "onec/1/uploads/f"


def _stored(*chunks: bytes) -> UploadedFile:
    upload = UploadedFile(stored_as=FOLDER)
    for chunk in chunks:
        store_chunk(upload, chunk)
        upload.size += len(chunk)
    return upload


def _content(upload: UploadedFile) -> bytes:
    target = io.BytesIO()
    copy_chunks(upload, target)
    return target.getvalue()


def test_chunks_are_copied_in_their_sequence() -> None:
    upload = _stored(*(str(number).encode() * 3 for number in range(12)))

    assert _content(upload) == b"".join(str(number).encode() * 3 for number in range(12))


def test_a_chunk_that_was_stored_but_never_counted_is_replaced() -> None:
    # given
    upload = _stored(b"one")
    default_storage.save(f"{FOLDER}/{3:012d}", ContentFile(b"of a request that died"))
    assert _content(upload) == b"one"

    # when
    store_chunk(upload, b"two")
    upload.size += 3

    # then
    assert _content(upload) == b"onetwo"
    assert len(default_storage.listdir(FOLDER)[1]) == 2


def test_a_lost_chunk_is_no_end_of_the_file() -> None:
    upload = _stored(b"one", b"two", b"three")
    default_storage.delete(f"{FOLDER}/{3:012d}")

    with pytest.raises(FileNotFoundError):
        _content(upload)


def test_chunks_are_dropped_once_and_a_repetition_does_no_harm() -> None:
    upload = _stored(b"one", b"two")

    drop_chunks(upload)
    drop_chunks(upload)

    assert default_storage.listdir(FOLDER)[1] == []


def test_a_deletion_that_was_interrupted_is_finished() -> None:
    # given
    upload = _stored(b"one", b"two", b"three")
    default_storage.delete(f"{FOLDER}/{6:012d}")

    # when
    drop_chunks(upload)

    # then
    assert default_storage.listdir(FOLDER)[1] == []
