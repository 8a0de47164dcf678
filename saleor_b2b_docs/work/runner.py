"""Running a claimed job: its handler, its outcome, its log lines."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from django.utils import timezone

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import JobContext, Lane
from saleor_b2b_docs.work.workers import WorkerId

log = structlog.get_logger(__name__)


def run_next(lane: Lane, *, worker: WorkerId) -> bool:
    """Claim and run the next due job of a lane. False when there was none.

    New messages come first: handing one on takes a moment, and the jobs may depend on it.
    """
    if lane is Lane.DEFAULT:
        while services.hand_on_next(now=timezone.now()):
            pass
    job = services.claim_next(lane, worker=worker, now=timezone.now())
    if job is None:
        return False
    run(job)
    return True


def hand_on_by_id(message_id: int) -> None:
    """Hand on one message of the inbox, unless somebody has."""
    close_old_connections()
    services.hand_on(message_id, now=timezone.now())


def run_by_id(job_id: int) -> bool:
    """Claim and run this job. False when it is not queued, not due, or has to wait its turn."""
    close_old_connections()
    job = services.claim(job_id, worker=WorkerId.mine(), now=timezone.now())
    if job is None:
        return False
    run(job)
    return True


def run(job: Job) -> None:
    """Run a claimed job to its outcome; whatever its handler raises is recorded, not raised."""
    now = timezone.now()
    with structlog.contextvars.bound_contextvars(
        request_id=job.request_id, job=job.name, job_id=job.id, installation=job.installation_id
    ):
        context = JobContext(
            installation_id=job.installation_id,
            arguments=job.arguments,
            attempt=job.attempts,
            now=now,
        )
        try:
            services.spec_of(job).load()(context)
        except TemporaryFailure as error:
            state = services.fail(job, error, now=timezone.now())
            log.warning("job waits", reason=str(error), state=state, attempt=job.attempts)
        except PermanentFailure as error:
            state = services.fail(job, error, now=timezone.now())
            log.error("job refused", code=error.code, reason=str(error), state=state)
        # Any bug in a handler must end in the job's row, where staff see it and can retry.
        except Exception as error:
            state = services.fail(job, error, now=timezone.now())
            log.exception("job failed", state=state, attempt=job.attempts)
        else:
            services.complete(job, now=timezone.now())
            log.info("job done", seconds=round((timezone.now() - now).total_seconds(), 3))
