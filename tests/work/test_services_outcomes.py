from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from saleor_b2b_docs.work import queries, services
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.work import make_job
from tests.work import handlers

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WORKER = WorkerId("host-1", 11, "aa")
OTHER_WORKER = WorkerId("host-2", 22, "bb")


def claimed(
    name: str,
    *,
    now: dt.datetime = NOW,
    key: str = "1",
    created_at: dt.datetime | None = None,
    attempts: int = 0,
    errors: int = 0,
) -> Job:
    """A job that WORKER has just claimed after so many earlier attempts."""
    job = make_job(name, key=key, now=now, created_at=created_at, attempts=attempts, errors=errors)
    running = services.claim(job.pk, worker=WORKER, now=now)
    assert running is not None
    return running


def test_a_completed_job_keeps_no_error_and_no_lease() -> None:
    job = make_job("t.succeed", now=NOW, errors=1, error_code="ValueError")
    running = services.claim(job.pk, worker=WORKER, now=NOW)
    assert running is not None

    services.complete(running, now=NOW + SECOND)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("done", NOW + SECOND)
    assert (job.error, job.error_code, job.claimed_by, job.lease_until) == ("", "", "", None)


def test_an_unexpected_error_is_tried_again_after_a_growing_pause() -> None:
    for errors, pause in ((0, 5), (1, 10)):
        job = claimed("t.crash", key=f"{errors}", attempts=errors, errors=errors)

        state = services.fail(job, ZeroDivisionError("a bug"), now=NOW)

        job.refresh_from_db()
        assert state == job.state == "queued"
        assert job.run_at == NOW + pause * SECOND
        assert (job.errors, job.error_code, job.error) == (
            errors + 1,
            "ZeroDivisionError",
            "a bug",
        )
        assert (job.claimed_by, job.lease_until) == ("", None)


def test_the_last_unexpected_error_parks_the_job() -> None:
    job = claimed("t.crash", errors=handlers.MAX_ERRORS - 1)

    state = services.fail(job, ZeroDivisionError("a bug"), now=NOW)

    job.refresh_from_db()
    assert state == job.state == "parked"
    assert (job.errors, job.finished_at) == (handlers.MAX_ERRORS, NOW)
    assert queries.parked_code("t.crash", "1") == "ZeroDivisionError"


def test_a_refusal_parks_the_job_at_once_with_its_code() -> None:
    job = claimed("t.refused")

    state = services.fail(job, PermanentFailure("NOT_POSSIBLE", "Saleor said no"), now=NOW)

    job.refresh_from_db()
    assert state == job.state == "parked"
    assert (job.error_code, job.error) == ("NOT_POSSIBLE", "Saleor said no")


def test_an_outage_is_no_error_of_the_job() -> None:
    job = claimed("t.outage", errors=2, attempts=2)

    state = services.fail(job, TemporaryFailure("Saleor is down"), now=NOW)

    job.refresh_from_db()
    assert state == job.state == "queued"
    assert (job.errors, job.error) == (2, "Saleor is down")
    assert job.run_at == NOW + 20 * SECOND  # the third attempt


def test_an_outage_that_says_when_to_come_back_is_heeded() -> None:
    job = claimed("t.outage")

    services.fail(job, TemporaryFailure("busy", retry_after=42 * SECOND), now=NOW)

    job.refresh_from_db()
    assert job.run_at == NOW + 42 * SECOND


@pytest.mark.parametrize(
    ("age", "state"), [(handlers.MAX_AGE, "queued"), (handlers.MAX_AGE + SECOND, "parked")]
)
def test_an_outage_is_waited_out_for_as_long_as_the_job_may_live(
    age: dt.timedelta, state: str
) -> None:
    job = claimed("t.outage", created_at=NOW - age, attempts=500)

    assert services.fail(job, TemporaryFailure("Saleor is down"), now=NOW) == state
    assert Job.objects.get().state == state


def test_an_error_text_of_any_bytes_and_length_is_kept() -> None:
    job = claimed("t.crash")

    services.fail(job, ValueError("\x00" + "я" * 5000), now=NOW)

    job.refresh_from_db()
    assert job.state == "queued"
    assert "я" * 3000 in job.error
    assert "\x00" not in job.error


def test_failed_work_that_was_queued_anew_meanwhile_is_left_to_the_new_job() -> None:
    job = claimed("t.crash")
    services.enqueue("t.crash", key="1", now=NOW)

    services.fail(job, ZeroDivisionError("a bug"), now=NOW + SECOND)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("done", NOW + SECOND)
    assert Job.objects.get(state="queued").pk != job.pk


