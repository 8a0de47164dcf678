"""Which goods are still to be fulfilled in Saleor, and what is to be taken back: no side effects.

Staff's own fulfilments count as done, and are never taken back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from saleor_b2b_docs.saleor.api.fragments import FulfillmentForReport
from saleor_b2b_docs.saleor.api.input_types import OrderFulfillLineInput, OrderFulfillStockInput
from saleor_b2b_docs.saleor.api.order_for_report import (
    OrderForReportOrder,
    OrderForReportOrderLines,
)

_ALIVE = ("FULFILLED", "WAITING_FOR_APPROVAL")
"""A fulfilment that goods were returned or refunded of is staff's affair from then on."""


def own(shown: OrderForReportOrder, *, app_id: str) -> list[FulfillmentForReport]:
    """The app's own fulfilments, by their mark or, where it got lost, by the order's history."""
    made = {
        item.id
        for event in shown.events
        if event.app and event.app.id == app_id
        for item in event.fulfilled_items or ()
    }
    return [
        fulfillment
        for fulfillment in shown.fulfillments
        if fulfillment.private_metafield or any(line.id in made for line in fulfillment.lines or ())
    ]


def surplus(shown: OrderForReportOrder, wanted: Mapping[str, int]) -> dict[str, int]:
    """By line: what is fulfilled though it is not shipped."""
    return {
        line.id: line.quantity_fulfilled - wanted.get(line.id, 0)
        for line in shown.lines
        if line.quantity_fulfilled > wanted.get(line.id, 0)
    }


def to_cancel(
    ours: Sequence[FulfillmentForReport], surplus: Mapping[str, int]
) -> list[FulfillmentForReport]:
    """The fulfilments to take back: those that are surplus as a whole; if there is none, the
    newest that has a part in it, whose rest is fulfilled anew."""
    left = Counter(surplus)
    alive = [one for one in reversed(ours) if one.status.value in _ALIVE]
    chosen = []
    for fulfillment in alive:
        goods = _goods(fulfillment)
        if goods and all(left[line] >= quantity for line, quantity in goods.items()):
            left.subtract(goods)
            chosen.append(fulfillment)
    if chosen:
        return chosen
    partial = (one for one in alive if any(left[line] > 0 for line in _goods(one)))
    return list(partial)[:1]


def missing(shown: OrderForReportOrder, wanted: Mapping[str, int]) -> dict[str, int]:
    """By line: what is shipped and not fulfilled."""
    found = {
        line.id: min(wanted.get(line.id, 0) - line.quantity_fulfilled, line.quantity_to_fulfill)
        for line in shown.lines
    }
    return {line: quantity for line, quantity in found.items() if quantity > 0}


def request(
    shown: OrderForReportOrder, missing: Mapping[str, int]
) -> tuple[list[OrderFulfillLineInput], list[str]]:
    """What to ask Saleor for, and the lines that no warehouse could be found for.

    Goods go out of the warehouses that Saleor holds them in for the order; what it holds in none,
    out of the one that has most of them, else out of any of the channel's.
    """
    lines, homeless = [], []
    for line in shown.lines:
        if line.id not in missing:
            continue
        stocks = _warehouses(shown, line, missing[line.id])
        if stocks is None:
            homeless.append(line.id)
            continue
        lines.append(
            OrderFulfillLineInput(
                orderLineId=line.id,
                stocks=[
                    OrderFulfillStockInput(quantity=quantity, warehouse=warehouse)
                    for warehouse, quantity in stocks.items()
                ],
            )
        )
    return lines, homeless


def warehouse_of(shown: OrderForReportOrder, fulfillment: FulfillmentForReport) -> str | None:
    """Where the goods of a fulfilment go back to."""
    if fulfillment.warehouse:
        return fulfillment.warehouse.id
    # What was sent without a stock has no warehouse to go back to, and Saleor wants one.
    return shown.channel.warehouses[0].id if shown.channel.warehouses else None


def _warehouses(
    shown: OrderForReportOrder, line: OrderForReportOrderLines, quantity: int
) -> dict[str, int] | None:
    taken: dict[str, int] = defaultdict(int)
    for allocation in line.allocations or ():
        part = min(allocation.quantity, quantity)
        if part > 0:
            taken[allocation.warehouse.id] += part
            quantity -= part
    if quantity:
        stocks = (line.variant.stocks if line.variant else None) or ()
        best = max(stocks, key=lambda stock: stock.quantity, default=None)
        if best is not None:
            home = best.warehouse.id
        elif shown.channel.warehouses:
            home = shown.channel.warehouses[0].id
        else:
            return None
        taken[home] += quantity
    return dict(taken)


def _goods(fulfillment: FulfillmentForReport) -> Counter[str]:
    goods: Counter[str] = Counter()
    for line in fulfillment.lines or ():
        if line.order_line:
            goods[line.order_line.id] += line.quantity
    return goods
