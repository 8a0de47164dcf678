"""Orders and invoices as they are read.

`order(id:)` needs no permission, as in Saleor: whoever has an order's id reads it with addresses,
e-mail and invoices. Only its user and its private metadata are kept back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import graphene
from django.db.models import Q
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Invoice as InvoiceModel
from saleor_sandbox.models import Order as OrderModel
from saleor_sandbox.models import OrderDiscount as OrderDiscountModel
from saleor_sandbox.models import OrderLine as OrderLineModel
from saleor_sandbox.models import User as UserModel
from saleor_sandbox.pricing import Taxed
from saleor_sandbox.refusals import PermissionDenied
from saleor_sandbox.schema.accounts import User
from saleor_sandbox.schema.addresses import Address
from saleor_sandbox.schema.apps import Job
from saleor_sandbox.schema.base import (
    TYPES,
    DateTimeRangeInput,
    Node,
    ObjectWithMetadata,
    SortInput,
    non_null_list,
    plain,
    requestor_of,
)
from saleor_sandbox.schema.channels import Channel
from saleor_sandbox.schema.connections import connection, paginate
from saleor_sandbox.schema.enums import (
    DiscountValueTypeEnum,
    JobStatusEnum,
    LanguageCodeEnum,
    OrderAction,
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
    OrderDiscountTypeEnum,
    OrderOriginEnum,
    OrderSortField,
    OrderStatusEnum,
    OrderStatusFilter,
    PaymentChargeStatusEnum,
)
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney
from saleor_sandbox.schema.payments import TransactionItem
from saleor_sandbox.schema.products import (
    DeliveryMethod,
    ProductVariant,
    ShippingMethod,
    shipping_method_at,
)
from saleor_sandbox.schema.scalars import PositiveDecimal
from saleor_sandbox.services import orders

_SORT_FIELDS = {
    "NUMBER": ("number",),
    "CREATED_AT": ("created_at", "status", "number"),
    "CREATION_DATE": ("created_at", "status", "number"),
    "LAST_MODIFIED_AT": ("updated_at", "status", "number"),
    "STATUS": ("status", "number"),
    "FULFILLMENT_STATUS": ("status", "user_email", "number"),
}
_USER_READERS = ("MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS", "HANDLE_TAXES")


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
    order = graphene.Field(lambda: Order)

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
    def resolve_quantity_fulfilled(_root: OrderLineModel, _info: GraphQLResolveInfo) -> int:
        """The sandbox ships nothing."""
        return 0

    @staticmethod
    def resolve_quantity_to_fulfill(root: OrderLineModel, _info: GraphQLResolveInfo) -> int:
        """All of it."""
        return root.quantity

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
    def resolve_unit_discount_reason(
        root: OrderLineModel, _info: GraphQLResolveInfo
    ) -> str | None:
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
    def resolve_undiscounted_shipping_price(
        root: OrderModel, _info: GraphQLResolveInfo
    ) -> Amount:
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


class OrderFilterInput(graphene.InputObjectType):
    """Which orders."""

    status = non_null_list(OrderStatusFilter)
    customer = graphene.String()
    search = graphene.String()
    channels = non_null_list(graphene.ID)
    charge_status = non_null_list(OrderChargeStatusEnum)
    updated_at = DateTimeRangeInput()
    ids = non_null_list(graphene.ID)
    numbers = non_null_list(graphene.String)


class OrderSortingInput(SortInput):
    """How orders are sorted."""

    field = graphene.Field(OrderSortField, required=True)


class OrderQueries(graphene.ObjectType):
    """Queries about orders."""

    order = graphene.Field(Order, id=graphene.ID(), external_reference=graphene.String())
    orders = graphene.Field(
        OrderConnection,
        sort_by=OrderSortingInput(),
        filter=OrderFilterInput(),
        channel=graphene.String(),
        search=graphene.String(),
        **order_paging,
    )

    @staticmethod
    def resolve_order(
        _root: object,
        info: GraphQLResolveInfo,
        id: str | None = None,  # noqa: A002  the API's own name
        external_reference: str | None = None,
    ) -> OrderModel | None:
        """One order; by its id for everyone."""
        if id is None:
            requestor_of(info).require("MANAGE_ORDERS")
            return OrderModel.objects.filter(external_reference=external_reference or "").first()
        try:
            _, key = global_ids.decode(id)
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(f"Invalid ID: {id}. Expected: Order.") from error
        return orders.by_key(key)

    @staticmethod
    def resolve_orders(
        _root: object,
        info: GraphQLResolveInfo,
        sort_by: Any = None,
        filter: Any = None,  # noqa: A002  the API's own name
        channel: str | None = None,
        search: str | None = None,
        **paging: Any,
    ) -> Any:
        """Orders for staff and apps, newest first unless sorted."""
        requestor_of(info).require("MANAGE_ORDERS")
        wanted = plain(filter or {})
        found = OrderModel.objects.exclude(status="DRAFT").filter(
            _conditions(wanted, search or wanted.get("search"))
        )
        if channel:
            found = found.filter(channel__slug=channel)
        if wanted.get("charge_status"):
            keys = [
                order.pk for order in found if order.charge_status in wanted["charge_status"]
            ]
            found = found.filter(pk__in=keys)
        sorting = plain(sort_by or {"field": "NUMBER", "direction": "DESC"})
        if sorting["field"] not in _SORT_FIELDS:
            raise GraphQLError(f"Sorting by {sorting['field']} is not available here.")
        related = ("channel", "user", "billing_address", "shipping_address", "shipping_method")
        return paginate(
            found.select_related(*related),
            info,
            paging,
            sort_fields=_SORT_FIELDS[sorting["field"]],
            descending=sorting["direction"] == "DESC",
        )


def _conditions(wanted: dict[str, Any], search: str | None) -> Q:
    condition = Q()
    if span := wanted.get("updated_at"):
        if span.get("gte"):
            condition &= Q(updated_at__gte=span["gte"])
        if span.get("lte"):
            condition &= Q(updated_at__lte=span["lte"])
    if wanted.get("ids"):
        try:
            keys = [global_ids.decode_as(key, "Order") for key in wanted["ids"]]
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(str(error)) from error
        condition &= Q(pk__in=keys)
    if wanted.get("numbers"):
        condition &= Q(number__in=wanted["numbers"])
    if wanted.get("channels"):
        channels = [global_ids.decode_as(key, "Channel") for key in wanted["channels"]]
        condition &= Q(channel__in=channels)
    if wanted.get("status"):
        condition &= _status_condition(wanted["status"])
    if wanted.get("customer"):
        condition &= Q(user_email__icontains=wanted["customer"])
    if search:
        text = Q(user_email__icontains=search) | Q(invoices__number__icontains=search)
        if search.isdigit():
            text |= Q(number=int(search))
        condition &= text
    return condition


def _status_condition(names: list[str]) -> Q:
    condition = Q(status__in=names)
    if "READY_TO_FULFILL" in names:
        condition |= Q(status__in=("UNFULFILLED", "PARTIALLY_FULFILLED"), total_charged__gt=0)
    if "READY_TO_CAPTURE" in names:
        condition |= Q(total_authorized__gt=0)
    return condition
