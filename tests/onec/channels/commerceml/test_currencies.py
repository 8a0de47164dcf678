"""Currencies by code, by number, in words, and in the base's own words."""

from __future__ import annotations

import pytest

from saleor_b2b_docs.onec.channels.commerceml.currencies import currency_of
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("RUB", "RUB"),
        ("RUR", "RUB"),
        ("руб", "RUB"),
        ("руб.", "RUB"),
        ("РУБ", "RUB"),
        ("643", "RUB"),
        ("810", "RUB"),
        ("грн", "UAH"),
        ("грн.", "UAH"),
        ("Гривня", "UAH"),
        ("980", "UAH"),
        ("uah", "UAH"),
        ("тенге", "KZT"),
        ("398", "KZT"),
        ("EUR", "EUR"),
        ("€", "EUR"),
        ("долл. США", "USD"),
    ],
)
def test_a_currency_is_known_by_code_number_and_word(word: str, code: str) -> None:
    assert currency_of(word, own={}, default="") == code


def test_the_bases_own_word_goes_before_ours() -> None:
    own = {"у.е.": "USD", "руб.": "BYN"}

    assert currency_of("У.Е", own=own, default="") == "USD"
    assert currency_of("руб", own=own, default="") == "BYN"


def test_an_empty_currency_is_the_usual_one() -> None:
    assert currency_of(" ", own={}, default="UAH") == "UAH"


@pytest.mark.parametrize(
    ("word", "code"),
    [("", "NO_CURRENCY"), ("у.е.", "UNMAPPED_CURRENCY"), ("XYZ", "UNMAPPED_CURRENCY")],
)
def test_a_currency_that_nobody_knows_is_refused(word: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        currency_of(word, own={}, default="")

    assert refusal.value.code == code
