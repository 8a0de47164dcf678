"""Orders: whatever happened to one, it is looked at again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from saleor_b2b_docs.gate.services import schedule_order
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.webhooks.saleor_events.events import EventPayload, Node, Payload, SaleorEvent


class ChangedOrder(Payload):
    id: str
    updated_at: dt.datetime


class OrderPayload(EventPayload):
    order: ChangedOrder


class OrdersPayload(EventPayload):
    orders: tuple[ChangedOrder, ...]


class InvoicePayload(OrderPayload):
    invoice: Node


def _changed(installation: Installation, payload: OrderPayload, now: dt.datetime) -> None:
    _schedule(installation, payload.order, now)


def _created_in_bulk(installation: Installation, payload: OrdersPayload, now: dt.datetime) -> None:
    for order in payload.orders:
        _schedule(installation, order, now)


def _invoice_requested(
    installation: Installation, payload: InvoicePayload, now: dt.datetime
) -> None:
    schedule_order(
        installation_id=installation.pk,
        order_id=payload.order.id,
        invoice_is_requested=True,
        requested_invoice=payload.invoice.id,
        now=now,
    )


def _schedule(installation: Installation, order: ChangedOrder, now: dt.datetime) -> None:
    schedule_order(
        installation_id=installation.pk, order_id=order.id, updated_at=order.updated_at, now=now
    )


_ORDER = "order { id updatedAt }"
_SINGLE = {
    "order_created": "OrderCreated",
    "order_confirmed": "OrderConfirmed",
    "order_updated": "OrderUpdated",
    "order_metadata_updated": "OrderMetadataUpdated",
    "order_cancelled": "OrderCancelled",
    "order_expired": "OrderExpired",
}

ORDER_EVENTS: tuple[SaleorEvent[Any], ...] = (
    *(
        SaleorEvent(name, type_name, _ORDER, OrderPayload, _changed)
        for name, type_name in _SINGLE.items()
    ),
    SaleorEvent(
        "order_bulk_created",
        "OrderBulkCreated",
        "orders { id updatedAt }",
        OrdersPayload,
        _created_in_bulk,
    ),
    SaleorEvent(
        "invoice_requested",
        "InvoiceRequested",
        f"{_ORDER} invoice {{ id }}",
        InvoicePayload,
        _invoice_requested,
    ),
)
