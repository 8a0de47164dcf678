"""The gate's jobs, run as workers run them: denied apps, missing suppliers, guests who sign up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.gate.queries import PapersCode, PapersState, order_papers
from saleor_b2b_docs.gate.services import (
    look_for_order,
    schedule_guest_orders,
    schedule_order,
)
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.services import load_suppliers
from saleor_b2b_docs.saleor.models import Channel
from saleor_b2b_docs.saleor.services import schedule_refresh
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.runner import run_next
from saleor_b2b_docs.work.services import enqueue
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.orders import order_global_id
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation
from tests.sandboxes import BUYER, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

SUPPLIERS: dict[str, Any] = {
    "supplier": [
        {
            "code": "main",
            "profile": "UA",
            "time_zone": "Europe/Kyiv",
            "legal_name": "ТОВ «Ромашка»",
            "is_default": True,
            "tax_id": "12345678",
            "address": "04070, м. Київ, вул. Хорива, 15",
            "bank_accounts": [{"bank_name": "АТ «Банк»", "account": "UA21"}],
        }
    ]
}


class Clock:
    """The time of a test, which moves on when it is told to."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def move(self, step: dt.timedelta) -> None:
        """Let time pass."""
        self._traveller.shift(step)


@pytest.fixture
def clock(shop: Shop) -> Iterator[Clock]:
    """Begins at the present, since the sandbox lives there."""
    with time_machine.travel(timezone.now()) as traveller:
        yield Clock(traveller)


def _run_all() -> int:
    """Run what is due until nothing is; how many runs."""
    worker = WorkerId.mine()
    runs = 0
    while any(run_next(lane, worker=worker) for lane in Lane):
        runs += 1
        # Catching up also brings what other tests placed in the last two minutes, some in bulk.
        assert runs < 1000
    return runs


def _schedule(shop: Shop, order_id: str) -> None:
    schedule_order(installation_id=shop.installation.pk, order_id=order_id, now=timezone.now())


def _look_for(shop: Shop, order_id: str, *, request_invoice: bool = False) -> None:
    look_for_order(
        installation_id=shop.installation.pk,
        order_id=order_id,
        request_invoice=request_invoice,
        now=timezone.now(),
    )


def _job(name: str = "gate.process_order") -> Job:
    return Job.objects.filter(name=name).latest("pk")


def _switch(shop: Shop, *, on: bool) -> None:
    shop.sandbox.ask(
        f"mutation($id: ID!) {{ {'appActivate' if on else 'appDeactivate'}(id: $id)"
        " { errors { code } } }",
        id=shop.sandbox.app_id,
    )


def test_an_event_becomes_an_invoice_and_a_file(shop: Shop, clock: Clock) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    _schedule(shop, placed.id)

    # when
    _run_all()

    # then
    assert _job().state == Job.State.DONE
    papers = order_papers(Order.objects.get())
    assert papers.state is PapersState.READY
    assert [document.number for document in papers.documents] == [placed.number]


def test_events_that_come_while_one_is_queued_are_one_job(shop: Shop, clock: Clock) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()

    # when
    for _ in range(5):
        _schedule(shop, placed.id)
    _run_all()

    # then
    assert Job.objects.filter(name="gate.process_order").count() == 1
    assert shop.calls()["invoiceCreate"] == 1


def test_an_order_that_saleor_has_not_got_is_asked_for_ten_times_and_parks(
    shop: Shop, clock: Clock
) -> None:
    # given
    _schedule(shop, order_global_id())

    # when
    for _ in range(12):
        _run_all()
        clock.move(dt.timedelta(seconds=2))

    # then
    assert (_job().state, _job().error_code, _job().attempts) == ("parked", "NO_ORDER", 10)
    assert shop.calls()["order"] == 10


