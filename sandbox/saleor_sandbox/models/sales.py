"""Checkouts, orders, money received and invoices."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from saleor_sandbox.models.accounts import Address, User
from saleor_sandbox.models.apps import App, JobStatus
from saleor_sandbox.models.base import Node, WithMetadata
from saleor_sandbox.models.catalogue import (
    Channel,
    ProductVariant,
    ShippingMethod,
    TaxClass,
    Voucher,
    price_field,
)


class OrderStatus:
    """The statuses an order can have."""

    DRAFT = "DRAFT"
    UNCONFIRMED = "UNCONFIRMED"
    UNFULFILLED = "UNFULFILLED"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
    FULFILLED = "FULFILLED"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"


class Checkout(Node, WithMetadata):
    """A cart on its way to an order; it is deleted when the order exists."""

    graphql_type = "Checkout"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="checkouts"
    )
    email = models.EmailField(blank=True, default="")
    language_code = models.CharField(max_length=35, default="en")
    billing_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_method = models.ForeignKey(
        ShippingMethod, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    voucher = models.ForeignKey(
        Voucher, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    customer_note = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    last_change = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-last_change",)

    def __str__(self) -> str:
        return str(self.id)


class CheckoutLine(Node, WithMetadata):
    """A variant and how many of it."""

    graphql_type = "CheckoutLine"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(ProductVariant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"


class Order(Node, WithMetadata):
    """An order; its amounts are fixed when it is placed and anew when its lines change."""

    graphql_type = "Order"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=32)
    origin = models.CharField(max_length=32, default="CHECKOUT")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="orders")
    checkout_token = models.CharField(max_length=36, blank=True, default="", db_index=True)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    user_email = models.EmailField(blank=True, default="")
    language_code = models.CharField(max_length=35, default="en")
    billing_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_method = models.ForeignKey(
        ShippingMethod, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_method_name = models.CharField(max_length=255, blank=True, default="")
    collection_point_name = models.CharField(max_length=255, blank=True, default="")
    customer_note = models.TextField(blank=True, default="")
    voucher_code = models.CharField(max_length=255, blank=True, default="")
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    display_gross_prices = models.BooleanField(default=True)
    tax_exemption = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    undiscounted_base_shipping = price_field()
    shipping_net = price_field()
    shipping_gross = price_field()
    shipping_tax_rate = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    subtotal_net = price_field()
    subtotal_gross = price_field()
    total_net = price_field()
    total_gross = price_field()
    undiscounted_total_net = price_field()
    undiscounted_total_gross = price_field()
    total_charged = price_field()
    total_authorized = price_field()
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def charge_status(self) -> str:
        """NONE, PARTIAL, FULL or OVERCHARGED, from what was charged of the total."""
        if self.total_charged > self.total_gross:
            return "OVERCHARGED"
        if self.total_charged == self.total_gross:
            return "FULL"
        return "PARTIAL" if self.total_charged > 0 else "NONE"

    @property
    def authorize_status(self) -> str:
        """NONE, PARTIAL or FULL, from what was authorised or charged of the total."""
        covered = self.total_charged + self.total_authorized
        if covered >= self.total_gross:
            return "FULL"
        return "PARTIAL" if covered > 0 else "NONE"


class OrderLine(Node, WithMetadata):
    """A line of an order, with its prices before and after discounts, net and gross."""

    graphql_type = "OrderLine"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(
        ProductVariant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    product_name = models.CharField(max_length=386)
    variant_name = models.CharField(max_length=255, blank=True, default="")
    translated_product_name = models.CharField(max_length=386, blank=True, default="")
    translated_variant_name = models.CharField(max_length=255, blank=True, default="")
    product_sku = models.CharField(max_length=255, blank=True, default="")
    quantity = models.PositiveIntegerField()
    quantity_fulfilled = models.PositiveIntegerField(default=0)
    is_shipping_required = models.BooleanField(default=True)
    tax_class = models.ForeignKey(
        TaxClass, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tax_rate = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    # As entered for the channel: with or without tax.
    base_unit_price = price_field()
    undiscounted_base_unit_price = price_field()
    unit_discount_reason = models.TextField(blank=True, default="")
    unit_net = price_field()
    unit_gross = price_field()
    undiscounted_unit_net = price_field()
    undiscounted_unit_gross = price_field()
    total_net = price_field()
    total_gross = price_field()
    undiscounted_total_net = price_field()
    undiscounted_total_gross = price_field()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"


class OrderDiscount(Node):
    """A discount on a whole order."""

    graphql_type = "OrderDiscount"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="discounts")
    type = models.CharField(max_length=64, default="VOUCHER")
    value_type = models.CharField(max_length=10, default="FIXED")
    value = price_field()
    amount = price_field()
    name = models.CharField(max_length=255, blank=True, default="")
    translated_name = models.CharField(max_length=255, blank=True, default="")
    reason = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"


class TransactionItem(Node, WithMetadata):
    """Money taken or reserved by a payment provider, for a checkout or an order."""

    graphql_type = "TransactionItem"

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    checkout = models.ForeignKey(
        Checkout, null=True, blank=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.CASCADE, related_name="transactions"
    )
    name = models.CharField(max_length=512, blank=True, default="")
    message = models.CharField(max_length=512, blank=True, default="")
    psp_reference = models.CharField(max_length=512, blank=True, default="")
    external_url = models.CharField(max_length=512, blank=True, default="")
    available_actions = models.JSONField(default=list, blank=True)
    currency = models.CharField(max_length=3)
    charged = price_field()
    authorized = price_field()
    refunded = price_field()
    canceled = price_field()
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    app = models.ForeignKey(App, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"{self.charged} {self.currency}"


class Invoice(Node, WithMetadata):
    """A link to an invoice, and its number. Neither is checked nor unique, as in Saleor."""

    graphql_type = "Invoice"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="invoices")
    number = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001  null until it has one, as in Saleor
    external_url = models.CharField(max_length=2048, null=True, blank=True)  # noqa: DJ001  null until it has one, as in Saleor
    status = models.CharField(max_length=10, default=JobStatus.PENDING)
    message = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.number or "—"
