from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier, Event

import pytest
import structlog
from django.db import connection, transaction

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.work import make_job
from tests.conftest import is_postgres

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_a_job_is_stored_with_all_that_its_run_needs() -> None:
    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        services.enqueue(
            "t.render",
            key="document-7",
            serial_key="document:7",
            installation_id=3,
            arguments={"document": "7"},
            now=NOW,
        )

    job = Job.objects.get()
    assert (job.name, job.key, job.serial_key) == ("t.render", "document-7", "document:7")
    assert (job.installation_id, job.arguments) == (3, {"document": "7"})
    assert (job.lane, job.state, job.request_id) == ("rendering", "queued", "request-1")
    assert (job.run_at, job.created_at, job.attempts, job.errors) == (NOW, NOW, 0, 0)


def test_a_job_that_the_table_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError):
        services.enqueue("t.unheard_of", key="1", now=NOW)

    assert not Job.objects.exists()


def test_a_queued_job_takes_the_newer_arguments() -> None:
    services.enqueue("t.succeed", key="1", arguments={"seen": 1}, now=NOW)

    services.enqueue("t.succeed", key="1", arguments={"seen": 2}, now=NOW + MINUTE)

    assert Job.objects.get().arguments == {"seen": 2}


def test_a_queued_job_is_brought_forward() -> None:
    services.enqueue("t.succeed", key="1", now=NOW, run_at=NOW + 10 * MINUTE)

    services.enqueue("t.succeed", key="1", now=NOW + MINUTE)

    assert Job.objects.get().run_at == NOW + MINUTE


def test_a_queued_job_is_never_put_off() -> None:
    services.enqueue("t.succeed", key="1", now=NOW)

    services.enqueue("t.succeed", key="1", now=NOW, run_at=NOW + 10 * MINUTE)

    assert Job.objects.get().run_at == NOW


@pytest.mark.parametrize("state", [Job.State.RUNNING, Job.State.DONE, Job.State.PARKED])
def test_a_job_that_is_not_queued_any_more_does_not_do_the_work_of_a_new_one(state: str) -> None:
    make_job("t.succeed", now=NOW, state=state, arguments={"seen": 1})

    services.enqueue("t.succeed", key="1", arguments={"seen": 2}, now=NOW + MINUTE)

    assert list(Job.objects.order_by("id").values_list("state", "arguments")) == [
        (state, {"seen": 1}),
        ("queued", {"seen": 2}),
    ]


@pytest.mark.parametrize(("name", "key"), [("t.succeed", "2"), ("t.render", "1")])
def test_other_work_is_a_job_of_its_own(name: str, key: str) -> None:
    services.enqueue("t.succeed", key="1", now=NOW)

    services.enqueue(name, key=key, now=NOW)

    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_leaves_no_job() -> None:
    with transaction.atomic():
        services.enqueue("t.succeed", key="1", now=NOW)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_cannot_be_claimed_before_its_transaction_has_committed() -> None:
    with transaction.atomic():
        services.enqueue("t.succeed", key="1", now=NOW)
        if is_postgres():  # SQLite has one writer at a time, which would wait for us
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(_claim).result() is None

    assert _claim() is not None


@pytest.mark.django_db(transaction=True)
def test_the_same_work_enqueued_by_many_at_once_is_one_job() -> None:
    threads = 8
    together = Barrier(threads)

    def enqueue(number: int) -> None:
        together.wait()
        try:
            with transaction.atomic():
                services.enqueue("t.succeed", key="1", arguments={"by": number}, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(enqueue, range(threads)))

    job = Job.objects.get()
    assert job.state == "queued"
    assert job.arguments["by"] in range(threads)


@pytest.mark.django_db(transaction=True)
def test_work_that_waited_for_another_transaction_is_not_lost_when_that_one_is_claimed() -> None:
    """The first job may read the world before the second transaction's change is in it."""
    if not is_postgres():
        pytest.skip("SQLite runs one writing transaction at a time")
    may_commit = Event()

    def second() -> None:
        try:
            with transaction.atomic():
                # Waits until the first transaction commits its job of the same work.
                services.enqueue("t.succeed", key="1", arguments={"by": 2}, now=NOW)
                assert may_commit.wait(5)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            services.enqueue("t.succeed", key="1", arguments={"by": 1}, now=NOW)
            waiting = pool.submit(second)
            _until_somebody_waits_for_a_lock()
        claiming = pool.submit(_claim)
        wait([claiming], timeout=0.5)
        may_commit.set()
        waiting.result()
        claimed = claiming.result()

    assert claimed is not None
    if claimed.arguments == {"by": 1}:  # it ran without the second's change: somebody else must
        assert Job.objects.get(state="queued").arguments == {"by": 2}
    else:
        assert claimed.arguments == {"by": 2}


def _until_somebody_waits_for_a_lock() -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    pytest.fail("nobody waits")


def _claim() -> Job | None:
    try:
        job = Job.objects.filter(state="queued").first()
        return services.claim(job.pk, worker=WorkerId.mine(), now=NOW) if job else None
    finally:
        if not connection.in_atomic_block:
            connection.close()
