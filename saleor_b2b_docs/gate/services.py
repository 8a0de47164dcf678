"""What happens to an order that arrives: snapshot, decision, invoice, and Saleor told of it.

`process_order` brings an order to where it should be, from wherever it is. Every event of the
order, and the catch-up, only ask for that; so their number and sequence do not matter.
"""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import transaction

from saleor_b2b_docs.documents.access import address_of
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.queries import documents_of
from saleor_b2b_docs.documents.received.services import link_waiting_orders
from saleor_b2b_docs.documents.services import ensure_invoice, void_invoices
from saleor_b2b_docs.gate.queries import confirms_at_once, order_key
from saleor_b2b_docs.onec.into_saleor.services import note_orders
from saleor_b2b_docs.onec.orders_out.services import note_order
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import guest_order_ids, seen_updates
from saleor_b2b_docs.orders.services import set_status, take_snapshot
from saleor_b2b_docs.saleor import mutations
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.api.order_snapshot import OrderSnapshotOrder
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.errors import SaleorRefused
from saleor_b2b_docs.saleor.models import Installation, MutationIntent
from saleor_b2b_docs.saleor.services import caught_up, intend
from saleor_b2b_docs.settlements.own_invoices import book_invoice
from saleor_b2b_docs.settlements.services import order_changed
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)

NO_ORDER = "NO_ORDER"
"""Code of jobs for an order that Saleor does not have."""

_LAG = dt.timedelta(seconds=2)
"""How long to wait for a read replica of Saleor's that has not seen the order yet."""
_MAX_LAG_ATTEMPTS = 10
_OVERLAP = dt.timedelta(minutes=2)
"""Changes become visible when Saleor's transaction commits, which is later than `updatedAt`."""

_INVOICEABLE = frozenset(
    {
        Order.Status.UNCONFIRMED,
        Order.Status.UNFULFILLED,
        Order.Status.PARTIALLY_FULFILLED,
        Order.Status.FULFILLED,
        Order.Status.PARTIALLY_RETURNED,
        Order.Status.RETURNED,
    }
)
_VOID = frozenset({Order.Status.CANCELED, Order.Status.EXPIRED})


def schedule_order(
    *,
    installation_id: int,
    order_id: str,
    now: dt.datetime,
    updated_at: dt.datetime | None = None,
    invoice_is_requested: bool = False,
    requested_invoice: str = "",
) -> None:
    """Have an order processed. `updated_at` is how new it is known to be at least.

    `requested_invoice` is the id of the one that staff asked Saleor for.
    """
    key = order_key(installation_id, order_id)
    enqueue(
        "gate.answer_invoice_request" if invoice_is_requested else "gate.process_order",
        key=f"{key}:{requested_invoice}" if requested_invoice else key,
        serial_key=f"order:{key}",
        installation_id=installation_id,
        arguments={
            "order": order_id,
            "updated_at": updated_at.isoformat() if updated_at else None,
            "invoice": requested_invoice,
        },
        now=now,
    )


def look_for_order(
    *, installation_id: int, order_id: str, request_invoice: bool, now: dt.datetime
) -> None:
    """Have an order looked for that somebody named and we have not heard of; it may not exist."""
    key = order_key(installation_id, order_id)
    enqueue(
        "gate.look_for_order",
        key=key,
        serial_key=f"order:{key}",
        installation_id=installation_id,
        arguments={"order": order_id, "invoice_is_requested": request_invoice},
        now=now,
    )


def schedule_guest_orders(installation: Installation, *, user_id: str, now: dt.datetime) -> None:
    """A customer changed: guest orders may have become his, which Saleor tells no other way."""
    enqueue(
        "gate.adopt_guest_orders",
        key=f"{installation.pk}:{user_id}",
        installation_id=installation.pk,
        arguments={"user": user_id},
        now=now,
    )


