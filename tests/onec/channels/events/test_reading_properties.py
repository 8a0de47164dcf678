"""No bytes make the reader do anything but read or refuse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.events.models import BY_TYPE
from saleor_b2b_docs.onec.channels.events.reading import read_message
from saleor_b2b_docs.onec.facts import DocumentFact, Fact, Said, Unreadable, kind_of
from tests.builders.onec_events import waybill
from tests.examples import EXAMPLES

pytestmark = pytest.mark.properties

_settings = settings(max_examples=EXAMPLES, deadline=None)

_NAMES = sorted({name for model in BY_TYPE.values() for name in model.model_fields})
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["UAH", "2026-03-20", "1200.50", "\ud83d", "\0", "waybill", "AAAA"])
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*_NAMES, "x", ""]), inner, max_size=5)
    ),
    max_leaves=12,
)
_EVENTS = st.builds(
    lambda more, name, key: {**more, "type": name, "key": key},
    st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=8),
    st.sampled_from(sorted(BY_TYPE)),
    st.text(max_size=10),
)


def _read(content: bytes) -> Sequence[Said] | UnreadableFile:
    try:
        return read_message(content).said
    except UnreadableFile as refusal:
        return refusal


def _read_or_refuse(content: bytes) -> None:
    said = _read(content)
    if isinstance(said, UnreadableFile):
        assert said.code.isupper()
        assert len(str(said)) <= 600
        return
    for one in said:
        if isinstance(one, Unreadable):
            assert one.code in {"INVALID_EVENT", "UNKNOWN_FIELD", "UNKNOWN_TYPE"}
            (one.reason + one.key).encode()
            assert "\0" not in one.reason + one.key
        else:
            assert isinstance(one, Fact)
            kind_of(one)


@_settings
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refuse(content)


@_settings
@given(st.binary(max_size=200))
def test_any_parts_are_read_or_refused(content: bytes) -> None:
    _read_or_refuse(b"--b\r\nContent-Disposition: form-data; name=" + content)
    _read_or_refuse(b"--" + content)


@_settings
@given(_VALUES)
def test_any_json_is_read_or_refused(value: Any) -> None:
    _read_or_refuse(json.dumps(value).encode())
    _read_or_refuse(json.dumps({"events": value}).encode())


@_settings
@given(st.lists(_EVENTS, min_size=1, max_size=4), _VALUES)
def test_any_events_are_read_or_refused_one_by_one(events: list[Any], other: Any) -> None:
    content = json.dumps({"events": [*events, waybill(), other]}, allow_nan=True)
    _read_or_refuse(content.encode())


@_settings
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 10), st.booleans())
def test_every_amount_comes_through_to_the_last_digit(
    digits: int, decimals: int, as_text: bool
) -> None:
    amount = Decimal(digits).scaleb(-decimals)
    written = f'"{amount:f}"' if as_text else f"{amount:f}"
    body = json.dumps(waybill(gross="?")).replace('"?"', written)

    (said,) = read_message(body.encode()).said

    assert isinstance(said, DocumentFact)
    assert said.gross == amount


@_settings
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_message_is_read_or_refused(place: int, byte: int) -> None:
    content = bytearray(json.dumps({"events": [waybill()], "sequence": 3}).encode())
    content[place % len(content)] = byte
    _read_or_refuse(bytes(content))
    _read_or_refuse(bytes(content[: place % len(content)]))
