"""Money that was posted before the accounting system had told of its contract."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import Entry, OpenOrder, Payment
from saleor_b2b_docs.settlements.moving.services import begin_books, move_money
from saleor_b2b_docs.settlements.payments.services import NewPayment, record
from saleor_b2b_docs.settlements.services import order_changed, rebuild
from tests.builders.orders import make_order
from tests.builders.parties import make_contract
from tests.settlements.books import NOW, a_contract, book, day, settled, waybill

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    """With an order, a waybill of it that has a due date of its own, and a payment."""
    contract = a_contract()
    installation = contract.supplier.installation
    order = make_order(installation, saleor_id="T3JkZXI6QQ==")
    order.contract = contract
    order.save()
    order_changed(order, now=NOW)
    book(
        waybill(contract, "w1", 500, day(2), orders=["T3JkZXI6QQ=="]),
        waybill(contract, "w2", 300, day(3), due=day(4)),
    )
    payment = NewPayment(reference="p1", contract=contract, received_on=day(5), amount=200)
    record(installation, [payment], now=NOW)
    return contract


def test_money_moves_with_all_that_is_known_of_it(contract: Contract) -> None:
    # given
    target = make_contract(contract.supplier, contract.counterparty, is_main=False)
    expected = settled(contract)

    # when
    moved = move_money(contract, target, now=NOW)

    # then
    assert moved == 3
    assert settled(target) == expected
    assert settled(contract)["figures"][:4] == (0, 0, 0, 0)
    assert Payment.objects.get().contract == target
    assert Order.objects.get().contract == target
    assert OpenOrder.objects.get().contract == target
    contract.refresh_from_db()
    assert (contract.is_main, contract.is_closed) == (False, True)
    for each in (contract, target):
        assert rebuild(each, is_written=False) == []


def test_money_of_nothing_moves_nothing(contract: Contract) -> None:
    # given
    other = make_contract(contract.supplier, contract.counterparty, is_main=False)
    before = settled(contract)

    # when
    moved = move_money(other, contract, now=NOW)

    # then
    assert moved == 0
    assert settled(contract) == before


def test_what_is_older_than_the_books_leaves_them(contract: Contract) -> None:
    # when
    gone = begin_books(contract, dt.date(2026, 3, 3), now=NOW)

    # then
    assert gone == 1
    assert settled(contract)["figures"][:2] == (100, 0)
    assert Entry.objects.filter(reference="w1").count() == 2


def test_a_payment_from_before_the_targets_books_moves_out_of_the_books(contract: Contract) -> None:
    # given books that begin after all that there is
    target = make_contract(contract.supplier, contract.counterparty, is_main=False)
    target.books_from = dt.date(2026, 4, 1)
    target.save()

    # when
    move_money(contract, target, now=NOW)

    # then
    payment = Payment.objects.get()
    assert (payment.contract, payment.entry) == (target, None)
    for each in (contract, target):
        assert settled(each)["figures"][:3] == (0, 0, 0)
        assert rebuild(each, is_written=False) == []