def test_looking_for_an_order_that_was_made_up_leaves_no_parked_job(
    shop: Shop, clock: Clock
) -> None:
    # given
    _look_for(shop, order_global_id())

    # when
    for _ in range(12):
        _run_all()
        clock.move(dt.timedelta(seconds=2))

    # then
    assert _job("gate.look_for_order").state == Job.State.DONE
    assert not Job.objects.filter(state=Job.State.PARKED).exists()
    assert not Order.objects.exists()


def test_looking_for_an_order_that_exists_brings_its_invoice(shop: Shop, clock: Clock) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    _look_for(shop, placed.id)

    # when
    _run_all()

    # then
    assert shop.document(placed.id).number == placed.number


@pytest.mark.parametrize(
    ("job_name", "is_requested"),
    [("gate.process_order", False), ("gate.answer_invoice_request", True)],
)
def test_papers_that_wait_for_a_supplier_are_made_as_soon_as_there_is_one(
    shop: Shop, clock: Clock, tmp_path: Path, job_name: str, is_requested: bool
) -> None:
    # given
    placed = shop.place()
    schedule_order(
        installation_id=shop.installation.pk,
        order_id=placed.id,
        invoice_is_requested=is_requested,
        now=timezone.now(),
    )
    _run_all()
    assert (_job(job_name).state, _job(job_name).error_code) == ("parked", "SUPPLIER_NOT_READY")
    papers = order_papers(Order.objects.get())
    assert (papers.state, papers.code) == (PapersState.FAILED, PapersCode.SUPPLIER_NOT_READY)

    # when
    load_suppliers(shop.installation, SUPPLIERS, folder=tmp_path, now=timezone.now())

    # then
    assert order_papers(Order.objects.get()).state is PapersState.PREPARING
    _run_all()
    assert order_papers(Order.objects.get()).state is PapersState.READY
    assert len(shop.order(placed.id)["invoices"]) == 1


@pytest.mark.parametrize("is_requested", [True, False])
def test_an_old_order_that_was_looked_for_is_invoiced_if_that_was_asked_for(
    shop: Shop, clock: Clock, is_requested: bool
) -> None:
    # given
    make_supplier(shop.installation)
    yesterday = shop.installation.installed_at - dt.timedelta(days=1)
    (order_id,) = shop.place_in_bulk(1, created_at=yesterday)
    _look_for(shop, order_id, request_invoice=is_requested)

    # when
    _run_all()

    # then
    papers = order_papers(Order.objects.get())
    if is_requested:
        assert papers.state is PapersState.READY
    else:
        assert (papers.state, papers.code) == (PapersState.FAILED, PapersCode.NOT_REQUESTED)
        assert not Document.objects.exists()


def test_a_supplier_that_was_looked_for_in_vain_is_said(shop: Shop, clock: Clock) -> None:
    # given
    placed = shop.place()
    _look_for(shop, placed.id)

    # when
    _run_all()

    # then
    papers = order_papers(Order.objects.get())
    assert (papers.state, papers.code) == (PapersState.FAILED, PapersCode.SUPPLIER_NOT_READY)


def test_an_app_that_was_switched_off_waits_and_catches_up_when_it_is_on_again(
    shop: Shop, clock: Clock, settings: Settings
) -> None:
    # given
    settings.PUBLIC_URL = shop.sandbox.door_url  # its webhooks are mended, too
    make_supplier(shop.installation)
    placed = shop.place()
    _schedule(shop, placed.id)
    _switch(shop, on=False)
    try:
        # when
        _run_all()

        # then
        shop.installation.refresh_from_db()
        assert not shop.installation.is_active
        assert (_job().state, _job().errors) == (Job.State.QUEUED, 0)
        assert not Document.objects.exists()

        # when
        clock.move(dt.timedelta(minutes=1))
        shop.sandbox.process.forget_calls()
        _run_all()

        # then
        assert _job().state == Job.State.QUEUED
        assert shop.calls() == {}
    finally:
        _switch(shop, on=True)

    # when
    Job.objects.filter(name="saleor.refresh").delete()
    schedule_refresh(shop.installation.pk, now=timezone.now())
    _run_all()

    # then
    shop.installation.refresh_from_db()
    assert shop.installation.is_active
    assert _job("gate.catch_up").state == Job.State.DONE
    assert shop.document(placed.id).number == placed.number
    assert len(shop.order(placed.id)["invoices"]) == 1


