from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.parties.terms import Calendar, CountedFrom, Stage, Terms, TermsError, due_parts
from tests.examples import EXAMPLES

PLAIN = Calendar()
HALVES = Terms((Stage(Decimal(30), 0), Stage(Decimal(70), 14)))


def _due(
    terms: Terms,
    shipped_on: dt.date,
    *,
    amount: int = 1000,
    invoiced_on: dt.date | None = None,
    calendar: Calendar = PLAIN,
) -> tuple[tuple[dt.date, int], ...]:
    return due_parts(
        terms,
        amount=amount,
        shipped_on=shipped_on,
        invoiced_on=invoiced_on,
        calendar=calendar,
    )


def test_fourteen_days_from_shipment_is_the_day_of_shipment_plus_fourteen() -> None:
    assert _due(Terms.of_days(14), dt.date(2026, 3, 2)) == ((dt.date(2026, 3, 16), 1000),)


def test_thirty_per_cent_before_and_the_rest_in_fourteen_days() -> None:
    assert _due(HALVES, dt.date(2026, 3, 2)) == (
        (dt.date(2026, 3, 2), 300),
        (dt.date(2026, 3, 16), 700),
    )


def test_what_percentages_leave_belongs_to_the_last_stage() -> None:
    thirds = Terms(
        (
            Stage(Decimal("33.3333"), 10),
            Stage(Decimal("33.3333"), 20),
            Stage(Decimal("33.3334"), 30),
        )
    )

    parts = _due(thirds, dt.date(2026, 3, 1), amount=100)

    assert [amount for _, amount in parts] == [33, 33, 34]


def test_a_part_that_rounds_to_nothing_is_no_part() -> None:
    assert _due(HALVES, dt.date(2026, 3, 2), amount=1) == ((dt.date(2026, 3, 16), 1),)


@pytest.mark.parametrize(
    ("shipped_on", "days", "due_on"),
    [
        (dt.date(2028, 2, 29), 0, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 28), 1, dt.date(2028, 2, 29)),
        (dt.date(2027, 2, 28), 1, dt.date(2027, 3, 1)),
        (dt.date(2028, 2, 29), 365, dt.date(2029, 2, 28)),
    ],
)
def test_the_29th_of_february_counts_where_there_is_one(
    shipped_on: dt.date, days: int, due_on: dt.date
) -> None:
    assert _due(Terms.of_days(days), shipped_on) == ((due_on, 1000),)


def test_calendar_days_don_t_care_for_holidays() -> None:
    calendar = Calendar({dt.date(2026, 3, 16): False})

    assert _due(Terms.of_days(14), dt.date(2026, 3, 2), calendar=calendar) == (
        (dt.date(2026, 3, 16), 1000),
    )


@pytest.mark.parametrize(
    ("shipped_on", "days", "due_on"),
    [
        (dt.date(2026, 3, 6), 1, dt.date(2026, 3, 10)),  # Friday; Monday is a holiday
        (dt.date(2026, 3, 6), 2, dt.date(2026, 3, 11)),
        (dt.date(2026, 3, 7), 0, dt.date(2026, 3, 10)),  # Saturday: the next day worked
        (dt.date(2026, 3, 12), 2, dt.date(2026, 3, 14)),  # that Saturday is worked
        (dt.date(2026, 3, 12), 0, dt.date(2026, 3, 12)),
    ],
)
def test_banking_days_leave_out_weekends_and_holidays(
    shipped_on: dt.date, days: int, due_on: dt.date
) -> None:
    calendar = Calendar({dt.date(2026, 3, 9): False, dt.date(2026, 3, 14): True})

    terms = Terms.of_days(days, counted_in="banking")

    assert _due(terms, shipped_on, calendar=calendar) == ((due_on, 1000),)


@pytest.mark.parametrize(
    ("counted_from", "invoiced_on", "due_on"),
    [
        ("shipment", dt.date(2026, 2, 25), dt.date(2026, 3, 12)),
        ("next_day", dt.date(2026, 2, 25), dt.date(2026, 3, 13)),
        ("invoice", dt.date(2026, 2, 25), dt.date(2026, 3, 7)),
        ("invoice", None, dt.date(2026, 3, 12)),
    ],
)
def test_days_are_counted_from_shipment_the_next_day_or_the_invoice(
    counted_from: CountedFrom, invoiced_on: dt.date | None, due_on: dt.date
) -> None:
    terms = Terms.of_days(10, counted_from=counted_from)

    assert _due(terms, dt.date(2026, 3, 2), invoiced_on=invoiced_on) == ((due_on, 1000),)


def test_the_next_banking_day_after_a_friday_is_monday() -> None:
    terms = Terms.of_days(1, counted_in="banking", counted_from="next_day")

    assert _due(terms, dt.date(2026, 3, 6)) == ((dt.date(2026, 3, 10), 1000),)


def test_nothing_is_due_before_it_was_shipped_however_old_the_invoice() -> None:
    terms = Terms((Stage(Decimal(50), 5), Stage(Decimal(50), 60)), counted_from="invoice")

    parts = _due(terms, dt.date(2026, 3, 2), invoiced_on=dt.date(2026, 1, 1))

    assert parts == ((dt.date(2026, 3, 2), 1000),)


