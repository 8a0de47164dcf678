"""`orderBulkCreate`."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import ORDER_BULK_CREATE_ERRORS
from saleor_sandbox.refusals import Refusal, RefusalEntry
from saleor_sandbox.schema.addresses import AddressInput
from saleor_sandbox.schema.base import MetadataInput, non_null_list, plain, requestor_of
from saleor_sandbox.schema.enums import (
    DiscountValueTypeEnum,
    ErrorPolicyEnum,
    LanguageCodeEnum,
    OrderStatusEnum,
    StockUpdatePolicyEnum,
    saleor_enum,
)
from saleor_sandbox.schema.money import TaxedMoneyInput
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.schema.scalars import PositiveDecimal
from saleor_sandbox.services import bulk_orders

OrderBulkCreateErrorCode = saleor_enum("OrderBulkCreateErrorCode", ORDER_BULK_CREATE_ERRORS)


class OrderBulkCreateUserInput(graphene.InputObjectType):
    """Whose order it is."""

    id = graphene.ID()
    email = graphene.String()
    external_reference = graphene.String()


class OrderBulkCreateDeliveryMethodInput(graphene.InputObjectType):
    """How it is delivered."""

    shipping_method_id = graphene.ID()
    shipping_method_name = graphene.String()
    shipping_price = TaxedMoneyInput()
    shipping_tax_rate = PositiveDecimal()


class OrderBulkCreateOrderLineInput(graphene.InputObjectType):
    """A line with its prices."""

    variant_id = graphene.ID()
    variant_sku = graphene.String()
    variant_external_reference = graphene.String()
    variant_name = graphene.String()
    product_name = graphene.String()
    product_sku = graphene.String()
    translated_variant_name = graphene.String()
    translated_product_name = graphene.String()
    created_at = graphene.DateTime(required=True)
    is_shipping_required = graphene.Boolean(required=True)
    is_gift_card = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    total_price = TaxedMoneyInput(required=True)
    undiscounted_total_price = TaxedMoneyInput(required=True)
    unit_discount_reason = graphene.String()
    unit_discount_type = DiscountValueTypeEnum()
    unit_discount_value = PositiveDecimal()
    warehouse = graphene.ID(required=True)
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    tax_rate = PositiveDecimal()
    tax_class_name = graphene.String()


class OrderBulkCreateInput(graphene.InputObjectType):
    """An order from elsewhere."""

    external_reference = graphene.String()
    channel = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    status = OrderStatusEnum()
    user = OrderBulkCreateUserInput(required=True)
    billing_address = AddressInput(required=True)
    shipping_address = AddressInput()
    currency = graphene.String(required=True)
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    customer_note = graphene.String()
    language_code = LanguageCodeEnum(required=True)
    display_gross_prices = graphene.Boolean()
    lines = non_null_list(OrderBulkCreateOrderLineInput, required=True)
    delivery_method = OrderBulkCreateDeliveryMethodInput()


class OrderBulkCreateError(graphene.ObjectType):
    """What was refused, where and why."""

    path = graphene.String()
    message = graphene.String()
    code = graphene.Field(OrderBulkCreateErrorCode)

    @staticmethod
    def resolve_path(root: RefusalEntry, _info: GraphQLResolveInfo) -> str | None:
        """Where in the input."""
        return root.field


class OrderBulkCreateResult(graphene.ObjectType):
    """What became of an entry."""

    order = graphene.Field(Order)
    errors = non_null_list(OrderBulkCreateError)


class OrderBulkCreate(graphene.Mutation):
    """Creates multiple orders: all of them or, when one is refused, none."""

    class Arguments:
        error_policy = ErrorPolicyEnum()
        orders = non_null_list(OrderBulkCreateInput, required=True)
        stock_update_policy = StockUpdatePolicyEnum()

    count = graphene.Int(required=True)
    results = non_null_list(OrderBulkCreateResult, required=True)
    errors = non_null_list(OrderBulkCreateError, required=True)

    @staticmethod
    def mutate(_root: object, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        requestor = requestor_of(info)
        requestor.require("MANAGE_ORDERS_IMPORT")
        entries = plain(arguments["orders"])
        try:
            orders = bulk_orders.create(entries, requestor=requestor)
        except Refusal as refusal:
            results: list[dict[str, Any]] = [
                {"order": None, "errors": [refusal.entry]} for _ in entries
            ]
            return {"count": 0, "results": results, "errors": [refusal.entry]}
        results = [{"order": order, "errors": None} for order in orders]
        return {"count": len(orders), "results": results, "errors": []}


class BulkOrderMutations(graphene.ObjectType):
    """Mutations that bring in orders."""

    order_bulk_create = OrderBulkCreate.Field()
