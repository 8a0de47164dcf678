"""A table of jobs for these tests, and handlers that end in every way."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import structlog
from django.db import DataError, OperationalError

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.request_ids import current_request_id
from saleor_b2b_docs.work.specs import JobContext, JobSpec, Lane, Message

ran: list[JobContext] = []
"""What the handlers of this process were given, oldest first."""
request_ids: list[str] = []
"""The request id that was bound while each of them ran."""

LEASE = dt.timedelta(minutes=2)
MAX_ERRORS = 3
MAX_AGE = dt.timedelta(hours=1)
PERIOD = dt.timedelta(minutes=5)
RETRY_AFTER = dt.timedelta(seconds=42)


def succeed(job: JobContext) -> None:
    ran.append(job)
    request_ids.append(current_request_id())


def meet_an_outage(_job: JobContext) -> None:
    raise TemporaryFailure("Saleor is down", retry_after=RETRY_AFTER)


def be_refused(_job: JobContext) -> None:
    raise PermanentFailure("NOT_POSSIBLE", "Saleor said no")


def crash(_job: JobContext) -> None:
    raise ZeroDivisionError("a bug")


def leak(_job: JobContext) -> None:
    structlog.get_logger("leak").info("calling", token="s3cr3t-token", customer="buyer@example.com")
    raise ValueError("no answer for Bearer s3cr3t-token of buyer@example.com")


def touch(job: JobContext) -> None:
    """Leave a trace on disk, for tests that look from another process."""
    with Path(job.arguments["file"]).open("a") as file:
        file.write(f"{os.getpid()} {job.attempt}\n")


def touch_slowly(job: JobContext) -> None:
    """Begin at once, and end a second later."""
    Path(job.arguments["started"]).touch()
    time.sleep(1.0)
    touch(job)


def take(message: Message) -> None:
    """Make a job of a message, or fail as its event says."""
    if message.event == "crash":
        raise ZeroDivisionError("a bug")
    if message.event == "outage":
        raise OperationalError("the database is away")
    if message.event == "broken":
        raise DataError("not a value of that type")
    services.enqueue(
        "t.succeed",
        key=message.body.decode(),
        installation_id=message.installation_id,
        arguments={"event": message.event},
        now=message.now,
    )


_HERE = "tests.work.handlers"
INBOX = {"test": f"{_HERE}.take"}
JOBS = {
    spec.name: spec
    for spec in (
        JobSpec("t.succeed", f"{_HERE}.succeed", time_limit=LEASE),
        JobSpec("t.render", f"{_HERE}.succeed", lane=Lane.RENDERING, time_limit=LEASE),
        JobSpec("t.outage", f"{_HERE}.meet_an_outage", max_age=MAX_AGE),
        JobSpec("t.refused", f"{_HERE}.be_refused"),
        JobSpec("t.crash", f"{_HERE}.crash", max_errors=MAX_ERRORS),
        JobSpec("t.leak", f"{_HERE}.leak"),
        JobSpec("work.hand_on_again", "saleor_b2b_docs.work.services.hand_on_again"),
        JobSpec("t.touch", f"{_HERE}.touch"),
        JobSpec("t.touch_slowly", f"{_HERE}.touch_slowly"),
    )
}
PERIODIC = JobSpec("t.periodic", f"{_HERE}.succeed", every=PERIOD, max_errors=2)
JOBS_WITH_PERIODIC = {**JOBS, PERIODIC.name: PERIODIC}
