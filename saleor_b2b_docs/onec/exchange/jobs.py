"""Jobs of the CommerceML exchange."""

from __future__ import annotations

from saleor_b2b_docs.onec.exchange import services
from saleor_b2b_docs.work.specs import JobContext


def import_upload(job: JobContext) -> None:
    """Import a file that a base uploaded."""
    services.import_upload(int(job.arguments["upload"]), now=job.now)


def forget_sessions(job: JobContext) -> None:
    """Periodically: sessions that ended."""
    services.forget_sessions(now=job.now)
