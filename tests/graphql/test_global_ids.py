from __future__ import annotations

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.graphql.global_ids import from_global_id, to_global_id, uuid_from_global_id

KEY = uuid.UUID("7d1c7f0a-52b4-4a5e-9f0a-0d9a2f2f7a11")


def encoded(text: bytes) -> str:
    """Base64, as ids are."""
    return base64.b64encode(text).decode()


def test_an_id_is_as_saleor_writes_it() -> None:
    assert to_global_id("B2BDocument", 7) == encoded(b"B2BDocument:7")


@given(key=st.text(min_size=1))
def test_an_id_is_read_back(key: str) -> None:
    try:
        global_id = to_global_id("B2BDocument", key)
    except UnicodeEncodeError:  # half a surrogate pair is no text
        return

    assert from_global_id(global_id, "B2BDocument") == key
    assert from_global_id(global_id, "B2BContract") is None


def test_a_uuid_is_read_back() -> None:
    assert uuid_from_global_id(to_global_id("B2BDocument", KEY), "B2BDocument") == KEY


@pytest.mark.parametrize(
    "global_id",
    [
        "",
        "garbage",
        "ідентифікатор",
        str(KEY),
        encoded(b"Order:" + str(KEY).encode()),
        encoded(b"B2BDocument:"),
        encoded(b"B2BDocument"),
        encoded(b"B2BDocument:not-a-uuid"),
        encoded(b"B2BDocument:\x00"),
        encoded(b"\xff\xfe:1"),
        encoded(b"b2bdocument:" + str(KEY).encode()),
        encoded(b"B2BDocument:" + str(KEY).encode()) + "\n",
    ],
)
def test_what_is_no_id_of_a_document_is_none(global_id: str) -> None:
    assert uuid_from_global_id(global_id, "B2BDocument") is None
