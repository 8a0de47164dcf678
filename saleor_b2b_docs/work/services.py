"""Writing jobs and inbox messages: each function is one transaction or part of the caller's."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Least
from structlog.contextvars import bound_contextvars

from saleor_b2b_docs.work import dispatch
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.request_ids import current_request_id
from saleor_b2b_docs.work.specs import (
    JobContext,
    JobSpec,
    Lane,
    Message,
    backoff,
    inbox_handler,
    job_specs,
)
from saleor_b2b_docs.work.workers import WorkerId

log = structlog.get_logger(__name__)

HAND_ON_AGAIN = "work.hand_on_again"

KEPT_FOR = dt.timedelta(days=30)
"""How long finished jobs and inbox messages stay to be looked at."""

WORKER_LOST = "WORKER_LOST"
"""Code of jobs whose worker did not come to an end with them."""

# Claims look at a few candidates at a time: others may win the first ones.
_CANDIDATES = 8


def receive(
    *, installation_id: int | None, source: str, event: str, body: bytes, now: dt.datetime
) -> bool:
    """Keep a message's raw body: one durable INSERT. False when exactly this one was kept before.

    Workers hand it on: `hand_on` stores the jobs that it makes necessary.
    """
    digest = hashlib.sha256(f"{source}\n{installation_id}\n{event}\n".encode() + body)
    message = InboxMessage(
        installation_id=installation_id,
        source=source,
        event=event,
        key=digest.hexdigest(),
        body=body,
        received_at=now,
        request_id=current_request_id(),
    )
    try:
        message.save(force_insert=True)
    except IntegrityError:
        return False
    dispatch.message_on_commit(message.pk)
    return True


def hand_on_next(*, now: dt.datetime) -> bool:
    """Hand on the oldest message that nobody did yet. False when there is none."""
    new = InboxMessage.objects.filter(is_handed_on=False).order_by("id")
    message_id = new.values_list("id", flat=True).first()
    if message_id is None:
        return False
    hand_on(message_id, now=now)
    return True


def hand_on(message_id: int, *, now: dt.datetime) -> None:
    """Store the jobs that a message makes necessary, once, together with the note that they are.

    A message that its handler fails on becomes a job of its own, with a job's retries, and stands
    in nobody's way.
    """
    message = InboxMessage.objects.get(id=message_id)
    with bound_contextvars(request_id=message.request_id):
        try:
            with transaction.atomic():
                if _note_handed_on(message):
                    _hand_on(message, now=now)
        except (OperationalError, InterfaceError):
            raise  # the database's trouble, not the message's
        # Whatever else a handler raises must not keep the messages behind it waiting.
        except Exception:
            log.exception("message not handed on", message=message_id)
            with transaction.atomic():
                if _note_handed_on(message):
                    enqueue(
                        HAND_ON_AGAIN,
                        key=str(message_id),
                        installation_id=message.installation_id,
                        arguments={"message": message_id},
                        now=now,
                    )


def hand_on_again(job: JobContext) -> None:
    """Job: another try at a message that its handler failed on."""
    message = InboxMessage.objects.filter(id=job.arguments["message"]).first()
    if message:
        with transaction.atomic():
            _hand_on(message, now=job.now)


def enqueue(
    name: str,
    *,
    key: str,
    now: dt.datetime,
    installation_id: int | None = None,
    arguments: Mapping[str, Any] | None = None,
    serial_key: str = "",
    run_at: dt.datetime | None = None,
) -> None:
    """Store a job in the caller's transaction, and tell the workers when that commits.

    A job of this name and key that is still queued does the work of both: it is brought forward
    and takes the newer arguments. One that is already running does not, since it may have read the
    world before the caller's change.
    """
    spec = job_specs()[name]
    due = run_at or now
    queued = Job.objects.filter(name=name, key=key, state=Job.State.QUEUED)
    job = Job(
        installation_id=installation_id,
        name=name,
        key=key,
        serial_key=serial_key,
        lane=spec.lane,
        arguments=dict(arguments or {}),
        request_id=current_request_id(),
        run_at=due,
        created_at=now,
    )
    # The update locks the row until the caller commits: nobody runs the job before that.
    while not queued.update(run_at=Least(F("run_at"), due), arguments=job.arguments):
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError:
            continue  # another enqueue of the same work was first: its row is the one to update
        break
    if due <= now:
        dispatch.on_commit(name=name, key=key, lane=spec.lane)


def claim_next(lane: Lane, *, worker: WorkerId, now: dt.datetime) -> Job | None:
    """Take the job of this lane that is due longest, or None when none may run now."""
    busy = Job.objects.filter(state=Job.State.RUNNING).exclude(serial_key="")
    candidates = (
        # Jobs of another version of ours wait for its workers.
        Job.objects.filter(
            state=Job.State.QUEUED, lane=lane, run_at__lte=now, name__in=list(job_specs())
        )
        .exclude(serial_key__in=busy.values("serial_key"))
        .order_by("run_at", "id")
        .values_list("id", flat=True)[:_CANDIDATES]
    )
    for job_id in list(candidates):
        job = claim(job_id, worker=worker, now=now)
        if job:
            return job
    return None


def claim(job_id: int, *, worker: WorkerId, now: dt.datetime) -> Job | None:
    """Take this job if it is queued, due, and nothing of its serial key is running."""
    queued = Job.objects.filter(id=job_id, state=Job.State.QUEUED, run_at__lte=now)
    name = queued.values_list("name", flat=True).first()
    spec = job_specs().get(name) if name else None
    if spec is None:
        return None
    try:
        with transaction.atomic():
            taken = queued.update(
                state=Job.State.RUNNING,
                claimed_by=str(worker),
                lease_until=now + spec.time_limit,
                attempts=F("attempts") + 1,
            )
    except IntegrityError:  # another job of the same serial key was claimed first
        return None
    return Job.objects.get(id=job_id) if taken else None


def complete(job: Job, *, now: dt.datetime) -> None:
    """The run went well. A periodic job is followed by its next run."""
    with transaction.atomic():
        if not _release(job, state=Job.State.DONE, finished_at=now, error="", error_code=""):
            return
        spec = spec_of(job)
        if spec.every:
            enqueue(job.name, key=job.key, now=now, run_at=now + spec.every)
        _wake_serial_successor(job)


def fail(job: Job, error: Exception, *, now: dt.datetime) -> Job.State:
    """The run went badly: queue it again after a backoff, or park it with the error.

    An outage of others is waited out until the job's max_age; a refusal parks at once; anything
    unexpected is tried again max_errors times. Periodic jobs are never parked.
    """
    spec = spec_of(job)
    code = error.code if isinstance(error, PermanentFailure) else type(error).__name__
    is_outage = isinstance(error, TemporaryFailure)
    errors = job.errors if is_outage else job.errors + 1
    parked = spec.every is None and (
        isinstance(error, PermanentFailure)
        or errors >= spec.max_errors
        or now - job.created_at > spec.max_age
    )
    wait = backoff(job.attempts if is_outage else errors)
    if isinstance(error, TemporaryFailure) and error.retry_after:
        wait = error.retry_after
    record = {"errors": errors, "error_code": code[:64], "error": _kept_text(error)}
    with transaction.atomic():
        if parked:
            state = Job.State.PARKED
            _release(job, state=state, finished_at=now, **record)
        else:
            state = _queue_again(job, now=now, run_at=now + wait, **record)
        _wake_serial_successor(job)
    return state


def retry(job_id: int, *, now: dt.datetime) -> bool:
    """Queue a parked job again, with a clean record. False when there is no such parked job."""
    with transaction.atomic():
        job = Job.objects.filter(id=job_id, state=Job.State.PARKED).first()
        if job is None:
            return False
        twin = Job.objects.filter(name=job.name, key=job.key, state=Job.State.QUEUED).exists()
        Job.objects.filter(id=job_id, state=Job.State.PARKED).update(
            state=Job.State.DONE if twin else Job.State.QUEUED,
            run_at=now,
            created_at=now,
            errors=0,
            finished_at=now if twin else None,
        )
        dispatch.on_commit(name=job.name, key=job.key, lane=Lane(job.lane))
    return True


def retry_parked(*, installation_id: int, error_code: str, now: dt.datetime) -> int:
    """Queue again all of an installation's jobs that were parked for this reason; how many."""
    parked = Job.objects.filter(
        installation_id=installation_id, state=Job.State.PARKED, error_code=error_code
    )
    return sum(retry(job_id, now=now) for job_id in list(parked.values_list("id", flat=True)))


