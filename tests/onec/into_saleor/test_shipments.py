"""Waybills fulfil the lines of their orders in Saleor, and unposting them takes that back."""

from __future__ import annotations

import pytest

from saleor_b2b_docs.onec.models import OrderReport
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUncertain
from saleor_b2b_docs.work.errors import TemporaryFailure
from tests.onec.into_saleor.conftest import Desk
from tests.sandboxes import GLOVES, HAMMER

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]


def test_a_waybill_fulfils_its_lines(desk: Desk) -> None:
    placed = desk.place(HAMMER, GLOVES, quantity=5)
    before = desk.stock()
    desk.waybill(placed, {HAMMER: 3})

    desk.report(placed)

    order = desk.at_saleor(placed)
    assert desk.fulfilled(placed) == {HAMMER: 3, GLOVES: 0}
    assert order["status"] == "PARTIALLY_FULFILLED"
    (fulfillment,) = order["fulfillments"]
    assert fulfillment["privateMetafield"]
    assert desk.stock()["kyiv"] == (before["kyiv"][0] - 3, before["kyiv"][1] - 3)
    assert desk.notes(placed) == []


def test_the_same_again_does_nothing_and_asks_nothing(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)
    desk.shop.sandbox.process.forget_calls()

    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)

    assert desk.shop.calls() == {}
    assert len(desk.at_saleor(placed)["fulfillments"]) == 1


def test_nothing_is_told_unless_the_supplier_wants_it(desk: Desk) -> None:
    Supplier.objects.update(reports_shipments=False, reports_payments=False)
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.payment(placed, "100")
    desk.shop.sandbox.process.forget_calls()

    desk.report(placed)

    assert desk.shop.calls() == {}
    assert desk.at_saleor(placed)["fulfillments"] == []
    assert not OrderReport.objects.exists()


def test_goods_of_two_warehouses_become_two_fulfilments(desk: Desk) -> None:
    # given goods that Saleor holds in two warehouses
    low = "UPDATE saleor_sandbox_stock SET quantity = ? WHERE variant_id IN (SELECT id FROM "
    low += "saleor_sandbox_productvariant WHERE sku = ?) AND warehouse_id IN (SELECT id FROM "
    low += "saleor_sandbox_warehouse WHERE slug = ?)"
    free = {place: quantity - held for place, (quantity, held) in desk.stock().items()}
    counts = {place: quantity for place, (quantity, _) in desk.stock().items()}
    desk.shop.sandbox.meddle(low, counts["kyiv"] - free["kyiv"] + 4, HAMMER, "kyiv")
    desk.shop.sandbox.meddle(low, counts["lviv"] - free["lviv"] + 2, HAMMER, "lviv")
    placed = desk.place(HAMMER, quantity=6)
    desk.waybill(placed, {HAMMER: 6})

    # when
    desk.report(placed)

    # then
    try:
        order = desk.at_saleor(placed)
        sent = {
            entry["warehouse"]["slug"]: entry["lines"][0]["quantity"]
            for entry in order["fulfillments"]
        }
        assert sent == {"kyiv": 4, "lviv": 2}
        assert order["status"] == "FULFILLED"

        # when it is unposted, each goes back to where it came from
        desk.unpost("waybill", "W1")
        desk.report(placed)
        assert desk.fulfilled(placed) == {HAMMER: 0}
        assert {entry["status"] for entry in desk.at_saleor(placed)["fulfillments"]} == {"CANCELED"}
    finally:
        desk.shop.sandbox.meddle(low, counts["kyiv"], HAMMER, "kyiv")
        desk.shop.sandbox.meddle(low, counts["lviv"], HAMMER, "lviv")


def test_an_unposted_waybill_is_taken_back_with_its_stock(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    before = desk.stock()
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)

    desk.unpost("waybill", "W1")
    desk.report(placed)

    order = desk.at_saleor(placed)
    assert desk.fulfilled(placed) == {HAMMER: 0}
    assert order["status"] == "UNFULFILLED"
    assert [entry["status"] for entry in order["fulfillments"]] == ["CANCELED"]
    assert desk.stock() == before


def test_a_reposted_waybill_takes_the_difference(desk: Desk) -> None:
    placed = desk.place(HAMMER, GLOVES, quantity=5)
    desk.waybill(placed, {HAMMER: 5})
    desk.report(placed)

    desk.waybill(placed, {HAMMER: 2, GLOVES: 5})
    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 2, GLOVES: 5}


def test_of_two_waybills_the_unposted_one_is_taken_back(desk: Desk) -> None:
    placed = desk.place(HAMMER, quantity=5)
    desk.waybill(placed, {HAMMER: 2})
    desk.report(placed)
    desk.waybill(placed, {HAMMER: 3}, key="W2")
    desk.report(placed)
    assert desk.at_saleor(placed)["status"] == "FULFILLED"

    desk.unpost("waybill", "W1")
    desk.report(placed)

    sent = [
        (entry["status"], entry["lines"][0]["quantity"])
        for entry in desk.at_saleor(placed)["fulfillments"]
    ]
    assert sent == [("CANCELED", 2), ("FULFILLED", 3)]


def test_staffs_own_fulfilment_counts_as_done_and_stays(desk: Desk) -> None:
    placed = desk.place(HAMMER, quantity=5)
    desk.fulfil_by_staff(placed, HAMMER, 2)
    desk.waybill(placed, {HAMMER: 5})

    desk.report(placed)

    quantities = [entry["lines"][0]["quantity"] for entry in desk.at_saleor(placed)["fulfillments"]]
    assert quantities == [2, 3]

    desk.unpost("waybill", "W1")
    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 2}


