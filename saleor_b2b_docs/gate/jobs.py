"""Jobs of the gate."""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.gate import buyers, services
from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.services import at_installation
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.services import enqueue
from saleor_b2b_docs.work.specs import JobContext


def process_order(job: JobContext) -> None:
    """Bring one order to where it should be."""
    _process(job, invoice_is_requested=False)


def answer_invoice_request(job: JobContext) -> None:
    """The same, for an order that somebody asked an invoice for."""
    _process(job, invoice_is_requested=True)


def look_for_order(job: JobContext) -> None:
    """The same, for an order that may not exist: then there is nothing to do."""
    try:
        _process(job, invoice_is_requested=bool(job.arguments.get("invoice_is_requested")))
    except PermanentFailure as error:
        if error.code != services.NO_ORDER:
            raise


def catch_up(job: JobContext) -> None:
    """Read the orders of one Saleor that changed since last time."""
    with at_installation(job.installation_id, now=job.now) as installation:
        services.catch_up(installation, now=job.now)


def catch_up_all(job: JobContext) -> None:
    """Periodically: have every Saleor caught up with."""
    for installation in queries.installations():
        if installation.is_active:
            enqueue(
                "gate.catch_up",
                key=str(installation.pk),
                installation_id=installation.pk,
                now=job.now,
            )


def adopt_guest_orders(job: JobContext) -> None:
    """Look for guest orders that became a customer's."""
    with at_installation(job.installation_id, now=job.now) as installation:
        services.adopt_guest_orders(installation, user_id=job.arguments["user"], now=job.now)


def identify_buyer(job: JobContext) -> None:
    """Look up at Saleor who a user is, and whom he acts for."""
    with at_installation(job.installation_id, now=job.now) as installation:
        buyers.identify_buyer(installation, job.arguments["user"], attempt=job.attempt, now=job.now)


def adopt_contracts(job: JobContext) -> None:
    """Give the orders of a new member their contract; Saleor is not asked."""
    installation = queries.installation(job.installation_id) if job.installation_id else None
    if installation is not None:
        buyers.adopt_contracts(installation, job.arguments["user"], now=job.now)


def _process(job: JobContext, *, invoice_is_requested: bool) -> None:
    updated_at = job.arguments.get("updated_at")
    with at_installation(job.installation_id, now=job.now) as installation:
        services.process_order(
            installation,
            job.arguments["order"],
            not_before=dt.datetime.fromisoformat(updated_at) if updated_at else None,
            invoice_is_requested=invoice_is_requested,
            requested_invoice=job.arguments.get("invoice", ""),
            attempt=job.attempt,
            now=job.now,
        )