def sweep(*, now: dt.datetime) -> None:
    """Pick up what a crash left behind, start what is due, and forget what is old.

    Safe to run anywhere, any number of times at once.
    """
    for job in Job.objects.filter(state=Job.State.RUNNING):
        lapsed = job.lease_until is not None and job.lease_until < now
        if lapsed or WorkerId.parse(job.claimed_by).is_known_dead():
            _recover(job, now=now)
    for name, spec in job_specs().items():
        alive = Job.objects.filter(name=name, state__in=(Job.State.QUEUED, Job.State.RUNNING))
        if spec.every and not alive.exists():
            enqueue(name, key="periodic", now=now)
    dispatch.due(
        Job.objects.filter(state=Job.State.QUEUED, run_at__lte=now)
        .order_by("run_at")
        .values_list("id", "lane")[:500]
    )
    dispatch.new_messages(
        InboxMessage.objects.filter(is_handed_on=False)
        .order_by("id")
        .values_list("id", flat=True)[:500]
    )
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - KEPT_FOR).delete()
    InboxMessage.objects.filter(is_handed_on=True, received_at__lt=now - KEPT_FOR).delete()


def _hand_on(message: InboxMessage, *, now: dt.datetime) -> None:
    inbox_handler(message.source)(
        Message(
            installation_id=message.installation_id,
            event=message.event,
            body=bytes(message.body),
            now=now,
        )
    )


