"""Jobs that tell Saleor what the books say."""

from __future__ import annotations

from uuid import UUID

from saleor_b2b_docs.onec.into_saleor import services
from saleor_b2b_docs.saleor.services import at_installation
from saleor_b2b_docs.work.specs import JobContext


def report_order(job: JobContext) -> None:
    """Bring one order in Saleor to what the books say of it."""
    with at_installation(job.installation_id, now=job.now) as installation:
        services.report_order(installation, job.arguments["order"], now=job.now)


def report_contract(job: JobContext) -> None:
    """Find the orders of a contract that Saleor is to be told of."""
    with at_installation(job.installation_id, now=job.now) as installation:
        services.report_contract(installation, UUID(job.arguments["contract"]), now=job.now)
