"""From a cart to an order."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saleor_sandbox import global_ids
from saleor_sandbox.models import (
    Channel,
    Checkout,
    CheckoutLine,
    ProductVariant,
    ShippingListing,
    ShippingMethod,
    User,
    VariantListing,
    Voucher,
)
from saleor_sandbox.pricing import (
    ZERO,
    LineInput,
    LinePrices,
    Taxed,
    price_checkout_line,
    rounded,
    share_discount,
)
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import addresses
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.taxes import TaxTable, country_of
from saleor_sandbox.writes import writing


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A checkout's line with what it costs."""

    line: CheckoutLine
    listing: VariantListing
    entered: LineInput
    prices: LinePrices


@dataclass(frozen=True, slots=True)
class PricedCheckout:
    """A checkout with all its amounts, in the channel's currency."""

    checkout: Checkout
    currency: str
    lines: tuple[PricedLine, ...]
    discount: Decimal
    base_shipping: Decimal
    shipping: Taxed
    shipping_tax_rate: Decimal

    @property
    def subtotal(self) -> Taxed:
        """The lines' sum."""
        return sum((line.prices.total for line in self.lines), Taxed())

    @property
    def total(self) -> Taxed:
        """The lines' sum and the delivery."""
        return self.subtotal + self.shipping

    @property
    def undiscounted_total(self) -> Taxed:
        """As if there were no discounts.

        Saleor adds the delivery's price as entered to both sides, untaxed, when a checkout
        becomes an order; so does this.
        """
        lines = sum((line.prices.undiscounted_total for line in self.lines), Taxed())
        return lines + Taxed(self.base_shipping, self.base_shipping)


def find(checkout_id: str | None) -> Checkout:
    """The checkout with this global id. Raises Refusal (NOT_FOUND)."""
    key = _key(checkout_id)
    found = Checkout.objects.select_related(
        "channel", "user", "billing_address", "shipping_address", "shipping_method", "voucher"
    ).filter(pk=key)
    checkout = found.first()
    if checkout is None:
        raise Refusal(f"Couldn't resolve to a node: {checkout_id}", code="NOT_FOUND", field="id")
    return checkout


