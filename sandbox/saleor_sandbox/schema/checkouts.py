"""Checkouts."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Checkout as CheckoutModel
from saleor_sandbox.pricing import ZERO
from saleor_sandbox.refusals import PermissionDenied, Refusal
from saleor_sandbox.schema.accounts import User
from saleor_sandbox.schema.addresses import Address
from saleor_sandbox.schema.base import (
    TYPES,
    Node,
    ObjectWithMetadata,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.channels import Channel
from saleor_sandbox.schema.enums import (
    CheckoutAuthorizeStatusEnum,
    CheckoutChargeStatusEnum,
    LanguageCodeEnum,
)
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney
from saleor_sandbox.schema.payments import TransactionItem
from saleor_sandbox.schema.products import (
    DeliveryMethod,
    ProductVariant,
    ShippingMethod,
    shipping_method_at,
)
from saleor_sandbox.services import checkouts
from saleor_sandbox.services.checkouts import PricedLine


class CheckoutLine(graphene.ObjectType):
    """Represents an item in the checkout."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    variant = graphene.Field(ProductVariant, required=True)
    quantity = graphene.Int(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(Money, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(Money, required=True)
    requires_shipping = graphene.Boolean(required=True)
    is_gift = graphene.Boolean()

    @staticmethod
    def resolve_unit_price(root: Any, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Of one, after discounts."""
        priced = _priced_line(root)
        return TaxedAmount(priced.prices.unit, priced.entered.tax.currency)

    @staticmethod
    def resolve_undiscounted_unit_price(root: Any, _info: GraphQLResolveInfo) -> Amount:
        """Of one, before discounts, as entered."""
        priced = _priced_line(root)
        return Amount(priced.entered.undiscounted_unit, priced.entered.tax.currency)

    @staticmethod
    def resolve_total_price(root: Any, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Of all, after discounts."""
        priced = _priced_line(root)
        return TaxedAmount(priced.prices.total, priced.entered.tax.currency)

    @staticmethod
    def resolve_undiscounted_total_price(root: Any, _info: GraphQLResolveInfo) -> Amount:
        """Of all, before discounts, as entered."""
        priced = _priced_line(root)
        total = priced.entered.undiscounted_unit * priced.entered.quantity
        return Amount(total, priced.entered.tax.currency)

    @staticmethod
    def resolve_requires_shipping(_root: Any, _info: GraphQLResolveInfo) -> bool:
        """All goods here are sent."""
        return True

    @staticmethod
    def resolve_is_gift(_root: Any, _info: GraphQLResolveInfo) -> bool:
        """Never."""
        return False


TYPES["CheckoutLine"] = CheckoutLine


def _priced_line(line: Any) -> PricedLine:
    priced: PricedLine = line.priced
    return priced


class Checkout(graphene.ObjectType):
    """Checkout object."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    last_change = graphene.DateTime(required=True)
    user = graphene.Field(User)
    channel = graphene.Field(Channel, required=True)
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    note = graphene.String(required=True)
    customer_note = graphene.String(required=True)
    discount = graphene.Field(Money)
    discount_name = graphene.String()
    voucher_code = graphene.String()
    available_shipping_methods = non_null_list(ShippingMethod, required=True)
    shipping_methods = non_null_list(ShippingMethod, required=True)
    email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    lines = non_null_list(CheckoutLine, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    shipping_method = graphene.Field(ShippingMethod)
    delivery_method = graphene.Field(DeliveryMethod)
    subtotal_price = graphene.Field(TaxedMoney, required=True)
    tax_exemption = graphene.Boolean(required=True)
    token = graphene.UUID(required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    total_balance = graphene.Field(Money, required=True)
    language_code = graphene.Field(LanguageCodeEnum, required=True)
    transactions = non_null_list(TransactionItem)
    display_gross_prices = graphene.Boolean(required=True)
    authorize_status = graphene.Field(CheckoutAuthorizeStatusEnum, required=True)
    charge_status = graphene.Field(CheckoutChargeStatusEnum, required=True)

    @staticmethod
    def resolve_created(root: CheckoutModel, _info: GraphQLResolveInfo) -> object:
        """When the cart was begun."""
        return root.created_at

    @staticmethod
    def resolve_updated_at(root: CheckoutModel, _info: GraphQLResolveInfo) -> object:
        """The last change."""
        return root.last_change

    @staticmethod
    def resolve_user(root: CheckoutModel, info: GraphQLResolveInfo) -> Any:
        """The customer, for the customer, staff and apps."""
        if root.user is None:
            return None
        requestor = requestor_of(info)
        if not requestor.owns(root.user) and not requestor.holds(("MANAGE_USERS",)):
            raise PermissionDenied(("MANAGE_USERS", "HANDLE_PAYMENTS", "OWNER"))
        return root.user

    @staticmethod
    def resolve_note(root: CheckoutModel, _info: GraphQLResolveInfo) -> str:
        """The customer's note, by its old name."""
        return root.customer_note

    @staticmethod
    def resolve_discount(root: CheckoutModel, _info: GraphQLResolveInfo) -> Amount:
        """What the voucher takes off."""
        priced = checkouts.price(root)
        return Amount(priced.discount, priced.currency)

    @staticmethod
    def resolve_discount_name(root: CheckoutModel, _info: GraphQLResolveInfo) -> str | None:
        """The voucher's name."""
        return root.voucher.name if root.voucher else None

    @staticmethod
    def resolve_voucher_code(root: CheckoutModel, _info: GraphQLResolveInfo) -> str | None:
        """The voucher's code."""
        return root.voucher.code if root.voucher else None

    @staticmethod
    def resolve_shipping_methods(root: CheckoutModel, _info: GraphQLResolveInfo) -> list[Any]:
        """What may be chosen."""
        currency = root.channel.currency_code
        return [
            shipping_method_at(method, Amount(price, currency))
            for method, price in checkouts.shipping_methods(root)
        ]

    @staticmethod
    def resolve_available_shipping_methods(
        root: CheckoutModel, info: GraphQLResolveInfo
    ) -> list[Any]:
        """The same, by its old name."""
        return Checkout.resolve_shipping_methods(root, info)

    @staticmethod
    def resolve_is_shipping_required(_root: CheckoutModel, _info: GraphQLResolveInfo) -> bool:
        """All goods here are sent."""
        return True

    @staticmethod
    def resolve_quantity(root: CheckoutModel, _info: GraphQLResolveInfo) -> int:
        """Pieces in all lines."""
        return sum(line.quantity for line in root.lines.all())

    @staticmethod
    def resolve_lines(root: CheckoutModel, _info: GraphQLResolveInfo) -> list[Any]:
        """With their prices."""
        lines: list[Any] = []
        for priced in checkouts.price(root).lines:
            line: Any = priced.line
            line.priced = priced
            lines.append(line)
        return lines

    @staticmethod
    def resolve_shipping_price(root: CheckoutModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Delivery."""
        priced = checkouts.price(root)
        return TaxedAmount(priced.shipping, priced.currency)

    @staticmethod
    def resolve_shipping_method(root: CheckoutModel, _info: GraphQLResolveInfo) -> Any:
        """What was chosen."""
        if root.shipping_method is None:
            return None
        priced = checkouts.price(root)
        return shipping_method_at(
            root.shipping_method, Amount(priced.base_shipping, priced.currency)
        )

    @staticmethod
    def resolve_delivery_method(root: CheckoutModel, info: GraphQLResolveInfo) -> Any:
        """What was chosen."""
        return Checkout.resolve_shipping_method(root, info)

    @staticmethod
    def resolve_subtotal_price(root: CheckoutModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Lines."""
        priced = checkouts.price(root)
        return TaxedAmount(priced.subtotal, priced.currency)

    @staticmethod
    def resolve_tax_exemption(_root: CheckoutModel, _info: GraphQLResolveInfo) -> bool:
        """Never."""
        return False

    @staticmethod
    def resolve_token(root: CheckoutModel, _info: GraphQLResolveInfo) -> object:
        """Its key."""
        return root.pk

    @staticmethod
    def resolve_total_price(root: CheckoutModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Lines and delivery."""
        priced = checkouts.price(root)
        return TaxedAmount(priced.total, priced.currency)

    @staticmethod
    def resolve_total_balance(root: CheckoutModel, _info: GraphQLResolveInfo) -> Amount:
        """Charged less the total."""
        priced = checkouts.price(root)
        return Amount(checkouts.charged(root) - priced.total.gross, priced.currency)

    @staticmethod
    def resolve_transactions(root: CheckoutModel, info: GraphQLResolveInfo) -> list[Any]:
        """For staff and apps."""
        requestor_of(info).require("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")
        return list(root.transactions.all())

    @staticmethod
    def resolve_display_gross_prices(root: CheckoutModel, _info: GraphQLResolveInfo) -> bool:
        """As the channel says."""
        return root.channel.display_gross_prices

    @staticmethod
    def resolve_authorize_status(root: CheckoutModel, _info: GraphQLResolveInfo) -> str:
        """How much of the total is reserved or charged."""
        total = checkouts.price(root).total.gross
        covered = checkouts.covered(root)
        if covered >= total:
            return "FULL"
        return "PARTIAL" if covered > ZERO else "NONE"

    @staticmethod
    def resolve_charge_status(root: CheckoutModel, _info: GraphQLResolveInfo) -> str:
        """How much of the total is charged."""
        total = checkouts.price(root).total.gross
        charged = checkouts.charged(root)
        if charged > total:
            return "OVERCHARGED"
        if charged == total:
            return "FULL"
        return "PARTIAL" if charged > ZERO else "NONE"


TYPES["Checkout"] = Checkout


def find(arguments: dict[str, Any]) -> CheckoutModel:
    """The checkout that a mutation or query is about. Raises Refusal."""
    return checkouts.find(id_in(arguments))


def id_in(arguments: dict[str, Any]) -> str | None:
    """The global id in `id`, `checkoutId` or, as a bare key, `token`."""
    if arguments.get("token"):
        return global_ids.encode("Checkout", arguments["token"])
    return arguments.get("id") or arguments.get("checkout_id")


class CheckoutQueries(graphene.ObjectType):
    """Queries about checkouts."""

    checkout = graphene.Field(Checkout, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_checkout(
        _root: object, info: GraphQLResolveInfo, **arguments: Any
    ) -> CheckoutModel | None:
        """One checkout; one of a customer only for that customer, staff and apps."""
        try:
            checkout = find(arguments)
        except Refusal as error:
            if error.code == "NOT_FOUND":
                return None
            raise GraphQLError(error.message) from error
        requestor = requestor_of(info)
        mine = checkout.user is None or requestor.owns(checkout.user)
        if mine or requestor.holds(("MANAGE_CHECKOUTS", "IMPERSONATE_USER")):
            return checkout
        return None
