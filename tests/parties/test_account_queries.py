"""Whose contracts and companies a caller sees, and what is read of a contract."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.parties.models import Alias, CalendarDay, Contract, Counterparty, Role
from saleor_b2b_docs.parties.queries import (
    calendar_of,
    counterparty_of,
    main_contract,
    money_contract,
    money_contracts,
    resolve_alias,
    seats,
    supplier_today,
    terms_of,
    visible_contracts,
    visible_counterparties,
    visible_counterparty,
)
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.parties import (
    make_alias,
    make_contract,
    make_counterparty,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture
def contract(installation: Installation) -> Contract:
    """Of the buyer's company, beside a stranger's here and one elsewhere."""
    supplier = make_supplier(installation)
    stranger = make_counterparty(installation, name="ТОВ «Чужий»", tax_id="1")
    make_contract(supplier, stranger, number="Д-2")
    elsewhere = make_installation(api_url=OTHER_API_URL)
    make_contract(make_supplier(elsewhere), make_counterparty(elsewhere), number="Д-3")
    return make_contract(supplier, make_counterparty(installation))


def _customer(installation: Installation, user_id: str = BUYER_ID) -> Viewer:
    return Viewer(ViewerKind.CUSTOMER, installation.pk, user_id)


def _staff(installation: Installation, *permissions: str) -> Viewer:
    return Viewer(ViewerKind.STAFF, installation.pk, "VXNlcjo5", frozenset(permissions))


@pytest.mark.parametrize("role", Role)
def test_owners_and_accountants_see_money_and_buyers_only_that_there_is_a_contract(
    contract: Contract, installation: Installation, role: Role
) -> None:
    make_member(contract.counterparty, role=role)
    buyer = _customer(installation)

    sees_money = role is not Role.BUYER
    assert list(money_contracts(buyer)) == ([contract] if sees_money else [])
    assert (money_contract(buyer, contract.pk) == contract) is sees_money
    assert list(visible_contracts(buyer)) == [contract]
    assert list(visible_counterparties(buyer)) == [contract.counterparty]


def test_nobody_else_sees_the_contract(contract: Contract, installation: Installation) -> None:
    make_member(contract.counterparty)
    elsewhere = Installation.objects.get(api_url=OTHER_API_URL)
    strangers = [
        ANONYMOUS,
        _customer(installation, OTHER_BUYER_ID),
        _customer(installation, ""),
        _customer(elsewhere),
        _staff(installation),
        _staff(installation, "MANAGE_SETTINGS"),
        _staff(elsewhere, "MANAGE_ORDERS", "MANAGE_USERS"),
    ]

    for viewer in strangers:
        assert money_contract(viewer, contract.pk) is None
        assert not visible_contracts(viewer).filter(pk=contract.pk).exists()
        assert visible_counterparty(viewer, contract.counterparty_id) is None


def test_staff_see_the_contracts_of_their_installation(
    contract: Contract, installation: Installation
) -> None:
    viewer = _staff(installation, "MANAGE_ORDERS")

    assert {one.number for one in money_contracts(viewer)} == {"Д-1", "Д-2"}
    assert visible_counterparties(viewer).count() == 2
    users_only = _staff(installation, "MANAGE_USERS")
    assert not money_contracts(users_only).exists()
    assert visible_counterparties(users_only).count() == 2


def test_seats_are_one_query_and_only_a_customer_s(
    contract: Contract, installation: Installation
) -> None:
    make_member(contract.counterparty, role=Role.ACCOUNTANT)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = seats(_customer(installation))

    assert found == {contract.counterparty_id: Role.ACCOUNTANT}
    assert len(queries) == 1
    assert seats(_staff(installation, "MANAGE_ORDERS")) == {}
    assert seats(ANONYMOUS) == {}


def test_a_contract_comes_with_its_parties_and_managers(
    contract: Contract, installation: Installation
) -> None:
    contract.counterparty.manager = make_manager(installation)
    contract.counterparty.save()
    make_member(contract.counterparty)

    with CaptureQueriesContext(connection) as queries:
        found = money_contract(_customer(installation), contract.pk)
        assert found is not None
        assert found.supplier.legal_name == "ТОВ «Ромашка»"
        assert found.counterparty.manager is not None
        assert found.counterparty.manager.name == "Ірина Мельник"
        assert found.manager is None

    assert len(queries) == 1


def test_a_merged_counterparty_is_not_seen_and_leads_to_what_it_became(
    installation: Installation,
) -> None:
    survivor = make_counterparty(installation)
    duplicate = make_counterparty(installation, name="Дубль")
    Counterparty.objects.filter(pk=duplicate.pk).update(merged_into=survivor)

    assert list(visible_counterparties(_staff(installation, "MANAGE_USERS"))) == [survivor]
    assert counterparty_of(installation, duplicate.pk) == survivor
    assert counterparty_of(make_installation(api_url=OTHER_API_URL), duplicate.pk) is None


def test_terms_are_the_contract_s_else_the_counterparty_s_else_the_supplier_s(
    installation: Installation,
) -> None:
    supplier = make_supplier(installation, payment_days=21)
    counterparty = make_counterparty(installation)
    contract = make_contract(supplier, counterparty)

    assert terms_of(contract) == Terms.of_days(21)
    counterparty.terms = Terms.of_days(5).to_json()
    assert terms_of(contract) == Terms.of_days(5)
    contract.terms = Terms.of_days(0, counted_in="banking").to_json()
    assert terms_of(contract) == Terms.of_days(0, counted_in="banking")


def test_the_calendar_is_the_supplier_s_own(installation: Installation) -> None:
    supplier = make_supplier(installation)
    other = make_supplier(installation, code="other", is_default=False)
    CalendarDay.objects.create(supplier=supplier, day=dt.date(2026, 3, 9))
    CalendarDay.objects.create(supplier=other, day=dt.date(2026, 3, 10))

    calendar = calendar_of(supplier)

    assert not calendar.is_working(dt.date(2026, 3, 9))
    assert calendar.is_working(dt.date(2026, 3, 10))


def test_today_is_the_supplier_s_day(installation: Installation) -> None:
    supplier = make_supplier(installation)  # in Kyiv
    before = dt.datetime(2026, 3, 1, 21, 59, 59, tzinfo=dt.UTC)

    assert supplier_today(supplier, before) == dt.date(2026, 3, 1)
    assert supplier_today(supplier, before + dt.timedelta(seconds=1)) == dt.date(2026, 3, 2)


def test_an_alias_leads_to_its_row_in_its_installation_source_and_kind(
    contract: Contract, installation: Installation
) -> None:
    make_alias(installation, kind=Alias.Kind.CONTRACT, external_id="guid", target=str(contract.pk))

    def found(installation_id: int, source: str, kind: str) -> str | None:
        return resolve_alias(installation_id, source=source, kind=kind, external_id="guid")

    assert found(installation.pk, "1c-main", "contract") == str(contract.pk)
    assert found(installation.pk, "1c-second", "contract") is None
    assert found(installation.pk, "1c-main", "counterparty") is None
    assert found(installation.pk + 1000, "1c-main", "contract") is None


def test_the_main_contract_is_of_both_parties_and_the_currency(contract: Contract) -> None:
    supplier, counterparty = contract.supplier, contract.counterparty
    make_contract(supplier, counterparty, number="Д-9", is_main=False)

    assert main_contract(supplier, counterparty, "UAH") == contract
    assert main_contract(supplier, counterparty, "EUR") is None
