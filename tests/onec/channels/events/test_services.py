"""Messages that were kept and left behind."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from saleor_b2b_docs.onec.channels.events import jobs
from saleor_b2b_docs.onec.deliveries.services import keep
from saleor_b2b_docs.onec.models import Delivery
from saleor_b2b_docs.parties.models import Counterparty
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import JobContext
from tests.builders.onec import NOW, make_base
from tests.builders.onec_events import counterparty

pytestmark = pytest.mark.django_db


def _context(now: dt.datetime, **arguments: int) -> JobContext:
    return JobContext(installation_id=None, arguments=arguments, attempt=1, now=now)


def test_a_message_that_was_left_behind_is_applied_by_a_job() -> None:
    content = json.dumps(counterparty()).encode()
    delivery, _ = keep(
        make_base(), content, channel=Delivery.Channel.EVENTS, external_id="m-1", now=NOW
    )

    jobs.apply_waiting(_context(NOW + dt.timedelta(minutes=5)))
    assert not Job.objects.exists()
    jobs.apply_waiting(_context(NOW + dt.timedelta(minutes=6)))
    jobs.apply_waiting(_context(NOW + dt.timedelta(minutes=8)))

    job = Job.objects.get()
    assert (job.name, job.arguments) == ("onec.apply_delivery", {"delivery": delivery.pk})
    jobs.apply_delivery(_context(NOW, **job.arguments))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer["body"]["new"]) == ("applied", 1)
    assert Counterparty.objects.count() == 1


def test_a_message_that_is_gone_is_no_work() -> None:
    jobs.apply_delivery(_context(NOW, delivery=10**9))

    assert not Counterparty.objects.exists()
