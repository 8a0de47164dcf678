"""Money that a payment provider reports."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import Checkout, Order, TransactionItem
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.pricing import ZERO, rounded
from saleor_sandbox.refusals import PermissionDenied, Refusal, Refusals
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import checkouts, orders
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.services.placement import announce_charge
from saleor_sandbox.writes import writing

_AMOUNTS = {
    "amount_charged": "charged",
    "amount_authorized": "authorized",
    "amount_refunded": "refunded",
    "amount_canceled": "canceled",
}


def create(object_id: str, values: Mapping[str, Any], *, requestor: Requestor) -> TransactionItem:
    """A transaction of a checkout or an order. `pspReference` need not be unique.

    Raises Refusal or Refusals (NOT_FOUND, INCORRECT_CURRENCY).
    """
    with writing():
        holder = _holder(object_id)
        currency = holder.currency if isinstance(holder, Order) else holder.channel.currency_code
        item = TransactionItem.objects.create(
            checkout=holder if isinstance(holder, Checkout) else None,
            order=holder if isinstance(holder, Order) else None,
            name=values.get("name") or "",
            message=values.get("message") or "",
            psp_reference=values.get("psp_reference") or "",
            external_url=values.get("external_url") or "",
            available_actions=sorted(values.get("available_actions") or []),
            currency=currency,
            user=requestor.user,
            app=requestor.app,
            metadata=pairs(values.get("metadata"), field="metadata"),
            private_metadata=pairs(values.get("private_metadata"), field="privateMetadata"),
            **_amounts(values, currency),
        )
        if isinstance(holder, Order):
            apply_to_order(holder, item, requestor=requestor)
        return item


def update(
    transaction_id: str, values: Mapping[str, Any], *, requestor: Requestor
) -> TransactionItem:
    """Change a transaction's amounts, which are the new ones and not what is added.

    Whoever made it may; a user's, any staff. Raises Refusal, PermissionDenied.
    """
    with writing():
        item = _find(transaction_id)
        if item.app is not None and (requestor.app is None or requestor.app.pk != item.app.pk):
            raise PermissionDenied(("OWNER", "HANDLE_PAYMENTS"))
        for column, amount in _amounts(values, item.currency).items():
            setattr(item, column, amount)
        for name in ("name", "message", "psp_reference"):
            if values.get(name) is not None:
                setattr(item, name, values[name])
        item.save()
        if item.order is not None:
            apply_to_order(item.order, item, requestor=requestor)
        return item


def _find(transaction_id: str) -> TransactionItem:
    try:
        token = uuid.UUID(global_ids.decode_as(transaction_id, "TransactionItem"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    found = TransactionItem.objects.select_related("order__channel", "app").filter(pk=token).first()
    if found is None:
        raise Refusal(f"Couldn't resolve to a node: {transaction_id}", code="NOT_FOUND", field="id")
    return found


def _holder(object_id: str) -> Checkout | Order:
    try:
        type_name, _ = global_ids.decode(object_id)
    except global_ids.InvalidGlobalId as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    if type_name == "Order":
        return orders.find(object_id)
    if type_name == "Checkout":
        return checkouts.find(object_id)
    raise Refusal(
        f"Couldn't resolve to Checkout or Order: {object_id}", code="NOT_FOUND", field="id"
    )


def _amounts(values: Mapping[str, Any], currency: str) -> dict[str, Decimal]:
    amounts = {}
    refusals = []
    for name, column in _AMOUNTS.items():
        money = values.get(name)
        if not money:
            continue
        if money["currency"] != currency:
            label = "".join(
                part if index == 0 else part.title() for index, part in enumerate(name.split("_"))
            )
            refusals.append(
                Refusal(
                    f"Currency needs to be the same as for order: {currency}",
                    code="INCORRECT_CURRENCY",
                    field=label,
                )
            )
        amounts[column] = rounded(Decimal(money["amount"]), currency)
    if refusals:
        raise Refusals(refusals)
    return amounts


def apply_to_order(order: Order, item: TransactionItem, *, requestor: Requestor) -> None:
    """Count `item` as money of `order` and tell about it, as Saleor does.

    A channel that confirms by itself confirms an unconfirmed order on its first transaction.
    """
    items = list(order.transactions.all())
    order.total_charged = sum((entry.charged for entry in items), ZERO)
    order.total_authorized = sum((entry.authorized for entry in items), ZERO)
    if (
        order.channel.automatically_confirm_all_new_orders
        and order.status == OrderStatus.UNCONFIRMED
    ):
        order.status = OrderStatus.UNFULFILLED
    order.save()
    if item.charged > 0:
        announce_charge(order, requestor=requestor)
    elif item.authorized > 0:
        events.emit(event_types.ORDER_UPDATED, order, requestor=requestor)


def mark_as_paid(order_id: str, *, reference: str | None, requestor: Requestor) -> Order:
    """Take an order as paid in full by hand. Raises Refusal (PAYMENT_ERROR)."""
    with writing():
        order = orders.find(order_id)
        if order.transactions.exists() or order.total_charged > 0:
            raise Refusal(
                "Orders with payments can not be manually marked as paid.",
                code="PAYMENT_ERROR",
                field="payment",
            )
        item = TransactionItem.objects.create(
            order=order,
            name="Mark-as-paid transaction",
            psp_reference=reference or "",
            currency=order.currency,
            charged=order.total_gross,
            user=requestor.user,
            app=requestor.app,
        )
        apply_to_order(order, item, requestor=requestor)
        return order
