"""The movements of a period and the balances between them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.pages import InvalidCursor, InvalidPageSize, encode_cursor
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import Entry
from saleor_b2b_docs.settlements.movements.queries import (
    balance_on,
    movement_rows,
    movements,
    turnover,
)
from saleor_b2b_docs.settlements.movements.rows import InvalidPeriod, Movement, Period, Turnover
from saleor_b2b_docs.settlements.services import unpost
from tests.builders.parties import make_contract
from tests.builders.settlements import make_books, post_credit, post_debit
from tests.examples import EXAMPLES

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MARCH = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
ALWAYS = Period(dt.date.min, dt.date.max)


def day(number: int, month: int = 3) -> dt.date:
    """A day of 2026, of March unless said otherwise."""
    return dt.date(2026, month, number)


def uah(minor: int) -> Money:
    return Money.from_minor(minor, "UAH")


def test_a_period_has_its_entries_in_order_and_the_balance_after_each() -> None:
    # given
    contract = make_books()
    post_debit(contract, 10_000, on=day(15, month=1))
    post_debit(contract, 500, on=day(28, month=2))
    post_credit(contract, 4_000, on=day(5), number="П-1", comment="за лютий")
    post_debit(contract, 2_000, on=day(1), number="Н-7")
    post_debit(contract, 9_000, on=day(1, month=4))

    # when
    found = movements(contract, period=MARCH, first=50)

    # then
    assert found.turnover == Turnover(
        opening=uah(10_500), debit=uah(2_000), credit=uah(4_000), closing=uah(8_500)
    )
    assert found.page.rows == (
        Movement(
            date=day(1),
            kind="waybill",
            subtype="",
            number="Н-7",
            document_on=day(1),
            document=None,
            debit=uah(2_000),
            credit=None,
            balance=uah(12_500),
            is_storno=False,
            comment="",
        ),
        Movement(
            date=day(5),
            kind="payment",
            subtype="",
            number="П-1",
            document_on=day(5),
            document=None,
            debit=None,
            credit=uah(4_000),
            balance=uah(8_500),
            is_storno=False,
            comment="за лютий",
        ),
    )
    assert (found.page.has_next, found.page.has_previous) == (False, False)


def test_a_storno_is_a_row_of_its_own_that_takes_back_on_the_same_side() -> None:
    # given
    contract = make_books()
    waybill = post_debit(contract, 2_000, on=day(1), number="Н-7")
    payment = post_credit(contract, 700, on=day(2), number="П-1")
    unpost(contract.supplier.installation, [waybill.reference, payment.reference], now=NOW)

    # when
    found = movements(contract, period=MARCH, first=50)

    # then
    assert [
        (row.number, row.debit, row.credit, row.balance, row.is_storno) for row in found.page.rows
    ] == [
        ("Н-7", uah(2_000), None, uah(2_000), False),
        ("Н-7", uah(-2_000), None, uah(0), True),
        ("П-1", None, uah(700), uah(-700), False),
        ("П-1", None, uah(-700), uah(0), True),
    ]
    assert found.turnover == Turnover(uah(0), uah(0), uah(0), uah(0))


def test_a_back_dated_entry_changes_every_balance_from_its_day_on_and_none_before() -> None:
    # given
    contract = make_books()
    for number in (1, 10, 20):
        post_debit(contract, 1_000, on=day(number))
    before = {number: balance_on(contract, day(number)) for number in range(1, 31)}

    # when
    post_debit(contract, 50, on=day(10))

    # then
    after = {number: balance_on(contract, day(number)) for number in range(1, 31)}
    assert {number: (after[number] - before[number]).minor for number in before} == {
        number: 50 if number >= 10 else 0 for number in before
    }


def test_pages_follow_each_other_and_each_begins_with_the_balance_where_it_begins() -> None:
    # given
    contract = make_books()
    post_debit(contract, 999, on=day(28, month=2))
    for number in range(1, 8):
        post_debit(contract, number * 100, on=day(number // 3 + 1))
    post_debit(contract, 10_000, on=day(30, month=4))
    whole = movements(contract, period=ALWAYS, first=50).page.rows[1:-1]

    # when
    rows: list[Movement] = []
    after, pages = "", 0
    while True:
        page = movements(contract, period=MARCH, first=2, after=after).page
        assert page.has_previous is bool(after)
        rows += page.rows
        pages += 1
        if not page.has_next:
            break
        after = page.cursors[-1]

    # then
    assert tuple(rows) == whole
    assert pages == 4
    assert rows[-1].balance == turnover(contract, period=MARCH).closing


def test_a_cursor_from_before_the_period_begins_the_period() -> None:
    # given
    contract = make_books()
    post_debit(contract, 100, on=day(1, month=2))
    post_debit(contract, 200, on=day(20, month=2))
    post_debit(contract, 400, on=day(5))
    early = movements(contract, period=ALWAYS, first=1).page.cursors[0]

    # when
    page = movements(contract, period=MARCH, first=5, after=early).page

    # then
    assert [row.balance for row in page.rows] == [uah(700)]


def test_a_cursor_from_after_the_period_leaves_nothing() -> None:
    # given
    contract = make_books()
    post_debit(contract, 400, on=day(5))
    late = encode_cursor("2026-12-31", "z", 10**9)

    # when / then
    assert movements(contract, period=MARCH, first=5, after=late).page.rows == ()


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "%%%",
        "W10=",
        encode_cursor("2026-13-01", "a", 1),
        encode_cursor("2026-03-01", "a"),
        encode_cursor("2026-03-01", 1, 1),
        encode_cursor("2026-03-01", "a\0", 1),
        encode_cursor("2026-03-01", "a", 2**63),
        "WyIyMDI2LTAzLTAxIiwgIlx1ZDgzZCIsIDFd",  # half a character
        "9" * 6000,
    ],
)
def test_what_no_page_gave_out_is_no_cursor(cursor: str) -> None:
    # given
    contract = make_books()
    post_debit(contract, 400, on=day(5))

    # when / then
    with pytest.raises(InvalidCursor):
        movements(contract, period=MARCH, first=5, after=cursor)


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(InvalidPeriod):
        Period(day(2), day(1))


def test_other_contracts_count_nowhere() -> None:
    # given
    contract = make_books()
    other = make_contract(contract.supplier, contract.counterparty, is_main=False, number="Д-2")
    for month in (1, 2, 3):
        post_debit(other, 7_777, on=day(1, month=month))
    post_debit(contract, 100, on=day(2, month=1))
    post_debit(contract, 200, on=day(2))

    # when / then
    assert turnover(contract, period=MARCH) == Turnover(uah(100), uah(200), uah(0), uah(300))
    assert [row.balance for row in movements(contract, period=MARCH, first=5).page.rows] == [
        uah(300)
    ]


def test_a_leap_day_and_the_ends_of_time_are_days() -> None:
    # given
    contract = make_books()
    post_debit(contract, 100, on=dt.date(2024, 2, 29))

    # when / then
    assert balance_on(contract, dt.date(2024, 2, 28)) == uah(0)
    assert balance_on(contract, dt.date(2024, 2, 29)) == uah(100)
    assert balance_on(contract, dt.date.max) == uah(100)
    assert balance_on(contract, dt.date.min) == uah(0)
    assert turnover(contract, period=ALWAYS) == Turnover(uah(0), uah(100), uah(0), uah(100))


@pytest.mark.parametrize("first", [-1, 0, 101])
def test_a_page_has_one_to_a_hundred_rows(first: int) -> None:
    with pytest.raises(InvalidPageSize):
        movements(make_books(), period=MARCH, first=first)


@pytest.mark.parametrize(("currency", "text"), [("JPY", "123456"), ("KWD", "123.456")])
def test_balances_have_the_currencys_decimals(currency: str, text: str) -> None:
    # given
    contract = make_books(currency=currency)
    post_debit(contract, 123_456, on=day(1))

    # when / then
    assert str(balance_on(contract, day(1)).amount) == text


def test_the_number_of_statements_does_not_grow() -> None:
    # given
    contract = make_books()
    post_debit(contract, 100, on=day(1))
    few = _statements(contract)

    # when
    for month in range(1, 4):
        for number in range(1, 11):
            post_debit(contract, 100, on=day(number, month=month))

    # then
    assert few == (5, 7)
    assert _statements(contract) == few


def _statements(contract: Contract) -> tuple[int, int]:
    """For the first page, and for a later one."""
    with CaptureQueriesContext(connection) as first:
        page = movements(contract, period=ALWAYS, first=20).page
        assert [row.document for row in page.rows] == [None] * len(page.rows)
    with CaptureQueriesContext(connection) as later:
        movements(contract, period=ALWAYS, first=20, after=page.cursors[0])
    return len(first), len(later)


_DAYS = st.dates(min_value=dt.date(2025, 11, 25), max_value=dt.date(2026, 3, 5))


@pytest.mark.properties
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    postings=st.lists(
        st.tuples(_DAYS, st.integers(1, 10**6), st.booleans(), st.booleans()), max_size=7
    ),
    cuts=st.lists(_DAYS, min_size=3, max_size=3).map(sorted),
    page_size=st.integers(1, 4),
)
def test_the_closing_of_one_period_is_the_opening_of_the_next(
    contract: Contract,
    postings: list[tuple[dt.date, int, bool, bool]],
    cuts: list[dt.date],
    page_size: int,
) -> None:
    with transaction.atomic():
        # given
        gone = []
        for on, amount, is_debit, is_reversed in postings:
            posted = (post_debit if is_debit else post_credit)(contract, amount, on=on)
            if is_reversed:
                gone.append(posted.reference)
        unpost(contract.supplier.installation, gone, now=NOW)
        start, middle, end = cuts
        next_day = middle + dt.timedelta(days=1)

        # when
        period = Period(start, middle)
        first = turnover(contract, period=period)
        second = turnover(contract, period=Period(next_day, max(next_day, end)))
        rows = _all_pages(contract, period, page_size)

        # then
        assert first.closing == second.opening == balance_on(contract, middle)
        assert first.opening + first.debit - first.credit == first.closing
        assert first.closing.minor == sum(
            entry.amount for entry in Entry.objects.all() if entry.effective_on <= middle
        )
        assert (rows[-1].balance if rows else first.opening) == first.closing
        assert sum((row.debit or uah(0) for row in rows), uah(0)) == first.debit
        assert sum((row.credit or uah(0) for row in rows), uah(0)) == first.credit
        assert rows == list(movement_rows(contract, period=period))
        transaction.set_rollback(True)


def _all_pages(contract: Contract, period: Period, page_size: int) -> list[Movement]:
    rows: list[Movement] = []
    after = ""
    while True:
        page = movements(contract, period=period, first=page_size, after=after).page
        rows += page.rows
        if not page.has_next:
            return rows
        after = page.cursors[-1]


@pytest.fixture
def contract(db: None) -> Contract:
    """One for all examples of a property."""
    return make_books()


def test_an_export_of_many_portions_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr("saleor_b2b_docs.settlements.movements.queries._PORTION", 2)
    contract = make_books()
    for number in range(1, 6):
        post_debit(contract, number * 100, on=day(number))

    # when
    rows = list(movement_rows(contract, period=MARCH))

    # then
    assert [row.balance.minor for row in rows] == [100, 300, 600, 1_000, 1_500]
