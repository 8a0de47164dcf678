"""Goods that go out of warehouses, and come back. As in Saleor, no order's status is looked at."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import (
    Fulfillment,
    FulfillmentLine,
    Order,
    OrderEvent,
    OrderLine,
    Stock,
    Warehouse,
)
from saleor_sandbox.models.fulfilment import FulfillmentStatus
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import orders
from saleor_sandbox.services.placement import hold, release
from saleor_sandbox.services.shop_settings import shop_settings
from saleor_sandbox.writes import writing


def fulfill(
    order_id: str, values: Mapping[str, Any], *, requestor: Requestor
) -> tuple[Order, list[Fulfillment]]:
    """Send goods of an order: a fulfilment for each warehouse. Raises Refusal."""
    with writing():
        order = orders.find(order_id, field="order")
        settings = shop_settings()
        is_unpaid = order.charge_status not in ("FULL", "OVERCHARGED")
        if (
            is_unpaid
            and settings.fulfillment_auto_approve
            and not settings.fulfillment_allow_unpaid
        ):
            raise Refusal(
                "Cannot fulfill unpaid order.", code="CANNOT_FULFILL_UNPAID_ORDER", field="order"
            )
        wanted = _wanted(values["lines"])
        made = []
        for warehouse, goods in wanted.items():
            fulfillment = Fulfillment.objects.create(
                order=order,
                status=FulfillmentStatus.FULFILLED
                if settings.fulfillment_auto_approve
                else FulfillmentStatus.WAITING_FOR_APPROVAL,
                tracking_number=values.get("tracking_number") or "",
            )
            for line, quantity in goods:
                _send(
                    fulfillment,
                    line,
                    warehouse,
                    quantity,
                    may_exceed=bool(values.get("allow_stock_to_be_exceeded")),
                )
            made.append(fulfillment)
        _remember(order, made, requestor=requestor)
        _update_status(order, requestor=requestor)
        return order, made


def cancel(
    fulfillment_id: str, warehouse_id: str | None, *, requestor: Requestor
) -> tuple[Order, Fulfillment]:
    """Take a fulfilment back into a warehouse. Raises Refusal."""
    with writing():
        fulfillment = _find(fulfillment_id)
        if fulfillment.status == FulfillmentStatus.CANCELED:
            raise Refusal(
                "This fulfillment can't be canceled",
                code="CANNOT_CANCEL_FULFILLMENT",
                field="fulfillment",
            )
        has_left = fulfillment.status != FulfillmentStatus.WAITING_FOR_APPROVAL
        if has_left and not warehouse_id:
            raise Refusal(
                "This parameter is required for fulfillments which are not in "
                "WAITING_FOR_APPROVAL state.",
                code="REQUIRED",
                field="warehouseId",
            )
        warehouse = _warehouse(warehouse_id) if warehouse_id and has_left else None
        for line in fulfillment.lines.select_related("order_line__variant"):
            if warehouse is not None and line.order_line.variant is not None:
                stock, _ = Stock.objects.get_or_create(
                    variant=line.order_line.variant, warehouse=warehouse
                )
                stock.quantity += line.quantity
                stock.save(update_fields=["quantity"])
                hold(line.order_line, stock, line.quantity)
            line.order_line.quantity_fulfilled -= line.quantity
            line.order_line.save(update_fields=["quantity_fulfilled"])
        fulfillment.status = FulfillmentStatus.CANCELED
        fulfillment.save(update_fields=["status"])
        order = orders.find(global_ids.of(fulfillment.order))
        _update_status(order, requestor=requestor)
        return order, fulfillment


def _wanted(
    lines: Sequence[Mapping[str, Any]],
) -> dict[Warehouse, list[tuple[OrderLine, int]]]:
    wanted: dict[Warehouse, list[tuple[OrderLine, int]]] = defaultdict(list)
    total = 0
    for entry in lines:
        line = orders.find_line(entry.get("order_line_id") or "")
        quantity = sum(int(stock["quantity"]) for stock in entry["stocks"])
        left = line.quantity - line.quantity_fulfilled
        if quantity > left:
            raise Refusal(
                f"Only {left} item{'' if left == 1 else 's'} remaining to fulfill.",
                code="FULFILL_ORDER_LINE",
                field="orderLineId",
                extra={"order_lines": [entry["order_line_id"]]},
            )
        total += quantity
        for stock in entry["stocks"]:
            if stock["quantity"] > 0:
                wanted[_warehouse(stock["warehouse"])].append((line, int(stock["quantity"])))
    if total <= 0:
        raise Refusal("Total quantity must be larger than 0.", code="ZERO_QUANTITY", field="lines")
    return wanted


def _send(
    fulfillment: Fulfillment,
    line: OrderLine,
    warehouse: Warehouse,
    quantity: int,
    *,
    may_exceed: bool,
) -> None:
    stock = Stock.objects.filter(variant=line.variant, warehouse=warehouse).first()
    has_left = fulfillment.status == FulfillmentStatus.FULFILLED
    if not may_exceed and (stock is None or (has_left and stock.quantity < quantity)):
        raise Refusal(
            f"Insufficient product stock: {line.variant}",
            code="INSUFFICIENT_STOCK",
            field="stocks",
            extra={
                "order_lines": [global_ids.of(line)],
                "warehouse": global_ids.of(warehouse),
            },
        )
    if has_left:
        release(line, quantity, stock=stock)
        if stock is not None:
            stock.quantity -= quantity
            stock.save(update_fields=["quantity"])
    line.refresh_from_db(fields=["quantity_fulfilled"])
    line.quantity_fulfilled += quantity
    line.save(update_fields=["quantity_fulfilled"])
    FulfillmentLine.objects.create(
        fulfillment=fulfillment, order_line=line, stock=stock, quantity=quantity
    )


def _remember(order: Order, made: Sequence[Fulfillment], *, requestor: Requestor) -> None:
    """The history names the goods that left, but not those that wait for an approval."""
    for fulfillment in made:
        has_left = fulfillment.status == FulfillmentStatus.FULFILLED
        event = OrderEvent.objects.create(
            order=order,
            type="FULFILLMENT_FULFILLED_ITEMS" if has_left else "FULFILLMENT_AWAITS_APPROVAL",
            app=requestor.app,
        )
        if has_left:
            event.fulfilled_items.set(fulfillment.lines.all())


def _update_status(order: Order, *, requestor: Requestor) -> None:
    waiting = FulfillmentLine.objects.filter(
        fulfillment__order=order, fulfillment__status=FulfillmentStatus.WAITING_FOR_APPROVAL
    )
    lines = list(order.lines.all())
    sent = sum(line.quantity_fulfilled for line in lines)
    sent -= sum(line.quantity for line in waiting)
    if sent <= 0:
        order.status = OrderStatus.UNFULFILLED
    elif sent < sum(line.quantity for line in lines):
        order.status = OrderStatus.PARTIALLY_FULFILLED
    else:
        order.status = OrderStatus.FULFILLED
    order.save(update_fields=["status", "updated_at"])
    events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)


def _find(fulfillment_id: str) -> Fulfillment:
    try:
        key = global_ids.decode_as(fulfillment_id, "Fulfillment")
        found = Fulfillment.objects.select_related("order").filter(pk=int(key)).first()
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    if found is None:
        raise Refusal(f"Couldn't resolve to a node: {fulfillment_id}", code="NOT_FOUND", field="id")
    return found


def _warehouse(warehouse_id: str) -> Warehouse:
    try:
        key = uuid.UUID(global_ids.decode_as(warehouse_id, "Warehouse"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="warehouse") from error
    found = Warehouse.objects.filter(pk=key).first()
    if found is None:
        raise Refusal(
            f"Couldn't resolve to a node: {warehouse_id}", code="NOT_FOUND", field="warehouse"
        )
    return found