def process_order(
    installation: Installation,
    order_id: str,
    *,
    not_before: dt.datetime | None,
    invoice_is_requested: bool,
    attempt: int,
    now: dt.datetime,
    requested_invoice: str = "",
) -> None:
    """Snapshot, invoice, confirm, publish: whatever of it is still to do.

    `not_before` and `requested_invoice` guard against a replica that shows an older state than the
    event did.
    Orders from before the installation get an invoice only when one is asked for.

    Raises TemporaryFailure while Saleor can't be had or read back yet, PermanentFailure for what
    only people can mend.
    """
    with client_of(installation) as saleor:
        shown = saleor.order_snapshot(order_id).order
        if shown is None or _is_outdated(shown, not_before, requested_invoice):
            if attempt < _MAX_LAG_ATTEMPTS:
                raise TemporaryFailure("Saleor does not show the order yet", retry_after=_LAG)
            if shown is None:
                raise PermanentFailure(NO_ORDER, f"Saleor has no order {order_id}")
        if shown.status.value == Order.Status.DRAFT:
            return
        order = take_snapshot(installation, shown, now=now)
        link_waiting_orders(order)
        order_changed(order, now=now)
        problem: PermanentFailure | None = None
        if order.status in _VOID:
            void_invoices(order, now=now)
        elif order.status in _INVOICEABLE and (
            invoice_is_requested
            or order.placed_at >= installation.installed_at
            or documents_of(order)
        ):
            try:
                ensure_invoice(order, now=now)
            except PermanentFailure as error:
                # The merchant's paperwork is not ready; the order goes its way all the same.
                problem = error
        for document in documents_of(order):
            book_invoice(document, now=now)
        _confirm(saleor, installation, order, now=now)
        note_order(order, now=now)
        note_orders(installation, [order.saleor_id], now=now)
        for document in documents_of(order):
            _publish(saleor, installation, order, document, shown=shown, now=now)
        if problem:
            raise problem


def _is_outdated(
    shown: OrderSnapshotOrder, not_before: dt.datetime | None, requested_invoice: str
) -> bool:
    """Whether Saleor shows the order as it was before what we heard of it."""
    if not_before and shown.updated_at < not_before:
        return True
    return bool(requested_invoice) and requested_invoice not in {
        invoice.id for invoice in shown.invoices
    }


def catch_up(installation: Installation, *, now: dt.datetime) -> None:
    """Find the orders that changed while we were down, or whose events Saleor gave up on.

    The cursor moves with each page, in the transaction that stores the page's jobs.
    """
    since = (installation.caught_up_to or installation.installed_at) - _OVERLAP
    after: str | None = None
    with client_of(installation) as saleor:
        while True:
            page = saleor.orders_updated_since(updated_since=since, after=after).orders
            if page is None:
                return
            orders = [edge.node for edge in page.edges]
            seen = seen_updates(installation, [order.id for order in orders])
            with transaction.atomic():
                for order in orders:
                    known = seen.get(order.id)
                    if order.status.value != Order.Status.DRAFT and (
                        known is None or known < order.updated_at
                    ):
                        log.info("catching up", order=order.id)
                        schedule_order(
                            installation_id=installation.pk,
                            order_id=order.id,
                            updated_at=order.updated_at,
                            now=now,
                        )
                if orders:
                    caught_up(installation, to=orders[-1].updated_at)
            if not page.page_info.has_next_page:
                return
            after = page.page_info.end_cursor


def adopt_guest_orders(installation: Installation, *, user_id: str, now: dt.datetime) -> None:
    """Look again at the orders that Saleor says are this customer's and we hold for a guest's."""
    with client_of(installation) as saleor:
        user = saleor.orders_of_customer(user_id).user
    orders = [edge.node.id for edge in user.orders.edges] if user and user.orders else []
    for order_id in guest_order_ids(installation, orders):
        schedule_order(installation_id=installation.pk, order_id=order_id, now=now)


