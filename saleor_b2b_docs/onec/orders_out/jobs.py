"""Jobs of orders on their way to accounting bases."""

from __future__ import annotations

from saleor_b2b_docs.onec.orders_out import services
from saleor_b2b_docs.work.specs import JobContext


def offer_recent_orders(job: JobContext) -> None:
    """A base is new: offer it the orders that were open before it."""
    services.offer_recent(int(job.arguments["base"]), now=job.now)
