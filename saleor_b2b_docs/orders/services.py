"""Writes of order snapshots."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet

from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.orders.snapshot import PERSONAL_COLUMNS, apply_snapshot, read_snapshot
from saleor_b2b_docs.parties.contracts.services import contract_for_order
from saleor_b2b_docs.parties.members.services import forget_members, schedule_identification
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import supplier_of_channel
from saleor_b2b_docs.saleor.api.fragments import OrderForSnapshot
from saleor_b2b_docs.saleor.models import Installation


def take_snapshot(
    installation: Installation, shown: OrderForSnapshot, *, now: dt.datetime
) -> Order:
    """Keep what Saleor shows of an order, unless something newer is kept already.

    What it is settled by is decided once, as soon as its buyer is somebody's member; a buyer who
    is nobody's is looked up at Saleor by a job.
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
        known_user = order.user_id
        apply_snapshot(order, snapshot)
        order.taken_at = now
        if order.supplier is None:
            order.supplier = supplier_of_channel(installation, order.channel_slug)
        if order.contract is None and order.supplier is not None:
            order.contract = contract_for_order(
                installation,
                supplier=order.supplier,
                user_id=order.user_id,
                currency=order.currency,
                wanted=snapshot.wanted_contract,
                now=now,
            )
        order.save()
        if order.contract is None and order.user_id and order.user_id != known_user:
            schedule_identification(installation.pk, user_id=order.user_id, now=now)
        OrderLine.objects.filter(order=order).delete()
        for line in snapshot.lines:
            line.order = order
        OrderLine.objects.bulk_create(snapshot.lines)
    return order


def adopt_orders(installation: Installation, *, user_id: str, now: dt.datetime) -> list[Order]:
    """A user became a member: his orders that have no contract get one; those that got it.

    It is the main contract of the company that he has been a member of longest: what was chosen
    for an order before he was anybody's member was never his to choose.
    """
    orders = (
        Order.objects.filter(installation=installation, user_id=user_id, contract=None)
        .exclude(user_id="")
        .select_related("supplier")
        .order_by("pk")
    )
    contracts: dict[tuple[int, str], Contract | None] = {}
    adopted: list[Order] = []
    with transaction.atomic():
        for order in orders.select_for_update(of=("self",)):
            supplier = order.supplier
            if supplier is None:
                continue
            key = (supplier.pk, order.currency)
            if key not in contracts:
                contracts[key] = contract_for_order(
                    installation,
                    supplier=supplier,
                    user_id=user_id,
                    currency=order.currency,
                    wanted="",
                    now=now,
                )
            order.contract = contracts[key]
            if order.contract is not None:
                order.save(update_fields=["contract"])
                adopted.append(order)
    return adopted


def set_status(order: Order, status: str) -> None:
    """Keep the status that Saleor answered to a change of ours."""
    order.status = status
    order.save(update_fields=["status"])


def forget_person(installation: Installation, *, user_id: str) -> int:
    """A person left: nothing leads from the orders to an account any more; how many orders.

    Nor does he act for anybody any more. What stands on papers stays, since the law keeps papers.
    The e-mail and phone are not on them.
    Raises ValueError for an empty id, which would mean all guests.
    """
    if not user_id:
        raise ValueError("whose orders?")
    with transaction.atomic():
        forget_members(installation, user_id=user_id)
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
