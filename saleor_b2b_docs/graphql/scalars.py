"""Scalars of the API."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NewType

import strawberry

from saleor_b2b_docs.money import Money, MoneyError, currency_decimals

ExactDecimal = NewType("ExactDecimal", Decimal)

_NO_NUMBER = Decimal("NaN")
_MAX_DIGITS = 60
_MAX_FLOAT_DIGITS = 15
_MAX_MINOR = 10**15
"""Far above any amount that is entered by hand, and far below what 64 bits hold."""


def _parse(value: object) -> Decimal:
    """What was meant. What is no number is NaN, so that whoever checks the amount can say why it is
    refused; a wrong kind of JSON value is a ValueError."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("B2BDecimal is a text such as '1234.50', or a number")
    text = str(value)
    if len(text) > _MAX_DIGITS or not text.isascii():
        return _NO_NUMBER
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return _NO_NUMBER
    if isinstance(value, float) and len(exact.normalize().as_tuple().digits) > _MAX_FLOAT_DIGITS:
        return _NO_NUMBER  # beyond that a float has no exact text
    return exact


B2B_DECIMAL = strawberry.scalar(
    name="B2BDecimal",
    description="An exact decimal: a text such as `1234.50`. A JSON number is taken, too.",
    serialize=str,
    parse_value=_parse,
)


def money_of(amount: Decimal, currency: str) -> Money:
    """The amount that was entered. Raises MoneyError for what can't be one: not a number, negative,
    beyond any credit, or with more decimals than the currency has."""
    if not amount.is_finite() or (amount.is_signed() and amount):
        raise MoneyError(f"{amount} is not an amount")
    # Before the decimals: quantizing a number of any length would fail in another way.
    if amount.adjusted() + 1 + currency_decimals(currency) > len(str(_MAX_MINOR)):
        raise MoneyError("the amount is beyond any credit")
    return Money(abs(amount), currency)
