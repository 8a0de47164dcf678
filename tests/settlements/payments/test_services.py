"""Payments that are posted, announced, matched, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import ContractFigures, Entry, Payment
from saleor_b2b_docs.settlements.payments.services import (
    NewPayment,
    record,
    record_provisional,
    unrecord,
)
from saleor_b2b_docs.settlements.postings import InvalidPosting
from tests.settlements.books import NOW, a_contract, book, day, waybill

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    return a_contract()


def _payment(
    contract: Contract, reference: str, amount: int, on: dt.date, **more: Any
) -> NewPayment:
    return NewPayment(reference=reference, contract=contract, amount=amount, received_on=on, **more)


def _record(*payments: NewPayment) -> None:
    record(payments[0].contract.supplier.installation, payments, now=NOW)


def _announce(*payments: NewPayment) -> int:
    return record_provisional(payments[0].contract.supplier.installation, payments, now=NOW)


def _balance(contract: Contract) -> int:
    figures = ContractFigures.objects.filter(contract=contract).first()
    return figures.debt - figures.advance if figures else 0


def test_a_payment_is_posted_and_shown(contract: Contract) -> None:
    # given
    book(waybill(contract, "w", 500, day(1)))

    # when
    _record(_payment(contract, "p", 200, day(2), number="00017", purpose="за товар"))

    # then
    row = Payment.objects.get()
    assert (row.amount, row.number, row.purpose, row.is_provisional) == (
        200,
        "00017",
        "за товар",
        False,
    )
    assert row.entry == Entry.objects.get(reference="p")
    assert _balance(contract) == 300


def test_a_refund_adds_to_the_debt_and_is_shown_as_money_back(contract: Contract) -> None:
    # given
    _record(_payment(contract, "p", 200, day(1)))

    # when
    _record(_payment(contract, "r", 200, day(2), is_refund=True))

    # then
    assert Payment.objects.get(reference="r").amount == -200
    assert _balance(contract) == 0


def test_a_provisional_payment_is_shown_and_never_an_entry(contract: Contract) -> None:
    # given
    book(waybill(contract, "w", 500, day(1)))

    # when
    count = _announce(_payment(contract, "bank:1", 200, day(2), source="bank_file"))

    # then
    assert count == 1
    assert Payment.objects.get().is_provisional
    assert not Entry.objects.exclude(reference="w").exists()
    assert _balance(contract) == 500


def test_the_same_announcement_again_is_no_other(contract: Contract) -> None:
    # given
    announced = _payment(contract, "bank:1", 200, day(2), source="bank_file")
    _announce(announced)

    # when / then
    assert _announce(announced) == 0
    assert Payment.objects.count() == 1


def test_a_posted_payment_takes_the_place_of_what_announced_it(contract: Contract) -> None:
    # given
    _announce(
        _payment(contract, "bank:1", 200, day(2), source="bank_file"),
        _payment(contract, "bank:2", 300, day(2), source="bank_file"),
    )

    # when
    _record(_payment(contract, "p", 200, day(4)))

    # then
    posted = Payment.objects.get(reference="p")
    matched = {row.reference: row.matched for row in Payment.objects.filter(is_provisional=True)}
    assert matched == {"bank:1": posted, "bank:2": None}


def test_an_announcement_of_what_is_posted_already_is_matched_at_once(contract: Contract) -> None:
    # given
    _record(_payment(contract, "p", 200, day(4)))

    # when
    _announce(_payment(contract, "bank:1", 200, day(3), source="bank_file"))

    # then
    assert Payment.objects.get(reference="bank:1").matched == Payment.objects.get(reference="p")


def test_one_announcement_is_matched_once(contract: Contract) -> None:
    # given
    _announce(_payment(contract, "bank:1", 200, day(2), source="bank_file"))

    # when
    _record(_payment(contract, "p1", 200, day(2)), _payment(contract, "p2", 200, day(3)))

    # then
    assert Payment.objects.get(reference="bank:1").matched == Payment.objects.get(reference="p1")


@pytest.mark.parametrize(
    "changes",
    [{"amount": 201}, {"received_on": day(25)}, {"orders": (("another order", None),)}],
)
def test_what_differs_is_not_matched(contract: Contract, changes: dict[str, Any]) -> None:
    # given
    _announce(
        _payment(contract, "saleor:1", 200, day(2), source="saleor", orders=(("order", None),))
    )

    # when
    posted = {"amount": 200, "received_on": day(2), **changes}
    _record(NewPayment(reference="p", contract=contract, **posted))

    # then
    assert Payment.objects.get(reference="saleor:1").matched is None


def test_an_unposted_payment_shows_its_announcement_again(contract: Contract) -> None:
    # given
    _announce(_payment(contract, "bank:1", 200, day(2), source="bank_file"))
    _record(_payment(contract, "p", 200, day(2)))

    # when
    count = unrecord(contract.supplier.installation, ["p"], now=NOW)

    # then
    assert count == 1
    assert Payment.objects.get(reference="bank:1").matched is None
    assert Payment.objects.get(reference="p").entry is None
    assert _balance(contract) == 0


def test_a_changed_payment_keeps_its_row(contract: Contract) -> None:
    # given
    _record(_payment(contract, "p", 200, day(2)))
    before = Payment.objects.get().pk

    # when
    _record(_payment(contract, "p", 250, day(3)))

    # then
    row = Payment.objects.get()
    assert (row.pk, row.amount, row.received_on) == (before, 250, day(3))
    assert row.entry == Entry.objects.get(amount=-250)
    assert _balance(contract) == -250


@pytest.mark.parametrize("amount", [0, -5])
def test_a_payment_of_nothing_is_refused(contract: Contract, amount: int) -> None:
    for write in (_record, _announce):
        with pytest.raises(InvalidPosting):
            write(_payment(contract, "good", 100, day(1)), _payment(contract, "p", amount, day(2)))

    assert not Payment.objects.exists()
    assert not Entry.objects.exists()
