"""Placing an order: `checkoutComplete`, and what Saleor tells about it.

The order of events is Saleor's: ORDER_CREATED; ORDER_PAID, ORDER_FULLY_PAID and ORDER_UPDATED for
an order that is paid; ORDER_CONFIRMED whenever the channel confirms by itself, even for an order
that stays UNCONFIRMED because nothing was paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import (
    Address,
    Allocation,
    Checkout,
    Order,
    OrderDiscount,
    OrderLine,
    ProductVariant,
    Stock,
)
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.pricing import ZERO, LinePrices
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import checkouts
from saleor_sandbox.services.checkouts import PricedCheckout, PricedLine
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.writes import writing


def complete(
    checkout_id: str | None,
    *,
    metadata: Sequence[Mapping[str, Any]] | None,
    requestor: Requestor,
) -> Order:
    """The order of this checkout; the same one when it was placed before. Raises Refusal."""
    with writing():
        try:
            checkout = checkouts.find(checkout_id)
        except Refusal:
            order = _placed_before(checkout_id)
            if order is None:
                raise
            return order
        _require_ready(checkout)
        priced = checkouts.price(checkout)
        _require_paid(checkout, priced)
        order = _create(priced, requestor=requestor, metadata=pairs(metadata, field="metadata"))
        checkout.transactions.update(order=order, checkout=None)
        checkout.delete()
        announce(order, requestor=requestor)
        return order


def _placed_before(checkout_id: str | None) -> Order | None:
    try:
        token = global_ids.decode_as(checkout_id or "", "Checkout")
    except global_ids.InvalidGlobalId:
        return None
    return Order.objects.filter(checkout_token=token).first()


def _require_ready(checkout: Checkout) -> None:
    if not checkout.email:
        raise Refusal("Checkout email must be set.", code="EMAIL_NOT_SET")
    if not checkout.lines.exists():
        raise Refusal("Cannot complete checkout without lines.", code="NO_LINES", field="lines")
    if checkout.shipping_method is None:
        raise Refusal(
            "Shipping method is not set", code="SHIPPING_METHOD_NOT_SET", field="shippingMethod"
        )
    if checkout.shipping_address is None:
        raise Refusal(
            "Shipping address is not set",
            code="SHIPPING_ADDRESS_NOT_SET",
            field="shippingAddress",
        )
    if checkout.billing_address is None:
        raise Refusal(
            "Billing address is not set", code="BILLING_ADDRESS_NOT_SET", field="billingAddress"
        )
    if not checkout.channel.is_active:
        raise Refusal(
            "Cannot complete checkout with inactive channel.",
            code="CHANNEL_INACTIVE",
            field="channel",
        )


def _require_paid(checkout: Checkout, priced: PricedCheckout) -> None:
    if checkout.channel.allow_unpaid_orders or checkouts.covered(checkout) >= priced.total.gross:
        return
    if checkout.transactions.exists():
        raise Refusal(
            "The authorized amount doesn't cover the checkout's total amount.",
            code="CHECKOUT_NOT_FULLY_PAID",
            field="id",
        )
    # Without any transaction Saleor takes the old way of payments, which has its own message.
    raise Refusal(
        "Provided payment methods can not cover the checkout's total amount",
        code="CHECKOUT_NOT_FULLY_PAID",
    )


def next_number() -> int:
    """The number of the next order. Call it inside `writing()`."""
    last: int | None = Order.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _create(priced: PricedCheckout, *, requestor: Requestor, metadata: Mapping[str, str]) -> Order:
    checkout = priced.checkout
    channel = checkout.channel
    confirmed = channel.automatically_confirm_all_new_orders and checkout.transactions.exists()
    method = checkout.shipping_method
    undiscounted = priced.undiscounted_total
    order = Order.objects.create(
        number=next_number(),
        status=OrderStatus.UNFULFILLED if confirmed else OrderStatus.UNCONFIRMED,
        channel=channel,
        checkout_token=str(checkout.pk),
        user=checkouts.customer_of(checkout, requestor),
        user_email=checkout.email,
        language_code=checkout.language_code,
        billing_address=_copy(checkout.billing_address),
        shipping_address=_copy(checkout.shipping_address),
        shipping_method=method,
        shipping_method_name=method.name if method else "",
        customer_note=checkout.customer_note,
        voucher_code=checkout.voucher.code if checkout.voucher else "",
        display_gross_prices=channel.display_gross_prices,
        currency=priced.currency,
        undiscounted_base_shipping=priced.base_shipping,
        shipping_net=priced.shipping.net,
        shipping_gross=priced.shipping.gross,
        shipping_tax_rate=priced.shipping_tax_rate,
        subtotal_net=priced.subtotal.net,
        subtotal_gross=priced.subtotal.gross,
        total_net=priced.total.net,
        total_gross=priced.total.gross,
        undiscounted_total_net=undiscounted.net,
        undiscounted_total_gross=undiscounted.gross,
        total_charged=checkouts.charged(checkout),
        total_authorized=checkouts.covered(checkout) - checkouts.charged(checkout),
        metadata={**checkout.metadata, **metadata},
        private_metadata=dict(checkout.private_metadata),
    )
    if checkout.voucher is not None and priced.discount:
        OrderDiscount.objects.create(
            order=order,
            value=priced.discount,
            amount=priced.discount,
            name=checkout.voucher.name,
        )
    for priced_line in priced.lines:
        _create_line(order, priced_line)
    return order


def _copy(address: Address | None) -> Address | None:
    return address.copy() if address else None


def _create_line(order: Order, priced: PricedLine) -> OrderLine:
    variant = priced.line.variant
    line = new_line(order, variant=variant, quantity=priced.line.quantity)
    line.metadata = dict(priced.line.metadata)
    line.tax_rate = priced.entered.tax.fraction
    line.base_unit_price = priced.entered.unit
    line.undiscounted_base_unit_price = priced.entered.undiscounted_unit
    if priced.entered.unit != priced.entered.undiscounted_unit:
        line.unit_discount_reason = priced.listing.sale_name
    set_prices(line, priced.prices)
    line.save()
    allocate(line, priced.line.quantity)
    return line


def new_line(order: Order, *, variant: ProductVariant, quantity: int) -> OrderLine:
    """An unsaved line of `variant`, without prices."""
    product = variant.product
    return OrderLine(
        order=order,
        variant=variant,
        product_name=product.name,
        variant_name=str(variant),
        translated_product_name=product.names.get(order.language_code, ""),
        product_sku=variant.sku,
        quantity=quantity,
        tax_class=product.tax_class,
    )


def set_prices(line: OrderLine, prices: LinePrices) -> None:
    """Write `prices` to `line`, without saving it."""
    line.unit_net = prices.unit.net
    line.unit_gross = prices.unit.gross
    line.total_net = prices.total.net
    line.total_gross = prices.total.gross
    line.undiscounted_unit_net = prices.undiscounted_unit.net
    line.undiscounted_unit_gross = prices.undiscounted_unit.gross
    line.undiscounted_total_net = prices.undiscounted_total.net
    line.undiscounted_total_gross = prices.undiscounted_total.gross


def allocate(line: OrderLine, quantity: int) -> None:
    """Hold so many pieces more for an order line, out of the fullest warehouses.

    Raises Refusal (INSUFFICIENT_STOCK).
    """
    variant = line.variant
    if variant is None:
        return
    if quantity > variant.quantity_available:
        raise Refusal(
            f"Insufficient product stock: {variant.product.name} ({variant})",
            code="INSUFFICIENT_STOCK",
            field="lines",
            extra={"variants": [global_ids.of(variant)]},
        )
    free = {
        stock: stock.quantity - sum(held.quantity for held in stock.allocations.all())
        for stock in variant.stocks.prefetch_related("allocations")
    }
    for stock in sorted(free, key=lambda stock: -free[stock]):
        part = min(quantity, free[stock])
        if part > 0:
            hold(line, stock, part)
            quantity -= part


def hold(line: OrderLine, stock: Stock, quantity: int) -> None:
    """Hold so many pieces of a stock for an order line."""
    held, _ = Allocation.objects.get_or_create(line=line, stock=stock, defaults={"quantity": 0})
    held.quantity += quantity
    held.save(update_fields=["quantity"])


def release(line: OrderLine, quantity: int, *, stock: Stock | None = None) -> None:
    """Give back so many pieces that a line holds, at most all; those of this stock first."""
    held = sorted(
        line.allocations.all(),
        key=lambda allocation: stock is None or allocation.stock_id != stock.pk,
    )
    for allocation in held:
        part = min(quantity, allocation.quantity)
        quantity -= part
        allocation.quantity -= part
        if allocation.quantity:
            allocation.save(update_fields=["quantity"])
        else:
            allocation.delete()


def announce(order: Order, *, requestor: Requestor) -> None:
    """Emit what Saleor emits for a new order."""
    events.emit(event_types.ORDER_CREATED, order, requestor=requestor)
    if order.charge_status in ("FULL", "OVERCHARGED"):
        announce_charge(order, requestor=requestor)
    if order.channel.automatically_confirm_all_new_orders:
        events.emit(event_types.ORDER_CONFIRMED, order, requestor=requestor)


def announce_charge(order: Order, *, requestor: Requestor) -> None:
    """Emit what Saleor emits when money came in."""
    events.emit(event_types.ORDER_PAID, order, requestor=requestor)
    if order.total_charged > ZERO and order.charge_status in ("FULL", "OVERCHARGED"):
        events.emit(event_types.ORDER_FULLY_PAID, order, requestor=requestor)
    events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)
