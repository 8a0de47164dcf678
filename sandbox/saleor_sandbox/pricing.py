"""Prices with tax and discounts, rounded where Saleor rounds.

Flat rates: an amount is entered with or without tax, the other side is computed and each is
rounded half up to the currency's decimals. A checkout rounds a line's total and divides it for
the unit price; an order that is edited rounds the unit and multiplies it unrounded for the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount without and with tax, in one currency that the context knows."""

    net: Decimal = ZERO
    gross: Decimal = ZERO

    def __add__(self, other: Taxed) -> Taxed:
        return Taxed(self.net + other.net, self.gross + other.gross)

    def __mul__(self, quantity: int) -> Taxed:
        return Taxed(self.net * quantity, self.gross * quantity)

    def __truediv__(self, quantity: int) -> Taxed:
        return Taxed(self.net / quantity, self.gross / quantity)

    def rounded(self, currency: str) -> Taxed:
        """Both sides in whole minor units."""
        return Taxed(rounded(self.net, currency), rounded(self.gross, currency))


@dataclass(frozen=True, slots=True)
class Tax:
    """How amounts are taxed: `rate` per cent, in `currency`, entered with it or without."""

    rate: Decimal
    currency: str
    entered_with_tax: bool

    def apply(self, amount: Decimal) -> Taxed:
        """`amount` with its other side, not rounded."""
        factor = 1 + self.rate / 100
        if self.entered_with_tax:
            return Taxed(net=amount / factor, gross=amount)
        return Taxed(net=amount, gross=amount * factor)

    def apply_rounded(self, amount: Decimal) -> Taxed:
        """`amount` with its other side, in whole minor units."""
        return self.apply(amount).rounded(self.currency)

    @property
    def fraction(self) -> Decimal:
        """The rate as Saleor's API gives it: 0.2 for 20 per cent."""
        return self.rate / 100


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line to price: amounts as entered for the channel, before and after a sale."""

    quantity: int
    undiscounted_unit: Decimal
    unit: Decimal
    tax: Tax

    @property
    def base_total(self) -> Decimal:
        """What the line costs before a voucher, as entered."""
        return self.unit * self.quantity


@dataclass(frozen=True, slots=True)
class LinePrices:
    """The prices of a line, all in whole minor units."""

    unit: Taxed
    total: Taxed
    undiscounted_unit: Taxed
    undiscounted_total: Taxed


def rounded(amount: Decimal, currency: str) -> Decimal:
    """`amount` in whole minor units of `currency`, half up."""
    return amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)


def share_discount(totals: Sequence[Decimal], discount: Decimal, currency: str) -> list[Decimal]:
    """`discount` split among lines in proportion to `totals`; the last line takes what is left.

    No line's share is more than the line. Where rounding gave the others too much, the last one's
    is below zero, as in Saleor.
    """
    subtotal = sum(totals, ZERO)
    if subtotal <= 0 or discount <= 0:
        return [ZERO for _ in totals]
    shares = [rounded(min(discount * total / subtotal, total), currency) for total in totals[:-1]]
    left = discount - sum(shares, ZERO)
    return [*shares, min(left, totals[-1])]


def price_checkout_line(line: LineInput, discount: Decimal) -> LinePrices:
    """The prices of a line of a checkout after `discount` (its share of a voucher, as entered)."""
    tax = line.tax
    currency = tax.currency
    total = tax.apply_rounded(line.base_total - discount)
    unit = (total / line.quantity).rounded(currency)
    return LinePrices(
        unit=unit,
        total=total,
        undiscounted_unit=_undiscounted(line.undiscounted_unit, unit, tax),
        undiscounted_total=_undiscounted(line.undiscounted_unit * line.quantity, total, tax),
    )


def price_order_line(line: LineInput, discount: Decimal) -> LinePrices:
    """The prices of a line of an order that is being edited, after `discount`."""
    tax = line.tax
    unit = tax.apply((line.base_total - discount) / line.quantity)
    undiscounted = tax.apply(line.undiscounted_unit)
    return LinePrices(
        unit=unit.rounded(tax.currency),
        total=(unit * line.quantity).rounded(tax.currency),
        undiscounted_unit=undiscounted.rounded(tax.currency),
        undiscounted_total=(undiscounted * line.quantity).rounded(tax.currency),
    )


def _undiscounted(entered: Decimal, price: Taxed, tax: Tax) -> Taxed:
    # Where nothing was taken off, both prices must be equal to the last unit.
    same = price.gross if tax.entered_with_tax else price.net
    return price if entered == same else tax.apply_rounded(entered)