def _confirm(
    saleor: SaleorOperations, installation: Installation, order: Order, *, now: dt.datetime
) -> None:
    """Confirm the order where that is ours to do.

    The snapshot that this run began with was the reading back: an order that is UNCONFIRMED has
    not been confirmed by any earlier try, and confirming twice is refused by Saleor.
    """
    if order.status != Order.Status.UNCONFIRMED or order.placed_at < installation.installed_at:
        return
    if not confirms_at_once(installation, order.channel_slug):
        return
    intent = intend(installation, operation="orderConfirm", target=order.saleor_id, now=now)
    try:
        with mutations.attempt(intent, now=now):
            payload = mutations.accepted(
                "orderConfirm", saleor.order_confirm(order.saleor_id).order_confirm
            )
    except SaleorRefused as error:
        current = saleor.order_snapshot(order.saleor_id).order
        if current and current.status.value != Order.Status.UNCONFIRMED:
            # Staff or a payment was first: begin anew, from what the order is by now.
            raise TemporaryFailure("the order changed meanwhile", retry_after=_LAG) from error
        raise
    mutations.done(intent, result_id=order.saleor_id, now=now)
    if payload.order:
        set_status(order, payload.order.status.value)


def _publish(
    saleor: SaleorOperations,
    installation: Installation,
    order: Order,
    document: Document,
    *,
    shown: OrderSnapshotOrder,
    now: dt.datetime,
) -> None:
    """Tell Saleor number and address of the invoice, once, when it lets us.

    Staff's "generate invoice" leaves an invoice without an address behind: those are completed
    first, and one of them is as good as one of our own making.
    """
    address = address_of(document.pk)
    waiting = [invoice.id for invoice in shown.invoices if not invoice.url]
    for invoice_id in waiting:
        _complete(saleor, installation, document, invoice_id=invoice_id, address=address, now=now)
    present = [invoice.id for invoice in shown.invoices if invoice.url == address] + waiting
    if order.status not in _INVOICEABLE or order.status == Order.Status.UNCONFIRMED:
        return

    intent = intend(installation, operation="invoiceCreate", target=str(document.pk), now=now)
    if intent.state == MutationIntent.State.DONE:
        return
    if present:
        mutations.done(intent, result_id=present[0], now=now)
        return
    if intent.sent_at and now - intent.sent_at < mutations.IN_FLIGHT:
        # Saleor may be about to carry out an earlier request whose answer got lost.
        raise TemporaryFailure(
            "waiting to see whether an earlier invoiceCreate arrived",
            retry_after=mutations.IN_FLIGHT - (now - intent.sent_at),
        )
    namesakes = [invoice.id for invoice in shown.invoices if invoice.number == document.number]
    if namesakes:
        reason = (
            f"Saleor has an invoice {document.number} of the order with another address "
            f"({', '.join(namesakes)}): delete it there, or leave it and this job"
        )
        mutations.ambiguous(intent, reason, now=now)
        raise PermanentFailure("AMBIGUOUS_INVOICE", reason)
    with mutations.attempt(intent, now=now):
        answer = saleor.invoice_create(
            order_id=order.saleor_id,
            number=document.number,
            url=address,
            reference=str(document.pk),
        )
        payload = mutations.accepted("invoiceCreate", answer.invoice_create)
    mutations.done(intent, result_id=payload.invoice.id if payload.invoice else "", now=now)
    log.info("invoice published", document=str(document.pk))


def _complete(
    saleor: SaleorOperations,
    installation: Installation,
    document: Document,
    *,
    invoice_id: str,
    address: str,
    now: dt.datetime,
) -> None:
    """Give a requested invoice number and address. Doing it twice changes nothing."""
    intent = intend(installation, operation="invoiceUpdate", target=invoice_id, now=now)
    with mutations.attempt(intent, now=now):
        answer = saleor.invoice_update(
            id=invoice_id, number=document.number, url=address, reference=str(document.pk)
        )
        mutations.accepted("invoiceUpdate", answer.invoice_update)
    mutations.done(intent, result_id=invoice_id, now=now)
    log.info("invoice request answered", document=str(document.pk))
