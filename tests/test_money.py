from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.money import Money, MoneyError, currency_decimals


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("UAH", 2),
        ("USD", 2),
        ("JPY", 0),
        ("KWD", 3),
        ("RUB", 2),
        ("KZT", 2),
        ("IQD", 3),
        ("RSD", 2),
    ],
)
def test_decimals_are_those_of_iso_4217(currency: str, decimals: int) -> None:
    assert currency_decimals(currency) == decimals


def test_unknown_currency_is_refused() -> None:
    with pytest.raises(MoneyError):
        currency_decimals("грн")


@pytest.mark.parametrize(
    ("amount", "currency"), [("0.001", "UAH"), ("1.5", "JPY"), ("1.2345", "KWD")]
)
def test_more_decimals_than_the_currency_has_are_refused(amount: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        Money(Decimal(amount), currency)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(MoneyError):
        Money(Decimal(amount), "UAH")


def test_two_currencies_make_no_sum() -> None:
    with pytest.raises(MoneyError):
        Money(Decimal(1), "UAH") + Money(Decimal(1), "USD")


def test_float_of_json_is_read_as_it_was_written() -> None:
    assert Money.from_api(8186.84, "UAH").minor == 818684
    assert Money.from_api(0.1, "UAH") + Money.from_api(0.2, "UAH") == Money(Decimal("0.3"), "UAH")


def test_float_beyond_its_precision_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money.from_api(12345678901234.567, "KWD")


def test_price_per_unit_is_rounded_half_away_from_zero() -> None:
    assert Money.rounded(1.005, "UAH").amount == Decimal("1.01")
    assert Money.rounded(-1.005, "UAH").amount == Decimal("-1.01")


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(["UAH", "JPY", "KWD"]))
def test_minor_units_and_back(minor: int, currency: str) -> None:
    assert Money.from_minor(minor, currency).minor == minor


@given(minor=st.integers(-(10**12), 10**12), currency=st.sampled_from(["UAH", "JPY", "KWD"]))
def test_a_json_float_survives(minor: int, currency: str) -> None:
    money = Money.from_minor(minor, currency)

    assert Money.from_api(float(money.amount), currency) == money
