"""Parts of an order: its lines, discounts and invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Allocation as AllocationModel
from saleor_sandbox.models import Invoice as InvoiceModel
from saleor_sandbox.models import OrderDiscount as OrderDiscountModel
from saleor_sandbox.models import OrderLine as OrderLineModel
from saleor_sandbox.pricing import Taxed
from saleor_sandbox.schema.apps import Job
from saleor_sandbox.schema.base import (
    TYPES,
    Node,
    ObjectWithMetadata,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import (
    DiscountValueTypeEnum,
    JobStatusEnum,
    OrderDiscountTypeEnum,
)
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney
from saleor_sandbox.schema.products import (
    ProductVariant,
)
from saleor_sandbox.schema.scalars import PositiveDecimal
from saleor_sandbox.schema.warehouses import Allocation


def _order() -> Any:
    from saleor_sandbox.schema.orders import Order

    return Order


class Invoice(graphene.ObjectType):
    """Represents an Invoice."""

    class Meta:
        interfaces = (ObjectWithMetadata, Job, Node)

    status = graphene.Field(JobStatusEnum, required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    number = graphene.String()
    external_url = graphene.String()
    url = graphene.String()
    order = graphene.Field(_order)

    @staticmethod
    def resolve_message(root: InvoiceModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.message or None

    @staticmethod
    def resolve_url(root: InvoiceModel, _info: GraphQLResolveInfo) -> str | None:
        """Where it is, as it was given."""
        return root.external_url


TYPES["Invoice"] = Invoice


class OrderLine(graphene.ObjectType):
    """Represents order line of particular order."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    product_variant_id = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    quantity_fulfilled = graphene.Int(required=True)
    quantity_to_fulfill = graphene.Int(required=True)
    allocations = non_null_list(Allocation)
    tax_rate = graphene.Float(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(TaxedMoney, required=True)
    unit_discount = graphene.Field(Money, required=True)
    unit_discount_reason = graphene.String()
    unit_discount_value = PositiveDecimal(required=True)
    unit_discount_type = graphene.Field(DiscountValueTypeEnum)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(TaxedMoney, required=True)
    variant = graphene.Field(ProductVariant)
    translated_product_name = graphene.String(required=True)
    translated_variant_name = graphene.String(required=True)
    tax_class_name = graphene.String()
    voucher_code = graphene.String()
    is_gift = graphene.Boolean()
    is_price_overridden = graphene.Boolean()

    @staticmethod
    def resolve_product_sku(root: OrderLineModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.product_sku or None

    @staticmethod
    def resolve_product_variant_id(root: OrderLineModel, _info: GraphQLResolveInfo) -> str | None:
        """The variant's global id, also after its deletion."""
        return global_ids.of(root.variant) if root.variant else None

    @staticmethod
    def resolve_allocations(
        root: OrderLineModel, info: GraphQLResolveInfo
    ) -> list[AllocationModel]:
        """What is held for it, for staff and apps that look after goods or orders."""
        requestor_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return list(root.allocations.select_related("stock__warehouse"))

    @staticmethod
    def resolve_quantity_to_fulfill(root: OrderLineModel, _info: GraphQLResolveInfo) -> int:
        """What has not gone out."""
        return root.quantity - root.quantity_fulfilled

    @staticmethod
    def resolve_unit_price(root: OrderLineModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Of one, after discounts."""
        return TaxedAmount(Taxed(root.unit_net, root.unit_gross), root.order.currency)

    @staticmethod
    def resolve_undiscounted_unit_price(
        root: OrderLineModel, _info: GraphQLResolveInfo
    ) -> TaxedAmount:
        """Of one, before discounts."""
        taxed = Taxed(root.undiscounted_unit_net, root.undiscounted_unit_gross)
        return TaxedAmount(taxed, root.order.currency)

    @staticmethod
    def resolve_unit_discount(root: OrderLineModel, _info: GraphQLResolveInfo) -> Amount:
        """What a sale takes off one, as entered; a voucher on the order is not in it."""
        return Amount(_unit_discount(root), root.order.currency)

    @staticmethod
    def resolve_unit_discount_value(root: OrderLineModel, _info: GraphQLResolveInfo) -> Decimal:
        """The same, as a number."""
        return _unit_discount(root)

    @staticmethod
    def resolve_unit_discount_type(_root: OrderLineModel, _info: GraphQLResolveInfo) -> str:
        """Always an amount."""
        return "FIXED"

    @staticmethod
    def resolve_unit_discount_reason(root: OrderLineModel, _info: GraphQLResolveInfo) -> str | None:
        """The sale's name."""
        return root.unit_discount_reason or None

    @staticmethod
    def resolve_total_price(root: OrderLineModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Of all, after discounts."""
        return TaxedAmount(Taxed(root.total_net, root.total_gross), root.order.currency)

    @staticmethod
    def resolve_undiscounted_total_price(
        root: OrderLineModel, _info: GraphQLResolveInfo
    ) -> TaxedAmount:
        """Of all, before discounts."""
        taxed = Taxed(root.undiscounted_total_net, root.undiscounted_total_gross)
        return TaxedAmount(taxed, root.order.currency)

    @staticmethod
    def resolve_tax_class_name(root: OrderLineModel, _info: GraphQLResolveInfo) -> str | None:
        """What it is taxed as."""
        return root.tax_class.name if root.tax_class else None

    @staticmethod
    def resolve_voucher_code(_root: OrderLineModel, _info: GraphQLResolveInfo) -> None:
        """Vouchers are of whole orders here."""
        return

    @staticmethod
    def resolve_is_gift(_root: OrderLineModel, _info: GraphQLResolveInfo) -> bool:
        """Never."""
        return False

    @staticmethod
    def resolve_is_price_overridden(_root: OrderLineModel, _info: GraphQLResolveInfo) -> bool:
        """Never."""
        return False


TYPES["OrderLine"] = OrderLine


def _unit_discount(line: OrderLineModel) -> Decimal:
    return line.undiscounted_base_unit_price - line.base_unit_price


class OrderDiscount(graphene.ObjectType):
    """Contains all details related to the applied discount to the order."""

    class Meta:
        interfaces = (Node,)

    type = graphene.Field(OrderDiscountTypeEnum, required=True)
    name = graphene.String()
    translated_name = graphene.String()
    value_type = graphene.Field(DiscountValueTypeEnum, required=True)
    value = PositiveDecimal(required=True)
    reason = graphene.String()
    amount = graphene.Field(Money, required=True)
    total = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_reason(root: OrderDiscountModel, info: GraphQLResolveInfo) -> str | None:
        """For staff and apps."""
        requestor_of(info).require("MANAGE_ORDERS")
        return root.reason or None

    @staticmethod
    def resolve_amount(root: OrderDiscountModel, _info: GraphQLResolveInfo) -> Amount:
        """What was taken off."""
        return Amount(root.amount, root.order.currency)

    @staticmethod
    def resolve_total(root: OrderDiscountModel, _info: GraphQLResolveInfo) -> Amount:
        """The same, by its newer name."""
        return Amount(root.amount, root.order.currency)


TYPES["OrderDiscount"] = OrderDiscount
