"""Jobs of the events' channel."""

from __future__ import annotations

from saleor_b2b_docs.onec.channels.events import services
from saleor_b2b_docs.work.specs import JobContext


def apply_delivery(job: JobContext) -> None:
    """Apply a message whose request was cut short."""
    services.apply_kept(int(job.arguments["delivery"]), now=job.now)


def apply_waiting(job: JobContext) -> None:
    """Periodically: have messages applied that were left behind."""
    services.apply_waiting(now=job.now)
