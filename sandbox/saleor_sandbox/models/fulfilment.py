"""Warehouses, what lies in them and for whom, and what went out of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from saleor_sandbox.models.apps import App
from saleor_sandbox.models.base import Node, WithMetadata
from saleor_sandbox.models.catalogue import ProductVariant
from saleor_sandbox.models.sales import Order, OrderLine


class FulfillmentStatus:
    """The statuses that a fulfilment can have here."""

    FULFILLED = "FULFILLED"
    WAITING_FOR_APPROVAL = "WAITING_FOR_APPROVAL"
    CANCELED = "CANCELED"


class Warehouse(Node, WithMetadata):
    """Where goods lie; all channels sell out of all of them."""

    graphql_type = "Warehouse"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=250)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class Stock(Node):
    """How much of a variant lies in a warehouse; below zero where more went out than there was."""

    graphql_type = "Stock"

    variant = models.ForeignKey(ProductVariant, on_delete=models.CASCADE, related_name="stocks")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="stocks")
    quantity = models.IntegerField(default=0)

    class Meta:
        ordering = ("warehouse__slug",)
        constraints = [
            models.UniqueConstraint(fields=["variant", "warehouse"], name="one_stock_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant} in {self.warehouse}"


class Allocation(Node):
    """Pieces of a stock that an order line holds."""

    graphql_type = "Allocation"

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="allocations")
    stock = models.ForeignKey(Stock, on_delete=models.CASCADE, related_name="allocations")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["line", "stock"], name="one_allocation_per_stock")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.line}"


class Fulfillment(Node, WithMetadata):
    """Goods of an order that went out of one warehouse. It is never deleted."""

    graphql_type = "Fulfillment"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="fulfillments")
    status = models.CharField(max_length=32)
    tracking_number = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.order}: {self.status}"


class FulfillmentLine(Node):
    """How many of an order line."""

    graphql_type = "FulfillmentLine"

    fulfillment = models.ForeignKey(Fulfillment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="fulfillments")
    stock = models.ForeignKey(
        Stock, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line}"


class OrderEvent(Node):
    """An entry of an order's history. The sandbox keeps those of fulfilments."""

    graphql_type = "OrderEvent"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    type = models.CharField(max_length=64)
    app = models.ForeignKey(App, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fulfilled_items = models.ManyToManyField(FulfillmentLine, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.type} of {self.order}"


class ShopSettings(models.Model):
    """The shop's settings; one row."""

    fulfillment_auto_approve = models.BooleanField(default=True)
    fulfillment_allow_unpaid = models.BooleanField(default=True)

    def __str__(self) -> str:
        return "settings of the shop"
