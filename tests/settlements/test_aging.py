"""Which bucket a day falls into, and that the buckets are the debt."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.settlements.aging import Bucket, age, bucket_of, days_overdue
from tests.examples import EXAMPLES

TODAY = dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-400, Bucket.NOT_DUE),
        (0, Bucket.NOT_DUE),
        (1, Bucket.D1_7),
        (7, Bucket.D1_7),
        (8, Bucket.D8_14),
        (14, Bucket.D8_14),
        (15, Bucket.D15_30),
        (30, Bucket.D15_30),
        (31, Bucket.D31_60),
        (60, Bucket.D31_60),
        (61, Bucket.D61_90),
        (90, Bucket.D61_90),
        (91, Bucket.OVER_90),
        (4000, Bucket.OVER_90),
    ],
)
def test_the_days_since_the_day_to_pay_by_choose_the_bucket(days: int, bucket: Bucket) -> None:
    assert bucket_of(TODAY - dt.timedelta(days=days), today=TODAY) is bucket


def test_an_unknown_day_is_not_due() -> None:
    assert bucket_of(None, today=TODAY) is Bucket.NOT_DUE
    assert days_overdue(None, today=TODAY) == 0


def test_29_february_is_a_day_like_others() -> None:
    assert days_overdue(dt.date(2024, 2, 29), today=dt.date(2024, 3, 1)) == 1
    assert days_overdue(dt.date(2024, 2, 28), today=dt.date(2024, 3, 1)) == 2


def test_every_bucket_is_there_the_youngest_first() -> None:
    # when
    aging = age([(TODAY, 100), (None, 20), (dt.date(2026, 3, 1), 7)], today=TODAY, currency="UAH")

    # then
    assert [(row.bucket.name, row.amount.minor) for row in aging.buckets] == [
        ("NOT_DUE", 120),
        ("D1_7", 0),
        ("D8_14", 7),
        ("D15_30", 0),
        ("D31_60", 0),
        ("D61_90", 0),
        ("OVER_90", 0),
    ]


@pytest.mark.properties
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    residuals=st.lists(st.tuples(st.none() | st.dates(), st.integers(1, 10**15)), max_size=30),
    today=st.dates(),
)
def test_aging_sums_to_the_debt(
    residuals: list[tuple[dt.date | None, int]], today: dt.date
) -> None:
    # when
    aging = age(residuals, today=today, currency="UAH")

    # then
    debt = sum(residual for _, residual in residuals)
    overdue = sum(residual for due_on, residual in residuals if due_on and due_on < today)
    zero = Money.from_minor(0, "UAH")
    assert sum((row.amount for row in aging.buckets), zero).minor == debt
    assert sum((row.amount for row in aging.buckets[1:]), zero).minor == overdue
