"""The sandbox's tables."""

from saleor_sandbox.models.accounts import Address, User
from saleor_sandbox.models.apps import (
    App,
    AppInstallation,
    AppToken,
    EventDelivery,
    EventDeliveryAttempt,
    Webhook,
)
from saleor_sandbox.models.catalogue import (
    Category,
    Channel,
    Product,
    ProductVariant,
    ShippingListing,
    ShippingMethod,
    TaxClass,
    TaxRate,
    VariantListing,
    Voucher,
)
from saleor_sandbox.models.sales import (
    Checkout,
    CheckoutLine,
    Invoice,
    Order,
    OrderDiscount,
    OrderLine,
    TransactionItem,
)

__all__ = [
    "Address",
    "App",
    "AppInstallation",
    "AppToken",
    "Category",
    "Channel",
    "Checkout",
    "CheckoutLine",
    "EventDelivery",
    "EventDeliveryAttempt",
    "Invoice",
    "Order",
    "OrderDiscount",
    "OrderLine",
    "Product",
    "ProductVariant",
    "ShippingListing",
    "ShippingMethod",
    "TaxClass",
    "TaxRate",
    "TransactionItem",
    "User",
    "VariantListing",
    "Voucher",
    "Webhook",
]