def _key(checkout_id: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(global_ids.decode_as(checkout_id or "", "Checkout"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error


def create(values: Mapping[str, Any], *, requestor: Requestor) -> Checkout:
    """A new checkout; of the signed-in customer, if one asks. Raises Refusal or Refusals."""
    channel = _channel(values.get("channel"))
    user = requestor.known_user()
    lines = _clean_lines(values["lines"], channel)
    with writing():
        checkout = Checkout.objects.create(
            channel=channel,
            user=user,
            email=values.get("email") or (user.email if user else ""),
            language_code=values.get("language_code") or "en",
            metadata=pairs(values.get("metadata"), field="metadata"),
            billing_address=(
                addresses.save(billing, address_type="BILLING")
                if (billing := values.get("billing_address"))
                else _default(user, "default_billing_address")
            ),
            shipping_address=(
                addresses.save(shipping, address_type="SHIPPING")
                if (shipping := values.get("shipping_address"))
                else _default(user, "default_shipping_address")
            ),
        )
        for variant, quantity, metadata in lines:
            CheckoutLine.objects.create(
                checkout=checkout, variant=variant, quantity=quantity, metadata=metadata
            )
    return checkout


def _default(user: User | None, name: str) -> Any:
    address = getattr(user, name) if user else None
    return address.copy() if address else None


def _channel(slug: str | None) -> Channel:
    if not slug:
        active = list(Channel.objects.filter(is_active=True)[:2])
        if len(active) == 1:
            return active[0]
        raise Refusal(
            "You need to provide channel slug.", code="MISSING_CHANNEL_SLUG", field="channel"
        )
    channel = Channel.objects.filter(slug=slug).first()
    if channel is None:
        raise Refusal(
            f"Channel with '{slug}' slug does not exist.", code="NOT_FOUND", field="channel"
        )
    if not channel.is_active:
        raise Refusal(
            f"Channel with '{slug}' is inactive.", code="CHANNEL_INACTIVE", field="channel"
        )
    return channel


def _clean_lines(
    lines: Sequence[Mapping[str, Any]], channel: Channel
) -> list[tuple[ProductVariant, int, dict[str, str]]]:
    cleaned = []
    for line in lines:
        variant = variant_by_id(line["variant_id"])
        quantity = int(line["quantity"])
        if quantity <= 0:
            raise Refusal(
                "The quantity should be higher than zero.", code="ZERO_QUANTITY", field="quantity"
            )
        _require_listed(variant, channel)
        _require_stock(variant, quantity)
        cleaned.append((variant, quantity, pairs(line.get("metadata"), field="metadata")))
    return cleaned


def variant_by_id(variant_id: str) -> ProductVariant:
    """The variant with this global id. Raises Refusal (GRAPHQL_ERROR)."""
    try:
        key = int(global_ids.decode_as(variant_id, "ProductVariant"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="variantId") from error
    variant = ProductVariant.objects.select_related("product").filter(pk=key).first()
    if variant is None:
        raise Refusal(
            f"Could not resolve to a node with the global id list of '['{variant_id}']'.",
            code="GRAPHQL_ERROR",
            field="variantId",
        )
    return variant


def _require_listed(variant: ProductVariant, channel: Channel) -> None:
    if not variant.listings.filter(channel=channel).exists():
        raise Refusal(
            "Cannot add lines with unavailable variants.",
            code="UNAVAILABLE_VARIANT_IN_CHANNEL",
            field="lines",
            extra={"variants": [global_ids.of(variant)]},
        )


def _require_stock(variant: ProductVariant, quantity: int) -> None:
    if quantity > variant.quantity_available:
        raise Refusal(
            f"Could not add items {variant}. Only {variant.quantity_available} remaining in stock.",
            code="INSUFFICIENT_STOCK",
            field="quantity",
        )


def add_lines(checkout: Checkout, lines: Sequence[Mapping[str, Any]]) -> None:
    """Put more into the cart: a variant that is there already gets a higher quantity."""
    with writing():
        present = {line.variant_id: line for line in checkout.lines.all()}
        for variant, quantity, metadata in _clean_lines(lines, checkout.channel):
            if line := present.get(variant.pk):
                line.quantity += quantity
                _require_stock(variant, line.quantity)
                line.save(update_fields=["quantity"])
            else:
                CheckoutLine.objects.create(
                    checkout=checkout, variant=variant, quantity=quantity, metadata=metadata
                )
        checkout.save(update_fields=["last_change"])


def set_address(checkout: Checkout, values: Mapping[str, Any], *, shipping: bool) -> None:
    """Replace one of the addresses. Raises Refusals."""
    name = "shipping_address" if shipping else "billing_address"
    with writing():
        address = addresses.save(values, address_type="SHIPPING" if shipping else "BILLING")
        setattr(checkout, name, address)
        checkout.save(update_fields=[name, "last_change"])


def shipping_methods(checkout: Checkout) -> list[tuple[ShippingMethod, Decimal]]:
    """What the buyer may choose, with its price as entered, cheapest first."""
    if checkout.shipping_address is None:
        return []
    listings = ShippingListing.objects.filter(channel=checkout.channel).select_related("method")
    return [(listing.method, listing.price) for listing in listings.order_by("price", "pk")]


def set_delivery_method(checkout: Checkout, method_id: str | None) -> None:
    """Choose a way of delivery, or none. Raises Refusal."""
    method = None
    if method_id is not None:
        try:
            key = int(global_ids.decode_as(method_id, "ShippingMethod"))
        except (global_ids.InvalidGlobalId, ValueError) as error:
            raise Refusal(str(error), code="GRAPHQL_ERROR", field="deliveryMethodId") from error
        method = next((m for m, _ in shipping_methods(checkout) if m.pk == key), None)
        if method is None:
            raise Refusal(
                "This shipping method is not applicable.",
                code="DELIVERY_METHOD_NOT_APPLICABLE",
                field="deliveryMethodId",
            )
    with writing():
        checkout.shipping_method = method
        checkout.save(update_fields=["shipping_method", "last_change"])


def add_promo_code(checkout: Checkout, code: str) -> None:
    """Use a voucher. Raises Refusal (INVALID)."""
    voucher = Voucher.objects.filter(code=code).first()
    if voucher is None or voucher_discount(voucher, Decimal(1), checkout.channel) is None:
        raise Refusal("Promo code is invalid", code="INVALID", field="promoCode")
    with writing():
        checkout.voucher = voucher
        checkout.save(update_fields=["voucher", "last_change"])


def voucher_discount(voucher: Voucher, subtotal: Decimal, channel: Channel) -> Decimal | None:
    """What `voucher` takes off `subtotal`, as entered; None where it has no value there."""
    if voucher.percentage is not None:
        amount = subtotal * voucher.percentage / 100
    elif channel.slug in voucher.amounts:
        amount = Decimal(voucher.amounts[channel.slug])
    else:
        return None
    return min(rounded(amount, channel.currency_code), subtotal)


def price(checkout: Checkout) -> PricedCheckout:
    """Everything that `checkout` costs now."""
    channel = checkout.channel
    country = country_of(
        channel,
        shipping_address=checkout.shipping_address,
        billing_address=checkout.billing_address,
    )
    taxes = TaxTable(channel=channel, country=country)
    listed = _listed_lines(checkout)
    entered = [
        LineInput(
            quantity=line.quantity,
            undiscounted_unit=listing.price,
            unit=listing.price if listing.sale_price is None else listing.sale_price,
            tax=taxes.of(line.variant.product),
        )
        for line, listing in listed
    ]
    totals = [line.base_total for line in entered]
    discount = (
        voucher_discount(checkout.voucher, sum(totals, ZERO), channel) if checkout.voucher else None
    ) or ZERO
    shares = share_discount(totals, discount, channel.currency_code)
    method = checkout.shipping_method
    shipping_tax = taxes.of(method)
    base_shipping = _shipping_price(method, channel)
    return PricedCheckout(
        checkout=checkout,
        currency=channel.currency_code,
        lines=tuple(
            PricedLine(line, listing, line_input, price_checkout_line(line_input, share))
            for (line, listing), line_input, share in zip(listed, entered, shares, strict=True)
        ),
        discount=discount,
        base_shipping=base_shipping,
        shipping=shipping_tax.apply_rounded(base_shipping),
        shipping_tax_rate=shipping_tax.fraction if method else ZERO,
    )


def _listed_lines(checkout: Checkout) -> list[tuple[CheckoutLine, VariantListing]]:
    listings = {
        listing.variant_id: listing
        for listing in VariantListing.objects.filter(
            channel=checkout.channel, variant__in=checkout.lines.values("variant")
        )
    }
    return [
        (line, listings[line.variant_id])
        for line in checkout.lines.select_related("variant__product")
        if line.variant_id in listings
    ]


def _shipping_price(method: ShippingMethod | None, channel: Channel) -> Decimal:
    if method is None:
        return ZERO
    listing = method.listings.filter(channel=channel).first()
    return listing.price if listing else ZERO


def customer_of(checkout: Checkout, requestor: Requestor) -> User | None:
    """Whose order it becomes: the owner; for an anonymous caller, the active user of the e-mail."""
    if checkout.user is not None or requestor.known_user() is not None:
        return checkout.user
    return User.active_with_email(checkout.email)


def charged(checkout: Checkout) -> Decimal:
    """What was already charged for it."""
    return sum((item.charged for item in checkout.transactions.all()), ZERO)


def covered(checkout: Checkout) -> Decimal:
    """What was charged or reserved for it."""
    return charged(checkout) + sum((item.authorized for item in checkout.transactions.all()), ZERO)
