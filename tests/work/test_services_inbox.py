from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import structlog
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from saleor_b2b_docs.work import runner, services
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.specs import JobContext, Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.logs import captured_log
from tests.work import handlers

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(seconds=1)
BODY = "№ 1".encode()


def receive(
    *,
    installation_id: int | None = 1,
    source: str = "test",
    event: str = "order_created",
    body: bytes = BODY,
) -> bool:
    """Receive a message."""
    return services.receive(
        installation_id=installation_id, source=source, event=event, body=body, now=NOW
    )


def test_a_message_is_kept_byte_for_byte() -> None:
    body = bytes(range(256))

    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        assert receive(body=body)

    message = InboxMessage.objects.get()
    assert bytes(message.body) == body
    assert (message.installation_id, message.source, message.event) == (
        1,
        "test",
        "order_created",
    )
    assert (message.received_at, message.request_id) == (NOW, "request-1")
    assert not message.is_handed_on
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_again_are_the_same_row() -> None:
    receive()

    assert not receive()

    assert InboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("installation_id", "source", "event", "body"),
    [
        (2, "test", "order_created", BODY),
        (None, "test", "order_created", BODY),
        (1, "other", "order_created", BODY),
        (1, "test", "order_updated", BODY),
        (1, "test", "order_created", BODY + b" "),
        (1, "test", "order_created", b""),
    ],
)
def test_another_installation_source_event_or_body_is_another_row(
    installation_id: int | None, source: str, event: str, body: bytes
) -> None:
    receive()

    assert receive(installation_id=installation_id, source=source, event=event, body=body)

    assert InboxMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_message_may_come_again() -> None:
    with transaction.atomic():
        receive()
        transaction.set_rollback(True)

    assert not InboxMessage.objects.exists()
    assert receive()


@pytest.mark.django_db(transaction=True)
def test_of_many_that_receive_the_same_bytes_at_once_one_is_first() -> None:
    threads = 6
    together = Barrier(threads)

    def deliver(_number: int) -> bool:
        together.wait()
        try:
            return receive()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        firsts = list(pool.map(deliver, range(threads)))

    assert firsts.count(True) == 1
    assert InboxMessage.objects.count() == 1


def test_a_message_is_handed_on_once_with_its_request_id() -> None:
    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        receive()
    message = InboxMessage.objects.get()

    assert services.hand_on_next(now=LATER)
    services.hand_on(message.pk, now=LATER)
    assert not services.hand_on_next(now=LATER)

    job = Job.objects.get()
    assert (job.name, job.key, job.installation_id) == ("t.succeed", "№ 1", 1)
    assert (job.arguments, job.request_id) == ({"event": "order_created"}, "request-1")
    assert (job.created_at, job.run_at) == (LATER, LATER)
    message.refresh_from_db()
    assert message.is_handed_on


def test_messages_are_handed_on_in_the_order_in_which_they_came() -> None:
    for body in (b"1", b"2", b"3"):
        receive(body=body)

    while services.hand_on_next(now=LATER):
        pass

    assert list(Job.objects.order_by("id").values_list("key", flat=True)) == ["1", "2", "3"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_hand_on_each_message_exactly_once() -> None:
    for number in range(12):
        receive(body=b"%d" % number)
    threads = 4
    together = Barrier(threads)

    def work(_number: int) -> None:
        together.wait()
        try:
            while services.hand_on_next(now=LATER):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))

    assert not InboxMessage.objects.filter(is_handed_on=False).exists()
    assert sorted(Job.objects.values_list("key", flat=True), key=int) == [
        str(number) for number in range(12)
    ]


@pytest.mark.parametrize(("source", "event"), [("test", "crash"), ("test", "broken"), ("?", "x")])
def test_a_message_that_its_handler_fails_on_stands_in_nobodys_way(source: str, event: str) -> None:
    receive(source=source, event=event, body=b"bad")
    receive(body=b"good")
    bad = InboxMessage.objects.get(event=event)

    with captured_log() as log:
        assert services.hand_on_next(now=NOW)
        assert services.hand_on_next(now=NOW)
        assert not services.hand_on_next(now=NOW)

    assert "message not handed on" in log.getvalue()
    assert list(Job.objects.order_by("id").values_list("name", "key", "arguments")) == [
        ("work.hand_on_again", str(bad.pk), {"message": bad.pk}),
        ("t.succeed", "good", {"event": "order_created"}),
    ]


def test_a_message_is_tried_again_with_a_jobs_retries() -> None:
    receive(event="crash")
    services.hand_on_next(now=timezone.now())

    runner.run_next(Lane.DEFAULT, worker=WorkerId.mine())

    job = Job.objects.get()
    assert (job.state, job.errors, job.error_code) == ("queued", 1, "ZeroDivisionError")

    InboxMessage.objects.update(event="order_created")  # as if the bug were mended
    services.hand_on_again(
        JobContext(installation_id=1, arguments=job.arguments, attempt=2, now=LATER)
    )
    assert Job.objects.filter(name="t.succeed", key="№ 1").exists()


def test_a_message_that_is_gone_needs_no_other_try() -> None:
    services.hand_on_again(
        JobContext(installation_id=1, arguments={"message": 77}, attempt=1, now=NOW)
    )

    assert not Job.objects.exists()


def test_trouble_of_the_database_leaves_the_message_new() -> None:
    receive(event="outage")

    with pytest.raises(OperationalError):
        services.hand_on_next(now=NOW)

    assert not InboxMessage.objects.get().is_handed_on
    assert not Job.objects.exists()


def test_new_messages_are_handed_on_before_any_job_is_run() -> None:
    receive(body=b"1")
    receive(body=b"2")

    assert runner.run_next(Lane.DEFAULT, worker=WorkerId.mine())

    assert len(handlers.ran) == 1
    assert not InboxMessage.objects.filter(is_handed_on=False).exists()


def test_rendering_workers_leave_messages_to_others() -> None:
    receive()

    assert not runner.run_next(Lane.RENDERING, worker=WorkerId.mine())

    assert not InboxMessage.objects.get().is_handed_on


@pytest.mark.django_db(transaction=True)
def test_the_celery_task_hands_on_the_message_of_its_id() -> None:
    from saleor_b2b_docs.work.tasks import hand_on

    receive()

    hand_on(InboxMessage.objects.get().pk)

    assert Job.objects.get().name == "t.succeed"
