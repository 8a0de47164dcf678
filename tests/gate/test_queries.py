"""What a buyer is told of an order's papers, and who confirms orders."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from saleor_b2b_docs.documents.services import ensure_invoice, void_invoices
from saleor_b2b_docs.gate.models import ConfirmationPolicy
from saleor_b2b_docs.gate.queries import (
    OrderPapers,
    PapersCode,
    PapersState,
    confirms_at_once,
    order_key,
    order_papers,
)
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import file_current_revision, issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_channel, make_installation
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db

PREPARING = OrderPapers(PapersState.PREPARING)


@pytest.fixture
def order(db: None) -> Order:
    installation = make_installation()
    return make_order(installation, supplier=make_supplier(installation))


def _park(order: Order, name: str, error_code: str) -> Job:
    return make_job(
        name,
        now=timezone.now(),
        key=order_key(order.installation_id, order.saleor_id),
        state=Job.State.PARKED,
        error_code=error_code,
    )


def test_an_order_without_papers_is_being_prepared(order: Order) -> None:
    # when / then
    assert order_papers(order) == PREPARING


def test_an_order_older_than_the_app_has_papers_when_somebody_asks_for_them(order: Order) -> None:
    # given
    order.placed_at = order.installation.installed_at - dt.timedelta(seconds=1)
    order.save()

    # when / then
    assert order_papers(order) == OrderPapers(PapersState.FAILED, PapersCode.NOT_REQUESTED)

    # when
    key = order_key(order.installation_id, order.saleor_id)
    job = make_job("gate.answer_invoice_request", now=timezone.now(), key=key)

    # then
    assert order_papers(order) == PREPARING

    # when
    job.state, job.error_code = Job.State.PARKED, "SUPPLIER_NOT_READY"
    job.save()

    # then
    assert order_papers(order) == OrderPapers(PapersState.FAILED, PapersCode.SUPPLIER_NOT_READY)


def test_a_paper_without_its_file_is_being_prepared(order: Order) -> None:
    # given
    issue_invoice(order, is_rendered=False)

    # when / then
    assert order_papers(order) == PREPARING


def test_a_paper_with_its_file_is_ready(order: Order) -> None:
    # given
    document = issue_invoice(order)

    # when
    papers = order_papers(order)

    # then
    assert papers == OrderPapers(PapersState.READY, documents=[document])


def test_a_revised_paper_is_ready_when_the_new_revision_has_its_file(order: Order) -> None:
    # given
    document = issue_invoice(order)
    order.gross += 1
    order.save()
    ensure_invoice(order, now=timezone.now())
    assert order_papers(order) == PREPARING

    # when
    file_current_revision(document)

    # then
    assert order_papers(order).state is PapersState.READY


def test_a_void_paper_is_ready_when_its_file_bears_the_mark(order: Order) -> None:
    # given
    document = issue_invoice(order)
    order.status = Order.Status.CANCELED
    order.save()
    void_invoices(order, now=timezone.now())
    assert order_papers(order) == PREPARING

    # when
    file_current_revision(document)

    # then
    assert order_papers(order).state is PapersState.READY


def test_a_rendering_that_gave_up_is_said(order: Order) -> None:
    # given
    document = issue_invoice(order, is_rendered=False)
    Job.objects.filter(name="documents.render").update(
        state=Job.State.PARKED, error_code="LAYOUT_FAILED"
    )

    # when
    papers = order_papers(order)

    # then
    assert papers == OrderPapers(PapersState.FAILED, PapersCode.RENDERING_FAILED)

    # when
    make_job("documents.render", now=timezone.now(), key=str(document.pk))

    # then
    assert order_papers(order) == PREPARING


@pytest.mark.parametrize("status", [Order.Status.CANCELED, Order.Status.EXPIRED])
def test_an_order_that_ended_without_an_invoice_is_said(order: Order, status: str) -> None:
    # given
    order.status = status

    # when / then
    assert order_papers(order) == OrderPapers(PapersState.FAILED, PapersCode.ORDER_CANCELLED)


@pytest.mark.parametrize(
    "name", ["gate.process_order", "gate.answer_invoice_request", "gate.look_for_order"]
)
@pytest.mark.parametrize(
    ("error_code", "code"),
    [
        ("SUPPLIER_NOT_READY", PapersCode.SUPPLIER_NOT_READY),
        ("NUMBER_TAKEN", PapersCode.NOT_INVOICEABLE),
        ("MoneyError", PapersCode.NOT_INVOICEABLE),
    ],
)
def test_a_job_that_gave_up_says_why(
    order: Order, name: str, error_code: str, code: PapersCode
) -> None:
    # given
    _park(order, name, error_code)

    # when / then
    assert order_papers(order) == OrderPapers(PapersState.FAILED, code)


def test_a_job_that_is_tried_again_is_being_prepared(order: Order) -> None:
    # given
    job = _park(order, "gate.process_order", "SUPPLIER_NOT_READY")
    make_job("gate.process_order", now=timezone.now(), key=job.key)

    # when / then
    assert order_papers(order) == PREPARING


def test_jobs_of_other_orders_say_nothing(order: Order) -> None:
    # given
    other = make_order(order.installation, number="1002")
    _park(other, "gate.process_order", "SUPPLIER_NOT_READY")

    # when / then
    assert order_papers(order) == PREPARING


def test_an_invoice_that_could_not_be_told_to_saleor_is_still_the_buyer_s(order: Order) -> None:
    # given
    issue_invoice(order)
    _park(order, "gate.process_order", "NOT_READY")

    # when / then
    assert order_papers(order).state is PapersState.READY


@pytest.mark.parametrize("of_channel", [True, False, None])
@pytest.mark.parametrize("mode", [None, *ConfirmationPolicy.Mode])
def test_who_confirms(of_channel: bool | None, mode: ConfirmationPolicy.Mode | None) -> None:
    # given
    installation = make_installation()
    other = make_installation(api_url=OTHER_API_URL)
    make_channel(other, confirms_automatically=not of_channel)
    if of_channel is not None:
        make_channel(installation, confirms_automatically=of_channel)
    if mode is not None:
        ConfirmationPolicy.objects.create(
            installation=installation, channel_slug="default-channel", mode=mode
        )

    # when
    at_once = confirms_at_once(installation, "default-channel")

    # then
    if mode in (None, ConfirmationPolicy.Mode.FOLLOW_CHANNEL):
        assert at_once is bool(of_channel)
    else:
        assert at_once is (mode == ConfirmationPolicy.Mode.AT_ONCE)
