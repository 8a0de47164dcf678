"""Orders and invoices as they are read.

`order(id:)` needs no permission, as in Saleor: whoever has an order's id reads it with addresses,
e-mail and invoices. Only its user and its private metadata are kept back.
"""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Fulfillment as FulfillmentModel
from saleor_sandbox.models import Invoice as InvoiceModel
from saleor_sandbox.models import Order as OrderModel
from saleor_sandbox.models import OrderEvent as OrderEventModel
from saleor_sandbox.models import OrderLine as OrderLineModel
from saleor_sandbox.models import User as UserModel
from saleor_sandbox.models.fulfilment import FulfillmentStatus
from saleor_sandbox.pricing import Taxed
from saleor_sandbox.refusals import PermissionDenied
from saleor_sandbox.requestor import AUTHENTICATED_APP, AUTHENTICATED_STAFF_USER
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
from saleor_sandbox.schema.connections import connection
from saleor_sandbox.schema.enums import (
    LanguageCodeEnum,
    OrderAction,
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
    OrderOriginEnum,
    OrderStatusEnum,
    PaymentChargeStatusEnum,
)
from saleor_sandbox.schema.fulfillments import Fulfillment, OrderEvent
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney
from saleor_sandbox.schema.order_parts import Invoice, OrderDiscount, OrderLine
from saleor_sandbox.schema.payments import TransactionItem
from saleor_sandbox.schema.products import (
    DeliveryMethod,
    ShippingMethod,
    shipping_method_at,
)

_USER_READERS = ("MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS", "HANDLE_TAXES")


