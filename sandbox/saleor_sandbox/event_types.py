"""The kinds of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from saleor_sandbox.models import App, Channel, Invoice, Order, User
from saleor_sandbox.requestor import Requestor

ANY_EVENTS = "any_events"


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event.

    `permission` is what an app must hold to get it. A `deferred` one shows its subject as it is
    when the body is made. A `lifecycle` one goes to the app it is about and to no other, active
    or not.
    """

    name: str
    graphql_type: str
    subject: type[models.Model]
    permission: str | None = None
    deferred: bool = False
    lifecycle: bool = False


def _order_event(name: str, graphql_type: str) -> EventType:
    return EventType(name, graphql_type, Order, permission="MANAGE_ORDERS", deferred=True)


ORDER_CREATED = _order_event("order_created", "OrderCreated")
ORDER_CONFIRMED = _order_event("order_confirmed", "OrderConfirmed")
ORDER_PAID = _order_event("order_paid", "OrderPaid")
ORDER_FULLY_PAID = _order_event("order_fully_paid", "OrderFullyPaid")
ORDER_UPDATED = _order_event("order_updated", "OrderUpdated")
ORDER_CANCELLED = _order_event("order_cancelled", "OrderCancelled")
ORDER_EXPIRED = _order_event("order_expired", "OrderExpired")
ORDER_METADATA_UPDATED = _order_event("order_metadata_updated", "OrderMetadataUpdated")
ORDER_BULK_CREATED = EventType(
    "order_bulk_created", "OrderBulkCreated", Order, permission="MANAGE_ORDERS"
)
INVOICE_REQUESTED = EventType(
    "invoice_requested", "InvoiceRequested", Invoice, permission="MANAGE_ORDERS"
)
CUSTOMER_CREATED = EventType("customer_created", "CustomerCreated", User, permission="MANAGE_USERS")
CUSTOMER_UPDATED = EventType("customer_updated", "CustomerUpdated", User, permission="MANAGE_USERS")
CUSTOMER_METADATA_UPDATED = EventType(
    "customer_metadata_updated", "CustomerMetadataUpdated", User, permission="MANAGE_USERS"
)
CUSTOMER_DELETED = EventType("customer_deleted", "CustomerDeleted", User, permission="MANAGE_USERS")
ACCOUNT_CONFIRMED = EventType(
    "account_confirmed", "AccountConfirmed", User, permission="MANAGE_USERS"
)
CHANNEL_UPDATED = EventType(
    "channel_updated", "ChannelUpdated", Channel, permission="MANAGE_CHANNELS"
)
CHANNEL_METADATA_UPDATED = EventType(
    "channel_metadata_updated", "ChannelMetadataUpdated", Channel, permission="MANAGE_CHANNELS"
)
APP_INSTALLED = EventType("app_installed", "AppInstalled", App, lifecycle=True)
APP_STATUS_CHANGED = EventType("app_status_changed", "AppStatusChanged", App, lifecycle=True)
APP_DELETED = EventType("app_deleted", "AppDeleted", App, lifecycle=True)

EVENT_TYPES: dict[str, EventType] = {
    event.name: event
    for event in (
        ORDER_CREATED,
        ORDER_CONFIRMED,
        ORDER_PAID,
        ORDER_FULLY_PAID,
        ORDER_UPDATED,
        ORDER_CANCELLED,
        ORDER_EXPIRED,
        ORDER_METADATA_UPDATED,
        ORDER_BULK_CREATED,
        INVOICE_REQUESTED,
        CUSTOMER_CREATED,
        CUSTOMER_UPDATED,
        CUSTOMER_METADATA_UPDATED,
        CUSTOMER_DELETED,
        ACCOUNT_CONFIRMED,
        CHANNEL_UPDATED,
        CHANNEL_METADATA_UPDATED,
        APP_INSTALLED,
        APP_STATUS_CHANGED,
        APP_DELETED,
    )
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event that happened: its kind, what it is about, who caused it, and when."""

    event: EventType
    subjects: Sequence[models.Model]
    requestor: Requestor
    issued_at: dt.datetime
