"""Which tax applies: by the goods' tax class and the country of delivery."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q

from saleor_sandbox.models import Address, Channel, Product, ShippingMethod, TaxRate
from saleor_sandbox.pricing import Tax


def country_of(
    channel: Channel, *, shipping_address: Address | None, billing_address: Address | None
) -> str:
    """The country whose tax applies: of delivery, else of the bill, else the channel's own."""
    if shipping_address is not None:
        return shipping_address.country
    if billing_address is not None:
        return billing_address.country
    return channel.default_country


class TaxTable:
    """The rates of one country, read once."""

    def __init__(self, *, channel: Channel, country: str) -> None:
        self._channel = channel
        self._rates = {
            rate.tax_class_id: rate.rate for rate in TaxRate.objects.filter(Q(country=country))
        }

    def of(self, taxed: Product | ShippingMethod | None) -> Tax:
        """The tax on `taxed`; the country's default rate where its class has none, else 0."""
        tax_class_id = None if taxed is None else taxed.tax_class_id
        default = self._rates.get(None, Decimal(0))
        return Tax(
            rate=self._rates.get(tax_class_id, default),
            currency=self._channel.currency_code,
            entered_with_tax=self._channel.prices_entered_with_tax,
        )
