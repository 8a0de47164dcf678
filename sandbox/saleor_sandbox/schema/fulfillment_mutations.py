"""Sending goods, taking them back, and the settings that decide whether they may go."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import SHOP_ERRORS
from saleor_sandbox.schema.base import SaleorMutation, error_type, non_null_list, requestor_of
from saleor_sandbox.schema.channels import Shop
from saleor_sandbox.schema.enums import saleor_enum
from saleor_sandbox.schema.fulfillments import Fulfillment
from saleor_sandbox.schema.order_mutations import OrderError
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.services import fulfillments, shop_settings

_MANAGE = ("MANAGE_ORDERS",)
ShopError = error_type("ShopError", saleor_enum("ShopErrorCode", SHOP_ERRORS))


class OrderFulfillStockInput(graphene.InputObjectType):
    """How many out of which warehouse."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """An order line, and where its goods come from."""

    order_line_id = graphene.ID()
    stocks = non_null_list(OrderFulfillStockInput, required=True)


class OrderFulfillInput(graphene.InputObjectType):
    """What goes out."""

    lines = non_null_list(OrderFulfillLineInput, required=True)
    notify_customer = graphene.Boolean()
    allow_stock_to_be_exceeded = graphene.Boolean(default_value=False)
    tracking_number = graphene.String()


class OrderFulfill(SaleorMutation):
    """Creates new fulfillments for an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    fulfillments = non_null_list(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Send."""
        order, made = fulfillments.fulfill(
            arguments.get("order") or "", arguments["input"], requestor=requestor_of(info)
        )
        return {"order": order, "fulfillments": made}


class FulfillmentCancelInput(graphene.InputObjectType):
    """Where the goods go back to."""

    warehouse_id = graphene.ID()


class FulfillmentCancel(SaleorMutation):
    """Cancels existing fulfillment and optionally restocks items."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentCancelInput()

    fulfillment = graphene.Field(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Take back."""
        order, fulfillment = fulfillments.cancel(
            arguments["id"],
            (arguments.get("input") or {}).get("warehouse_id"),
            requestor=requestor_of(info),
        )
        return {"order": order, "fulfillment": fulfillment}


class ShopSettingsInput(graphene.InputObjectType):
    """The settings that the sandbox obeys."""

    fulfillment_auto_approve = graphene.Boolean()
    fulfillment_allow_unpaid = graphene.Boolean()


class ShopSettingsUpdate(SaleorMutation):
    """Updates shop settings."""

    class Meta:
        error = ShopError
        old_errors = "shop_errors"
        permissions = ("MANAGE_SETTINGS",)

    class Arguments:
        input = ShopSettingsInput(required=True)

    shop = graphene.Field(Shop)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        shop_settings.change_settings(arguments["input"])
        return {"shop": {}}


class FulfillmentMutations(graphene.ObjectType):
    """Mutations about goods that go out."""

    order_fulfill = OrderFulfill.Field()
    order_fulfillment_cancel = FulfillmentCancel.Field()
    shop_settings_update = ShopSettingsUpdate.Field()
