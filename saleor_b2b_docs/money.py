"""Amounts of money: exact, with their currency, and stored as integers.

Source of the number of decimals: ISO 4217, as kept by CLDR (through Babel).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import get_global


class MoneyError(ValueError):
    """An amount that cannot be kept exactly, or two currencies in one sum."""

    code = "INVALID_AMOUNT"


@cache
def currency_decimals(currency: str) -> int:
    """Number of decimals of `currency` (an ISO 4217 code): 2 for UAH, 0 for JPY, 3 for KWD.

    Raises MoneyError for a code that ISO 4217 does not know.
    """
    fractions = get_global("currency_fractions")
    if currency not in get_global("all_currencies"):
        raise MoneyError(f"unknown currency {currency!r}")
    # CLDR's first figure is ISO's; the later ones are how cash is rounded.
    decimals: int = fractions.get(currency, fractions["DEFAULT"])[0]
    # CLDR follows usage, where some currencies lost their subunit; papers follow ISO.
    return _ISO_DECIMALS.get(currency, decimals)


_ISO_DECIMALS = {
    **dict.fromkeys(("AFN", "ALL", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD"), 2),
    **dict.fromkeys(("SLL", "SOS", "SYP", "YER"), 2),
    "IQD": 3,
}


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount in major units (`Decimal("12.30")`) and its ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise MoneyError(f"{self.amount} is not an amount")
        unit = Decimal(1).scaleb(-currency_decimals(self.currency))
        quantized = self.amount.quantize(unit)
        if quantized != self.amount:
            raise MoneyError(f"{self.amount} has more decimals than {self.currency}")
        object.__setattr__(self, "amount", quantized)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Money:
        """The amount of `minor` minor units: 1230 UAH is 12.30."""
        return cls(Decimal(minor).scaleb(-currency_decimals(currency)), currency)

    @classmethod
    def from_api(cls, amount: float | Decimal | int | str, currency: str) -> Money:
        """The amount that a JSON number stood for.

        A float's shortest text is what the sender wrote, so it is read through its text and
        never through binary arithmetic. Beyond 15 significant digits a float has no exact text.
        """
        exact = Decimal(str(amount))
        if isinstance(amount, float) and len(exact.normalize().as_tuple().digits) > 15:
            raise MoneyError(f"{amount!r} is not exact")
        return cls(exact, currency)

    @classmethod
    def rounded(cls, amount: float | Decimal, currency: str) -> Money:
        """The nearest amount that the currency has, halves away from zero.

        Only for prices per unit, which may be finer than any sum; never for sums.
        """
        unit = Decimal(1).scaleb(-currency_decimals(currency))
        return cls(Decimal(str(amount)).quantize(unit, ROUND_HALF_UP), currency)

    @property
    def minor(self) -> int:
        """The amount in minor units, as it is stored: 12.30 UAH is 1230."""
        return int(self.amount.scaleb(currency_decimals(self.currency)))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other).amount

    def __bool__(self) -> bool:
        return bool(self.amount)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} and {other.currency} in one sum")
        return other
