"""Customers: whoever changed is looked at again, and may get guest orders; who left is forgotten.

A change of metadata alone, by which staff say whom a user acts for, is told by an event of its own.
"""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.gate.services import schedule_guest_orders
from saleor_b2b_docs.orders.services import forget_person
from saleor_b2b_docs.parties.members.services import schedule_identification
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.webhooks.saleor_events.events import EventPayload, Node, SaleorEvent


class CustomerPayload(EventPayload):
    user: Node


def _updated(installation: Installation, payload: CustomerPayload, now: dt.datetime) -> None:
    schedule_guest_orders(installation, user_id=payload.user.id, now=now)
    _seen(installation, payload, now)


def _seen(installation: Installation, payload: CustomerPayload, now: dt.datetime) -> None:
    schedule_identification(installation.pk, user_id=payload.user.id, now=now)


def _deleted(installation: Installation, payload: CustomerPayload, _now: dt.datetime) -> None:
    forget_person(installation, user_id=payload.user.id)


CUSTOMER_EVENTS = (
    SaleorEvent("customer_created", "CustomerCreated", "user { id }", CustomerPayload, _seen),
    SaleorEvent("customer_updated", "CustomerUpdated", "user { id }", CustomerPayload, _updated),
    SaleorEvent(
        "customer_metadata_updated",
        "CustomerMetadataUpdated",
        "user { id }",
        CustomerPayload,
        _seen,
    ),
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
