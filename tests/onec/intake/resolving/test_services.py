"""Where money goes that names its order, its company, or nobody."""

from __future__ import annotations

import base64
import dataclasses
import uuid

import pytest

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.onec.facts import OrderRef, PartyRef
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract, Counterparty, Supplier
from saleor_b2b_docs.settlements.models import Entry, EntryOrder
from tests.builders.onec import (
    contract_called,
    contract_fact,
    make_base,
    payment_fact,
    say,
    waybill_fact,
)
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

OTHER_SHOP = "https://other.example/graphql/"
UUID = uuid.UUID("42a6e4d2-0f0e-4000-8000-000000000001")
GLOBAL_ID = base64.b64encode(f"Order:{UUID}".encode()).decode()


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


@pytest.fixture
def order(base: Base) -> Order:
    company = make_counterparty(base.installation, alias="C1")
    contract = make_contract(Supplier.objects.get(), company, number="Д-7", is_main=False)
    order = make_order(base.installation, saleor_id=GLOBAL_ID, number="142")
    order.contract, order.supplier = contract, contract.supplier
    order.save()
    return order


@pytest.mark.parametrize(
    "ref", [OrderRef(id=GLOBAL_ID), OrderRef(id=str(UUID)), OrderRef(id="1c", number="142")]
)
def test_money_of_an_order_goes_to_the_orders_contract(
    base: Base, order: Order, ref: OrderRef
) -> None:
    # when
    fact = dataclasses.replace(waybill_fact(party=PartyRef()), orders=(ref,))
    say(base, fact)

    # then
    assert Entry.objects.get().contract == order.contract
    assert EntryOrder.objects.get().order_id == GLOBAL_ID
    assert Document.objects.get().order == order


def test_money_of_an_order_in_another_currency_goes_to_the_same_company(
    base: Base, order: Order
) -> None:
    # when
    say(base, payment_fact(party=PartyRef(), currency="EUR", orders=[GLOBAL_ID]))

    # then
    contract = Entry.objects.get().contract
    assert order.contract is not None
    assert (contract.currency, contract.is_main) == ("EUR", True)
    assert contract.counterparty == order.contract.counterparty


@pytest.mark.parametrize("says_the_type", [False, True])
def test_a_contract_named_as_the_order_named_it_is_that_contract(
    base: Base, order: Order, says_the_type: bool
) -> None:
    # given a base that never told of the contract: orders name it by its id here
    contract = order.contract
    assert contract is not None
    key = str(contract.pk)
    if says_the_type:
        key = base64.b64encode(f"B2BContract:{key}".encode()).decode()
    party = PartyRef(counterparty_key="C1", contract_key=key)

    # when money comes in both currencies, and the contract is told of
    say(base, payment_fact("P1", party=party, currency="EUR"))
    say(base, payment_fact("P2", party=party))
    say(base, contract_fact(key, counterparty="C1", number="Д-7/1"))

    # then
    contract.refresh_from_db()
    assert contract.number == "Д-7/1"
    assert Contract.objects.count() == 2
    assert Entry.objects.get(reference="1c-main:P2").contract == contract
    assert Entry.objects.get(reference="1c-main:P1").contract.currency == "EUR"


def test_a_contract_of_another_shop_is_not_found_by_its_id(base: Base) -> None:
    # given
    other = make_base(code="other", supplier=make_supplier(make_installation(api_url=OTHER_SHOP)))
    foreign = make_contract(
        Supplier.objects.get(installation=other.installation),
        make_counterparty(other.installation),
    )

    # when
    party = PartyRef(counterparty_key="C1", contract_key=str(foreign.pk))
    say(base, payment_fact(party=party))

    # then
    assert Entry.objects.get().contract.supplier.installation == base.installation
    assert not foreign.entries.exists()


def test_the_contract_that_is_named_counts_more_than_the_orders(base: Base, order: Order) -> None:
    # when
    say(base, waybill_fact(orders=[GLOBAL_ID]))

    # then
    assert Entry.objects.get().contract == contract_called(base) != order.contract


def test_a_company_that_is_named_counts_more_than_the_orders(base: Base, order: Order) -> None:
    # when
    say(base, waybill_fact(party=PartyRef(counterparty_key="C2"), orders=[GLOBAL_ID]))

    # then
    contract = Entry.objects.get().contract
    assert (contract.is_main, contract.counterparty.name) == (True, "C2")


def test_money_that_names_its_company_only_goes_to_the_main_contract(base: Base) -> None:
    # given
    company = make_counterparty(base.installation, alias="C1")
    main = make_contract(Supplier.objects.get(), company, is_closed=True)

    # when
    say(base, payment_fact(party=PartyRef(counterparty_key="C1")))

    # then
    assert Entry.objects.get().contract == main


def test_one_main_contract_is_made_on_the_spot_for_all(base: Base) -> None:
    # when
    party = PartyRef(counterparty_key="C1")
    say(base, *(payment_fact(f"P{n}", party=party) for n in range(3)))

    # then
    contract = Contract.objects.get()
    assert (contract.is_main, contract.number, contract.coverage) == (True, "", "incomplete")


@pytest.mark.parametrize("has_key", [True, False])
def test_a_company_is_found_by_the_tax_id_that_its_money_says(base: Base, has_key: bool) -> None:
    # given
    known = make_counterparty(base.installation)

    # when
    party = PartyRef(counterparty_key="C1" if has_key else "", counterparty_tax_id=known.tax_id)
    say(base, payment_fact(party=party))

    # then
    assert Entry.objects.get().contract.counterparty == known


def test_a_second_key_of_one_tax_id_is_another_company(base: Base) -> None:
    # given
    known = make_counterparty(base.installation)
    parties = [
        PartyRef(counterparty_key=key, counterparty_tax_id=known.tax_id) for key in ("C1", "C2")
    ]

    # when
    say(base, *(payment_fact(f"P{n}", party=party) for n, party in enumerate(parties)))

    # then
    assert Counterparty.objects.count() == 2


def test_money_of_nobody_is_refused(base: Base) -> None:
    # when
    summary = say(base, payment_fact(party=PartyRef(contract_key="K1", counterparty_name="ТОВ")))

    # then
    assert [refusal.code for refusal in summary.refused] == ["UNKNOWN_COUNTERPARTY"]
    assert not Contract.objects.exists()


def test_an_order_that_is_named_twice_is_one(base: Base, order: Order) -> None:
    # when
    refs = (OrderRef(id=GLOBAL_ID), OrderRef(number="142"))
    say(base, dataclasses.replace(waybill_fact(), orders=refs))

    # then
    assert EntryOrder.objects.values_list("order_id", "amount").get() == (GLOBAL_ID, None)


def test_a_facts_without_a_supplier_are_the_bases_own(base: Base) -> None:
    # given
    Supplier.objects.update(is_default=False)
    Base.objects.update(supplier=Supplier.objects.get())

    # when
    summary = say(base, waybill_fact())

    # then
    assert summary.new == 1