def _note_handed_on(message: InboxMessage) -> bool:
    """Whether it was this call that noted it: of two at once only one does."""
    return bool(
        InboxMessage.objects.filter(id=message.pk, is_handed_on=False).update(is_handed_on=True)
    )


def _release(job: Job, **changes: Any) -> int:
    """Let go of a running job, unless its lease lapsed and somebody else runs it by now."""
    return Job.objects.filter(
        id=job.id, state=Job.State.RUNNING, claimed_by=job.claimed_by, attempts=job.attempts
    ).update(lease_until=None, claimed_by="", **changes)


def _recover(job: Job, *, now: dt.datetime) -> None:
    """The job's worker died or hangs: queue it again at once, unless it does so to every worker."""
    spec = job_specs().get(job.name)
    errors = job.errors + 1
    record = {
        "errors": errors,
        "error_code": WORKER_LOST,
        "error": "the worker died, or took longer than the job's time limit",
    }
    with transaction.atomic():
        if spec and spec.every is None and errors >= spec.max_errors:
            _release(job, state=Job.State.PARKED, finished_at=now, **record)
        else:
            _queue_again(job, now=now, run_at=now, **record)
        _wake_serial_successor(job)


def _queue_again(job: Job, *, now: dt.datetime, **changes: Any) -> Job.State:
    """Back to QUEUED; or DONE, when the same work has been queued anew meanwhile."""
    try:
        with transaction.atomic():
            _release(job, state=Job.State.QUEUED, **changes)
    except IntegrityError:
        _release(job, state=Job.State.DONE, finished_at=now, **changes)
        return Job.State.DONE
    return Job.State.QUEUED


def _kept_text(error: Exception) -> str:
    """An error's text as the column takes it: PostgreSQL has no NUL in texts."""
    return str(error).replace("\x00", "")[:4000]


def _wake_serial_successor(job: Job) -> None:
    if not job.serial_key:
        return
    successor = Job.objects.filter(serial_key=job.serial_key, state=Job.State.QUEUED).first()
    if successor:
        dispatch.on_commit(name=successor.name, key=successor.key, lane=Lane(successor.lane))


def spec_of(job: Job) -> JobSpec:
    """The job's row in the table of jobs."""
    return job_specs()[job.name]
