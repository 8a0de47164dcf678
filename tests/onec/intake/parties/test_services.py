"""Who a base says trades with whom, and what becomes of money that came before it said so."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from saleor_b2b_docs.onec.facts import GroupFact, ManagerFact, PartyRef, SupplierFact
from saleor_b2b_docs.onec.models import Base, Delivery
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Coverage,
    Group,
    Match,
    Supplier,
)
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.settlements.models import DuePart, Entry
from saleor_b2b_docs.work.models import Job
from tests.builders.onec import (
    BUYER,
    books,
    contract_called,
    contract_fact,
    counterparty_fact,
    make_base,
    payment_fact,
    say,
    stored,
    waybill_fact,
)
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import BUYER_ID

pytestmark = pytest.mark.django_db

EVENTS, COMMERCEML = Delivery.Channel.EVENTS, Delivery.Channel.COMMERCEML


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def _called(base: Base, key: str) -> Counterparty:
    alias = Alias.objects.get(source=base.code, kind=Alias.Kind.COUNTERPARTY, external_id=key)
    return Counterparty.objects.get(pk=alias.target)


def test_a_company_is_made_with_all_that_is_said(base: Base) -> None:
    # when
    summary = say(
        base,
        GroupFact(key="G1", name="Холдинг", credit_limit=Decimal(1000), currency="UAH"),
        counterparty_fact(
            tax_id="38451232",
            email="office@zatyshok.example",
            address="м. Київ",
            group_key="G1",
            manager=ManagerFact(name="Ірина", phone="+380"),
            terms=Terms.of_days(30),
        ),
    )

    # then
    assert (summary.new, summary.unmatched) == (2, 1)
    company = _called(base, "C1")
    assert (company.name, company.tax_id) == ("ТОВ «Магазин Затишок»", "38451232")
    assert (company.email, company.address) == ("office@zatyshok.example", "м. Київ")
    assert company.group is not None
    assert company.manager is not None
    assert (company.group.name, company.group.credit_limit) == ("Холдинг", 100_000)
    assert company.manager.phone == "+380"
    assert company.terms == Terms.of_days(30).to_json()


def test_a_company_that_somebody_acts_for_is_matched(base: Base) -> None:
    # given
    make_member(make_counterparty(base.installation, alias="C1"))

    # when
    summary = say(base, counterparty_fact(), counterparty_fact("C2", name="ТОВ «Інший»"))

    # then
    assert summary.unmatched == 1


@pytest.mark.parametrize("way", ["alias", "our own id", "user", "tax id"])
def test_who_a_key_means(base: Base, way: str) -> None:
    # given
    known = make_counterparty(
        base.installation, name="ТОВ «Відомий»", tax_id="38451232", alias="C9"
    )
    make_member(known)
    key = {"alias": "C9", "our own id": str(known.pk), "user": BUYER_ID, "tax id": "C1"}[way]
    if way == "tax id":
        Alias.objects.all().delete()

    # when
    say(base, counterparty_fact(key, tax_id="38451232" if way == "tax id" else ""))

    # then
    assert Counterparty.objects.count() == 1
    assert _called(base, key) == known


def test_a_user_of_two_companies_means_neither(base: Base) -> None:
    # given
    for name in ("ТОВ «А»", "ТОВ «Б»"):
        make_member(make_counterparty(base.installation, name=name, tax_id=""))

    # when
    say(base, counterparty_fact(BUYER_ID))

    # then
    assert Counterparty.objects.count() == 3


@pytest.mark.parametrize("is_money_first", [True, False])
def test_nobody_is_matched_by_a_name_and_staff_are_asked(base: Base, is_money_first: bool) -> None:
    # given
    namesake = make_counterparty(base.installation, tax_id="")

    # when
    if is_money_first:
        say(base, waybill_fact())
    say(base, counterparty_fact())

    # then
    company = _called(base, "C1")
    assert company != namesake
    match = Match.objects.get()
    assert (match.counterparty, match.duplicate, match.reason) == (
        namesake,
        company,
        "company_name",
    )


def test_what_a_channel_has_no_word_for_stays(base: Base) -> None:
    # given
    told = counterparty_fact(terms=Terms.of_days(30), manager=ManagerFact(name="Ірина"))
    limit = contract_fact(credit_limit=Decimal(9), terms=Terms.of_days(7))
    say(base, told, limit, channel=EVENTS)

    # when
    say(base, counterparty_fact(address="м. Львів"), contract_fact(), channel=COMMERCEML)

    # then
    company, contract = _called(base, "C1"), contract_called(base)
    assert (company.terms, company.address) == (Terms.of_days(30).to_json(), "м. Львів")
    assert company.manager is not None
    assert (contract.credit_limit, contract.terms) == (900, Terms.of_days(7).to_json())

    # when
    say(base, counterparty_fact(), contract_fact(number="Д-2"), channel=EVENTS)

    # then
    company, contract = _called(base, "C1"), contract_called(base)
    assert (company.terms, company.manager) == (None, None)
    assert (contract.credit_limit, contract.terms) == (None, None)


@pytest.mark.parametrize(
    ("channel", "told", "stub"),
    [
        (EVENTS, Coverage.FULL, Coverage.INCOMPLETE),
        (COMMERCEML, Coverage.SITE_ORDERS, Coverage.SITE_ORDERS),
    ],
)
def test_how_much_a_channel_tells_of_a_contract(
    base: Base, channel: str, told: str, stub: str
) -> None:
    # when
    say(base, waybill_fact(), channel=channel)

    # then
    assert contract_called(base).coverage == stub

    # when
    say(base, contract_fact(), channel=channel)

    # then
    assert contract_called(base).coverage == told

    # when
    say(base, contract_fact(coverage=Coverage.INCOMPLETE), channel=channel)
    say(base, contract_fact(number="Д-2"), channel=channel)

    # then
    assert contract_called(base).coverage == Coverage.INCOMPLETE


def test_a_stub_becomes_the_contract_and_its_money_is_dated_by_its_terms(base: Base) -> None:
    # given
    say(base, waybill_fact(), payment_fact(settles=["W1"]))
    stub = contract_called(base)

    # when
    say(base, contract_fact(terms=Terms.of_days(3), books_from=dt.date(2026, 3, 1)))

    # then
    contract = contract_called(base)
    assert (contract, contract.number) == (stub, "Д-1")
    assert DuePart.objects.get().due_on == dt.date(2026, 3, 5)


def test_money_older_than_the_books_leaves_them_when_the_contract_is_told(base: Base) -> None:
    # given
    say(base, waybill_fact(), payment_fact())

    # when
    say(base, contract_fact(books_from=dt.date(2026, 3, 4)))

    # then
    assert [row[:2] for row in books(base)["figures"].values()] == [(0, 40_000)]


def test_a_contract_that_turns_out_to_be_anothers_moves_with_its_money(base: Base) -> None:
    # given
    euros = waybill_fact("W2", "70", currency="EUR")
    say(base, waybill_fact(), euros, counterparty_fact(), counterparty_fact("C2", name="ТОВ «Б»"))
    moved = contract_called(base)

    # when
    say(base, contract_fact(counterparty="C2"))

    # then
    assert contract_called(base) == moved
    assert books(base)["figures"] == {
        ("K1#UAH", ("C2",)): (100_000, 0, 0),
        ("K1#EUR", ("C2",)): (7_000, 0, 0),
    }
    assert Entry.objects.count() == 2
    assert Job.objects.filter(name="documents.follow_contracts").count() == 2


def test_money_of_another_currency_goes_beside_whichever_came_first(base: Base) -> None:
    # when
    say(base, payment_fact("P1", "7", currency="EUR"))
    say(base, contract_fact())
    say(base, payment_fact("P2", "8", currency="EUR"), payment_fact("P3", "9"))

    # then
    assert books(base)["figures"] == {
        ("K1#EUR", ("C1",)): (0, 1_500, 0),
        ("K1#UAH", ("C1",)): (0, 900, 0),
    }


def test_a_main_contract_takes_over_what_was_made_on_the_spot(base: Base) -> None:
    # given
    spot = dataclasses.replace(BUYER, contract_key="")
    say(base, waybill_fact("W1", party=spot), payment_fact("P1", party=BUYER))

    # when
    say(base, contract_fact(is_main=True))

    # then
    assert books(base)["figures"] == {("K1#UAH", ("C1",)): (60_000, 0, 0)}
    assert list(Contract.objects.filter(is_main=True)) == [contract_called(base)]
    assert Contract.objects.get(is_main=False).is_closed


def test_a_company_that_turns_out_to_be_known_brings_its_money(base: Base) -> None:
    # given
    known = make_counterparty(base.installation, name="ТОВ «Відомий»", tax_id="38451232")
    main = make_contract(Supplier.objects.get(), known)
    spot = dataclasses.replace(BUYER, contract_key="")
    say(base, waybill_fact("W1", party=spot), waybill_fact("W2", "70"))

    # when
    say(base, counterparty_fact(tax_id="38451232"))

    # then
    assert _called(base, "C1") == known
    assert contract_called(base).counterparty == known
    assert set(Entry.objects.filter(amount=100_000).values_list("contract", flat=True)) >= {main.pk}
    assert sorted(books(base)["figures"].values()) == [(7_000, 0, 0), (100_000, 0, 0)]


def test_a_holding_is_named_before_it_is_told_of(base: Base) -> None:
    # given
    say(base, counterparty_fact(group_key="G1"))

    # when
    say(base, GroupFact(key="G1", name="Холдинг"))

    # then
    group = Group.objects.get()
    assert (group.name, _called(base, "C1").group) == ("Холдинг", group)


def test_a_holding_takes_the_name_of_one_that_staff_made(base: Base) -> None:
    # given
    known = Group.objects.create(installation=base.installation, name="Холдинг")
    say(base, counterparty_fact(group_key="G1"))

    # when
    say(base, GroupFact(key="G1", name="Холдинг"))

    # then
    assert list(Group.objects.all()) == [known]
    assert _called(base, "C1").group == known


def test_a_supplier_is_known_by_its_tax_id(base: Base) -> None:
    # given
    other = make_supplier(base.installation, code="other", is_default=False)
    Supplier.objects.filter(pk=other.pk).update(tax_id="87654321")
    party = dataclasses.replace(BUYER, supplier_key="S2")

    # when
    say(base, waybill_fact(party=party), SupplierFact(key="S2", tax_id="87654321"))

    # then
    assert contract_called(base).supplier == other


@pytest.mark.parametrize("tax_id", ["", "00000000"])
def test_an_unknown_supplier_is_for_staff(base: Base, tax_id: str) -> None:
    # given
    before = stored()

    # when
    summary = say(base, SupplierFact(key="S2", name="ТОВ «Ромашка»", tax_id=tax_id))

    # then
    assert [refusal.code for refusal in summary.refused] == ["UNKNOWN_SUPPLIER"]
    assert stored() == before


@pytest.mark.parametrize("said", ["contract", "money"])
def test_a_contract_of_another_supplier_is_refused(base: Base, said: Any) -> None:
    # given
    other = make_supplier(base.installation, code="other", is_default=False)
    Supplier.objects.filter(pk=other.pk).update(tax_id="87654321")
    say(base, SupplierFact(key="S2", tax_id="87654321"), waybill_fact())
    before = stored()
    strangers = PartyRef(supplier_key="S2", counterparty_key="C1", contract_key="K1")
    fact = (
        contract_fact(party=PartyRef(supplier_key="S2", counterparty_key="C1"))
        if said == "contract"
        else waybill_fact("W2", party=strangers)
    )

    # when
    summary = say(base, fact)

    # then
    assert [refusal.code for refusal in summary.refused] == ["CONTRACT_OF_STRANGERS"]
    assert stored() == before
