from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from django.db import connection

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.work import make_job
from tests.work import handlers

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WORKER = WorkerId("host-1", 11, "aa")
OTHER_WORKER = WorkerId("host-2", 22, "bb")


def test_a_claim_marks_the_job_and_gives_it_a_lease() -> None:
    make_job("t.succeed", now=NOW)

    job = services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW)

    assert job is not None
    assert job == Job.objects.get()
    assert (job.state, job.claimed_by, job.attempts) == ("running", "host-1:11:aa", 1)
    assert job.lease_until == NOW + handlers.LEASE


def test_jobs_are_claimed_in_the_order_in_which_they_are_due() -> None:
    late = make_job("t.succeed", key="late", now=NOW, run_at=NOW - SECOND)
    early = make_job("t.succeed", key="early", now=NOW, run_at=NOW - 3 * SECOND)
    middle = make_job("t.succeed", key="middle", now=NOW, run_at=NOW - 2 * SECOND)

    claimed = [services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW) for _ in range(4)]

    assert claimed == [early, middle, late, None]


def test_a_job_is_not_claimed_before_its_time() -> None:
    make_job("t.succeed", now=NOW, run_at=NOW + SECOND)

    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW) is None
    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW + SECOND) is not None


@pytest.mark.parametrize("state", [Job.State.RUNNING, Job.State.DONE, Job.State.PARKED])
def test_only_a_queued_job_is_claimed(state: str) -> None:
    job = make_job("t.succeed", now=NOW, state=state)

    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW) is None
    assert services.claim(job.pk, worker=WORKER, now=NOW) is None
    assert Job.objects.get().claimed_by == ""


def test_a_lane_claims_nothing_of_another() -> None:
    rendering = make_job("t.render", now=NOW, lane=Lane.RENDERING)

    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW) is None
    assert services.claim_next(Lane.RENDERING, worker=WORKER, now=NOW) == rendering


def test_jobs_of_one_serial_key_wait_for_each_other() -> None:
    first = make_job("t.succeed", key="a", serial_key="order:1", now=NOW)
    second = make_job("t.succeed", key="b", serial_key="order:1", now=NOW)
    running = services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW)

    assert services.claim_next(Lane.DEFAULT, worker=OTHER_WORKER, now=NOW) is None
    assert services.claim(second.pk, worker=OTHER_WORKER, now=NOW) is None

    assert running == first
    services.complete(first if running is None else running, now=NOW)
    assert services.claim_next(Lane.DEFAULT, worker=OTHER_WORKER, now=NOW) == second


def test_a_waiting_serial_key_does_not_hold_up_the_jobs_behind_it() -> None:
    make_job("t.succeed", key="running", serial_key="order:1", now=NOW, state=Job.State.RUNNING)
    for number in range(20):
        make_job("t.succeed", key=str(number), serial_key="order:1", now=NOW)
    other = make_job("t.succeed", key="other", serial_key="order:2", now=NOW + SECOND)

    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW + SECOND) == other


def test_a_job_of_a_newer_version_waits_for_a_worker_that_knows_it() -> None:
    unknown = make_job("t.of_next_year", key="unknown", now=NOW)
    known = make_job("t.succeed", key="known", now=NOW + SECOND)

    assert services.claim(unknown.pk, worker=WORKER, now=NOW + SECOND) is None
    assert services.claim_next(Lane.DEFAULT, worker=WORKER, now=NOW + SECOND) == known
    unknown.refresh_from_db()
    assert (unknown.state, unknown.attempts) == ("queued", 0)


@pytest.mark.django_db(transaction=True)
def test_many_workers_claim_each_job_exactly_once() -> None:
    jobs = [make_job("t.succeed", key=str(number), now=NOW) for number in range(24)]

    claims = _claim_with_threads(6)

    assert Counter(job.pk for job, _ in claims) == Counter(job.pk for job in jobs)
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}


@pytest.mark.django_db(transaction=True)
def test_many_workers_never_run_two_jobs_of_one_serial_key_at_once() -> None:
    for order in range(4):
        for number in range(4):
            make_job("t.succeed", key=f"{order}-{number}", serial_key=f"order:{order}", now=NOW)

    claims = _claim_with_threads(6)

    assert len(claims) == 16
    assert all(alone for _, alone in claims)


def _claim_with_threads(threads: int) -> list[tuple[Job, bool]]:
    """Claim and complete until nothing is queued; each job with whether its key ran alone."""
    together, lock = Barrier(threads), Lock()
    running: Counter[str] = Counter()
    claims: list[tuple[Job, bool]] = []

    def work(number: int) -> None:
        worker = WorkerId("host", number + 1, "aa")
        together.wait()
        try:
            while Job.objects.filter(state="queued").exists():
                job = services.claim_next(Lane.DEFAULT, worker=worker, now=NOW)
                if job is None:
                    continue
                with lock:
                    alone = not job.serial_key or running[job.serial_key] == 0
                    running[job.serial_key] += 1
                    claims.append((job, alone))
                with lock:
                    running[job.serial_key] -= 1
                services.complete(job, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    return claims
