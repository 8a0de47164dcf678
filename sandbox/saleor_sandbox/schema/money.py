"""Amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import graphene
from babel.numbers import get_currency_precision
from graphql import GraphQLResolveInfo

from saleor_sandbox.pricing import Taxed, rounded
from saleor_sandbox.schema.scalars import PositiveDecimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and its currency, as the `Money` type shows it."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """An amount with and without tax, as the `TaxedMoney` type shows it."""

    taxed: Taxed
    currency: str


class Money(graphene.ObjectType):
    """Represents amount of money in specific currency."""

    currency = graphene.String(required=True)
    amount = graphene.Float(required=True)
    fractional_amount = graphene.Int(required=True)
    fraction_digits = graphene.Int(required=True)

    @staticmethod
    def resolve_amount(root: Amount, _info: GraphQLResolveInfo) -> Decimal:
        """Whole minor units, in the currency's decimals."""
        return rounded(root.amount, root.currency)

    @staticmethod
    def resolve_fraction_digits(root: Amount, _info: GraphQLResolveInfo) -> int:
        """How many decimals the currency has."""
        return get_currency_precision(root.currency)

    @staticmethod
    def resolve_fractional_amount(root: Amount, _info: GraphQLResolveInfo) -> int:
        """The amount in minor units."""
        return int(
            rounded(root.amount, root.currency).scaleb(get_currency_precision(root.currency))
        )


class TaxedMoney(graphene.ObjectType):
    """Represents a monetary value with taxes."""

    currency = graphene.String(required=True)
    gross = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_gross(root: TaxedAmount, _info: GraphQLResolveInfo) -> Amount:
        """With tax."""
        return Amount(root.taxed.gross, root.currency)

    @staticmethod
    def resolve_net(root: TaxedAmount, _info: GraphQLResolveInfo) -> Amount:
        """Without tax."""
        return Amount(root.taxed.net, root.currency)

    @staticmethod
    def resolve_tax(root: TaxedAmount, _info: GraphQLResolveInfo) -> Amount:
        """The difference."""
        return Amount(root.taxed.gross - root.taxed.net, root.currency)


class TaxedMoneyRange(graphene.ObjectType):
    """From the lowest to the highest price."""

    start = graphene.Field(TaxedMoney)
    stop = graphene.Field(TaxedMoney)


class MoneyInput(graphene.InputObjectType):
    """An amount that comes in."""

    currency = graphene.String(required=True)
    amount = PositiveDecimal(required=True)


class TaxedMoneyInput(graphene.InputObjectType):
    """An amount that comes in with and without tax."""

    gross = PositiveDecimal(required=True)
    net = PositiveDecimal(required=True)
