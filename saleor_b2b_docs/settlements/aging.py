"""How old a debt is: pure arithmetic over what is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from saleor_b2b_docs.money import Money


class Bucket(Enum):
    """Days by which something is overdue."""

    NOT_DUE = "not due, or due on a day that is not known"
    D1_7 = "1 to 7"
    D8_14 = "8 to 14"
    D15_30 = "15 to 30"
    D31_60 = "31 to 60"
    D61_90 = "61 to 90"
    OVER_90 = "more than 90"


_LAST_DAYS = (
    (0, Bucket.NOT_DUE),
    (7, Bucket.D1_7),
    (14, Bucket.D8_14),
    (30, Bucket.D15_30),
    (60, Bucket.D31_60),
    (90, Bucket.D61_90),
)


@dataclass(frozen=True, slots=True)
class AgingBucket:
    """How much of the debt is in one bucket."""

    bucket: Bucket
    amount: Money


@dataclass(frozen=True, slots=True)
class Aging:
    """A debt by age: every bucket, the youngest first. They sum to the debt."""

    buckets: tuple[AgingBucket, ...]


def days_overdue(due_on: dt.date | None, *, today: dt.date) -> int:
    """Days since the last day that was not late; 0 where that is not past, or not known."""
    return 0 if due_on is None else max(0, (today - due_on).days)


def bucket_of(due_on: dt.date | None, *, today: dt.date) -> Bucket:
    """The bucket of what is due on this day."""
    late = days_overdue(due_on, today=today)
    return next((bucket for last, bucket in _LAST_DAYS if late <= last), Bucket.OVER_90)


def age(residuals: Iterable[tuple[dt.date | None, int]], *, today: dt.date, currency: str) -> Aging:
    """The aging of open amounts, in minor units, each with the day that it is due on."""
    sums = dict.fromkeys(Bucket, 0)
    for due_on, residual in residuals:
        sums[bucket_of(due_on, today=today)] += residual
    return Aging(
        tuple(
            AgingBucket(bucket, Money.from_minor(minor, currency)) for bucket, minor in sums.items()
        )
    )
