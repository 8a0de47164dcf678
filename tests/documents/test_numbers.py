"""What a number of a paper is found by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.numbers import MAX_LENGTH, search_key
from tests.examples import EXAMPLES


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("К-26/00012", "k26/12"),
        ("K-26/12", "k26/12"),
        ("00012", "12"),
        ("РФ00-000042", "pф0/42"),
        ("№ 1001", "1001"),
        ("#1001", "1001"),
        ("1 000 017", "1/0/17"),
        ("0000", "0"),
        ("А-Б", "aб"),
        ("12-а", "12a"),
        ("ВЕКМНОРСТХІУ", "bekmhopctxiy"),
        ("BEKMHOPCTXIY", "bekmhopctxiy"),
        ("векмнорстхіу", "bekmhopctxiy"),
        ("１２", "12"),
        ("٠١٢", "12"),
        ("—/-", ""),
        ("", ""),
    ],
)
def test_a_number_is_folded_to_its_key(number: str, key: str) -> None:
    assert search_key(number) == key


@pytest.mark.parametrize(
    "wanted",
    ["К-26/00012", "k26/12", "к 26-12", "K26/0012", "26/12", "00012", "12", "к-26", "№ К-26/00012"],
)
def test_a_number_is_found_however_it_is_typed(wanted: str) -> None:
    assert search_key(wanted) in search_key("К-26/00012")


@pytest.mark.parametrize("wanted", ["2612", "27/12", "p26/12", "13"])
def test_another_number_is_not_found(wanted: str) -> None:
    assert search_key(wanted) not in search_key("К-26/00012")


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=120))
def test_the_key_of_a_key_is_the_key(number: str) -> None:
    key = search_key(number)

    assert search_key(key) == key
    assert len(key) <= MAX_LENGTH


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.text("АВКабвкABKabk-/ ", max_size=5),
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=0, max_value=8),
)
def test_leading_zeros_make_no_difference(prefix: str, number: int, zeros: int) -> None:
    assert search_key(f"{prefix}-{'0' * zeros}{number}") == search_key(f"{prefix}-{number}")
