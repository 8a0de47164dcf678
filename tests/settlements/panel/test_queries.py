"""What a buyer reads in the debt panel."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.settlements.models import ContractFigures, EntryKind
from saleor_b2b_docs.settlements.panel.figures import CurrencyTotals
from saleor_b2b_docs.settlements.panel.queries import (
    contract_panel,
    contract_panels,
    debt_panel,
)
from saleor_b2b_docs.settlements.services import state_balance, unpost
from tests.builders.orders import make_order
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_group,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.settlements import (
    customer,
    make_books,
    post_credit,
    post_debit,
    staff,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


def day(number: int) -> dt.date:
    """A day of March 2026."""
    return dt.date(2026, 3, number)


def uah(minor: int) -> Money:
    return Money.from_minor(minor, "UAH")


def test_a_contract_that_nothing_was_posted_to_has_zeros() -> None:
    # given
    contract = make_books()
    assert not ContractFigures.objects.exists()

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.debt, panel.advance, panel.overdue) == (uah(0), uah(0), uah(0))
    assert (panel.reserved, panel.open_orders) == (uah(0), uah(0))
    assert (panel.next_due_on, panel.next_due_amount) == (None, None)
    assert (panel.credit_limit, panel.available) == (None, None)
    assert panel.as_of == contract.created_at


def test_debt_advance_and_overdue_are_three_figures() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(9))
    later = post_debit(contract, 5_000, on=day(2), due_on=day(12))
    post_credit(contract, 7_000, on=day(3), settles=[later])  # of which 2,000 settle the oldest
    post_credit(contract, 1_000, on=day(4), orders=[("T3JkZXI6MQ==", None)])

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert panel.debt == uah(8_000)
    assert panel.overdue == uah(8_000)
    assert panel.advance == uah(1_000)
    assert panel.reserved == uah(1_000)


def test_overdue_counts_residual_not_gross() -> None:
    # given
    contract = make_books()
    waybill = post_debit(contract, 10_000, on=day(1), due_on=day(5))
    post_credit(contract, 9_900, on=day(6), settles=[waybill])

    # when / then
    assert contract_panel(contract, now=NOW).overdue == uah(100)


def test_of_instalments_only_those_past_their_day_are_overdue() -> None:
    # given
    contract = make_books()
    post_debit(
        contract,
        9_000,
        on=day(1),
        due_parts=[(day(5), 2_000), (day(9), 3_000), (day(20), 4_000)],
    )

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert panel.overdue == uah(5_000)
    assert panel.debt == uah(9_000)
    assert (panel.next_due_on, panel.next_due_amount) == (day(20), uah(4_000))


def test_a_reversed_waybill_is_not_overdue() -> None:
    # given
    contract = make_books()
    waybill = post_debit(contract, 10_000, on=day(1), due_on=day(5))
    assert contract_panel(contract, now=NOW).overdue == uah(10_000)

    # when
    unpost(contract.supplier.installation, [waybill.reference], now=NOW)

    # then
    panel = contract_panel(contract, now=NOW)
    assert (panel.debt, panel.overdue) == (uah(0), uah(0))


def test_what_is_due_on_an_unknown_day_is_never_overdue() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=dt.date(2020, 1, 1), kind=EntryKind.OPENING_DEBT)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.debt, panel.overdue) == (uah(10_000), uah(0))
    assert panel.next_due_on is None


@pytest.mark.parametrize(
    ("moment", "overdue"),
    [
        (dt.datetime(2026, 3, 10, 21, 59, 59, tzinfo=dt.UTC), 0),
        (dt.datetime(2026, 3, 10, 22, 0, tzinfo=dt.UTC), 10_000),
    ],
    ids=["a second before midnight in Kyiv", "midnight in Kyiv"],
)
def test_a_day_to_pay_by_ends_at_the_suppliers_midnight(moment: dt.datetime, overdue: int) -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(10))

    # when / then
    assert contract_panel(contract, now=moment).overdue == uah(overdue)


def test_next_due_is_the_sum_of_the_nearest_day_today_included() -> None:
    # given
    contract = make_books()
    post_debit(contract, 1_000, on=day(1), due_on=day(9))
    post_debit(contract, 2_000, on=day(1), due_on=TODAY)
    post_debit(contract, 3_000, on=day(2), due_on=TODAY)
    post_debit(contract, 4_000, on=day(3), due_on=day(11))

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.next_due_on, panel.next_due_amount) == (TODAY, uah(5_000))


def _with_open_order(contract: Contract, *, limit: int | None) -> None:
    """A debt of 100.00 and open orders of 30.00."""
    post_debit(contract, 10_000, on=day(1), due_on=day(20))
    ContractFigures.objects.filter(contract=contract).update(open_orders=3_000)
    contract.credit_limit = limit
    contract.save()


@pytest.mark.parametrize(
    ("limit", "counts_open_orders", "available"),
    [
        (50_000, True, 37_000),
        (50_000, False, 40_000),
        (13_000, True, 0),
        (12_999, True, -1),
        (0, False, -10_000),
    ],
)
def test_available_is_limit_less_debt_less_open_orders(
    limit: int, counts_open_orders: bool, available: int
) -> None:
    # given
    contract = make_books()
    contract.supplier.counts_open_orders = counts_open_orders
    _with_open_order(contract, limit=limit)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert panel.available == uah(available)
    assert panel.credit_limit == uah(limit)
    assert panel.open_orders == uah(3_000)


def test_without_a_limit_nothing_is_said_of_what_is_available() -> None:
    # given
    contract = make_books()
    _with_open_order(contract, limit=None)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.credit_limit, panel.group_limit, panel.available) == (None, None, None)


@pytest.mark.parametrize(
    ("own_limit", "group_limit", "available"),
    [
        (50_000, 100_000, 37_000),  # the group has 100,000 − 10,000 − 3,000 − 40,000 left
        (90_000, 100_000, 47_000),
        (None, 100_000, 47_000),
        (90_000, 20_000, -33_000),
    ],
)
def test_a_holdings_limit_is_shared_by_its_members(
    own_limit: int | None, group_limit: int, available: int
) -> None:
    # given
    contract = make_books()
    supplier, installation = contract.supplier, contract.supplier.installation
    group = make_group(installation, credit_limit=group_limit, currency="UAH")
    contract.counterparty.group = group
    contract.counterparty.save()
    _with_open_order(contract, limit=own_limit)
    sister = make_counterparty(installation, name="Сестра", tax_id="2", group=group)
    of_the_sister = make_contract(supplier, sister)
    post_debit(of_the_sister, 40_000, on=day(1), due_on=day(20))
    in_another_currency = make_contract(supplier, sister, currency="USD")
    post_debit(in_another_currency, 99_000, on=day(1), due_on=day(20))
    stranger = make_contract(supplier, make_counterparty(installation, name="Чужа", tax_id="3"))
    post_debit(stranger, 99_000, on=day(1), due_on=day(20))

    # when
    panels = contract_panels([contract, in_another_currency, stranger], now=NOW)

    # then
    assert panels[0].available == uah(available)
    assert panels[0].group_limit == uah(group_limit)
    assert [panel.available for panel in panels[1:]] == [None, None]
    assert [panel.group_limit for panel in panels[1:]] == [None, None]


def test_another_balance_of_the_accounting_system_is_shown_and_said() -> None:
    # given
    contract = make_books()
    contract.credit_limit = 50_000
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    post_debit(contract, 5_000, on=day(2), due_on=day(20))
    _state(contract, day(9), 14_000, overdue=9_000)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert panel.is_being_checked
    assert panel.stated_as_of == day(9)
    assert (panel.debt, panel.advance, panel.overdue) == (uah(14_000), uah(0), uah(9_000))
    assert panel.available == uah(36_000)
    assert (panel.own_debt, panel.own_advance, panel.own_overdue) == (
        uah(15_000),
        uah(0),
        uah(10_000),
    )
    assert (panel.kinder_debt, panel.kinder_overdue) == (uah(14_000), uah(9_000))


def test_our_figures_are_the_kinder_ones_where_they_are_lower() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    _state(contract, day(9), 12_000, overdue=11_000)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.debt, panel.overdue) == (uah(12_000), uah(11_000))
    assert (panel.kinder_debt, panel.kinder_overdue) == (uah(10_000), uah(10_000))


def test_a_stated_advance_is_an_advance_and_nothing_is_overdue_or_due() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    post_debit(contract, 10_000, on=day(1), due_on=day(15))
    _state(contract, day(9), -2_500, overdue=None)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.debt, panel.advance, panel.overdue) == (uah(0), uah(2_500), uah(0))
    assert (panel.next_due_on, panel.next_due_amount) == (None, None)
    assert panel.own_overdue == uah(10_000)


def test_without_a_stated_overdue_sum_ours_is_shown_up_to_the_debt() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    post_debit(contract, 10_000, on=day(1), due_on=day(15))
    _state(contract, day(9), 12_000, overdue=None)
    other = _second_contract(contract)
    post_debit(other, 10_000, on=day(1), due_on=day(5))
    _state(other, day(9), 4_000, overdue=None)

    # when
    panel, capped = contract_panels([contract, other], now=NOW)

    # then
    assert (panel.debt, panel.overdue) == (uah(12_000), uah(10_000))
    assert (panel.next_due_on, panel.next_due_amount) == (day(15), uah(2_000))
    assert (capped.debt, capped.overdue) == (uah(4_000), uah(4_000))


def test_a_balance_that_agreed_on_its_day_hides_nothing_that_came_later() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=dt.date(2026, 1, 15), due_on=day(5))
    post_debit(contract, 5_000, on=day(2), due_on=day(20))
    post_credit(contract, 3_000, on=day(7))
    _state(contract, day(6), 15_000)
    post_debit(contract, 700, on=day(7), due_on=day(20))

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert not panel.is_being_checked
    assert panel.stated_as_of is None
    assert panel.debt == uah(12_700)


def test_a_back_dated_entry_after_an_agreed_balance_is_said() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(20))
    _state(contract, day(6), 10_000)

    # when
    post_debit(contract, 100, on=day(6), due_on=day(20))

    # then
    assert contract_panel(contract, now=NOW).is_being_checked


@pytest.mark.parametrize("comes_first", [True, False])
def test_the_newest_stated_balance_counts(comes_first: bool) -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(20))
    stated = [(day(5), 1), (day(6), 10_000)]
    for as_of, debt in stated if comes_first else stated[::-1]:
        _state(contract, as_of, debt)

    # when / then
    assert not contract_panel(contract, now=NOW).is_being_checked


def test_of_two_stated_for_one_day_the_later_counts() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(1), due_on=day(20))
    _state(contract, day(6), 10_000)
    _state(contract, day(6), 9_000)

    # when / then
    assert contract_panel(contract, now=NOW).debt == uah(9_000)


def test_a_balance_stated_before_anything_is_posted_is_shown() -> None:
    # given
    contract = make_books()
    _state(contract, day(6), 9_000)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert (panel.debt, panel.own_debt, panel.is_being_checked) == (uah(9_000), uah(0), True)


def test_a_groups_limit_goes_by_the_figures_that_are_shown() -> None:
    # given
    contract = make_books()
    installation = contract.supplier.installation
    group = make_group(installation, credit_limit=100_000, currency="UAH")
    contract.counterparty.group = group
    contract.counterparty.save()
    sister = make_counterparty(installation, name="Сестра", tax_id="2", group=group)
    of_the_sister = make_contract(contract.supplier, sister)
    post_debit(of_the_sister, 40_000, on=day(1), due_on=day(20))
    _state(of_the_sister, day(9), 30_000)

    # when / then
    assert contract_panel(contract, now=NOW).available == uah(70_000)


@pytest.mark.parametrize(
    ("heard_ago", "is_stale"),
    [
        (None, False),
        (dt.timedelta(hours=72), False),
        (dt.timedelta(hours=72, seconds=1), True),
    ],
    ids=["there is no accounting system", "just in time", "too long ago"],
)
def test_figures_are_stale_when_nothing_was_heard_for_too_long(
    heard_ago: dt.timedelta | None, is_stale: bool
) -> None:
    # given
    contract = make_books()
    contract.supplier.heard_at = NOW - heard_ago if heard_ago else None
    posted_at = NOW - dt.timedelta(days=30)
    post_debit(contract, 10_000, on=day(1), due_on=day(20), now=posted_at)

    # when
    panel = contract_panel(contract, now=NOW)

    # then
    assert panel.is_stale is is_stale
    assert panel.as_of == (contract.supplier.heard_at or posted_at)


def test_the_contracts_own_manager_comes_before_the_counterpartys() -> None:
    # given
    contract = make_books()
    installation = contract.supplier.installation
    assert contract_panel(contract, now=NOW).manager is None

    # when / then
    contract.counterparty.manager = make_manager(installation, name="Контрагента")
    assert contract_panel(contract, now=NOW).manager == contract.counterparty.manager
    contract.manager = make_manager(installation, name="Договору")
    assert contract_panel(contract, now=NOW).manager == contract.manager


def test_totals_are_per_currency_of_what_is_shown() -> None:
    # given
    contract = make_books()
    make_member(contract.counterparty)
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    other = _second_contract(contract)
    post_debit(other, 1_000, on=day(1), due_on=day(20))
    _state(other, day(9), 1_500)
    dollars = make_contract(contract.supplier, contract.counterparty, currency="USD")
    post_credit(dollars, 700, on=day(1))

    # when
    panel = debt_panel(customer(contract), now=NOW)

    # then
    assert panel is not None
    assert panel.totals == (
        CurrencyTotals("UAH", debt=uah(11_500), advance=uah(0), overdue=uah(10_000)),
        CurrencyTotals(
            "USD",
            debt=Money.from_minor(0, "USD"),
            advance=Money.from_minor(700, "USD"),
            overdue=Money.from_minor(0, "USD"),
        ),
    )
    assert {shown.contract for shown in panel.contracts} == {contract, other, dollars}


def test_a_closed_contract_is_shown_while_it_has_money() -> None:
    # given
    contract = make_books()
    make_member(contract.counterparty)
    Contract.objects.filter(pk=contract.pk).update(is_closed=True)
    waybill = post_debit(contract, 10_000, on=day(1), due_on=day(5))

    # when / then
    before = debt_panel(customer(contract), now=NOW)
    assert before is not None
    assert [shown.contract for shown in before.contracts] == [contract]

    post_credit(contract, 10_000, on=day(2), settles=[waybill])
    after = debt_panel(customer(contract), now=NOW)
    assert after is not None
    assert (after.contracts, after.totals) == ((), ())


def test_limits_and_balances_are_per_supplier() -> None:
    # given
    contract = make_books()
    make_member(contract.counterparty)
    second = make_supplier(contract.supplier.installation, code="second", is_default=False)
    other = make_contract(second, contract.counterparty, credit_limit=5_000)
    post_debit(contract, 10_000, on=day(1), due_on=day(5))
    post_debit(other, 1_000, on=day(1), due_on=day(20))

    # when
    panel = debt_panel(customer(contract), now=NOW)

    # then
    assert panel is not None
    assert {shown.contract: (shown.debt, shown.available) for shown in panel.contracts} == {
        contract: (uah(10_000), None),
        other: (uah(1_000), uah(4_000)),
    }


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.OWNER, True), (Role.ACCOUNTANT, True), (Role.BUYER, False)]
)
def test_owners_and_accountants_see_money_and_buyers_do_not(role: Role, sees: bool) -> None:
    # given
    contract = make_books()
    make_member(contract.counterparty, role=role)

    # when
    panel = debt_panel(customer(contract), now=NOW)

    # then
    assert (panel is not None) is sees


def test_an_owner_without_a_contract_yet_has_an_empty_panel() -> None:
    # given
    installation = make_installation()
    make_member(make_counterparty(installation))

    # when
    panel = debt_panel(customer(installation), now=NOW)

    # then
    assert panel is not None
    assert (panel.totals, panel.contracts) == ((), ())


def test_nobody_else_has_a_panel() -> None:
    # given
    contract = make_books()
    make_member(contract.counterparty)
    elsewhere = make_installation(api_url=OTHER_API_URL)
    viewers: dict[str, Viewer] = {
        "anonymous": ANONYMOUS,
        "another buyer": customer(contract, OTHER_BUYER_ID),
        "another buyer with a permission": customer(contract, OTHER_BUYER_ID, "MANAGE_ORDERS"),
        "a customer without an id": customer(contract, ""),
        "the same id elsewhere": customer(elsewhere, BUYER_ID),
        "staff": staff(contract, "MANAGE_ORDERS", "MANAGE_USERS"),
        "staff without permissions": staff(contract),
    }

    # when / then
    assert {name: debt_panel(viewer, now=NOW) for name, viewer in viewers.items()} == dict.fromkeys(
        viewers
    )


def test_the_number_of_statements_does_not_grow() -> None:
    # given
    contract = make_books()
    group = make_group(contract.supplier.installation, credit_limit=100_000, currency="UAH")
    contract.counterparty.group = group
    contract.counterparty.save()
    make_member(contract.counterparty)
    _fill(contract)
    few = _statements(contract)

    # when
    for number in range(10):
        supplier = make_supplier(
            contract.supplier.installation,
            code=f"supplier-{number}",
            is_default=False,
            time_zone="Asia/Almaty" if number % 2 else "Europe/Kyiv",
        )
        other = make_counterparty(
            contract.supplier.installation, name=f"Інша {number}", tax_id=str(number), group=group
        )
        make_member(other)
        _fill(make_contract(supplier, other))

    # then
    assert few == 5
    assert _statements(contract) == few


def _fill(contract: Contract) -> None:
    make_order(contract.supplier.installation, supplier=contract.supplier)
    for number in range(1, 9):
        post_debit(contract, 1_000, on=day(number), due_on=day(number + 3))
    post_credit(contract, 1_500, on=day(9))
    _state(contract, day(9), 1_500)


def _statements(contract: Contract) -> int:
    with CaptureQueriesContext(connection) as captured:
        panel = debt_panel(customer(contract), now=NOW)
        assert panel is not None
        assert all(shown.manager is None for shown in panel.contracts)
    return len(captured)


def _second_contract(contract: Contract) -> Contract:
    return make_contract(contract.supplier, contract.counterparty, number="Д-2", is_main=False)


def _state(contract: Contract, as_of: dt.date, debt: int, *, overdue: int | None = None) -> None:
    state_balance(contract, as_of=as_of, debt=debt, overdue=overdue, now=NOW)
