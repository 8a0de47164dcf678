"""Orders that staff bring in from elsewhere: `orderBulkCreate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import Channel, Order, OrderLine, ProductVariant, User
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.pricing import ZERO, Taxed, rounded
from saleor_sandbox.refusals import Refusal, Refusals
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import addresses
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.services.placement import next_number
from saleor_sandbox.writes import writing


def create(entries: Sequence[Mapping[str, Any]], *, requestor: Requestor) -> list[Order]:
    """All of `entries` as orders, or none. Prices are taken as given; no stock is touched.

    Raises Refusal, with the input's path as `field`.
    """
    with writing():
        orders = [_create(entry, index) for index, entry in enumerate(entries)]
        if orders:
            events.emit(event_types.ORDER_BULK_CREATED, orders, requestor=requestor)
        return orders


def _create(entry: Mapping[str, Any], index: int) -> Order:
    channel = Channel.objects.filter(slug=entry["channel"]).first()
    if channel is None:
        raise Refusal(
            f"Channel instance with slug={entry['channel']} doesn't exist.",
            code="NOT_FOUND",
            field=f"orders.{index}.channel",
        )
    if entry["currency"] != channel.currency_code:
        raise Refusal(
            "Currency from input and channel are not the same.",
            code="INCORRECT_CURRENCY",
            field=f"orders.{index}.currency",
        )
    delivery = entry.get("delivery_method") or {}
    shipping = _taxed(delivery.get("shipping_price"))
    shipping_tax_rate = delivery.get("shipping_tax_rate")
    try:
        billing = addresses.save(entry["billing_address"])
        shipping_address = (
            addresses.save(entry["shipping_address"]) if entry.get("shipping_address") else None
        )
    except Refusals as error:
        raise Refusal(
            error.refusals[0].message, code="INVALID", field=f"orders.{index}.billingAddress"
        ) from error
    user = _user(entry["user"])
    order = Order.objects.create(
        number=next_number(),
        status=entry.get("status") or OrderStatus.UNCONFIRMED,
        origin="BULK_CREATE",
        channel=channel,
        user=user,
        user_email=entry["user"].get("email") or (user.email if user else ""),
        language_code=entry["language_code"],
        billing_address=billing,
        shipping_address=shipping_address,
        shipping_method_name=delivery.get("shipping_method_name") or "",
        external_reference=entry.get("external_reference"),
        customer_note=entry.get("customer_note") or "",
        display_gross_prices=entry.get("display_gross_prices", True),
        currency=channel.currency_code,
        shipping_net=shipping.net,
        shipping_gross=shipping.gross,
        shipping_tax_rate=shipping_tax_rate or _rate(shipping),
        undiscounted_base_shipping=shipping.gross,
        created_at=entry["created_at"],
        metadata=pairs(entry.get("metadata"), field="metadata"),
        private_metadata=pairs(entry.get("private_metadata"), field="privateMetadata"),
    )
    lines = [_create_line(order, line, f"orders.{index}.lines") for line in entry["lines"]]
    subtotal = sum((Taxed(line.total_net, line.total_gross) for line in lines), Taxed())
    whole = sum(
        (Taxed(line.undiscounted_total_net, line.undiscounted_total_gross) for line in lines),
        Taxed(),
    )
    order.subtotal_net, order.subtotal_gross = subtotal.net, subtotal.gross
    order.total_net = subtotal.net + shipping.net
    order.total_gross = subtotal.gross + shipping.gross
    order.undiscounted_total_net = whole.net + shipping.net
    order.undiscounted_total_gross = whole.gross + shipping.gross
    order.save()
    return order


def _user(values: Mapping[str, Any]) -> User | None:
    if values.get("email"):
        return User.active_with_email(values["email"])
    if values.get("external_reference"):
        return User.objects.filter(external_reference=values["external_reference"]).first()
    if values.get("id"):
        try:
            key = global_ids.decode_as(values["id"], "User")
        except global_ids.InvalidGlobalId:
            return None
        return User.objects.filter(pk=key).first()
    return None


def _taxed(values: Mapping[str, Any] | None) -> Taxed:
    if not values:
        return Taxed()
    return Taxed(net=Decimal(values["net"]), gross=Decimal(values["gross"]))


def _rate(price: Taxed) -> Decimal:
    return ((price.gross / price.net - 1) if price.net else ZERO).quantize(Decimal("0.0001"))


def _create_line(order: Order, values: Mapping[str, Any], path: str) -> OrderLine:
    variant = _variant(values, path)
    quantity = int(values["quantity"])
    if quantity < 1:
        raise Refusal("Invalid quantity.", code="INVALID_QUANTITY", field=f"{path}.quantity")
    total, undiscounted = _taxed(values["total_price"]), _taxed(values["undiscounted_total_price"])
    unit = (total / quantity).rounded(order.currency)
    undiscounted_unit = (undiscounted / quantity).rounded(order.currency)
    product_name = values.get("product_name") or (variant.product.name if variant else "")
    return OrderLine.objects.create(
        order=order,
        variant=variant,
        product_name=product_name,
        variant_name=values.get("variant_name") or (str(variant) if variant else ""),
        translated_product_name=values.get("translated_product_name") or "",
        translated_variant_name=values.get("translated_variant_name") or "",
        product_sku=values.get("product_sku") or (variant.sku if variant else ""),
        quantity=quantity,
        is_shipping_required=values["is_shipping_required"],
        tax_rate=values.get("tax_rate") or _rate(total),
        base_unit_price=rounded(unit.gross, order.currency),
        undiscounted_base_unit_price=rounded(undiscounted_unit.gross, order.currency),
        unit_discount_reason=values.get("unit_discount_reason") or "",
        unit_net=unit.net,
        unit_gross=unit.gross,
        undiscounted_unit_net=undiscounted_unit.net,
        undiscounted_unit_gross=undiscounted_unit.gross,
        total_net=total.net,
        total_gross=total.gross,
        undiscounted_total_net=undiscounted.net,
        undiscounted_total_gross=undiscounted.gross,
        metadata=pairs(values.get("metadata"), field="metadata"),
    )


def _variant(values: Mapping[str, Any], path: str) -> ProductVariant | None:
    variants = ProductVariant.objects.select_related("product")
    if values.get("variant_sku"):
        found = variants.filter(sku=values["variant_sku"]).first()
    elif values.get("variant_external_reference"):
        found = variants.filter(external_reference=values["variant_external_reference"]).first()
    elif values.get("variant_id"):
        try:
            key = global_ids.decode_as(values["variant_id"], "ProductVariant")
        except global_ids.InvalidGlobalId:
            key = "0"
        found = variants.filter(pk=key).first()
    else:
        return None
    if found is None:
        raise Refusal("ProductVariant instance doesn't exist.", code="NOT_FOUND", field=path)
    return found