@pytest.mark.parametrize("outcome", ["complete", "fail", "park"])
def test_a_worker_whose_job_was_taken_over_changes_nothing(outcome: str) -> None:
    late = claimed("t.succeed")
    Job.objects.update(lease_until=NOW - SECOND)
    services.sweep(now=NOW)
    taken_over = services.claim(late.pk, worker=OTHER_WORKER, now=NOW)
    assert taken_over is not None

    if outcome == "complete":
        services.complete(late, now=NOW)
    elif outcome == "fail":
        services.fail(late, ZeroDivisionError("a bug"), now=NOW)
    else:
        services.fail(late, PermanentFailure("NOT_POSSIBLE", "no"), now=NOW)

    late.refresh_from_db()
    assert (late.state, late.claimed_by) == ("running", str(OTHER_WORKER))
    assert (late.lease_until, late.attempts) == (taken_over.lease_until, 2)


def test_a_worker_that_took_over_its_own_lapsed_job_is_not_confused_with_itself() -> None:
    late = claimed("t.succeed")
    Job.objects.update(lease_until=NOW - SECOND)
    services.sweep(now=NOW)
    again = services.claim(late.pk, worker=WORKER, now=NOW)
    assert again is not None

    services.complete(late, now=NOW)

    assert Job.objects.get().state == "running"
    services.complete(again, now=NOW)
    assert Job.objects.get().state == "done"


def test_a_parked_job_is_retried_with_a_clean_record() -> None:
    job = make_job(
        "t.crash",
        now=NOW - dt.timedelta(days=5),
        state=Job.State.PARKED,
        errors=3,
        error_code="ZeroDivisionError",
        finished_at=NOW - dt.timedelta(days=4),
    )

    assert services.retry(job.pk, now=NOW)

    job.refresh_from_db()
    assert (job.state, job.errors, job.run_at, job.created_at) == ("queued", 0, NOW, NOW)
    assert job.finished_at is None
    assert queries.parked_code("t.crash", "1") is None


@pytest.mark.parametrize("state", [Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE])
def test_only_a_parked_job_is_retried(state: str) -> None:
    job = make_job("t.crash", now=NOW, state=state, errors=1)

    assert not services.retry(job.pk, now=NOW + SECOND)

    job.refresh_from_db()
    assert (job.state, job.errors, job.run_at) == (state, 1, NOW)
    assert not services.retry(job.pk + 1, now=NOW)


def test_a_parked_job_whose_work_is_queued_again_is_not_run_twice() -> None:
    job = make_job("t.crash", now=NOW, state=Job.State.PARKED)
    services.enqueue("t.crash", key="1", now=NOW)

    assert services.retry(job.pk, now=NOW + SECOND)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("done", NOW + SECOND)
    assert Job.objects.filter(state="queued").count() == 1


def test_parked_jobs_of_one_reason_and_installation_are_retried_together() -> None:
    mine = [
        make_job(
            "t.crash",
            key=key,
            now=NOW,
            state=Job.State.PARKED,
            installation_id=1,
            error_code="SUPPLIER_NOT_READY",
        )
        for key in ("a", "b")
    ]
    others = [
        make_job(
            "t.crash", key=f"{key}", now=NOW, state=state, installation_id=tenant, error_code=code
        )
        for key, (state, tenant, code) in enumerate(
            (
                (Job.State.PARKED, 2, "SUPPLIER_NOT_READY"),
                (Job.State.PARKED, 1, "NO_ORDER"),
                (Job.State.DONE, 1, "SUPPLIER_NOT_READY"),
            )
        )
    ]

    retried = services.retry_parked(
        installation_id=1, error_code="SUPPLIER_NOT_READY", now=NOW + SECOND
    )

    assert retried == 2
    assert set(Job.objects.filter(state="queued")) == set(mine)
    assert list(Job.objects.exclude(state="queued").order_by("id")) == others


def test_a_periodic_job_follows_itself(settings: Settings) -> None:
    settings.JOBS = "tests.work.handlers.JOBS_WITH_PERIODIC"
    job = claimed("t.periodic", key="periodic")

    services.complete(job, now=NOW + SECOND)

    following = Job.objects.get(state="queued")
    assert (following.name, following.key) == ("t.periodic", "periodic")
    assert following.run_at == NOW + SECOND + handlers.PERIOD


@pytest.mark.parametrize(
    "error",
    [
        PermanentFailure("NOT_POSSIBLE", "no"),
        ZeroDivisionError("a bug"),
        TemporaryFailure("Saleor is down"),
    ],
)
def test_a_periodic_job_is_never_parked(settings: Settings, error: Exception) -> None:
    settings.JOBS = "tests.work.handlers.JOBS_WITH_PERIODIC"
    job = claimed(
        "t.periodic", key="periodic", created_at=NOW - dt.timedelta(days=30), attempts=99, errors=99
    )

    services.fail(job, error, now=NOW)

    job.refresh_from_db()
    assert job.state == "queued"
    assert job.run_at == NOW + dt.timedelta(minutes=10)
