"""Answering who asks for an order's papers, also for an order that we have not heard of yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saleor_b2b_docs.documents.attempts import (
    GUEST_BY_ADDRESS,
    GUEST_BY_ORDER,
    UNKNOWN_ORDER,
    Limit,
    TooManyAttempts,
    count_attempt,
    refuse_exhausted,
)
from saleor_b2b_docs.gate.queries import (
    OrderPapers,
    PapersCode,
    PapersState,
    is_sought,
    order_papers,
)
from saleor_b2b_docs.gate.services import look_for_order, schedule_order
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import guest_order, is_known, visible_order
from saleor_b2b_docs.saleor.queries import asked_installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind

_ASKED_ALREADY = Limit("unknown-order-asked", times=1, window=dt.timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, with what a guest has in place of a token."""

    viewer: Viewer
    api_url: str
    """Which Saleor a guest means; needed only where several have the app."""
    client_address: str
    guest_email: str


def order_papers_for(
    asker: Asker, order_id: str, *, request_invoice: bool, now: dt.datetime
) -> OrderPapers | None:
    """The papers of an order, or None where the asker has no such order.

    The thank-you page often asks before Saleor's event has arrived. An order that nobody here has
    heard of is therefore looked for at Saleor and called PREPARING meanwhile; that also mends a
    lost event while its buyer is waiting.

    Raises TooManyAttempts for a guest who guesses.
    """
    installation_id = _installation_of(asker)
    if installation_id is None:
        return None
    # Asked first: an order that a worker takes in between the two questions is then found by the
    # second one, and not refused to its owner.
    if not is_known(installation_id, order_id):
        if not _is_somebody(asker):
            return None
        may_come = _look_for(
            asker, installation_id, order_id, request_invoice=request_invoice, now=now
        )
        return OrderPapers(PapersState.PREPARING) if may_come else None
    order = _order_of(asker, installation_id, order_id, now=now)
    if order is None:
        return None
    papers = order_papers(order)
    if request_invoice and papers.code is PapersCode.NOT_REQUESTED:
        schedule_order(
            installation_id=installation_id,
            order_id=order_id,
            invoice_is_requested=True,
            now=now,
        )
        return OrderPapers(PapersState.PREPARING)
    return papers


def _installation_of(asker: Asker) -> int | None:
    """The Saleor that a token is of, or that a guest means."""
    if asker.viewer.installation_id is not None:
        return asker.viewer.installation_id
    meant = asked_installation(asker.api_url)
    return meant.pk if meant else None


def _order_of(
    asker: Asker, installation_id: int, order_id: str, *, now: dt.datetime
) -> Order | None:
    if asker.viewer.kind is not ViewerKind.ANONYMOUS:
        return visible_order(asker.viewer, order_id)
    if not asker.guest_email:
        return None
    # Only wrong guesses count, so that waiting for the right one's papers costs nothing.
    refuse_exhausted(GUEST_BY_ADDRESS, asker.client_address, now=now)
    refuse_exhausted(GUEST_BY_ORDER, order_id, now=now)
    order = guest_order(installation_id, order_id, email=asker.guest_email)
    if order is None:
        count_attempt(GUEST_BY_ADDRESS, asker.client_address, now=now)
        count_attempt(GUEST_BY_ORDER, order_id, now=now)
    return order


def _is_somebody(asker: Asker) -> bool:
    return asker.viewer.kind is not ViewerKind.ANONYMOUS or bool(asker.guest_email)


def _look_for(
    asker: Asker,
    installation_id: int,
    order_id: str,
    *,
    request_invoice: bool,
    now: dt.datetime,
) -> bool:
    """Have the order looked for. False when it was, just now, and Saleor has no such order."""
    wish = "invoice" if request_invoice else "look"
    try:
        count_attempt(_ASKED_ALREADY, f"{installation_id}:{order_id}:{wish}", now=now)
    except TooManyAttempts:
        return is_sought(installation_id, order_id)
    try:
        count_attempt(UNKNOWN_ORDER, asker.viewer.user_id or asker.client_address, now=now)
    except TooManyAttempts:
        return True  # not looked for by us, but its own event will come, if there is such an order
    look_for_order(
        installation_id=installation_id,
        order_id=order_id,
        request_invoice=request_invoice,
        now=now,
    )
    return True