def test_the_end_of_time_is_the_latest_due_date() -> None:
    assert _due(Terms.of_days(3650), dt.date(9999, 1, 1)) == ((dt.date.max, 1000),)
    assert _due(Terms.of_days(3650, counted_in="banking"), dt.date(9999, 12, 1)) == (
        (dt.date.max, 1000),
    )


@pytest.mark.parametrize("amount", [0, -1])
def test_only_a_positive_amount_can_be_due(amount: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        _due(HALVES, dt.date(2026, 3, 2), amount=amount)


def test_terms_survive_their_json() -> None:
    terms = Terms((Stage(Decimal("33.50"), 0), Stage(Decimal("66.5"), 10)), "banking", "next_day")

    written = terms.to_json()

    assert written == {
        "stages": [{"percent": "33.5", "days": 0}, {"percent": "66.5", "days": 10}],
        "counted_in": "banking",
        "counted_from": "next_day",
    }
    assert Terms.from_json(written) == terms


def test_only_terms_of_one_stage_have_a_number_of_days() -> None:
    assert Terms.of_days(30).days == 30
    assert HALVES.days is None


def _json(**changes: object) -> dict[str, object]:
    return {**Terms.of_days(14).to_json(), **changes}


@pytest.mark.parametrize(
    "value",
    [
        None,
        14,
        "14",
        [],
        {},
        {"stages": []},
        _json(stages=[]),
        _json(stages="14"),
        _json(stages=[14]),
        _json(stages=[{"percent": "100"}]),
        _json(stages=[{"percent": "100", "days": 14, "hours": 1}]),
        _json(stages=[{"percent": "100", "days": "14"}]),
        _json(stages=[{"percent": "100", "days": True}]),
        _json(stages=[{"percent": "100", "days": -1}]),
        _json(stages=[{"percent": "100", "days": 3651}]),
        _json(stages=[{"percent": 100.0, "days": 14}]),
        _json(stages=[{"percent": "a lot", "days": 14}]),
        _json(stages=[{"percent": "NaN", "days": 14}]),
        _json(stages=[{"percent": "99", "days": 14}]),
        _json(stages=[{"percent": "100", "days": 0}, {"percent": "0", "days": 14}]),
        _json(stages=[{"percent": "150", "days": 0}, {"percent": "-50", "days": 14}]),
        _json(stages=[{"percent": "50", "days": 14}, {"percent": "50", "days": 14}]),
        _json(stages=[{"percent": "50", "days": 14}, {"percent": "50", "days": 7}]),
        _json(stages=[{"percent": "0.00001", "days": 1}, {"percent": "99.99999", "days": 7}]),
        _json(counted_in="lunar"),
        _json(counted_in=["banking"]),
        _json(counted_from="payday"),
        _json(counted_from=None),
        _json(more=1),
    ],
)
def test_what_could_date_nothing_is_no_terms(value: object) -> None:
    with pytest.raises(TermsError) as refused:
        Terms.from_json(value)

    assert refused.value.code == "INVALID_TERMS"


DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2100, 1, 1))
CALENDARS = st.builds(Calendar, st.dictionaries(DAYS, st.booleans(), max_size=20))


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    """Terms of one to five stages, whose percentages have up to four decimals."""
    cuts = sorted(draw(st.sets(st.integers(1, 999_999), max_size=4)))
    edges = [0, *cuts, 1_000_000]
    days = sorted(draw(st.sets(st.integers(0, 120), min_size=5, max_size=5)))
    stages = tuple(
        Stage(Decimal(later - earlier) / 10_000, day)
        for earlier, later, day in zip(edges, edges[1:], days, strict=False)
    )
    return Terms(
        stages,
        draw(st.sampled_from(["calendar", "banking"])),
        draw(st.sampled_from(["shipment", "next_day", "invoice"])),
    )


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    terms=all_terms(),
    amount=st.integers(1, 10**15),
    shipped_on=DAYS,
    invoiced_on=st.none() | DAYS,
    calendar=CALENDARS,
)
def test_parts_sum_up_and_none_is_zero_or_due_before_the_shipment(
    terms: Terms,
    amount: int,
    shipped_on: dt.date,
    invoiced_on: dt.date | None,
    calendar: Calendar,
) -> None:
    parts = _due(terms, shipped_on, amount=amount, invoiced_on=invoiced_on, calendar=calendar)

    assert sum(part for _, part in parts) == amount
    assert all(part > 0 for _, part in parts)
    dates = [day for day, _ in parts]
    assert dates == sorted(set(dates))
    assert dates[0] >= shipped_on


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(terms=all_terms())
def test_any_terms_survive_their_json(terms: Terms) -> None:
    assert Terms.from_json(terms.to_json()) == terms


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(day=DAYS, days=st.integers(0, 60), calendar=CALENDARS)
def test_a_banking_due_date_is_worked_and_so_many_worked_days_later(
    day: dt.date, days: int, calendar: Calendar
) -> None:
    due_on = calendar.add_working_days(day, days)

    between = (due_on - day).days
    worked = sum(
        calendar.is_working(day + dt.timedelta(days=step)) for step in range(1, between + 1)
    )
    assert calendar.is_working(due_on)
    assume(days > 0)
    assert worked == days
