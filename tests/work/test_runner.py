from __future__ import annotations

import datetime as dt

import pytest
import structlog
from django.utils import timezone

from saleor_b2b_docs.work import runner, services
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.logs import captured_log
from tests.builders.work import make_job
from tests.work import handlers

pytestmark = pytest.mark.django_db


def enqueue(name: str) -> Job:
    """A job that is due now, caused by a request of its own."""
    with structlog.contextvars.bound_contextvars(request_id="request-of-the-door"):
        services.enqueue(name, key="1", installation_id=7, arguments={"a": 1}, now=timezone.now())
    return Job.objects.get()


def run_next(lane: Lane = Lane.DEFAULT) -> bool:
    """Run the next job as a worker of this process."""
    return runner.run_next(lane, worker=WorkerId.mine())


def test_a_handler_gets_what_the_job_was_stored_with() -> None:
    enqueue("t.succeed")
    begun = timezone.now()

    assert run_next()

    [context] = handlers.ran
    assert (context.installation_id, context.arguments, context.attempt) == (7, {"a": 1}, 1)
    assert begun <= context.now <= timezone.now()
    assert Job.objects.get().state == "done"


def test_nothing_is_run_where_nothing_is_due() -> None:
    make_job("t.succeed", now=timezone.now() + dt.timedelta(minutes=1))

    assert not run_next()
    assert not run_next(Lane.RENDERING)
    assert handlers.ran == []


def test_the_request_id_of_the_door_is_bound_while_the_job_runs() -> None:
    enqueue("t.succeed")

    with structlog.contextvars.bound_contextvars(request_id="somebody-else"):
        run_next()
        assert structlog.contextvars.get_contextvars()["request_id"] == "somebody-else"

    assert handlers.request_ids == ["request-of-the-door"]


@pytest.mark.parametrize(
    ("name", "state", "error_code", "error"),
    [
        ("t.succeed", "done", "", ""),
        ("t.outage", "queued", "TemporaryFailure", "Saleor is down"),
        ("t.refused", "parked", "NOT_POSSIBLE", "Saleor said no"),
        ("t.crash", "queued", "ZeroDivisionError", "a bug"),
    ],
)
def test_every_end_of_a_handler_is_recorded(
    name: str, state: str, error_code: str, error: str
) -> None:
    enqueue(name)

    assert run_next()

    job = Job.objects.get()
    assert (job.state, job.error_code, job.error) == (state, error_code, error)
    assert (job.claimed_by, job.lease_until) == ("", None)


def test_a_handler_that_cannot_be_loaded_is_recorded_like_any_other_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enqueue("t.succeed")
    monkeypatch.delattr(handlers, "succeed")

    assert run_next()

    job = Job.objects.get()
    assert (job.state, job.error_code) == ("queued", "ImportError")


@pytest.mark.django_db(transaction=True)
def test_a_job_is_run_by_its_id_once() -> None:
    job = enqueue("t.succeed")

    assert runner.run_by_id(job.pk)
    assert not runner.run_by_id(job.pk)
    assert not runner.run_by_id(job.pk + 1)
    assert len(handlers.ran) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_not_due_is_not_run_by_its_id() -> None:
    job = make_job("t.succeed", now=timezone.now() + dt.timedelta(minutes=1))

    assert not runner.run_by_id(job.pk)
    assert handlers.ran == []


@pytest.mark.django_db(transaction=True)
def test_the_celery_task_runs_the_job_of_its_id() -> None:
    from saleor_b2b_docs.work.tasks import run_job

    job = enqueue("t.succeed")

    run_job(job.pk)

    assert Job.objects.get().state == "done"


def test_logs_of_a_job_name_it_and_hide_secrets_and_persons() -> None:
    job = enqueue("t.leak")

    with captured_log() as log:
        run_next()

    text = log.getvalue()
    assert f'"job_id": {job.pk}' in text
    assert '"request_id": "request-of-the-door"' in text
    assert "ValueError" in text
    assert "s3cr3t-token" not in text
    assert "buyer@example.com" not in text
