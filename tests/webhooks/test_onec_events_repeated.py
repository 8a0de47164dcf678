"""Messages whose request was cut short, and those that come many times at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.onec.channels.events import services
from saleor_b2b_docs.onec.models import Delivery
from saleor_b2b_docs.parties.models import Counterparty
from tests.builders.onec import make_base
from tests.builders.onec_events import Sender, counterparty, make_sender, post, waybill
from tests.conftest import is_postgres

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return make_sender(make_base())


def test_a_message_that_was_cut_short_is_applied_by_a_job_and_answered_then(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def crash(*_args: Any, **_kwargs: Any) -> Any:
        raise SystemError("the process is gone")

    with monkeypatch.context() as patch:
        patch.setattr(services, "apply", crash)
        with pytest.raises(SystemError):
            post(counterparty(), sender.with_bearer())
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.answer) == ("received", {})
    assert not Counterparty.objects.exists()

    # when
    services.apply_kept(delivery.pk, now=timezone.now())
    services.apply_kept(delivery.pk, now=timezone.now())

    # then
    delivery.refresh_from_db()
    assert delivery.state == "applied"
    assert Counterparty.objects.count() == 1
    assert post(counterparty(), sender.with_bearer()).json()["new"] == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_message_that_comes_many_times_at_once_is_applied_once() -> None:
    if not is_postgres():
        pytest.skip("SQLite in memory is one connection's")
    sender = make_sender(make_base())
    threads = 6
    together = Barrier(threads)

    def send(_number: int) -> tuple[int, bytes]:
        together.wait()
        try:
            response = post([counterparty(), waybill()], sender.with_bearer())
            return response.status_code, response.content
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        answers = set(pool.map(send, range(threads)))

    ((status, content),) = answers
    assert status == 200
    assert json.loads(content)["new"] == 2
    assert Delivery.objects.count() == 1
    assert Document.objects.count() == 1
