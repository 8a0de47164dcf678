"""Checkouts."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.enum_values import CHECKOUT_ERRORS
from saleor_sandbox.models import Checkout as CheckoutModel
from saleor_sandbox.pricing import ZERO
from saleor_sandbox.refusals import PermissionDenied, Refusal
from saleor_sandbox.schema.accounts import User
from saleor_sandbox.schema.addresses import Address, AddressInput
from saleor_sandbox.schema.base import (
    TYPES,
    MetadataInput,
    Node,
    ObjectWithMetadata,
    SaleorMutation,
    address_type_field,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.channels import Channel
from saleor_sandbox.schema.enums import (
    CheckoutAuthorizeStatusEnum,
    CheckoutChargeStatusEnum,
    LanguageCodeEnum,
    saleor_enum,
)
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.schema.payments import TransactionItem
from saleor_sandbox.schema.products import (
    DeliveryMethod,
    ProductVariant,
    ShippingMethod,
    shipping_method_at,
)
from saleor_sandbox.schema.scalars import JSONString, PositiveDecimal
from saleor_sandbox.services import checkouts, placement
from saleor_sandbox.services.checkouts import PricedLine
from saleor_sandbox.writes import writing

CheckoutError = error_type(
    "CheckoutError",
    saleor_enum("CheckoutErrorCode", CHECKOUT_ERRORS),
    variants=non_null_list(graphene.ID),
    lines=non_null_list(graphene.ID),
    address_type=address_type_field(),
)


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


class CheckoutLineInput(graphene.InputObjectType):
    """What, and how many."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    price = PositiveDecimal()
    force_new_line = graphene.Boolean(default_value=False)
    metadata = non_null_list(MetadataInput)


class CheckoutCreateInput(graphene.InputObjectType):
    """A cart."""

    channel = graphene.String()
    lines = non_null_list(CheckoutLineInput, required=True)
    email = graphene.String()
    save_shipping_address = graphene.Boolean()
    shipping_address = AddressInput()
    save_billing_address = graphene.Boolean()
    billing_address = AddressInput()
    language_code = LanguageCodeEnum()
    metadata = non_null_list(MetadataInput)


class CheckoutAddressValidationRules(graphene.InputObjectType):
    """How strictly an address is checked."""

    check_required_fields = graphene.Boolean(default_value=True)
    check_fields_format = graphene.Boolean(default_value=True)
    enable_fields_normalization = graphene.Boolean(default_value=True)


def _found(arguments: dict[str, Any]) -> CheckoutModel:
    return checkouts.find(_id(arguments))


def _id(arguments: dict[str, Any]) -> str | None:
    if arguments.get("token"):
        return global_ids.encode("Checkout", arguments["token"])
    return arguments.get("id") or arguments.get("checkout_id")


class CheckoutCreate(SaleorMutation):
    """Create a new checkout."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        input = CheckoutCreateInput(required=True)

    created = graphene.Boolean()
    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        checkout = checkouts.create(arguments["input"], requestor=requestor_of(info))
        return {"checkout": checkout, "created": True}


class CheckoutLinesAdd(SaleorMutation):
    """Adds a checkout line to the existing checkout."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        lines = non_null_list(CheckoutLineInput, required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Add."""
        checkout = _found(arguments)
        checkouts.add_lines(checkout, arguments["lines"])
        return {"checkout": checkout}


class CheckoutBillingAddressUpdate(SaleorMutation):
    """Updates billing address in the existing checkout."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        billing_address = AddressInput(required=True)
        save_address = graphene.Boolean(default_value=True)
        validation_rules = CheckoutAddressValidationRules()

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Replace."""
        checkout = _found(arguments)
        checkouts.set_address(checkout, arguments["billing_address"], shipping=False)
        return {"checkout": checkout}


class CheckoutShippingAddressUpdate(SaleorMutation):
    """Updates shipping address in the existing checkout."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        shipping_address = AddressInput(required=True)
        save_address = graphene.Boolean(default_value=True)
        validation_rules = CheckoutAddressValidationRules()

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Replace."""
        checkout = _found(arguments)
        checkouts.set_address(checkout, arguments["shipping_address"], shipping=True)
        return {"checkout": checkout}


class CheckoutDeliveryMethodUpdate(SaleorMutation):
    """Updates the delivery method of the checkout."""

    class Meta:
        error = CheckoutError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        delivery_method_id = graphene.ID()

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Choose."""
        checkout = _found(arguments)
        checkouts.set_delivery_method(checkout, arguments.get("delivery_method_id"))
        return {"checkout": checkout}


class CheckoutAddPromoCode(SaleorMutation):
    """Adds a voucher to a checkout."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        promo_code = graphene.String(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Use it."""
        checkout = _found(arguments)
        checkouts.add_promo_code(checkout, arguments["promo_code"])
        return {"checkout": checkout}


class CheckoutEmailUpdate(SaleorMutation):
    """Updates email address in the existing checkout object."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        email = graphene.String(required=True)

    checkout = graphene.Field(Checkout)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        checkout = _found(arguments)
        if not arguments["email"]:
            raise Refusal("This field cannot be blank.", code="REQUIRED", field="email")
        with writing():
            checkout.email = arguments["email"]
            checkout.save(update_fields=["email", "last_change"])
        return {"checkout": checkout}


class CheckoutComplete(SaleorMutation):
    """Completes the checkout. As a result a new order is created."""

    class Meta:
        error = CheckoutError
        old_errors = "checkout_errors"

    class Arguments:
        id = graphene.ID()
        checkout_id = graphene.ID()
        token = graphene.UUID()
        metadata = non_null_list(MetadataInput)
        payment_data = JSONString()
        redirect_url = graphene.String()
        store_source = graphene.Boolean(default_value=False)

    order = graphene.Field(Order)
    confirmation_needed = graphene.Boolean(required=True)
    confirmation_data = graphene.Field(JSONString)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Place the order."""
        order = placement.complete(
            _id(arguments), metadata=arguments.get("metadata"), requestor=requestor_of(info)
        )
        return {"order": order, "confirmation_data": {}}

    @classmethod
    def _errors(cls, refusals: Any) -> dict[str, Any]:
        return {**super()._errors(refusals), "confirmation_needed": False}


class CheckoutQueries(graphene.ObjectType):
    """Queries about checkouts."""

    checkout = graphene.Field(Checkout, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_checkout(
        _root: object, info: GraphQLResolveInfo, **arguments: Any
    ) -> CheckoutModel | None:
        """One checkout; one of a customer only for that customer, staff and apps."""
        try:
            checkout = _found(arguments)
        except Refusal as error:
            if error.code == "NOT_FOUND":
                return None
            raise GraphQLError(error.message) from error
        requestor = requestor_of(info)
        mine = checkout.user is None or requestor.owns(checkout.user)
        if mine or requestor.holds(("MANAGE_CHECKOUTS", "IMPERSONATE_USER")):
            return checkout
        return None




class CheckoutMutations(graphene.ObjectType):
    """Mutations about checkouts."""

    checkout_create = CheckoutCreate.Field()
    checkout_lines_add = CheckoutLinesAdd.Field()
    checkout_billing_address_update = CheckoutBillingAddressUpdate.Field()
    checkout_shipping_address_update = CheckoutShippingAddressUpdate.Field()
    checkout_delivery_method_update = CheckoutDeliveryMethodUpdate.Field()
    checkout_add_promo_code = CheckoutAddPromoCode.Field()
    checkout_email_update = CheckoutEmailUpdate.Field()
    checkout_complete = CheckoutComplete.Field()
