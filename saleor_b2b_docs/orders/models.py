"""Orders as Saleor last showed them to us. Amounts are integers in minor units of `currency`."""

from __future__ import annotations

from django.db import models

from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.saleor.models import Installation


class Order(models.Model):
    """A snapshot of one Saleor order. Saleor is its only author; nothing here edits it."""

    class Status(models.TextChoices):
        """Saleor's own words; anything newer than this list is kept as it came."""

        DRAFT = "DRAFT"
        UNCONFIRMED = "UNCONFIRMED"
        UNFULFILLED = "UNFULFILLED"
        PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
        FULFILLED = "FULFILLED"
        PARTIALLY_RETURNED = "PARTIALLY_RETURNED"
        RETURNED = "RETURNED"
        CANCELED = "CANCELED"
        EXPIRED = "EXPIRED"

    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    saleor_id = models.CharField(max_length=100)
    """The global id, e.g. T3JkZXI6…"""
    number = models.CharField(max_length=64)
    status = models.CharField(max_length=32)
    channel_slug = models.CharField(max_length=255)
    currency = models.CharField(max_length=3)
    language_code = models.CharField(max_length=35)
    """Of the buyer, as Saleor's LanguageCodeEnum: UK, EN_US …"""
    placed_at = models.DateTimeField()
    saleor_updated_at = models.DateTimeField()
    """`updatedAt` of the state that this snapshot shows."""
    taken_at = models.DateTimeField()

    supplier = models.ForeignKey(Supplier, null=True, on_delete=models.PROTECT)
    """Decided when the order is first seen, and kept when channels are given to others."""
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT)
    """What it is settled by; null while the buyer is nobody's member."""

    user_id = models.CharField(max_length=100, blank=True)
    user_email = models.CharField(max_length=254, blank=True)
    """Lower-cased, for a guest's proof."""
    is_person_forgotten = models.BooleanField(default=False)
    """The person asked to be forgotten: later snapshots don't bring account or e-mail back."""
    buyer_name = models.CharField(max_length=500, blank=True)
    """The company of the billing address, else the person."""
    buyer_tax_id = models.CharField(max_length=60, blank=True)
    buyer_vat_id = models.CharField(max_length=60, blank=True)
    billing_address = models.CharField(max_length=1500, blank=True)
    """On one line, without the country."""
    billing_country = models.CharField(max_length=2, blank=True)
    """ISO 3166-1 alpha-2, as the shipping country."""
    billing_phone = models.CharField(max_length=50, blank=True)
    shipping_address = models.CharField(max_length=1500, blank=True)
    shipping_country = models.CharField(max_length=2, blank=True)
    shipping_name = models.CharField(max_length=255, blank=True)
    """Name of the delivery method or pickup point."""
    external_reference = models.CharField(max_length=250, blank=True)

    net = models.BigIntegerField()
    tax = models.BigIntegerField()
    gross = models.BigIntegerField()
    undiscounted_gross = models.BigIntegerField()
    shipping_net = models.BigIntegerField()
    shipping_tax = models.BigIntegerField()
    shipping_gross = models.BigIntegerField()
    shipping_tax_rate = models.DecimalField(max_digits=8, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "saleor_id"], name="order_saleor_id")
        ]
        indexes = [
            models.Index(fields=["installation", "user_id", "placed_at"], name="order_by_user"),
            models.Index(fields=["contract", "placed_at"], name="order_by_contract"),
            models.Index(fields=["installation", "number"], name="order_by_number"),
        ]

    def __str__(self) -> str:
        return f"order {self.number}"


class OrderLine(models.Model):
    """A line of the snapshot, replaced whole with it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    saleor_id = models.CharField(max_length=100)
    name = models.CharField(max_length=1000)
    """Product and variant, in the order's language where it is translated."""
    sku = models.CharField(max_length=255, blank=True)
    external_reference = models.CharField(max_length=250, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    quantity = models.PositiveIntegerField()
    tax_rate = models.DecimalField(max_digits=8, decimal_places=6)
    """A fraction: 0.2 is 20 %."""
    unit_net = models.BigIntegerField()
    unit_gross = models.BigIntegerField()
    net = models.BigIntegerField()
    tax = models.BigIntegerField()
    gross = models.BigIntegerField()
    undiscounted_gross = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"
