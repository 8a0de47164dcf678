"""Writes of order snapshots."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet

from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.orders.snapshot import PERSONAL_COLUMNS, apply_snapshot, read_snapshot
from saleor_b2b_docs.parties.queries import supplier_of_channel
from saleor_b2b_docs.saleor.api.fragments import OrderForSnapshot
from saleor_b2b_docs.saleor.models import Installation


def take_snapshot(
    installation: Installation, shown: OrderForSnapshot, *, now: dt.datetime
) -> Order:
    """Keep what Saleor shows of an order, unless something newer is kept already.

    Call it under the order's serial key: two workers on one order would race.
    """
    snapshot = read_snapshot(shown)
    with transaction.atomic():
        order = (
            Order.objects.select_for_update()
            .filter(installation=installation, saleor_id=shown.id)
            .first()
        )
        if order is None:
            order = Order(installation=installation, saleor_id=shown.id)
        elif order.saleor_updated_at > shown.updated_at:
            # A read replica that lags behind showed us the past.
            return order
        apply_snapshot(order, snapshot)
        order.taken_at = now
        if order.supplier is None:
            order.supplier = supplier_of_channel(installation, order.channel_slug)
        order.save()
        OrderLine.objects.filter(order=order).delete()
        for line in snapshot.lines:
            line.order = order
        OrderLine.objects.bulk_create(snapshot.lines)
    return order


def set_status(order: Order, status: str) -> None:
    """Keep the status that Saleor answered to a change of ours."""
    order.status = status
    order.save(update_fields=["status"])


def forget_person(installation: Installation, *, user_id: str) -> int:
    """A person left: nothing leads from the orders to an account any more; how many orders.

    What stands on papers stays, since the law keeps papers. The e-mail and phone are not on them.
    Raises ValueError for an empty id, which would mean all guests.
    """
    if not user_id:
        raise ValueError("whose orders?")
    return _forget(Order.objects.filter(installation=installation, user_id=user_id))


def forget_guest(installation: Installation, *, email: str) -> int:
    """The same for a guest, who is known by an e-mail only. Raises ValueError for an empty one."""
    if not email.strip():
        raise ValueError("whose orders?")
    return _forget(
        Order.objects.filter(
            installation=installation, user_id="", user_email=email.strip().lower()
        )
    )


def _forget(orders: QuerySet[Order]) -> int:
    # Where an address names nobody, the e-mail stood in for the name.
    orders.filter(buyer_name__iexact=F("user_email")).update(buyer_name="")
    return orders.update(is_person_forgotten=True, **dict.fromkeys(PERSONAL_COLUMNS, ""))
