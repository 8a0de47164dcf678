"""Telling Saleor what the accounting system says of its orders, where a supplier wants that.

Desired state, one order at a time: what the books say is compared with what Saleor shows, and the
difference is carried out. What Saleor was told once is left alone until the books say something
else, so staff may undo it there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

import structlog
from django.db import transaction

from saleor_b2b_docs.onec.into_saleor.notes import Note
from saleor_b2b_docs.onec.into_saleor.payments import report_payments
from saleor_b2b_docs.onec.into_saleor.queries import (
    last_trace,
    order_to_report,
    ordered_lines,
    orders_of_contract,
    orders_of_papers,
    paid_parts,
    reporting_contracts,
    reports_anything,
    traces,
    untold,
    waybills_of,
)
from saleor_b2b_docs.onec.into_saleor.shipments import report_shipments
from saleor_b2b_docs.onec.into_saleor.shipped import shipped
from saleor_b2b_docs.onec.into_saleor.talk import Talk, look
from saleor_b2b_docs.onec.models import Base, OrderReport
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.manifest import HANDLE_PAYMENTS
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.services import NO_PAYMENTS_PERMISSION
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)

_UNTOUCHED = frozenset(
    {
        Order.Status.DRAFT,
        Order.Status.UNCONFIRMED,
        Order.Status.CANCELED,
        Order.Status.EXPIRED,
    }
)
"""Saleor would fulfil and charge them all the same."""


def note_contracts(contracts: Iterable[UUID], *, now: dt.datetime) -> None:
    """Money moved in these contracts: have Saleor told, where their suppliers want that.

    Part of the caller's transaction. One statement where nobody wants it.
    """
    for contract_id, installation_id in reporting_contracts(list(contracts)):
        enqueue(
            "onec.report_contract",
            key=str(contract_id),
            installation_id=installation_id,
            arguments={"contract": str(contract_id)},
            now=now,
        )


def note_papers(base: Base, keys: Collection[str], *, now: dt.datetime) -> None:
    """A base told of waybills, or took them back: have Saleor told of their orders.

    `keys` are what the base calls them. Waybills without a sum move no money, so their contracts
    don't tell.
    """
    if keys and reports_anything(base.installation):
        orders = orders_of_papers(base.installation, source=base.code, keys=keys)
        _note(base.installation, orders, now=now)


def note_orders(
    installation: Installation, order_ids: Collection[str], *, now: dt.datetime
) -> None:
    """Something happened to these orders, by their ids at Saleor: see whether Saleor is to be told.

    Part of the caller's transaction. One statement where no supplier wants it.
    """
    if order_ids and reports_anything(installation):
        _note(installation, order_ids, now=now)


def _note(installation: Installation, order_ids: Collection[str], *, now: dt.datetime) -> None:
    for order_id in sorted(order_ids):
        key = f"{installation.pk}:{order_id}"
        enqueue(
            "onec.report_order",
            key=key,
            # The gate's, so that one worker at a time is at an order.
            serial_key=f"order:{key}",
            installation_id=installation.pk,
            arguments={"order": order_id},
            now=now,
        )


def report_contract(installation: Installation, contract_id: UUID, *, now: dt.datetime) -> None:
    """Have those orders of a contract reported of which Saleor does not know what the books say."""
    orders = untold(installation, orders_of_contract(contract_id))
    with transaction.atomic():
        _note(installation, orders, now=now)


def report_order(installation: Installation, order_id: str, *, now: dt.datetime) -> None:
    """Bring an order in Saleor to what the books say of it.

    Saleor is not asked where it was told all that before. Orders that are not confirmed yet, and
    those that are cancelled, are left alone.

    Raises TemporaryFailure while Saleor can't be had or an earlier request may still be carried
    out; PermanentFailure for what only people can mend: a permission that lacks, or Saleor's no.
    """
    order = order_to_report(installation, order_id)
    if order is None or order.supplier is None:
        return
    trace = traces(installation, [order_id]).get(order_id, "")
    if trace == last_trace(order):
        return
    may_pay = HANDLE_PAYMENTS in installation.granted_permissions
    reads_payments = order.supplier.reports_payments and may_pay
    notes: list[Note] = []
    with client_of(installation) as saleor:
        talk = Talk(
            saleor=saleor,
            installation=installation,
            order=order,
            shown=look(saleor, order_id, reads_payments=reads_payments),
            reads_payments=reads_payments,
            now=now,
        )
        if talk.shown.status.value in _UNTOUCHED:
            return
        # Money first: Saleor may be set to fulfil paid orders only.
        if reads_payments:
            notes += report_payments(talk, paid_parts(order))
        if order.supplier.reports_shipments:
            notes += report_shipments(
                talk,
                shipped(
                    ordered_lines(order),
                    waybills_of(order),
                    gross=order.gross,
                    currency=order.currency,
                ),
            )
    if order.supplier.reports_payments and not may_pay:
        _keep(order, notes, trace="", now=now)
        raise PermanentFailure(
            NO_PAYMENTS_PERMISSION,
            f"the supplier wants payments reported, and the app lacks {HANDLE_PAYMENTS}: grant it "
            "in the Dashboard, Apps, B2B Docs",
        )
    _keep(order, notes, trace=trace, now=now)


def _keep(order: Order, notes: list[Note], *, trace: str, now: dt.datetime) -> None:
    """What Saleor knows now, and what it does not."""
    for note in notes:
        log.warning("not told to Saleor", order=order.saleor_id, code=note.code.value)
    said = [note.to_json() for note in dict.fromkeys(notes)]
    OrderReport.objects.update_or_create(
        order=order,
        defaults={
            "trace": trace,
            "notes": said,
            "has_notes": bool(said),
            "reported_at": now,
        },
    )
