"""Arithmetic that must be Saleor's to the last unit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from saleor_sandbox.pricing import (
    LineInput,
    Tax,
    Taxed,
    price_checkout_line,
    price_order_line,
    share_discount,
)

amounts = st.decimals(min_value=0, max_value=100_000, places=2)
totals = st.lists(st.decimals(min_value=1, max_value=100_000, places=2), min_size=1, max_size=30)
UAH_WITH_TAX = Tax(rate=Decimal(20), currency="UAH", entered_with_tax=True)
EUR_WITHOUT_TAX = Tax(rate=Decimal(19), currency="EUR", entered_with_tax=False)


def line(unit: str, quantity: int, tax: Tax) -> LineInput:
    return LineInput(
        quantity=quantity, undiscounted_unit=Decimal(unit), unit=Decimal(unit), tax=tax
    )


def test_total_of_line_entered_with_tax() -> None:
    prices = price_checkout_line(line("21.36", 7, UAH_WITH_TAX), Decimal(0))

    assert prices.total == Taxed(net=Decimal("124.60"), gross=Decimal("149.52"))
    assert prices.unit == Taxed(net=Decimal("17.80"), gross=Decimal("21.36"))


def test_total_of_line_entered_without_tax() -> None:
    prices = price_checkout_line(line("0.38", 3, EUR_WITHOUT_TAX), Decimal(0))

    assert prices.total == Taxed(net=Decimal("1.14"), gross=Decimal("1.36"))
    # The checkout divides the rounded total: 1.36 / 3.
    assert prices.unit == Taxed(net=Decimal("0.38"), gross=Decimal("0.45"))


def test_edited_order_multiplies_unrounded_unit() -> None:
    prices = price_order_line(line("0.38", 3, EUR_WITHOUT_TAX), Decimal(0))

    # 0.38 × 1.19 = 0.4522, three of them 1.3566.
    assert prices.unit == Taxed(net=Decimal("0.38"), gross=Decimal("0.45"))
    assert prices.total == Taxed(net=Decimal("1.14"), gross=Decimal("1.36"))


def test_half_a_unit_is_rounded_up() -> None:
    tax = Tax(rate=Decimal(10), currency="EUR", entered_with_tax=False)

    prices = price_checkout_line(line("0.05", 1, tax), Decimal(0))

    assert prices.total.gross == Decimal("0.06")


def test_currency_without_decimals() -> None:
    tax = Tax(rate=Decimal(10), currency="JPY", entered_with_tax=False)

    prices = price_checkout_line(line("105", 1, tax), Decimal(0))

    assert prices.total.gross == Decimal(116)


@given(totals, amounts)
def test_shares_add_up_to_the_discount(lines: list[Decimal], discount: Decimal) -> None:
    discount = min(discount, sum(lines, Decimal(0)))

    shares = share_discount(lines, discount, "UAH")

    assert all(share <= total for share, total in zip(shares, lines, strict=True))
    # Only a last line that is worth less than what is left keeps a part of it back.
    assert sum(shares) == discount or shares[-1] == lines[-1]


@given(amounts, st.integers(min_value=1, max_value=1000), st.sampled_from([7, 10, 16, 19, 20]))
def test_net_and_gross_differ_by_the_rate(unit: Decimal, quantity: int, rate: int) -> None:
    tax = Tax(rate=Decimal(rate), currency="UAH", entered_with_tax=True)

    prices = price_checkout_line(line(str(unit), quantity, tax), Decimal(0))

    assert prices.total.gross == unit * quantity
    exact = prices.total.gross / (1 + Decimal(rate) / 100)
    assert abs(prices.total.net - exact) <= Decimal("0.005")
