"""Amounts of money."""

from __future__ import annotations

import strawberry

from saleor_b2b_docs.money import Money


@strawberry.type(name="B2BMoney", description="An exact amount in major units.")
class MoneyType:
    amount: float = strawberry.field(description="As Saleor's Money: 12.3 is 12.30.")
    currency: str = strawberry.field(description="ISO 4217.")

    @classmethod
    def of(cls, money: Money) -> MoneyType:
        return cls(amount=float(money.amount), currency=money.currency)

    @classmethod
    def if_known(cls, money: Money | None) -> MoneyType | None:
        """Null for what is not known or not set."""
        return None if money is None else cls.of(money)
