"""What is sold, where, at what price and tax."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone

from saleor_sandbox.models.base import Node, WithMetadata


def price_field() -> models.DecimalField[Decimal, Decimal]:
    """An amount in a channel's currency; three decimals, as Saleor's own columns."""
    return models.DecimalField(max_digits=15, decimal_places=3, default=Decimal(0))


class Channel(Node, WithMetadata):
    """A place of sale: one currency, one way of taxing, its own rules for orders."""

    graphql_type = "Channel"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=250)
    currency_code = models.CharField(max_length=3)
    default_country = models.CharField(max_length=2)
    is_active = models.BooleanField(default=True)
    prices_entered_with_tax = models.BooleanField(default=True)
    display_gross_prices = models.BooleanField(default=True)
    automatically_confirm_all_new_orders = models.BooleanField(default=True)
    automatically_fulfill_non_shippable_gift_card = models.BooleanField(default=True)
    allow_unpaid_orders = models.BooleanField(default=False)
    expire_orders_after = models.PositiveIntegerField(null=True, blank=True)
    delete_expired_orders_after_days = models.PositiveIntegerField(default=60)
    mark_as_paid_strategy = models.CharField(max_length=20, default="PAYMENT_FLOW")
    include_draft_order_in_voucher_usage = models.BooleanField(default=False)
    draft_order_line_price_freeze_period = models.PositiveIntegerField(null=True, default=24)
    use_legacy_line_discount_propagation = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TaxClass(Node, WithMetadata):
    """A kind of goods that is taxed alike."""

    graphql_type = "TaxClass"

    name = models.CharField(max_length=255, unique=True)

    def __str__(self) -> str:
        return self.name


class TaxRate(models.Model):
    """Per cent of tax in a country for a tax class, or for all that has none."""

    tax_class = models.ForeignKey(
        TaxClass, null=True, blank=True, on_delete=models.CASCADE, related_name="rates"
    )
    country = models.CharField(max_length=2)
    rate = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_class", "country"],
                name="one_rate_per_class_and_country",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.rate} %"


class Category(Node, WithMetadata):
    """A shelf of the catalogue; `names` has its name by language."""

    graphql_type = "Category"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=250)
    names = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.name


class Product(Node, WithMetadata):
    """A product; `names` has its name by language, other than the default."""

    graphql_type = "Product"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=250)
    names = models.JSONField(default=dict, blank=True)
    description = models.TextField(blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    tax_class = models.ForeignKey(
        TaxClass, null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class ProductVariant(Node, WithMetadata):
    """What is put into a cart."""

    graphql_type = "ProductVariant"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=255, blank=True)
    sku = models.CharField(max_length=255, unique=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("sku",)

    def __str__(self) -> str:
        # Saleor shows the SKU where a variant has no name of its own.
        return self.name or self.sku

    @property
    def quantity_available(self) -> int:
        """Pieces in stock that no order holds."""
        return sum(
            max(stock.quantity - sum(held.quantity for held in stock.allocations.all()), 0)
            for stock in self.stocks.prefetch_related("allocations")
        )


class VariantListing(models.Model):
    """A variant's price in a channel, and the lower one while it is on sale."""

    variant = models.ForeignKey(ProductVariant, on_delete=models.CASCADE, related_name="listings")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="listings")
    price = price_field()
    sale_price = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    sale_name = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "channel"], name="one_price_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.channel.currency_code}"


class ShippingMethod(Node, WithMetadata):
    """A way of delivery."""

    graphql_type = "ShippingMethod"

    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    minimum_delivery_days = models.PositiveIntegerField(default=1)
    maximum_delivery_days = models.PositiveIntegerField(default=3)
    tax_class = models.ForeignKey(
        TaxClass, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ShippingListing(models.Model):
    """The price of a way of delivery in a channel."""

    method = models.ForeignKey(ShippingMethod, on_delete=models.CASCADE, related_name="listings")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    price = price_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["method", "channel"], name="one_shipping_price_per_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.price}"


class Voucher(models.Model):
    """A code that lowers the price of an entire order, by per cent or by an amount."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    percentage = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    # Amounts by channel slug, for a voucher without a percentage.
    amounts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.code
