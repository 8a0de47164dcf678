"""Reads of orders, scoped by who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind


def visible_orders(viewer: Viewer) -> QuerySet[Order]:
    """The orders that a viewer may see: a customer's own; staff with MANAGE_ORDERS see all of
    their installation; anybody else none. A foreign order is as good as not there."""
    if viewer.installation_id is None:
        return Order.objects.none()
    if viewer.may_read_orders:
        return Order.objects.filter(installation_id=viewer.installation_id)
    if viewer.kind is ViewerKind.CUSTOMER and viewer.user_id:
        return Order.objects.filter(installation_id=viewer.installation_id, user_id=viewer.user_id)
    return Order.objects.none()


def visible_order(viewer: Viewer, saleor_id: str) -> Order | None:
    """The order of this global id, if the viewer may see it."""
    return visible_orders(viewer).filter(saleor_id=saleor_id).first()


def guest_order(installation_id: int, saleor_id: str, *, email: str) -> Order | None:
    """A guest's order by its id and the e-mail it was placed with.

    An order of a customer with an account is never found this way: anybody who has an order's id
    can read its e-mail at Saleor, and whoever has an account can prove it.
    """
    address = email.strip().lower()
    # Orders of persons who were forgotten have neither account nor e-mail: nothing opens them.
    # And databases compare nothing with NULs and halves of characters.
    if not address or not address.isprintable():
        return None
    return Order.objects.filter(
        installation_id=installation_id, saleor_id=saleor_id, user_id="", user_email=address
    ).first()


def known_order(installation: Installation, saleor_id: str) -> Order | None:
    """The snapshot of this order, for the app itself."""
    return Order.objects.filter(installation=installation, saleor_id=saleor_id).first()


def is_known(installation_id: int, saleor_id: str) -> bool:
    """Whether we have a snapshot of this installation's order."""
    return Order.objects.filter(installation_id=installation_id, saleor_id=saleor_id).exists()


def seen_updates(installation: Installation, saleor_ids: Iterable[str]) -> dict[str, dt.datetime]:
    """For each of these orders that we have: the `updatedAt` of our snapshot."""
    return dict(
        Order.objects.filter(installation=installation, saleor_id__in=list(saleor_ids)).values_list(
            "saleor_id", "saleor_updated_at"
        )
    )


def untaxed_orders(supplier: Supplier, *, since: dt.datetime) -> Sequence[Order]:
    """The supplier's orders since then that cost something and carry no tax, newest first."""
    return list(
        Order.objects.filter(supplier=supplier, placed_at__gte=since, tax=0, gross__gt=0)
        .exclude(status__in=(Order.Status.CANCELED, Order.Status.EXPIRED))
        .order_by("-placed_at")
    )


def guest_order_ids(installation: Installation, saleor_ids: Iterable[str]) -> list[str]:
    """Which of these orders we hold as a guest's, i.e. without an account."""
    return list(
        Order.objects.filter(
            installation=installation, saleor_id__in=list(saleor_ids), user_id=""
        ).values_list("saleor_id", flat=True)
    )


def latest_orders_of(installation: Installation, user_id: str, *, count: int) -> Sequence[Order]:
    """A user's latest orders, for the app itself."""
    if not user_id:
        return []
    return list(
        Order.objects.filter(installation=installation, user_id=user_id).order_by("-placed_at")[
            :count
        ]
    )
