from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import structlog
from django.db import connection, transaction

from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.models import InboxMessage

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
BODY = '{"order": "№ 1"}'.encode()


def receive(
    *, installation_id: int | None = 1, event: str = "order_created", body: bytes = BODY
) -> bool:
    """Receive a message of Saleor's."""
    return services.receive(
        installation_id=installation_id, source="saleor", event=event, body=body, now=NOW
    )


def test_a_message_is_kept_byte_for_byte() -> None:
    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        assert receive()

    message = InboxMessage.objects.get()
    assert bytes(message.body) == BODY
    assert (message.installation_id, message.source, message.event) == (
        1,
        "saleor",
        "order_created",
    )
    assert (message.received_at, message.request_id) == (NOW, "request-1")


def test_the_same_bytes_again_are_the_same_row() -> None:
    receive()

    assert not receive()

    assert InboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("installation_id", "event", "body"),
    [
        (2, "order_created", BODY),
        (None, "order_created", BODY),
        (1, "order_updated", BODY),
        (1, "order_created", BODY + b" "),
        (1, "order_created", b""),
    ],
)
def test_another_installation_event_or_body_is_another_row(
    installation_id: int | None, event: str, body: bytes
) -> None:
    receive()

    assert receive(installation_id=installation_id, event=event, body=body)

    assert InboxMessage.objects.count() == 2


def test_a_repeat_leaves_the_transaction_around_it_usable() -> None:
    receive()

    with transaction.atomic():
        assert not receive()
        assert receive(body=b"other")

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
            with transaction.atomic():
                return receive()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        firsts = list(pool.map(deliver, range(threads)))

    assert firsts.count(True) == 1
    assert InboxMessage.objects.count() == 1
