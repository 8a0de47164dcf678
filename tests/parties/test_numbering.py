from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.parties.numbering import (
    check_pattern,
    format_number,
    is_gapless,
    restarts_yearly,
)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{order}", "1001"),
        ("{sequence}", "42"),
        ("{sequence:05}", "00042"),
        ("{sequence:05d}", "00042"),
        ("{sequence:01}", "42"),
        ("R-{yy}/{sequence:05}", "R-26/00042"),
        ("Р/{year}-{order}", "Р/2026-1001"),
        ("{order}{sequence}", "100142"),
        ("№ {{{order}}}", "№ {1001}"),
    ],
)
def test_a_good_pattern_gives_a_number(pattern: str, number: str) -> None:
    check_pattern(pattern)

    assert format_number(pattern, order_number="1001", year=2026, sequence=42) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "INVOICE",
        "{year}",
        "{yy}/",
        "{",
        "}",
        "{order",
        "{}",
        "{0}",
        "{number}",
        "{order!r}",
        "{order:>10}",
        "{year:04}{order}",
        "{sequence:5}",
        "{sequence:00}",
        "{sequence:010}",
        "{sequence:x}",
        "{sequence:{year}}",
        "{sequence:05}{other}",
        "{order.__class__}",
        "{order[0]}",
        "{{order}}",
        "{{sequence}}",
        "{ order }",
    ],
)
def test_a_bad_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        check_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "gapless", "yearly"),
    [
        ("{order}", False, False),
        ("{order}-{year}", False, True),
        ("{sequence}", True, False),
        ("{sequence:05}/{yy}", True, True),
        ("{{sequence}} {order}", False, False),
        ("{{year}} {sequence}", True, False),
    ],
)
def test_fields_decide_about_the_series(pattern: str, gapless: bool, yearly: bool) -> None:
    check_pattern(pattern)

    assert (is_gapless(pattern), restarts_yearly(pattern)) == (gapless, yearly)


PARTS = st.sampled_from(
    ["{order}", "{sequence}", "{sequence:05}", "{year}", "{yy}", "{{", "}}", "-", "/", "РН", "{x}"]
)


@given(parts=st.lists(PARTS, max_size=8), order_number=st.text("0123456789AБ-", min_size=1))
def test_a_checked_pattern_always_gives_numbers_and_no_two_alike(
    parts: list[str], order_number: str
) -> None:
    pattern = "".join(parts)
    try:
        check_pattern(pattern)
    except ValidationError:
        assert "{x}" in parts or not any("order" in part or "sequence" in part for part in parts)
        return

    def number(sequence: int) -> str:
        return format_number(pattern, order_number=order_number, year=2026, sequence=sequence)

    if is_gapless(pattern):
        assert number(41) != number(42)
    else:
        assert number(41) == number(42)
        assert order_number in number(0)
    assert is_gapless(pattern) == any(part.startswith("{sequence") for part in parts)


@given(text=st.text("{}ordersqunc:05!.[]ya", max_size=20))
def test_any_text_is_either_refused_or_gives_a_number(text: str) -> None:
    try:
        check_pattern(text)
    except ValidationError:
        return

    assert format_number(text, order_number="1001", year=2026, sequence=42)
