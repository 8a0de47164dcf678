"""Payments are reported on the orders that they pay, each once, and never back where they came
from."""

from __future__ import annotations

import pytest
from saleor_sandbox.buyer import PlacedOrder

from saleor_b2b_docs.saleor.errors import SaleorUncertain
from saleor_b2b_docs.saleor.manifest import PERMISSIONS
from saleor_b2b_docs.saleor.services import NO_PAYMENTS_PERMISSION
from saleor_b2b_docs.settlements.payments.services import NewPayment, record_provisional
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.services import enqueue
from tests.builders.onec import NOW, contract_called, payment_fact, say, waybill_fact
from tests.onec.into_saleor.conftest import Desk
from tests.sandboxes import HAMMER, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

P1 = "1c-main:P1"
"""What the usual payment is in the books, and at Saleor."""


def _card(desk: Desk, placed: PlacedOrder, amount: float, reference: str = "card-1") -> None:
    desk.shop.sandbox.api.call(
        "mutation($id: ID!, $transaction: TransactionCreateInput!) {"
        " transactionCreate(id: $id, transaction: $transaction) { errors { code } } }",
        {
            "id": placed.id,
            "transaction": {
                "pspReference": reference,
                "amountCharged": {"amount": amount, "currency": placed.currency},
            },
        },
        token=desk.shop.sandbox.token_of(STAFF),
    )


