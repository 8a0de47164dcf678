"""What an order is settled by: decided once, as soon as its buyer is somebody's member."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import latest_orders_of
from saleor_b2b_docs.orders.services import adopt_orders, forget_person, take_snapshot
from saleor_b2b_docs.parties.models import Contract, Match, Member, Supplier
from saleor_b2b_docs.work.models import Job
from tests.builders.orders import make_order
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_match,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.snapshots import UPDATED_AT, shown_order

pytestmark = pytest.mark.django_db

LATER = UPDATED_AT + dt.timedelta(seconds=1)


@pytest.fixture
def supplier() -> Supplier:
    return make_supplier(make_installation())


def _take(supplier: Supplier, *, wanted: str = "", **changes: Any) -> Order:
    private = {"b2b.contract": wanted} if wanted else {}
    shown = shown_order(private_metadata=private, **changes)
    return take_snapshot(supplier.installation, shown, now=timezone.now())


def _identifications() -> list[object]:
    return [job.arguments for job in Job.objects.filter(name="parties.identify")]


def test_a_member_s_order_has_the_main_contract_made_if_there_is_none(
    supplier: Supplier,
) -> None:
    member = make_member(make_counterparty(supplier.installation))

    order = _take(supplier)

    contract = Contract.objects.get()
    assert Order.objects.get().contract == order.contract == contract
    assert (contract.supplier, contract.counterparty, contract.currency, contract.is_main) == (
        supplier,
        member.counterparty,
        "UAH",
        True,
    )
    assert _identifications() == []


def test_what_the_buyer_chose_counts(supplier: Supplier) -> None:
    counterparty = make_counterparty(supplier.installation)
    make_member(counterparty)
    make_contract(supplier, counterparty)
    chosen = make_contract(supplier, counterparty, number="Д-2", is_main=False)

    assert _take(supplier, wanted=str(chosen.pk)).contract == chosen


def test_a_choice_of_somebody_else_s_contract_is_none(supplier: Supplier) -> None:
    mine = make_contract(supplier, make_counterparty(supplier.installation))
    make_member(mine.counterparty)
    foreign = make_contract(supplier, make_counterparty(supplier.installation, name="Чужа"))

    assert _take(supplier, wanted=str(foreign.pk)).contract == mine


def test_a_contract_is_decided_once(supplier: Supplier) -> None:
    counterparty = make_counterparty(supplier.installation)
    make_member(counterparty)
    decided = make_contract(supplier, counterparty)
    other = make_contract(supplier, counterparty, number="Д-2", is_main=False)
    _take(supplier)

    again = _take(supplier, wanted=str(other.pk), updatedAt=LATER)

    assert again.contract == decided


def test_a_choice_that_comes_while_nothing_is_decided_counts(supplier: Supplier) -> None:
    assert _take(supplier).contract is None
    counterparty = make_counterparty(supplier.installation)
    make_member(counterparty)
    make_contract(supplier, counterparty)
    chosen = make_contract(supplier, counterparty, number="Д-2", is_main=False)

    # Metadata alone leaves Saleor's updatedAt as it was.
    assert _take(supplier, wanted=str(chosen.pk)).contract == chosen


def test_an_order_that_nobody_sells_has_no_contract_until_somebody_does(
    supplier: Supplier,
) -> None:
    make_member(make_counterparty(supplier.installation))
    Supplier.objects.update(is_default=False)
    assert _take(supplier).contract is None

    Supplier.objects.update(is_default=True)

    assert _take(supplier, updatedAt=LATER).contract == Contract.objects.get()


def test_an_unknown_user_is_looked_up_once_per_order(supplier: Supplier) -> None:
    _take(supplier)
    Job.objects.all().delete()

    _take(supplier, updatedAt=LATER)

    assert _identifications() == []
    _take(supplier, id="T3JkZXI6Mg==")
    assert _identifications() == [{"user": BUYER_ID}]


def test_a_guest_is_not_looked_up_but_the_customer_he_becomes(supplier: Supplier) -> None:
    order = _take(supplier, user=None)
    assert (order.contract, _identifications()) == (None, [])

    _take(supplier, updatedAt=LATER)

    assert _identifications() == [{"user": BUYER_ID}]


def test_a_forgotten_person_is_not_looked_up_nor_settled_with(supplier: Supplier) -> None:
    _take(supplier)
    forget_person(supplier.installation, user_id=BUYER_ID)
    Job.objects.all().delete()
    make_member(make_counterparty(supplier.installation))

    order = _take(supplier, updatedAt=LATER)

    assert (order.user_id, order.contract) == ("", None)
    assert _identifications() == []


def test_who_leaves_acts_for_nobody_any_more(supplier: Supplier) -> None:
    make_member(make_counterparty(supplier.installation))
    make_match(make_counterparty(supplier.installation))
    order = _take(supplier)

    forget_person(supplier.installation, user_id=BUYER_ID)

    assert not Member.objects.exists()
    assert not Match.objects.exists()
    # The order's money stays where it is.
    assert Order.objects.get().contract == order.contract


def test_a_new_member_s_orders_get_their_contracts_and_nobody_else_s(
    supplier: Supplier,
) -> None:
    # given
    installation = supplier.installation
    hryvnias = make_order(installation, number="1", supplier=supplier)
    euros = make_order(installation, number="2", supplier=supplier, currency="EUR")
    unsold = make_order(installation, number="3")
    decided = make_order(installation, number="4", supplier=supplier)
    other = make_contract(supplier, make_counterparty(installation, name="Інша"))
    Order.objects.filter(pk=decided.pk).update(contract=other)
    make_order(installation, number="5", supplier=supplier, user_id=OTHER_BUYER_ID)
    make_order(installation, number="6", supplier=supplier, user_id="")
    elsewhere = make_installation(api_url=OTHER_API_URL)
    make_order(elsewhere, number="7", supplier=make_supplier(elsewhere))
    make_member(make_counterparty(installation))

    # when
    adopted = adopt_orders(installation, user_id=BUYER_ID, now=timezone.now())

    # then
    assert adopted == [hryvnias, euros]
    hryvnias.refresh_from_db()
    euros.refresh_from_db()
    assert hryvnias.contract is not None
    assert euros.contract is not None
    assert (hryvnias.contract.currency, euros.contract.currency) == ("UAH", "EUR")
    decided.refresh_from_db()
    assert decided.contract == other
    unsettled = Order.objects.filter(contract=None).order_by("number")
    assert [order.number for order in unsettled] == ["3", "5", "6", "7"]
    assert unsold in unsettled
    assert adopt_orders(installation, user_id=BUYER_ID, now=timezone.now()) == []


def test_nobody_s_orders_are_nobody_s(supplier: Supplier) -> None:
    make_order(supplier.installation, supplier=supplier, user_id="")
    make_member(make_counterparty(supplier.installation), user_id="x")

    assert adopt_orders(supplier.installation, user_id="", now=timezone.now()) == []
    assert latest_orders_of(supplier.installation, "", count=5) == []


def test_the_latest_orders_come_first(supplier: Supplier) -> None:
    now = timezone.now()
    for number in range(4):
        make_order(
            supplier.installation,
            number=str(number),
            placed_at=now - dt.timedelta(days=number),
        )

    latest = latest_orders_of(supplier.installation, BUYER_ID, count=2)

    assert [order.number for order in latest] == ["0", "1"]
