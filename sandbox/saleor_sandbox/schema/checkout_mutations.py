"""What buyers do to checkouts."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import CHECKOUT_ERRORS
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.schema.addresses import AddressInput
from saleor_sandbox.schema.base import (
    MetadataInput,
    SaleorMutation,
    address_type_field,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.checkouts import Checkout, find, id_in
from saleor_sandbox.schema.enums import (
    LanguageCodeEnum,
    saleor_enum,
)
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.schema.scalars import JSONString, PositiveDecimal
from saleor_sandbox.services import checkouts, placement
from saleor_sandbox.writes import writing

CheckoutError = error_type(
    "CheckoutError",
    saleor_enum("CheckoutErrorCode", CHECKOUT_ERRORS),
    variants=non_null_list(graphene.ID),
    lines=non_null_list(graphene.ID),
    address_type=address_type_field(),
)


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
        checkout = find(arguments)
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
        checkout = find(arguments)
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
        checkout = find(arguments)
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
        checkout = find(arguments)
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
        checkout = find(arguments)
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
        checkout = find(arguments)
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
            id_in(arguments), metadata=arguments.get("metadata"), requestor=requestor_of(info)
        )
        return {"order": order, "confirmation_data": {}}

    @classmethod
    def _errors(cls, refusals: Any) -> dict[str, Any]:
        return {**super()._errors(refusals), "confirmation_needed": False}


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
