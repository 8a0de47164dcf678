from __future__ import annotations

import base64
import datetime as dt
import json
import uuid

import pytest

from saleor_b2b_docs.parties.contracts.changes import ContractChanges
from saleor_b2b_docs.parties.contracts.services import (
    contract_for_order,
    ensure_contract,
    update_contract,
)
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PartiesError, PermissionDenied
from saleor_b2b_docs.parties.models import Contract, Coverage, Supplier
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.logs import captured_log
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def supplier() -> Supplier:
    return make_supplier(make_installation())


def _staff(installation: Installation, *permissions: str) -> Viewer:
    return Viewer(ViewerKind.STAFF, installation.pk, "VXNlcjo5", frozenset(permissions))


def _chosen(supplier: Supplier, wanted: str = "", *, user_id: str = BUYER_ID) -> Contract | None:
    return contract_for_order(
        supplier.installation,
        supplier=supplier,
        user_id=user_id,
        currency="UAH",
        wanted=wanted,
        now=NOW,
    )


def _global_id(type_name: str, key: uuid.UUID) -> str:
    return base64.b64encode(f"{type_name}:{key}".encode()).decode()


def test_a_contract_is_made_on_the_spot_once(supplier: Supplier) -> None:
    counterparty = make_counterparty(supplier.installation)

    made = ensure_contract(supplier, counterparty, "UAH", now=NOW)
    again = ensure_contract(supplier, counterparty, "UAH", now=NOW)
    euros = ensure_contract(supplier, counterparty, "EUR", now=NOW)

    assert made == again
    assert made != euros
    assert (made.is_main, made.number, made.coverage, made.created_at) == (
        True,
        "",
        Coverage.INCOMPLETE,
        NOW,
    )


def test_where_invoices_make_the_debt_all_of_it_is_known(supplier: Supplier) -> None:
    supplier.debt_from = "invoice"

    made = ensure_contract(supplier, make_counterparty(supplier.installation), "UAH", now=NOW)

    assert made.coverage == Coverage.FULL


def test_a_closed_contract_makes_way(supplier: Supplier) -> None:
    closed = make_contract(supplier, make_counterparty(supplier.installation), is_closed=True)

    made = ensure_contract(supplier, closed.counterparty, "UAH", now=NOW)

    closed.refresh_from_db()
    assert made != closed
    assert (made.is_main, closed.is_main) == (True, False)


def test_nobody_s_member_has_no_contract_and_none_is_made(supplier: Supplier) -> None:
    make_member(make_counterparty(supplier.installation), user_id=OTHER_BUYER_ID)

    assert _chosen(supplier) is None
    assert _chosen(supplier, user_id="") is None
    assert not Contract.objects.exists()


def test_without_a_choice_it_is_the_main_contract_of_the_oldest_seat(supplier: Supplier) -> None:
    newer = make_counterparty(supplier.installation, name="Нова")
    older = make_counterparty(supplier.installation, name="Стара")
    make_member(newer, created_at=NOW)
    make_member(older, created_at=NOW - dt.timedelta(days=1))
    make_contract(supplier, older, number="побічний", is_main=False)
    main = make_contract(supplier, older)

    assert _chosen(supplier) == main


@pytest.mark.parametrize("is_global", [False, True])
def test_the_buyer_s_choice_counts_as_contract_or_company(
    supplier: Supplier, is_global: bool
) -> None:
    first = make_counterparty(supplier.installation)
    second = make_counterparty(supplier.installation, name="Друга")
    make_member(first, created_at=NOW - dt.timedelta(days=1))
    make_member(second)
    main = make_contract(supplier, second)
    special = make_contract(supplier, second, number="Д-2", is_main=False)

    def wanted(type_name: str, key: uuid.UUID) -> str:
        return _global_id(type_name, key) if is_global else str(key)

    assert _chosen(supplier, wanted("B2BContract", special.pk)) == special
    assert _chosen(supplier, wanted("B2BCounterparty", second.pk)) == main


def test_a_choice_outside_of_the_memberships_is_no_choice(supplier: Supplier) -> None:
    mine = make_contract(supplier, make_counterparty(supplier.installation))
    make_member(mine.counterparty)
    foreign = make_contract(supplier, make_counterparty(supplier.installation, name="Чужа"))
    elsewhere = make_installation(api_url=OTHER_API_URL)
    there = make_contract(make_supplier(elsewhere), make_counterparty(elsewhere))
    make_member(there.counterparty)

    for wanted in (
        str(foreign.pk),
        _global_id("B2BContract", foreign.pk),
        str(foreign.counterparty_id),
        str(there.pk),
        _global_id("B2BDocument", mine.pk),
        "nonsense",
        "\x00",
        "VXNlcjox",
    ):
        assert _chosen(supplier, wanted) == mine


def test_a_contract_that_cannot_take_the_order_still_says_which_company(
    supplier: Supplier,
) -> None:
    make_member(make_counterparty(supplier.installation), created_at=NOW)
    meant = make_counterparty(supplier.installation, name="Друга")
    make_member(meant)
    main = make_contract(supplier, meant)
    other = make_supplier(supplier.installation, code="other", is_default=False)

    for unfit in (
        make_contract(supplier, meant, currency="EUR"),
        make_contract(other, meant),
        make_contract(supplier, meant, is_main=False, is_closed=True),
    ):
        assert _chosen(supplier, str(unfit.pk)) == main


