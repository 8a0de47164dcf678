"""What staff and apps do to orders."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import Order, OrderLine, User, VariantListing
from saleor_sandbox.models.fulfilment import FulfillmentStatus
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.pricing import ZERO, LineInput, Taxed, price_order_line, share_discount
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import addresses, checkouts
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.services.placement import allocate, new_line, release, set_prices
from saleor_sandbox.taxes import TaxTable, country_of
from saleor_sandbox.writes import writing

_EDITABLE = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED)
_FINAL = (OrderStatus.CANCELED, OrderStatus.DRAFT, OrderStatus.EXPIRED)


def find(order_id: str, *, field: str = "id") -> Order:
    """The order with this global id. Raises Refusal (GRAPHQL_ERROR, NOT_FOUND)."""
    try:
        key = global_ids.decode_as(order_id, "Order")
    except global_ids.InvalidGlobalId as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field=field) from error
    order = by_key(key)
    if order is None:
        raise Refusal(f"Couldn't resolve to a node: {order_id}", code="NOT_FOUND", field=field)
    return order


def by_key(key: str) -> Order | None:
    """The order with this primary key, if any."""
    try:
        pk = uuid.UUID(key)
    except ValueError:
        return None
    related = ("channel", "user", "billing_address", "shipping_address", "shipping_method")
    return Order.objects.select_related(*related).filter(pk=pk).first()


def confirm(order_id: str, *, requestor: Requestor) -> Order:
    """UNCONFIRMED becomes UNFULFILLED. Raises Refusal (INVALID)."""
    with writing():
        order = find(order_id)
        if order.status != OrderStatus.UNCONFIRMED:
            raise Refusal(
                "Provided order id belongs to an order with status different than unconfirmed.",
                code="INVALID",
                field="id",
            )
        if not order.lines.exists():
            raise Refusal(
                "Provided order id belongs to an order without products.",
                code="INVALID",
                field="id",
            )
        order.status = OrderStatus.UNFULFILLED
        order.save(update_fields=["status", "updated_at"])
        events.emit(event_types.ORDER_CONFIRMED, order, requestor=requestor)
        return order


def cancel(order_id: str, *, requestor: Requestor) -> Order:
    """Cancel an order and give its stock back. Raises Refusal (CANNOT_CANCEL_ORDER)."""
    with writing():
        order = find(order_id)
        sent = order.fulfillments.exclude(status=FulfillmentStatus.CANCELED)
        if order.status in _FINAL or sent.exists():
            raise Refusal(
                "This order can't be canceled.", code="CANNOT_CANCEL_ORDER", field="order"
            )
        _release(order)
        order.status = OrderStatus.CANCELED
        order.save(update_fields=["status", "updated_at"])
        events.emit(event_types.ORDER_CANCELLED, order, requestor=requestor)
        events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)
        return order


def expire_overdue(now: dt.datetime) -> int:
    """Expire unconfirmed, unpaid orders of channels that say after how many minutes.

    Returns how many were expired.
    """
    expired = 0
    waiting = Order.objects.filter(
        status=OrderStatus.UNCONFIRMED, channel__expire_orders_after__gt=0, total_charged=0
    ).select_related("channel")
    for order in waiting:
        minutes = order.channel.expire_orders_after or 0
        if order.created_at + dt.timedelta(minutes=minutes) > now:
            continue
        with writing():
            _release(order)
            order.status = OrderStatus.EXPIRED
            order.save(update_fields=["status", "updated_at"])
            events.emit(event_types.ORDER_EXPIRED, order, requestor=Requestor())
            events.emit(event_types.ORDER_UPDATED, order, requestor=Requestor())
        expired += 1
    return expired


def _release(order: Order) -> None:
    for line in order.lines.all():
        release(line, line.quantity)


def update(order_id: str, values: Mapping[str, Any], *, requestor: Requestor) -> Order:
    """Change addresses, e-mail, language, reference or metadata. Raises Refusal."""
    with writing():
        order = find(order_id)
        if order.status == OrderStatus.DRAFT:
            raise Refusal(
                "Provided order id belongs to draft order. "
                "Use `draftOrderUpdate` mutation instead.",
                code="INVALID",
                field="id",
            )
        changed = _change_addresses(order, values)
        changed |= _change_fields(order, values)
        metadata_changed = _change_metadata(order, values)
        if {"billing_address", "shipping_address"} & changed and order.status in _EDITABLE:
            reprice(order)
        if changed:
            order.save()
            events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)
        if metadata_changed:
            order.save(update_fields=["metadata", "private_metadata"])
            events.emit(event_types.ORDER_METADATA_UPDATED, order, requestor=requestor)
        return order


def _change_addresses(order: Order, values: Mapping[str, Any]) -> set[str]:
    changed = set()
    for name, kind in (("billing_address", "BILLING"), ("shipping_address", "SHIPPING")):
        if not values.get(name):
            continue
        before = getattr(order, name)
        # What is required must be given; what is not given stays as it is.
        addresses.require(values[name], address_type=kind)
        merged = {**(addresses.text_of(before) if before else {}), **values[name]}
        after = addresses.save(merged, address_type=kind)
        if before is None or addresses.text_of(before) != addresses.text_of(after):
            setattr(order, name, after)
            changed.add(name)
    return changed


def _change_fields(order: Order, values: Mapping[str, Any]) -> set[str]:
    changed = set()
    for name in ("user_email", "language_code", "external_reference"):
        value = values.get(name)
        if value is not None and value != getattr(order, name):
            setattr(order, name, value)
            changed.add(name)
    if "user_email" in changed:
        order.user = User.active_with_email(order.user_email)
    return changed


def _change_metadata(order: Order, values: Mapping[str, Any]) -> bool:
    before = (dict(order.metadata), dict(order.private_metadata))
    order.metadata = {**order.metadata, **pairs(values.get("metadata"), field="metadata")}
    order.private_metadata = {
        **order.private_metadata,
        **pairs(values.get("private_metadata"), field="privateMetadata"),
    }
    return before != (order.metadata, order.private_metadata)


def find_line(line_id: str) -> OrderLine:
    """The order line with this global id. Raises Refusal (GRAPHQL_ERROR, NOT_FOUND)."""
    try:
        key = uuid.UUID(global_ids.decode_as(line_id, "OrderLine"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    line = OrderLine.objects.select_related("variant__product").filter(pk=key).first()
    if line is None:
        raise Refusal(f"Couldn't resolve to a node: {line_id}", code="NOT_FOUND", field="id")
    return line


def _require_editable(order: Order) -> None:
    if order.status not in _EDITABLE:
        raise Refusal(
            "Only draft and unconfirmed orders can be edited.", code="NOT_EDITABLE", field="id"
        )


def update_line(line_id: str, *, quantity: int, requestor: Requestor) -> tuple[Order, OrderLine]:
    """Change how many of a line. Raises Refusal (NOT_EDITABLE, ZERO_QUANTITY, …)."""
    with writing():
        line = find_line(line_id)
        order = find(global_ids.encode("Order", line.order_id))
        _require_editable(order)
        if quantity <= 0:
            raise Refusal(
                "Ensure this value is greater than 0.", code="ZERO_QUANTITY", field="quantity"
            )
        if quantity > line.quantity:
            allocate(line, quantity - line.quantity)
        else:
            release(line, line.quantity - quantity)
        line.quantity = quantity
        line.save(update_fields=["quantity"])
        _save_edited(order, requestor=requestor)
        return order, order.lines.get(pk=line.pk)


def create_lines(
    order_id: str, lines: Sequence[Mapping[str, Any]], *, requestor: Requestor
) -> tuple[Order, list[OrderLine]]:
    """Add lines, or more of lines that are there. Raises Refusal."""
    with writing():
        order = find(order_id)
        _require_editable(order)
        present = {line.variant_id: line for line in order.lines.select_related("variant__product")}
        touched = []
        for entry in lines:
            variant = checkouts.variant_by_id(entry["variant_id"])
            quantity = int(entry["quantity"])
            if quantity <= 0:
                raise Refusal(
                    "Variants quantity must be greater than 0.",
                    code="ZERO_QUANTITY",
                    field="quantity",
                    extra={"variants": [entry["variant_id"]]},
                )
            listing = VariantListing.objects.filter(variant=variant, channel=order.channel).first()
            if listing is None:
                raise Refusal(
                    "Cannot add products that are not available in given channel.",
                    code="NOT_AVAILABLE_IN_CHANNEL",
                    field="input",
                    extra={"variants": [entry["variant_id"]]},
                )
            line = present.get(variant.pk)
            if line is None or entry.get("force_new_line"):
                line = new_line(order, variant=variant, quantity=quantity)
                line.undiscounted_base_unit_price = listing.price
                line.base_unit_price = entry.get("price") or listing.sale_price or listing.price
            else:
                line.quantity += quantity
            line.save()
            allocate(line, quantity)
            touched.append(line.pk)
        _save_edited(order, requestor=requestor)
        return order, list(order.lines.filter(pk__in=touched))


def delete_line(line_id: str, *, requestor: Requestor) -> tuple[Order, OrderLine]:
    """Take a line off. Raises Refusal."""
    with writing():
        line = find_line(line_id)
        order = find(global_ids.encode("Order", line.order_id))
        _require_editable(order)
        key = line.pk
        line.delete()
        line.pk = key
        _save_edited(order, requestor=requestor)
        return order, line


def _save_edited(order: Order, *, requestor: Requestor) -> None:
    reprice(order)
    order.save()
    events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)


def reprice(order: Order) -> None:
    """Compute lines, delivery and totals of an order that is edited; lines are saved."""
    taxes = TaxTable(
        channel=order.channel,
        country=country_of(
            order.channel,
            shipping_address=order.shipping_address,
            billing_address=order.billing_address,
        ),
    )
    lines = list(order.lines.select_related("variant__product"))
    entered = [
        LineInput(
            quantity=line.quantity,
            undiscounted_unit=line.undiscounted_base_unit_price,
            unit=line.base_unit_price,
            tax=taxes.of(line.variant.product if line.variant else None),
        )
        for line in lines
    ]
    totals = [line.base_total for line in entered]
    discount = sum((discount.amount for discount in order.discounts.all()), ZERO)
    subtotal, undiscounted = Taxed(), Taxed()
    shares = share_discount(totals, discount, order.currency)
    for line, line_input, share in zip(lines, entered, shares, strict=True):
        prices = price_order_line(line_input, share)
        line.tax_rate = line_input.tax.fraction
        set_prices(line, prices)
        line.save()
        subtotal += prices.total
        undiscounted += prices.undiscounted_total
    _set_totals(order, taxes, subtotal=subtotal, undiscounted=undiscounted)


def _set_totals(order: Order, taxes: TaxTable, *, subtotal: Taxed, undiscounted: Taxed) -> None:
    shipping_tax = taxes.of(order.shipping_method)
    base = order.undiscounted_base_shipping if order.shipping_method else Decimal(0)
    shipping = shipping_tax.apply_rounded(base)
    total = subtotal + shipping
    whole = (undiscounted + shipping_tax.apply(base)).rounded(order.currency)
    order.shipping_net, order.shipping_gross = shipping.net, shipping.gross
    order.shipping_tax_rate = shipping_tax.fraction
    order.subtotal_net, order.subtotal_gross = subtotal.net, subtotal.gross
    order.total_net, order.total_gross = total.net, total.gross
    order.undiscounted_total_net, order.undiscounted_total_gross = whole.net, whole.gross
