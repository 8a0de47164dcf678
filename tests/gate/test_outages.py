"""Saleor down, slow, failing halfway or saying no: nothing is lost and nothing done twice."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.gate import services
from saleor_b2b_docs.gate.queries import PapersState, order_papers
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.saleor.models import MutationIntent
from saleor_b2b_docs.saleor.mutations import IN_FLIGHT
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from tests.builders.documents import file_current_revision
from tests.builders.orders import order_global_id
from tests.builders.parties import make_supplier
from tests.sandboxes import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

SECOND = dt.timedelta(seconds=1)


def _creation(document: Document) -> MutationIntent:
    return MutationIntent.objects.get(operation="invoiceCreate", target=str(document.pk))


def _count_invoices(shop: Shop, order_id: str) -> int:
    return len(shop.order(order_id)["invoices"])


def test_an_invoice_whose_answer_got_lost_is_not_made_twice(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.process.set_fault(kind="drop", operation="invoiceCreate")
    now = timezone.now()
    with pytest.raises(SaleorUncertain):
        shop.process(placed.id, now=now)
    intent = _creation(shop.document(placed.id))
    assert (intent.state, intent.sent_at) == ("intended", now)

    # when
    shop.process(placed.id, now=now + SECOND)

    # then
    intent.refresh_from_db()
    (invoice,) = shop.order(placed.id)["invoices"]
    assert (intent.state, intent.result_id) == ("done", invoice["id"])
    assert shop.calls()["invoiceCreate"] == 1


def test_an_invoice_that_may_still_arrive_is_waited_for(shop: Shop, settings: Settings) -> None:
    # given
    settings.SALEOR_TIMEOUT_SECONDS = 1.5
    make_supplier(shop.installation)
    placed = shop.place()
    # Too late for us, but Saleor carries it out.
    shop.sandbox.process.set_fault(kind="hang", operation="invoiceCreate", seconds=3)
    now = timezone.now()
    with pytest.raises(SaleorUncertain):
        shop.process(placed.id, now=now)
    settings.SALEOR_TIMEOUT_SECONDS = 20.0

    # when
    with pytest.raises(TemporaryFailure, match="waiting to see") as waiting:
        shop.process(placed.id, now=now + 10 * SECOND)

    # then
    assert waiting.value.retry_after == IN_FLIGHT - 10 * SECOND
    assert shop.calls()["invoiceCreate"] == 1

    # when
    _wait_for_invoice(shop, placed.id)
    shop.process(placed.id, now=now + IN_FLIGHT)

    # then
    assert _creation(shop.document(placed.id)).state == "done"
    assert shop.calls()["invoiceCreate"] == 1
    assert _count_invoices(shop, placed.id) == 1


def _wait_for_invoice(shop: Shop, order_id: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if _count_invoices(shop, order_id):
            return
        time.sleep(0.1)
    raise AssertionError("the hanging request was never carried out")


def test_an_invoice_that_never_arrived_is_made_once_more_after_the_wait(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.process.set_fault(kind="error", operation="invoiceCreate", status=500)
    now = timezone.now()
    with pytest.raises(SaleorUncertain, match="answered 500"):
        shop.process(placed.id, now=now)
    with pytest.raises(TemporaryFailure, match="waiting to see"):
        shop.process(placed.id, now=now + IN_FLIGHT - SECOND)

    # when
    shop.process(placed.id, now=now + IN_FLIGHT)
    shop.process(placed.id, now=now + IN_FLIGHT + SECOND)

    # then
    assert shop.calls()["invoiceCreate"] == 2
    assert _count_invoices(shop, placed.id) == 1


def test_an_invoice_that_surely_was_not_sent_is_sent_at_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    now = timezone.now()

    def refuse_connection(*_args: object, **_options: object) -> None:
        raise SaleorUnavailable("invoiceCreate: cannot connect")

    with monkeypatch.context() as broken:
        broken.setattr(SaleorOperations, "invoice_create", refuse_connection)
        with pytest.raises(SaleorUnavailable):
            shop.process(placed.id, now=now)
    assert _creation(shop.document(placed.id)).sent_at is None

    # when
    shop.process(placed.id, now=now + SECOND)

    # then
    assert shop.calls()["invoiceCreate"] == 1
    assert _count_invoices(shop, placed.id) == 1


@pytest.mark.parametrize("kind", ["drop", "error"])
def test_a_confirmation_whose_answer_got_lost_is_read_back(shop: Shop, kind: str) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.process.set_fault(kind=kind, operation="orderConfirm", status=502)
    with pytest.raises(SaleorUncertain):
        shop.process(placed.id)
    assert _count_invoices(shop, placed.id) == 0

    # when
    shop.process(placed.id)

    # then
    calls = shop.calls()
    assert calls["orderConfirm"] == (1 if kind == "drop" else 2)
    assert calls["invoiceCreate"] == 1
    assert shop.order(placed.id)["status"] == "UNFULFILLED"


def test_an_order_that_somebody_else_confirmed_a_moment_before_is_published_all_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    confirm: Callable[..., object] = SaleorOperations.order_confirm

    def confirm_late(saleor: SaleorOperations, order_id: str) -> object:
        shop.change("orderConfirm", order_id)
        return confirm(saleor, order_id)

    monkeypatch.setattr(SaleorOperations, "order_confirm", confirm_late)
    with pytest.raises(TemporaryFailure, match="the order changed meanwhile"):
        shop.process(placed.id)

    # when
    shop.process(placed.id)

    # then
    assert Order.objects.get().status == "UNFULFILLED"
    assert _count_invoices(shop, placed.id) == 1


def test_a_confirmation_that_saleor_refuses_parks_with_its_code(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.meddle(
        "DELETE FROM saleor_sandbox_orderline WHERE order_id ="
        " (SELECT id FROM saleor_sandbox_order WHERE number = ?)",
        int(placed.number),
    )

    # when
    with pytest.raises(SaleorRefused) as refusal:
        shop.process(placed.id)

    # then
    assert refusal.value.code == "INVALID"
    intent = MutationIntent.objects.get(operation="orderConfirm")
    assert (intent.state, intent.sent_at) == ("refused", None)
    assert _count_invoices(shop, placed.id) == 0


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_while_saleor_is_in_trouble_the_order_waits(shop: Shop, status: int) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.process.set_fault(kind="error", operation="order", status=status)

    # when
    with pytest.raises(TemporaryFailure):
        shop.process(placed.id)

    # then
    assert not Order.objects.exists()
    shop.process(placed.id)
    assert _count_invoices(shop, placed.id) == 1


def test_while_saleor_is_down_the_order_waits(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    address = shop.installation.api_url
    shop.installation.api_url = "http://127.0.0.1:1/graphql/"
    shop.installation.save()

    # when
    with pytest.raises(SaleorUnavailable):
        shop.process(placed.id)

    # then
    assert not Order.objects.exists()
    shop.installation.api_url = address
    shop.installation.save()
    shop.process(placed.id)
    assert _count_invoices(shop, placed.id) == 1


def test_an_invoice_that_saleor_refuses_parks_with_its_code_and_succeeds_later(
    shop: Shop,
) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_order SET billing_address_id = NULL WHERE number = ?",
        int(placed.number),
    )
    with pytest.raises(SaleorRefused) as refusal:
        shop.process(placed.id)
    assert refusal.value.code == "NOT_READY"
    document = shop.document(placed.id)
    intent = _creation(document)
    assert (intent.state, intent.sent_at) == ("refused", None)
    file_current_revision(document)
    assert order_papers(Order.objects.get()).state is PapersState.READY

    # when
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_order SET billing_address_id = shipping_address_id WHERE number = ?",
        int(placed.number),
    )
    shop.process(placed.id)

    # then
    assert _creation(document).state == "done"
    assert _count_invoices(shop, placed.id) == 1


def test_an_order_that_a_replica_does_not_show_yet_is_asked_for_again(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)

    # when
    with pytest.raises(TemporaryFailure, match="does not show the order yet") as waiting:
        shop.process(order_global_id())

    # then
    assert waiting.value.retry_after == 2 * SECOND
    assert not Order.objects.exists()


def test_an_order_that_is_never_shown_parks(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)

    # when
    with pytest.raises(PermanentFailure) as refusal:
        shop.process(order_global_id(), attempt=10)

    # then
    assert refusal.value.code == services.NO_ORDER == "NO_ORDER"
    assert not Order.objects.exists()


def test_a_replica_that_lags_behind_the_event_is_asked_again(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    updated_at = dt.datetime.fromisoformat(shop.order(placed.id)["updatedAt"])

    # when
    with pytest.raises(TemporaryFailure, match="does not show the order yet"):
        shop.process(placed.id, not_before=updated_at + SECOND)

    # then
    assert not Order.objects.exists()
    shop.process(placed.id, not_before=updated_at)
    assert _count_invoices(shop, placed.id) == 1


def test_a_replica_that_never_catches_up_is_believed_at_last(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()

    # when
    shop.process(placed.id, not_before=timezone.now() + dt.timedelta(hours=1), attempt=10)

    # then
    assert _count_invoices(shop, placed.id) == 1