def test_staff_change_what_they_give_and_leave_the_rest(supplier: Supplier) -> None:
    # given
    installation = supplier.installation
    contract = make_contract(
        supplier, make_counterparty(installation), credit_limit=5, terms=Terms.of_days(7)
    )
    manager = make_manager(installation)

    # when
    with captured_log() as log:
        changed = update_contract(
            _staff(installation, "MANAGE_USERS"),
            contract.pk,
            changes=ContractChanges(
                credit_limit=100_000_00,
                terms=Terms.of_days(30),
                coverage=Coverage.SITE_ORDERS,
                books_from=dt.date(2026, 1, 1),
                manager_id=manager.pk,
                name="Основний",
            ),
        )

    # then
    contract.refresh_from_db()
    assert changed.manager == manager
    assert (contract.credit_limit, contract.terms) == (
        10_000_000,
        Terms.of_days(30).to_json(),
    )
    assert (contract.coverage, contract.books_from, contract.manager, contract.name) == (
        "site_orders",
        dt.date(2026, 1, 1),
        manager,
        "Основний",
    )
    assert (contract.number, contract.is_main, contract.is_closed) == ("Д-1", True, False)
    line = json.loads(log.getvalue())
    assert (line["event"], line["by"]) == ("contract changed", "VXNlcjo5")
    assert line["before"]["credit_limit"] == 5
    assert line["after"]["books_from"] == "2026-01-01"


def test_none_takes_a_limit_terms_and_manager_away(supplier: Supplier) -> None:
    installation = supplier.installation
    contract = make_contract(
        supplier,
        make_counterparty(installation),
        credit_limit=5,
        terms=Terms.of_days(7),
        manager=make_manager(installation),
        books_from=dt.date(2026, 1, 1),
    )

    update_contract(
        _staff(installation, "MANAGE_USERS"),
        contract.pk,
        changes=ContractChanges(credit_limit=None, terms=None, manager_id=None, books_from=None),
    )

    contract.refresh_from_db()
    assert (contract.credit_limit, contract.terms, contract.manager, contract.books_from) == (
        None,
        None,
        None,
        None,
    )


def test_a_new_main_contract_takes_over_from_the_old_one(supplier: Supplier) -> None:
    counterparty = make_counterparty(supplier.installation)
    old = make_contract(supplier, counterparty)
    euros = make_contract(supplier, counterparty, currency="EUR")
    new = make_contract(supplier, counterparty, number="Д-2", is_main=False)
    viewer = _staff(supplier.installation, "MANAGE_USERS")

    update_contract(viewer, new.pk, changes=ContractChanges(is_main=True))

    assert set(Contract.objects.filter(is_main=True)) == {new, euros}
    update_contract(viewer, new.pk, changes=ContractChanges(is_closed=True))
    assert set(Contract.objects.filter(is_main=True)) == {euros}
    assert not Contract.objects.get(pk=old.pk).is_main


@pytest.mark.parametrize(
    ("permissions", "error"),
    [
        ((), PermissionDenied),
        (("MANAGE_ORDERS", "MANAGE_SETTINGS"), PermissionDenied),
    ],
)
def test_changing_contracts_needs_the_permission(
    supplier: Supplier, permissions: tuple[str, ...], error: type[PartiesError]
) -> None:
    contract = make_contract(supplier, make_counterparty(supplier.installation))
    make_member(contract.counterparty)
    before = Contract.objects.values().get()
    customer = Viewer(ViewerKind.CUSTOMER, supplier.installation_id, BUYER_ID)

    for viewer in (_staff(supplier.installation, *permissions), customer, ANONYMOUS):
        with pytest.raises(error):
            update_contract(viewer, contract.pk, changes=ContractChanges(credit_limit=1))

    assert Contract.objects.values().get() == before


def test_what_cannot_be_is_refused_and_changes_nothing(supplier: Supplier) -> None:
    # given
    elsewhere = make_installation(api_url=OTHER_API_URL)
    contract = make_contract(
        supplier, make_counterparty(supplier.installation), is_main=False, is_closed=True
    )
    stranger = make_manager(elsewhere)
    before = Contract.objects.values().get()
    viewer = _staff(supplier.installation, "MANAGE_USERS")

    # then
    refused: list[tuple[ContractChanges, type[PartiesError]]] = [
        (ContractChanges(credit_limit=-1), InvalidInput),
        (ContractChanges(credit_limit=10**18), InvalidInput),
        (ContractChanges(name="x" * 301), InvalidInput),
        (ContractChanges(is_main=True), InvalidInput),
        (ContractChanges(manager_id=stranger.pk), NotFound),
        (ContractChanges(manager_id=0), NotFound),
    ]
    for changes, error in refused:
        with pytest.raises(error):
            update_contract(viewer, contract.pk, changes=changes)
    with pytest.raises(NotFound):
        update_contract(viewer, uuid.uuid4(), changes=ContractChanges())
    with pytest.raises(NotFound):
        update_contract(
            _staff(elsewhere, "MANAGE_USERS"), contract.pk, changes=ContractChanges(name="моє")
        )
    assert Contract.objects.values().get() == before


def test_no_changes_change_nothing(supplier: Supplier) -> None:
    contract = make_contract(supplier, make_counterparty(supplier.installation))
    before = Contract.objects.values().get()

    update_contract(
        _staff(supplier.installation, "MANAGE_USERS"), contract.pk, changes=ContractChanges()
    )

    assert Contract.objects.values().get() == before