def test_an_advance_for_an_order_is_reported_on_it(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100.50")

    desk.report(placed)

    order = desk.at_saleor(placed)
    assert desk.charged(placed) == {P1: 100.5}
    assert (order["chargeStatus"], order["totalCharged"]["amount"]) == ("PARTIAL", 100.5)


def test_the_same_again_reports_nothing(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.report(placed)
    desk.shop.sandbox.process.forget_calls()

    desk.payment(placed, "100")
    desk.report(placed)

    assert desk.shop.calls() == {}
    assert desk.charged(placed) == {P1: 100.0}


def test_a_payment_is_reported_by_its_allocated_part(desk: Desk) -> None:
    # given a payment that names no order and settles the waybills of two
    first, second = desk.place(), desk.place()
    for key, placed, gross in (("W1", first, "300"), ("W2", second, "200")):
        say(
            desk.base,
            waybill_fact(key, gross, orders=[placed.id], number=key),
            now=desk.now,
        )
    say(desk.base, payment_fact("P1", "400"), now=desk.now)

    # when
    desk.report(first)
    desk.report(second)

    # then
    assert desk.charged(first) == {P1: 300.0}
    assert desk.charged(second) == {P1: 100.0}


def test_a_changed_payment_changes_its_transaction(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.report(placed)

    desk.payment(placed, "250")
    desk.report(placed)
    assert desk.charged(placed) == {P1: 250.0}

    desk.payment(placed, "50")
    desk.report(placed)
    assert desk.charged(placed) == {P1: 50.0}
    assert desk.shop.calls()["transactionCreate"] == 1


def test_an_unposted_payment_is_charged_no_more(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.report(placed)

    desk.unpost("payment", "P1")
    desk.report(placed)

    order = desk.at_saleor(placed)
    assert desk.charged(placed) == {P1: 0.0}
    assert order["chargeStatus"] == "NONE"

    # when it is posted again, its own transaction is charged again
    desk.payment(placed, "100")
    desk.report(placed)
    assert desk.charged(placed) == {P1: 100.0}


@pytest.mark.parametrize(("is_for_order", "left"), [(True, 60.0), (False, 100.0)])
def test_money_paid_back_takes_from_the_order_that_it_names(
    desk: Desk, is_for_order: bool, left: float
) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.report(placed)

    orders = [placed.id] if is_for_order else []
    say(desk.base, payment_fact("R1", "40", orders=orders, is_refund=True), now=desk.now)
    desk.report(placed)

    assert desk.charged(placed) == {P1: left}


def test_a_lost_answer_is_read_back(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.shop.sandbox.process.set_fault(kind="drop", operation="transactionCreate")
    with pytest.raises(SaleorUncertain):
        desk.report(placed)

    desk.report(placed)

    assert desk.shop.calls()["transactionCreate"] == 1
    assert desk.charged(placed) == {P1: 100.0}


def test_a_request_that_never_arrived_is_repeated_after_the_wait(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.shop.sandbox.process.set_fault(kind="error", operation="transactionCreate", status=502)
    with pytest.raises(SaleorUncertain):
        desk.report(placed)
    # Also when it is unposted meanwhile: it might come yet, and would stay.
    desk.unpost("payment", "P1")
    desk.payment(placed, "70", key="P2")
    with pytest.raises(TemporaryFailure, match="waiting to see"):
        desk.report(placed)
    assert desk.charged(placed) == {}

    desk.wait()
    desk.report(placed)

    assert desk.charged(placed) == {"1c-main:P2": 70.0}


def test_a_lost_answer_of_a_change_is_read_back(desk: Desk) -> None:
    placed = desk.place()
    desk.payment(placed, "100")
    desk.report(placed)
    desk.payment(placed, "60")
    desk.shop.sandbox.process.set_fault(kind="drop", operation="transactionUpdate")
    with pytest.raises(SaleorUncertain):
        desk.report(placed)

    desk.report(placed)

    assert desk.shop.calls()["transactionUpdate"] == 1
    assert desk.charged(placed) == {P1: 60.0}


def test_card_money_that_the_books_repeat_is_not_reported_back(desk: Desk) -> None:
    placed = desk.place()
    _card(desk, placed, 100)
    say(
        desk.base,
        payment_fact("P1", "100", orders=[placed.id], number="card-1"),
        now=desk.now,
    )

    desk.report(placed)

    assert desk.charged(placed) == {"card-1": 100.0}
    assert desk.notes(placed) == ["FROM_SALEOR"]


def test_money_that_saleor_announced_is_not_reported_back(desk: Desk) -> None:
    # given a payment that the shop's own provider took, before the books had it
    placed = desk.place()
    desk.waybill(placed, {HAMMER: 3}, gross="100")
    contract = contract_called(desk.base)
    announced = NewPayment(
        reference="saleor:txn-1",
        contract=contract,
        received_on=payment_fact().received_on,
        amount=10_000,
        source="saleor",
        orders=((placed.id, None),),
    )
    record_provisional(desk.shop.installation, [announced], now=desk.now)
    desk.payment(placed, "100")

    # when
    desk.report(placed)

    # then
    assert desk.charged(placed) == {}
    assert desk.notes(placed) == ["FROM_SALEOR"]
    assert desk.fulfilled(placed) == {HAMMER: 3}


def test_beside_others_money_ours_fills_up_to_the_total(desk: Desk) -> None:
    placed = desk.place()
    _card(desk, placed, placed.gross - 30)
    desk.payment(placed, "100")

    desk.report(placed)

    assert desk.charged(placed) == {"card-1": round(placed.gross - 30, 2), P1: 30.0}
    assert desk.notes(placed) == ["PAID_OTHERWISE"]
    assert desk.at_saleor(placed)["chargeStatus"] == "FULL"


def test_without_the_permission_goods_are_told_and_money_waits(desk: Desk) -> None:
    desk.grant(*PERMISSIONS)
    placed = desk.place()
    desk.waybill(placed, {HAMMER: 3})
    desk.payment(placed, "100")

    with pytest.raises(PermanentFailure) as refused:
        desk.report(placed)

    assert refused.value.code == NO_PAYMENTS_PERMISSION
    assert desk.fulfilled(placed) == {HAMMER: 3}
    assert desk.charged(placed) == {}

    # when the merchant grants it
    desk.grant(*PERMISSIONS, "HANDLE_PAYMENTS")
    desk.report(placed)

    assert desk.charged(placed) == {P1: 100.0}
    assert desk.shop.calls()["orderFulfill"] == 1


def test_money_in_another_currency_is_told_to_staff(desk: Desk) -> None:
    placed = desk.place()
    say(desk.base, payment_fact("P1", "10", orders=[placed.id], currency="EUR"), now=desk.now)

    desk.report(placed)

    assert desk.charged(placed) == {}
    assert desk.notes(placed) == ["OTHER_CURRENCY"]


def test_jobs_that_waited_for_the_permission_go_on_once_it_is_seen(desk: Desk) -> None:
    desk.grant(*PERMISSIONS)
    enqueue("onec.report_order", key="waiting", installation_id=desk.shop.installation.pk, now=NOW)
    Job.objects.update(state=Job.State.PARKED, error_code=NO_PAYMENTS_PERMISSION)
    desk.shop.refresh_channels()
    assert Job.objects.get(key="waiting").state == Job.State.PARKED

    desk.grant(*PERMISSIONS, "HANDLE_PAYMENTS", is_known=False)
    desk.shop.refresh_channels()

    assert Job.objects.get(key="waiting").state == Job.State.QUEUED
