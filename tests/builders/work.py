"""Jobs in a state that only a past could bring about, and all that is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.specs import Lane


def make_job(
    name: str,
    *,
    now: dt.datetime,
    key: str = "1",
    state: str = Job.State.QUEUED,
    lane: str = Lane.DEFAULT,
    serial_key: str = "",
    installation_id: int | None = None,
    arguments: Mapping[str, Any] | None = None,
    run_at: dt.datetime | None = None,
    created_at: dt.datetime | None = None,
    finished_at: dt.datetime | None = None,
    lease_until: dt.datetime | None = None,
    claimed_by: str = "",
    attempts: int = 0,
    errors: int = 0,
    error_code: str = "",
) -> Job:
    """A stored job, as if it had been through all that the arguments say."""
    return Job.objects.create(
        name=name,
        key=key,
        state=state,
        lane=lane,
        serial_key=serial_key,
        installation_id=installation_id,
        arguments=dict(arguments or {}),
        run_at=run_at or now,
        created_at=created_at or now,
        finished_at=finished_at,
        lease_until=lease_until,
        claimed_by=claimed_by,
        attempts=attempts,
        errors=errors,
        error_code=error_code,
    )


def stored_rows() -> dict[str, int]:
    """How much is kept of what a request may cause; equal before and after a refused one."""
    return {
        "inbox": InboxMessage.objects.count(),
        "jobs": Job.objects.count(),
        "orders": Order.objects.count(),
        "documents": Document.objects.count(),
    }