def test_every_saleor_that_has_the_app_switched_on_is_caught_up_with(
    shop: Shop, clock: Clock
) -> None:
    # given
    off = make_installation(is_active=False)
    gone = make_installation(api_url=OTHER_API_URL, uninstalled_at=timezone.now())
    began = timezone.now()
    enqueue("gate.catch_up_all", key="periodic", now=began)

    # when
    _run_all()

    # then
    caught_up = Job.objects.filter(name="gate.catch_up")
    assert [job.installation_id for job in caught_up] == [shop.installation.pk]
    assert {off.pk, gone.pk}.isdisjoint(job.installation_id for job in Job.objects.all())
    following = Job.objects.get(name="gate.catch_up_all", state=Job.State.QUEUED)
    assert following.run_at >= began + dt.timedelta(seconds=110)


def test_switching_on_reads_the_channels_anew(shop: Shop) -> None:
    # given
    shop.sandbox.ask(
        """mutation($id: ID!) { channelUpdate(id: $id, input: {
          orderSettings: { automaticallyConfirmAllNewOrders: false } }) { errors { code } } }""",
        id=_channel_id(shop, "kz"),
    )
    try:
        # when
        shop.refresh_channels()

        # then
        kept = Channel.objects.filter(installation=shop.installation)
        assert dict(kept.values_list("slug", "confirms_automatically")) == {
            "eu": False,
            "kz": False,
            "ua": True,
        }
    finally:
        shop.sandbox.ask(
            """mutation($id: ID!) { channelUpdate(id: $id, input: {
              orderSettings: { automaticallyConfirmAllNewOrders: true } }) { errors { code } } }""",
            id=_channel_id(shop, "kz"),
        )


def _channel_id(shop: Shop, slug: str) -> str:
    channels = shop.sandbox.ask("query { channels { id slug } }")["channels"]
    return str(next(channel["id"] for channel in channels if channel["slug"] == slug))


def test_guest_orders_that_became_a_customer_s_are_his(shop: Shop, clock: Clock) -> None:
    # given
    make_supplier(shop.installation)
    mine = shop.place(who=None, email="guest-who-signs-up@example.com")
    other = shop.place(who=None, email="other-guest@example.com")
    for order in (mine, other):
        shop.process(order.id)
    user_id = _adopt(shop, mine.number)

    # when
    schedule_guest_orders(shop.installation, user_id=user_id, now=timezone.now())
    _run_all()

    # then
    assert Order.objects.get(saleor_id=mine.id).user_id == user_id
    assert Order.objects.get(saleor_id=other.id).user_id == ""
    assert shop.document(mine.id).revisions.count() == 1


def test_a_customer_without_guest_orders_causes_one_question(shop: Shop, clock: Clock) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    _run_all()
    shop.sandbox.process.forget_calls()

    # when
    user_id = Order.objects.get().user_id
    schedule_guest_orders(shop.installation, user_id=user_id, now=timezone.now())
    schedule_guest_orders(shop.installation, user_id="VXNlcjo5OTk5OQ==", now=timezone.now())
    _run_all()

    # then
    assert shop.calls() == {"user": 2}
    assert not Job.objects.filter(name="gate.process_order").exists()


def _adopt(shop: Shop, order_number: str) -> str:
    """Saleor gives a guest's order to the customer who confirmed the e-mail."""
    user: dict[str, str] = shop.sandbox.ask(
        "query($email: String) { user(email: $email) { id } }", email=BUYER[0]
    )["user"]
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_order SET updated_at = '2100-01-01 00:00:00', user_id ="
        " (SELECT id FROM saleor_sandbox_user WHERE email = ?) WHERE number = ?",
        BUYER[0],
        int(order_number),
    )
    return user["id"]
