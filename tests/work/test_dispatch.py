from __future__ import annotations

import datetime as dt
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from saleor_b2b_docs.work import dispatch, services
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.specs import Lane
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db(transaction=True)

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=1)


@pytest.fixture
def bells(tmp_path: Path, settings: Settings) -> Iterator[dict[Lane, socket.socket]]:
    """What the embedded workers of both lanes listen to."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "run").mkdir()
    sockets = {lane: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for lane in Lane}
    for lane, bell in sockets.items():
        bell.bind(str(dispatch.socket_path(lane)))
        bell.setblocking(False)
    yield sockets
    for bell in sockets.values():
        bell.close()


def rings(bell: socket.socket) -> int:
    """How often it has rung since it was last looked at."""
    count = 0
    while True:
        try:
            bell.recv(1)
        except BlockingIOError:
            return count
        count += 1


def messages(queue: str) -> list[Any]:
    """Bodies of the messages that wait in a queue of the broker in memory."""
    from tests.work.brokers import in_memory

    bodies = []
    with in_memory.connection() as connection, connection.SimpleQueue(queue) as waiting:
        while waiting.qsize():
            message = waiting.get(block=False)
            message.ack()
            bodies.append(message.payload)
    return bodies


def test_the_worker_of_the_lane_is_woken_once_the_job_is_committed(
    bells: dict[Lane, socket.socket],
) -> None:
    with transaction.atomic():
        services.enqueue("t.render", key="1", now=NOW)
        assert rings(bells[Lane.RENDERING]) == 0

    assert rings(bells[Lane.RENDERING]) == 1
    assert rings(bells[Lane.DEFAULT]) == 0


def test_a_rolled_back_job_wakes_nobody(bells: dict[Lane, socket.socket]) -> None:
    with transaction.atomic():
        services.enqueue("t.succeed", key="1", now=NOW)
        transaction.set_rollback(True)

    assert rings(bells[Lane.DEFAULT]) == 0


def test_a_job_for_later_wakes_nobody_until_a_sweep_finds_it_due(
    bells: dict[Lane, socket.socket],
) -> None:
    services.enqueue("t.succeed", key="1", now=NOW, run_at=LATER)
    services.sweep(now=NOW)
    assert rings(bells[Lane.DEFAULT]) == 0

    services.sweep(now=LATER)
    assert rings(bells[Lane.DEFAULT]) == 1


def test_a_finished_job_wakes_the_next_of_its_serial_key(
    bells: dict[Lane, socket.socket],
) -> None:
    running = make_job("t.succeed", key="1", now=NOW, serial_key="order:1", state="running")
    make_job("t.succeed", key="2", now=NOW, serial_key="order:1")

    services.complete(running, now=NOW)

    assert rings(bells[Lane.DEFAULT]) == 1


def test_a_bell_that_nobody_hears_is_no_error(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path / ("deep" * 60)

    services.enqueue("t.succeed", key="1", now=NOW)

    assert Job.objects.get().state == "queued"


def test_a_broker_carries_the_id_of_the_job_to_the_queue_of_its_lane(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    settings.BROKER_APP = "tests.work.brokers.in_memory"

    services.enqueue("t.render", key="1", arguments={"document": "secret"}, now=NOW)

    [(args, kwargs, _)] = messages("rendering")
    assert (args, kwargs) == ([Job.objects.get().pk], {})
    assert messages("default") == []


def test_a_new_message_wakes_the_worker_and_the_sweep_does_so_again(
    bells: dict[Lane, socket.socket],
) -> None:
    services.receive(installation_id=1, source="test", event="created", body=b"1", now=NOW)
    assert rings(bells[Lane.DEFAULT]) == 1

    services.sweep(now=NOW)
    assert rings(bells[Lane.DEFAULT]) == 1

    services.hand_on_next(now=NOW)
    rings(bells[Lane.DEFAULT])
    Job.objects.all().delete()
    services.sweep(now=NOW)
    assert rings(bells[Lane.DEFAULT]) == 0


def test_a_broker_carries_the_id_of_a_new_message(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    settings.BROKER_APP = "tests.work.brokers.in_memory"

    services.receive(installation_id=1, source="test", event="created", body=b"secret", now=NOW)
    services.sweep(now=NOW)

    number = InboxMessage.objects.get().pk
    assert [args for args, _, _ in messages("default")] == [[number], [number]]


def test_a_message_is_kept_while_the_broker_is_down(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "amqp://127.0.0.1:1//"
    settings.BROKER_APP = "tests.work.brokers.unreachable"

    assert services.receive(installation_id=1, source="test", event="created", body=b"1", now=NOW)

    assert not InboxMessage.objects.get().is_handed_on


def test_a_broker_is_told_nothing_of_what_was_rolled_back(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    settings.BROKER_APP = "tests.work.brokers.in_memory"

    with transaction.atomic():
        services.enqueue("t.succeed", key="1", now=NOW)
        transaction.set_rollback(True)

    assert messages("default") == []


def test_a_broker_that_is_down_loses_no_job_and_holds_nobody_up(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "amqp://127.0.0.1:1//"
    settings.BROKER_APP = "tests.work.brokers.unreachable"
    begun = time.monotonic()

    services.enqueue("t.succeed", key="1", now=NOW)

    assert time.monotonic() - begun < 3
    assert Job.objects.get().state == "queued"
    settings.BROKER_APP = "tests.work.brokers.in_memory"
    services.sweep(now=LATER)
    [(args, _, _)] = messages("default")
    assert args == [Job.objects.get().pk]


def test_whatever_goes_wrong_with_the_broker_does_not_reach_who_stored_the_job(
    settings: Settings,
) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    settings.BROKER_APP = "tests.work.brokers.missing"

    services.enqueue("t.succeed", key="1", now=NOW)

    assert Job.objects.get().state == "queued"
