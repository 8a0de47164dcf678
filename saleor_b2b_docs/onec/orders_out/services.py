"""Writes of orders on their way to accounting bases.

An order waits, is offered, and is sent once the base confirmed that very offer. What changed in
between, or was never confirmed, is offered again; bases know it by its id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import structlog
from django.db import transaction
from django.db.models import F, QuerySet

from saleor_b2b_docs.onec.models import Base, OrderExport
from saleor_b2b_docs.onec.orders_out.building import build, fingerprint, unmapped
from saleor_b2b_docs.onec.orders_out.context import CANCELLED, CONFIRMED, OutgoingOrder
from saleor_b2b_docs.onec.orders_out.queries import (
    base_by_id,
    bases_of,
    names_for,
    open_orders,
    paid_for,
    visible_exports,
    waiting_exports,
)
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.errors import NotFound
from saleor_b2b_docs.saleor.viewers import Viewer

log = structlog.get_logger(__name__)

RECENT = dt.timedelta(days=30)
"""How long before a base was made the orders were placed that it is offered nevertheless. What is
older and still open was most likely entered into the base by hand, or forgotten; it would be there
twice, or come as a surprise. A month is what is worked on now."""
_MAX_REASON = 500


class NotHeld(NotFound):
    """There is no such order that is held, or it is not the viewer's to release."""


def note_order(order: Order, *, now: dt.datetime) -> None:
    """An order is as it is now: offer it to every base of its supplier that does not know it so.

    Orders that nobody confirmed are not offered. A cancelled one is, if the base may have it;
    else it waits no more.
    """
    is_cancelled = order.status in CANCELLED
    if not is_cancelled and order.status not in CONFIRMED:
        return
    lines = list(order.lines.all())
    current = fingerprint(order, lines)
    for base in bases_of(order):
        with transaction.atomic():
            _note(base, order, lines, current=current, is_cancelled=is_cancelled, now=now)


def offer_recent(base_id: int, *, now: dt.datetime) -> int:
    """Offer a new base what was confirmed before anybody could offer it: the orders that are still
    open and were placed in the last month. How many it did not know; called again, none more."""
    base = base_by_id(base_id)
    if base is None:
        return 0
    count = 0
    for order in open_orders(base, placed_from=base.created_at - RECENT):
        lines = list(order.lines.all())
        current = fingerprint(order, lines)
        with transaction.atomic():
            count += _note(base, order, lines, current=current, is_cancelled=False, now=now)
    log.info("open orders offered to a new base", base=base.pk, count=count)
    return count


def offer(base: Base, *, offered_in: str, limit: int, now: dt.datetime) -> Sequence[OutgoingOrder]:
    """The orders that wait for a base, at most `limit`, the longest waiting first.

    They go on waiting until `confirm` with the same `offered_in`; what was offered in it before
    and was not confirmed, only the newest offer may be.
    """
    with transaction.atomic():
        _mine(base, offered_in).update(offered_in="")
        exports = list(waiting_exports(base, limit=limit).select_for_update(of=("self",)))
        orders = [export.order for export in exports]
        names, paid = names_for(base, orders), paid_for(base, orders)
        outgoing = []
        for export in exports:
            lines = list(export.order.lines.all())
            export.offered_in = offered_in
            export.fingerprint = export.offered_fingerprint = fingerprint(export.order, lines)
            outgoing.append(
                build(
                    export.order,
                    lines,
                    base=base,
                    names=names,
                    paid=paid.get(export.order.saleor_id, 0),
                )
            )
        OrderExport.objects.bulk_update(
            exports, ["offered_in", "fingerprint", "offered_fingerprint"], batch_size=200
        )
    if outgoing:
        log.info("orders offered", base=base.pk, count=len(outgoing), at=now.isoformat())
    return outgoing


def confirm(base: Base, *, offered_in: str, now: dt.datetime) -> int:
    """The base has what it was offered last in this session or request; how many orders.

    One that changed since goes on waiting, to be offered anew.
    """
    with transaction.atomic():
        confirmed = (
            _mine(base, offered_in)
            .filter(state=OrderExport.State.WAITING, fingerprint=F("offered_fingerprint"))
            .update(state=OrderExport.State.SENT, sent_at=now)
        )
        _mine(base, offered_in).update(offered_in="")
    log.info("orders confirmed", base=base.pk, count=confirmed)
    return confirmed


def release(viewer: Viewer, export_id: int, *, now: dt.datetime) -> OrderExport:
    """Staff send a held order as it is, with the SKUs of its unmapped lines. It is held again only
    if it changes. Raises NotHeld."""
    with transaction.atomic():
        export = (
            visible_exports(viewer)
            .select_for_update(of=("self",))
            .filter(pk=export_id, state=OrderExport.State.HELD)
            .first()
        )
        if export is None:
            raise NotHeld("there is no such held order", field="id")
        export.state = OrderExport.State.WAITING
        export.reason = ""
        export.changed_at = now
        export.save(update_fields=["state", "reason", "changed_at"])
    return export


def _note(
    base: Base,
    order: Order,
    lines: Sequence[OrderLine],
    *,
    current: str,
    is_cancelled: bool,
    now: dt.datetime,
) -> bool:
    """Whether the base is to be told what it was not before."""
    export = OrderExport.objects.select_for_update().filter(base=base, order=order).first()
    if export is not None and export.fingerprint == current:
        return False
    if is_cancelled and (export is None or not export.offered_fingerprint):
        if export is not None:
            export.delete()
        return False
    strangers = unmapped(lines) if base.holds_unmapped_orders and not is_cancelled else []
    OrderExport.objects.update_or_create(
        base=base,
        order=order,
        defaults={
            "state": OrderExport.State.HELD if strangers else OrderExport.State.WAITING,
            "reason": _reason(strangers),
            "fingerprint": current,
            "changed_at": now,
        },
    )
    return True


def _reason(strangers: Sequence[OrderLine]) -> str:
    if not strangers:
        return ""
    named = ", ".join(line.sku or line.name for line in strangers)
    return f"the base can't know the goods of these lines: {named}"[:_MAX_REASON]


def _mine(base: Base, offered_in: str) -> QuerySet[OrderExport]:
    if not offered_in:
        raise ValueError("which session or request?")
    return OrderExport.objects.filter(base=base, offered_in=offered_in)
