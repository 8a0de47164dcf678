from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django import Settings

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.work import make_job
from tests.work import handlers

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
HERE = socket.gethostname()


def running(claimed_by: str, *, key: str = "1", lease_until: dt.datetime, errors: int = 0) -> Job:
    """A job that this worker runs."""
    return make_job(
        "t.crash",
        key=key,
        now=NOW - SECOND,
        state=Job.State.RUNNING,
        claimed_by=claimed_by,
        lease_until=lease_until,
        attempts=1,
        errors=errors,
    )


@pytest.fixture(scope="module")
def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_jobs_of_a_process_that_died_are_queued_again(dead_process: int) -> None:
    job = running(f"{HERE}:{dead_process}:aa", lease_until=NOW + SECOND)

    services.sweep(now=NOW)

    job.refresh_from_db()
    assert (job.state, job.run_at, job.claimed_by) == ("queued", NOW, "")
    assert (job.errors, job.error_code) == (1, "WORKER_LOST")


def test_jobs_whose_lease_lapsed_are_queued_again() -> None:
    job = running("another-host:1:aa", lease_until=NOW - SECOND)

    services.sweep(now=NOW)

    job.refresh_from_db()
    assert (job.state, job.run_at, job.lease_until) == ("queued", NOW, None)


@pytest.mark.parametrize(
    "claimed_by",
    [f"{HERE}:{os.getpid()}:aa", "another-host:999999:aa", "nobody-knows"],
    ids=["this-process", "another-host", "nobody-knows"],
)
def test_jobs_of_workers_that_may_live_are_left_alone(claimed_by: str) -> None:
    job = running(claimed_by, lease_until=NOW + SECOND)

    services.sweep(now=NOW)

    job.refresh_from_db()
    assert (job.state, job.claimed_by) == ("running", claimed_by)


def test_a_job_that_takes_its_worker_down_each_time_is_parked(dead_process: int) -> None:
    job = running(
        f"{HERE}:{dead_process}:aa",
        lease_until=NOW + SECOND,
        errors=handlers.MAX_ERRORS - 1,
    )

    services.sweep(now=NOW)

    job.refresh_from_db()
    assert (job.state, job.error_code, job.finished_at) == ("parked", "WORKER_LOST", NOW)


def test_lost_work_that_was_queued_anew_meanwhile_is_left_to_the_new_job(dead_process: int) -> None:
    lost = running(f"{HERE}:{dead_process}:aa", lease_until=NOW + SECOND)
    anew = make_job("t.crash", now=NOW)

    services.sweep(now=NOW)

    lost.refresh_from_db()
    assert (lost.state, lost.finished_at) == ("done", NOW)
    assert Job.objects.get(state="queued") == anew


def test_a_periodic_job_exists_exactly_once_however_often_it_is_swept(settings: Settings) -> None:
    settings.JOBS = "tests.work.handlers.JOBS_WITH_PERIODIC"

    services.sweep(now=NOW)
    services.sweep(now=NOW)
    claimed = services.claim_next(Lane.DEFAULT, worker=WorkerId.mine(), now=NOW)
    services.sweep(now=NOW)

    assert claimed is not None
    assert list(Job.objects.values_list("name", "key", "state")) == [
        ("t.periodic", "periodic", "running")
    ]
    services.complete(claimed, now=NOW)
    services.sweep(now=NOW)
    assert Job.objects.filter(state="queued", name="t.periodic").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_sweeps_at_once_make_one_periodic_job(settings: Settings) -> None:
    settings.JOBS = "tests.work.handlers.JOBS_WITH_PERIODIC"

    def sweep(_number: int) -> None:
        try:
            services.sweep(now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sweep, range(8)))

    assert Job.objects.get().state == "queued"


def test_what_is_done_is_forgotten_after_thirty_days() -> None:
    month = dt.timedelta(days=30)
    make_job(
        "t.succeed", key="old", now=NOW - month, state="done", finished_at=NOW - month - SECOND
    )
    make_job("t.succeed", key="young", now=NOW - month, state="done", finished_at=NOW - month)
    make_job(
        "t.succeed", key="parked", now=NOW - 2 * month, state="parked", finished_at=NOW - month
    )
    for body, received_at, is_handed_on in (
        (b"old", NOW - month - SECOND, True),
        (b"young", NOW - month, True),
        (b"never handed on", NOW - 2 * month, False),
    ):
        services.receive(
            installation_id=1, source="test", event="order_created", body=body, now=received_at
        )
        InboxMessage.objects.filter(received_at=received_at).update(is_handed_on=is_handed_on)

    services.sweep(now=NOW)

    assert set(Job.objects.values_list("key", flat=True)) == {"young", "parked"}
    assert {bytes(message.body) for message in InboxMessage.objects.all()} == {
        b"young",
        b"never handed on",
    }
