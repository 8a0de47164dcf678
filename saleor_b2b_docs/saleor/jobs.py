"""Jobs of the platform."""

from __future__ import annotations

from saleor_b2b_docs.saleor import queries, services
from saleor_b2b_docs.work.services import enqueue
from saleor_b2b_docs.work.specs import JobContext


def refresh(job: JobContext) -> None:
    """Read version, permissions and channels of one Saleor, also where we seem switched off."""
    installation = queries.installation(job.installation_id or 0)
    if installation:
        services.refresh(installation, now=job.now)


def refresh_all(job: JobContext) -> None:
    """Periodically: have every Saleor read again, since events may get lost."""
    for installation in queries.installations():
        services.schedule_refresh(installation.pk, now=job.now)


def upgrade(job: JobContext) -> None:
    """Periodically: have webhooks compared where another version of ours did it last."""
    from saleor_b2b_docs import __version__

    for installation in queries.installations():
        if installation.is_active and installation.app_version not in ("", __version__):
            enqueue(
                "saleor.sync_webhooks",
                key=str(installation.pk),
                installation_id=installation.pk,
                now=job.now,
            )
