"""Customers: one who confirmed an account may get guest orders; one who left is forgotten."""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.gate.services import schedule_guest_orders
from saleor_b2b_docs.orders.services import forget_person
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.webhooks.saleor_events.events import EventPayload, Node, SaleorEvent


class CustomerPayload(EventPayload):
    user: Node


def _updated(installation: Installation, payload: CustomerPayload, now: dt.datetime) -> None:
    schedule_guest_orders(installation, user_id=payload.user.id, now=now)


def _deleted(installation: Installation, payload: CustomerPayload, _now: dt.datetime) -> None:
    forget_person(installation, user_id=payload.user.id)


CUSTOMER_EVENTS = (
    SaleorEvent("customer_updated", "CustomerUpdated", "user { id }", CustomerPayload, _updated),
    SaleorEvent("account_confirmed", "AccountConfirmed", "user { id }", CustomerPayload, _updated),
    SaleorEvent(
        "customer_deleted",
        "CustomerDeleted",
        "user { id }",
        CustomerPayload,
        _deleted,
        since=(3, 23),
    ),
)
