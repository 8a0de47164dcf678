"""Answering who asks for papers, also for orders that nobody here has heard of."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.documents.attempts import UNKNOWN_ORDER, TooManyAttempts
from saleor_b2b_docs.gate.papers import Asker, order_papers_for
from saleor_b2b_docs.gate.queries import OrderPapers, PapersState
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order, order_global_id
from tests.builders.parties import make_supplier
from tests.builders.saleor import API_URL, BUYER_ID, OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
EMAIL = "guest@example.com"


@pytest.fixture
def installation(db: None) -> Installation:
    return make_installation()


def _buyer(installation: Installation, user_id: str = BUYER_ID) -> Asker:
    viewer = Viewer(ViewerKind.CUSTOMER, installation_id=installation.pk, user_id=user_id)
    return Asker(viewer, api_url="", client_address="10.0.0.1", guest_email="")


def _guest(email: str = EMAIL, *, api_url: str = "", address: str = "10.0.0.1") -> Asker:
    return Asker(ANONYMOUS, api_url=api_url, client_address=address, guest_email=email)


def _ask(
    asker: Asker, order_id: str, *, now: dt.datetime = NOW, request_invoice: bool = False
) -> OrderPapers | None:
    return order_papers_for(asker, order_id, request_invoice=request_invoice, now=now)


def _guest_order(installation: Installation) -> Order:
    order = make_order(
        installation, supplier=make_supplier(installation), user_id="", user_email=EMAIL
    )
    issue_invoice(order)
    Job.objects.all().delete()
    return order


def test_a_guest_with_the_right_email_gets_his_papers_as_often_as_he_asks(
    installation: Installation,
) -> None:
    # given
    order = _guest_order(installation)

    # when
    answers = [_ask(_guest(" Guest@Example.com "), order.saleor_id) for _ in range(30)]

    # then
    assert {answer.state for answer in answers if answer} == {PapersState.READY}
    assert None not in answers
    assert not Job.objects.exists()


@pytest.mark.parametrize("email", ["", "other@example.com", " ", "\x00"])
def test_a_guest_with_a_wrong_email_gets_nothing(installation: Installation, email: str) -> None:
    # given
    order = _guest_order(installation)

    # when / then
    assert _ask(_guest(email), order.saleor_id) is None
    assert not Job.objects.exists()


def test_wrong_emails_are_counted_per_order(installation: Installation) -> None:
    # given
    order = _guest_order(installation)
    for guess in range(10):
        asker = _guest(f"{guess}@example.com", address=f"10.0.0.{guess}")
        assert _ask(asker, order.saleor_id) is None

    # when
    with pytest.raises(TooManyAttempts) as refusal:
        _ask(_guest(address="10.0.1.1"), order.saleor_id, now=NOW + 4 * MINUTE)

    # then
    assert refusal.value.retry_after == 6 * MINUTE
    papers = _ask(_guest(), order.saleor_id, now=NOW + 10 * MINUTE)
    assert papers is not None
    assert papers.state is PapersState.READY


def test_wrong_emails_are_counted_per_address(installation: Installation) -> None:
    # given
    supplier = make_supplier(installation)
    orders = [
        make_order(
            installation, number=str(number), supplier=supplier, user_id="", user_email=EMAIL
        )
        for number in range(21)
    ]
    for order in orders[:20]:
        assert _ask(_guest("other@example.com"), order.saleor_id) is None

    # when / then
    with pytest.raises(TooManyAttempts):
        _ask(_guest(), orders[20].saleor_id)
    assert _ask(_guest(address="10.0.0.2"), orders[20].saleor_id) is not None


def test_an_order_of_an_account_is_not_a_guest_s(installation: Installation) -> None:
    # given
    order = make_order(installation, user_email=EMAIL)

    # when / then
    assert _ask(_guest(), order.saleor_id) is None


def test_a_forgotten_person_s_order_opens_to_nobody(installation: Installation) -> None:
    # given
    order = _guest_order(installation)
    Order.objects.update(user_email="", is_person_forgotten=True)

    # when / then
    for email in (EMAIL, "", " "):
        assert _ask(_guest(email), order.saleor_id) is None


def test_an_unknown_order_is_looked_for_at_the_buyer_s_saleor(installation: Installation) -> None:
    # given
    make_installation(api_url=OTHER_API_URL)
    order_id = order_global_id()

    # when
    papers = _ask(_buyer(installation), order_id)

    # then
    assert papers == OrderPapers(PapersState.PREPARING)
    job = Job.objects.get()
    assert (job.name, job.installation_id) == ("gate.look_for_order", installation.pk)
    assert job.arguments == {"order": order_id, "invoice_is_requested": False}
    assert job.serial_key == f"order:{installation.pk}:{order_id}"


def test_an_unknown_order_is_looked_for_once_in_two_minutes(installation: Installation) -> None:
    # given
    order_id = order_global_id()
    _ask(_buyer(installation), order_id)

    # when
    answers = [_ask(_buyer(installation), order_id, now=NOW + MINUTE) for _ in range(50)]

    # then
    assert answers == [OrderPapers(PapersState.PREPARING)] * 50
    assert Job.objects.count() == 1


def test_an_order_that_saleor_does_not_have_is_not_there(installation: Installation) -> None:
    # given
    order_id = order_global_id()
    _ask(_buyer(installation), order_id)
    Job.objects.update(state=Job.State.DONE)

    # when
    papers = _ask(_buyer(installation), order_id, now=NOW + MINUTE)

    # then
    assert papers is None
    assert Job.objects.count() == 1
    assert _ask(_buyer(installation), order_id, now=NOW + 2 * MINUTE)
    assert Job.objects.count() == 2


def test_made_up_orders_are_looked_for_a_few_times_only(installation: Installation) -> None:
    # given
    for _ in range(UNKNOWN_ORDER.times):
        _ask(_buyer(installation), order_global_id())

    # when
    papers = _ask(_buyer(installation), order_global_id())

    # then
    assert papers == OrderPapers(PapersState.PREPARING)
    assert Job.objects.count() == UNKNOWN_ORDER.times == 60
    _ask(_buyer(installation, "VXNlcjoy"), order_global_id())
    assert Job.objects.count() == 61


def test_an_invoice_of_an_unknown_order_is_asked_for_when_it_is_found(
    installation: Installation,
) -> None:
    # given
    order_id = order_global_id()
    _ask(_buyer(installation), order_id)

    # when
    papers = _ask(_buyer(installation), order_id, request_invoice=True)

    # then
    assert papers == OrderPapers(PapersState.PREPARING)
    assert Job.objects.get().arguments == {"order": order_id, "invoice_is_requested": True}


def test_a_guest_s_unknown_order_is_looked_for_at_the_only_saleor(
    installation: Installation,
) -> None:
    # when
    papers = _ask(_guest(), order_global_id())

    # then
    assert papers == OrderPapers(PapersState.PREPARING)
    assert Job.objects.get().installation_id == installation.pk


@pytest.mark.parametrize("api_url", [API_URL, OTHER_API_URL, "", "https://stranger.example/"])
def test_where_several_saleors_have_the_app_a_guest_names_his(
    installation: Installation, api_url: str
) -> None:
    # given
    make_installation(api_url=OTHER_API_URL)

    # when
    papers = _ask(_guest(api_url=api_url), order_global_id())

    # then
    is_one_of_them = api_url in (API_URL, OTHER_API_URL)
    assert papers == (OrderPapers(PapersState.PREPARING) if is_one_of_them else None)
    keys = Job.objects.values("installation_id")
    asked = [found.api_url for found in Installation.objects.filter(pk__in=keys)]
    assert asked == ([api_url] if is_one_of_them else [])


def test_nobody_without_a_name_has_anything_looked_for(installation: Installation) -> None:
    # when / then
    assert _ask(_guest(""), order_global_id()) is None
    assert not Job.objects.exists()


def test_an_invoice_is_asked_for_only_where_none_comes_by_itself(
    installation: Installation,
) -> None:
    # given
    supplier = make_supplier(installation)
    before = installation.installed_at - MINUTE
    ready = make_order(installation, number="1", supplier=supplier, placed_at=before)
    issue_invoice(ready)
    ended = make_order(
        installation, number="2", supplier=supplier, status="CANCELED", placed_at=before
    )
    new = make_order(installation, number="3", supplier=supplier)
    old = make_order(installation, number="4", supplier=supplier, placed_at=before)
    Job.objects.all().delete()

    # when
    papers = [
        _ask(_buyer(installation), order.saleor_id, request_invoice=True)
        for order in (ready, ended, new, old, old)
    ]

    # then
    job = Job.objects.get()
    assert (job.name, job.arguments["order"]) == ("gate.answer_invoice_request", old.saleor_id)
    assert [found.state for found in papers if found] == [
        PapersState.READY,
        PapersState.FAILED,
        PapersState.PREPARING,
        PapersState.PREPARING,
        PapersState.PREPARING,
    ]