class Order(graphene.ObjectType):
    """Represents an order in the shop."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    status = graphene.Field(OrderStatusEnum, required=True)
    status_display = graphene.String(required=True)
    user = graphene.Field(User)
    user_email = graphene.String()
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    shipping_method_name = graphene.String()
    collection_point_name = graphene.String()
    channel = graphene.Field(Channel, required=True)
    lines = non_null_list(OrderLine, required=True)
    actions = non_null_list(OrderAction, required=True)
    invoices = non_null_list(Invoice, required=True)
    number = graphene.String(required=True)
    origin = graphene.Field(OrderOriginEnum, required=True)
    is_paid = graphene.Boolean(required=True)
    payment_status = graphene.Field(PaymentChargeStatusEnum, required=True)
    payment_status_display = graphene.String(required=True)
    authorize_status = graphene.Field(OrderAuthorizeStatusEnum, required=True)
    charge_status = graphene.Field(OrderChargeStatusEnum, required=True)
    tax_exemption = graphene.Boolean(required=True)
    transactions = non_null_list(TransactionItem, required=True)
    fulfillments = non_null_list(Fulfillment, required=True)
    events = non_null_list(OrderEvent, required=True)
    total = graphene.Field(TaxedMoney, required=True)
    undiscounted_total = graphene.Field(TaxedMoney, required=True)
    shipping_method = graphene.Field(ShippingMethod)
    delivery_method = graphene.Field(DeliveryMethod)
    undiscounted_shipping_price = graphene.Field(Money, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    shipping_tax_rate = graphene.Float(required=True)
    token = graphene.String(required=True)
    voucher_code = graphene.String()
    customer_note = graphene.String(required=True)
    redirect_url = graphene.String()
    subtotal = graphene.Field(TaxedMoney, required=True)
    can_finalize = graphene.Boolean(required=True)
    total_authorized = graphene.Field(Money, required=True)
    total_captured = graphene.Field(Money, required=True)
    total_charged = graphene.Field(Money, required=True)
    total_balance = graphene.Field(Money, required=True)
    is_shipping_required = graphene.Boolean(required=True)
    language_code = graphene.String(required=True)
    language_code_enum = graphene.Field(LanguageCodeEnum, required=True)
    discounts = non_null_list(OrderDiscount, required=True)
    display_gross_prices = graphene.Boolean(required=True)
    external_reference = graphene.String()
    checkout_id = graphene.ID()

    @staticmethod
    def resolve_created(root: OrderModel, _info: GraphQLResolveInfo) -> object:
        """When it was placed."""
        return root.created_at

    @staticmethod
    def resolve_status_display(root: OrderModel, _info: GraphQLResolveInfo) -> str:
        """In English."""
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_user(root: OrderModel, info: GraphQLResolveInfo) -> UserModel | None:
        """The customer, for the customer, staff and apps."""
        if root.user is None:
            return None
        requestor = requestor_of(info)
        if not requestor.owns(root.user) and not requestor.holds(_USER_READERS):
            raise PermissionDenied((*_USER_READERS, "OWNER"))
        return root.user

    @staticmethod
    def resolve_shipping_method_name(root: OrderModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.shipping_method_name or None

    @staticmethod
    def resolve_collection_point_name(root: OrderModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.collection_point_name or None

    @staticmethod
    def resolve_lines(root: OrderModel, _info: GraphQLResolveInfo) -> list[OrderLineModel]:
        """As they were put into the cart."""
        return list(root.lines.select_related("order", "variant__product", "tax_class"))

    @staticmethod
    def resolve_actions(root: OrderModel, _info: GraphQLResolveInfo) -> list[str]:
        """What staff may do about payment."""
        return ["MARK_AS_PAID"] if root.charge_status == "NONE" else []

    @staticmethod
    def resolve_invoices(root: OrderModel, _info: GraphQLResolveInfo) -> list[InvoiceModel]:
        """For everyone who has the order's id."""
        return list(root.invoices.all())

    @staticmethod
    def resolve_is_paid(root: OrderModel, _info: GraphQLResolveInfo) -> bool:
        """Whether it is paid in full."""
        return root.charge_status in ("FULL", "OVERCHARGED")

    @staticmethod
    def resolve_payment_status(root: OrderModel, _info: GraphQLResolveInfo) -> str:
        """By Saleor's old way of payments."""
        return {
            "NONE": "NOT_CHARGED",
            "PARTIAL": "PARTIALLY_CHARGED",
        }.get(root.charge_status, "FULLY_CHARGED")

    @staticmethod
    def resolve_payment_status_display(root: OrderModel, info: GraphQLResolveInfo) -> str:
        """In English."""
        return Order.resolve_payment_status(root, info).replace("_", " ").capitalize()

    @staticmethod
    def resolve_transactions(root: OrderModel, info: GraphQLResolveInfo) -> list[Any]:
        """For staff and apps."""
        requestor_of(info).require("MANAGE_ORDERS", "HANDLE_PAYMENTS")
        return list(root.transactions.all())

    @staticmethod
    def resolve_fulfillments(root: OrderModel, info: GraphQLResolveInfo) -> list[FulfillmentModel]:
        """What went out; customers don't see what was taken back."""
        found = root.fulfillments.all()
        if not requestor_of(info).holds((AUTHENTICATED_STAFF_USER, AUTHENTICATED_APP)):
            found = found.exclude(status=FulfillmentStatus.CANCELED)
        return list(found)

    @staticmethod
    def resolve_events(root: OrderModel, info: GraphQLResolveInfo) -> list[OrderEventModel]:
        """The history, for who looks after orders."""
        requestor_of(info).require("MANAGE_ORDERS")
        return list(root.events.select_related("app").prefetch_related("fulfilled_items"))

    @staticmethod
    def resolve_total(root: OrderModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Lines and delivery."""
        return TaxedAmount(Taxed(root.total_net, root.total_gross), root.currency)

    @staticmethod
    def resolve_undiscounted_total(root: OrderModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """As if there were no discounts."""
        taxed = Taxed(root.undiscounted_total_net, root.undiscounted_total_gross)
        return TaxedAmount(taxed, root.currency)

    @staticmethod
    def resolve_subtotal(root: OrderModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Lines."""
        return TaxedAmount(Taxed(root.subtotal_net, root.subtotal_gross), root.currency)

    @staticmethod
    def resolve_shipping_price(root: OrderModel, _info: GraphQLResolveInfo) -> TaxedAmount:
        """Delivery."""
        return TaxedAmount(Taxed(root.shipping_net, root.shipping_gross), root.currency)

    @staticmethod
    def resolve_undiscounted_shipping_price(root: OrderModel, _info: GraphQLResolveInfo) -> Amount:
        """Delivery as entered."""
        return Amount(root.undiscounted_base_shipping, root.currency)

    @staticmethod
    def resolve_shipping_method(root: OrderModel, _info: GraphQLResolveInfo) -> Any:
        """How it is delivered."""
        if root.shipping_method is None:
            return None
        price = Amount(root.undiscounted_base_shipping, root.currency)
        return shipping_method_at(root.shipping_method, price)

    @staticmethod
    def resolve_delivery_method(root: OrderModel, info: GraphQLResolveInfo) -> Any:
        """How it is delivered."""
        return Order.resolve_shipping_method(root, info)

    @staticmethod
    def resolve_token(root: OrderModel, _info: GraphQLResolveInfo) -> str:
        """Its key."""
        return str(root.pk)

    @staticmethod
    def resolve_voucher_code(root: OrderModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.voucher_code or None

    @staticmethod
    def resolve_can_finalize(_root: OrderModel, _info: GraphQLResolveInfo) -> bool:
        """Of drafts; true for the rest."""
        return True

    @staticmethod
    def resolve_total_authorized(root: OrderModel, _info: GraphQLResolveInfo) -> Amount:
        """Reserved."""
        return Amount(root.total_authorized, root.currency)

    @staticmethod
    def resolve_total_captured(root: OrderModel, _info: GraphQLResolveInfo) -> Amount:
        """Charged, by its old name."""
        return Amount(root.total_charged, root.currency)

    @staticmethod
    def resolve_total_charged(root: OrderModel, _info: GraphQLResolveInfo) -> Amount:
        """Charged."""
        return Amount(root.total_charged, root.currency)

    @staticmethod
    def resolve_total_balance(root: OrderModel, _info: GraphQLResolveInfo) -> Amount:
        """Charged less the total."""
        return Amount(root.total_charged - root.total_gross, root.currency)

    @staticmethod
    def resolve_is_shipping_required(_root: OrderModel, _info: GraphQLResolveInfo) -> bool:
        """All goods here are sent."""
        return True

    @staticmethod
    def resolve_language_code_enum(root: OrderModel, _info: GraphQLResolveInfo) -> str:
        """The language that it was placed in."""
        return root.language_code

    @staticmethod
    def resolve_discounts(root: OrderModel, _info: GraphQLResolveInfo) -> list[Any]:
        """On the whole of it."""
        return list(root.discounts.select_related("order"))

    @staticmethod
    def resolve_checkout_id(root: OrderModel, _info: GraphQLResolveInfo) -> str | None:
        """What it was placed from."""
        return global_ids.encode("Checkout", root.checkout_token) if root.checkout_token else None


TYPES["Order"] = Order
OrderConnection, order_paging = connection(Order, "Order")