def test_what_staff_take_back_stays_so_until_the_books_change(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)
    answer = desk.shop.sandbox.ask(
        "query($id: ID!) { order(id: $id) { fulfillments { id warehouse { id } } } }", id=placed.id
    )["order"]["fulfillments"][0]
    desk.shop.sandbox.ask(
        "mutation($id: ID!, $place: ID!) { orderFulfillmentCancel(id: $id,"
        " input: {warehouseId: $place}) { errors { code } } }",
        id=answer["id"],
        place=answer["warehouse"]["id"],
    )

    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 0}


def test_a_waybill_of_the_whole_sum_needs_no_lines(desk: Desk) -> None:
    placed = desk.place(HAMMER, GLOVES)
    desk.waybill(placed)

    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 3, GLOVES: 3}


def test_a_waybill_of_another_sum_without_lines_is_told_to_staff(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, gross="100")

    desk.report(placed)

    assert desk.at_saleor(placed)["fulfillments"] == []
    assert desk.notes(placed) == ["WAYBILL_WITHOUT_LINES"]


def test_a_waybill_without_a_sum_fulfils_by_its_lines(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    assert placed.gross

    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 3}


def test_a_lost_answer_is_read_back(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.shop.sandbox.process.set_fault(kind="drop", operation="orderFulfill")
    with pytest.raises(SaleorUncertain):
        desk.report(placed)

    desk.report(placed)

    assert desk.shop.calls()["orderFulfill"] == 1
    (fulfillment,) = desk.at_saleor(placed)["fulfillments"]
    # It is known for ours by the order's history, and marked now.
    assert fulfillment["privateMetafield"]
    desk.unpost("waybill", "W1")
    desk.report(placed)
    assert desk.fulfilled(placed) == {HAMMER: 0}


def test_a_request_that_never_arrived_is_repeated_after_the_wait(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.shop.sandbox.process.set_fault(kind="error", operation="orderFulfill", status=502)
    with pytest.raises(SaleorUncertain):
        desk.report(placed)
    with pytest.raises(TemporaryFailure, match="waiting to see"):
        desk.report(placed)

    desk.wait()
    desk.report(placed)

    assert desk.shop.calls()["orderFulfill"] == 2
    assert len(desk.at_saleor(placed)["fulfillments"]) == 1


def test_a_lost_answer_of_taking_back_is_read_back(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    before = desk.stock()
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)
    desk.unpost("waybill", "W1")
    desk.shop.sandbox.process.set_fault(kind="drop", operation="orderFulfillmentCancel")
    with pytest.raises(SaleorUncertain):
        desk.report(placed)

    desk.report(placed)

    assert desk.shop.calls()["orderFulfillmentCancel"] == 1
    assert desk.stock() == before


def test_an_unpaid_order_that_saleor_does_not_send_is_parked(desk: Desk) -> None:
    desk.set_shop(fulfillmentAllowUnpaid=False)
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})

    with pytest.raises(SaleorRefused) as refused:
        desk.report(placed)

    assert refused.value.code == "CANNOT_FULFILL_UNPAID_ORDER"
    assert desk.fulfilled(placed) == {HAMMER: 0}

    # Money first: the payment that is reported pays the order, which then may go.
    desk.payment(placed, str(placed.gross))
    desk.report(placed)
    assert desk.fulfilled(placed) == {HAMMER: 3}


def test_what_waits_for_an_approval_counts_as_done(desk: Desk) -> None:
    desk.set_shop(fulfillmentAutoApprove=False)
    placed = desk.place(HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)

    desk.unpost("waybill", "W1")
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)

    statuses = [entry["status"] for entry in desk.at_saleor(placed)["fulfillments"]]
    assert statuses == ["WAITING_FOR_APPROVAL"]

    desk.unpost("waybill", "W1")
    desk.report(placed)
    assert desk.fulfilled(placed) == {HAMMER: 0}


def test_more_than_saleor_has_goes_out_all_the_same(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    stock = desk.stock()["kyiv"][0]
    change = (
        "UPDATE saleor_sandbox_stock SET quantity = quantity + ? WHERE variant_id IN "
        "(SELECT id FROM saleor_sandbox_productvariant WHERE sku = ?)"
    )
    desk.shop.sandbox.meddle(change, -stock, HAMMER)
    desk.waybill(placed, {HAMMER: 3})
    try:
        desk.report(placed)

        assert desk.fulfilled(placed) == {HAMMER: 3}
        assert desk.stock()["kyiv"][0] == -3
    finally:
        desk.shop.sandbox.meddle(change, stock, HAMMER)


@pytest.mark.parametrize("status", ["UNCONFIRMED", "CANCELED"])
def test_orders_that_are_not_confirmed_or_cancelled_are_left_alone(desk: Desk, status: str) -> None:
    placed = desk.place(HAMMER)
    if status == "CANCELED":
        desk.shop.change("orderCancel", placed.id)
    else:
        desk.shop.sandbox.meddle(
            "UPDATE saleor_sandbox_order SET status = ? WHERE number = ?", status, placed.number
        )
    desk.waybill(placed, {HAMMER: 3})
    desk.payment(placed, "100")

    desk.report(placed)

    order = desk.at_saleor(placed)
    assert (order["status"], order["fulfillments"], order["transactions"]) == (status, [], [])


def test_an_order_is_told_once_it_is_confirmed(desk: Desk) -> None:
    placed = desk.place(HAMMER)
    desk.shop.sandbox.meddle(
        "UPDATE saleor_sandbox_order SET status = 'UNCONFIRMED' WHERE number = ?", placed.number
    )
    desk.waybill(placed, {HAMMER: 3})
    desk.report(placed)
    desk.shop.change("orderConfirm", placed.id)

    desk.report(placed)

    assert desk.fulfilled(placed) == {HAMMER: 3}
