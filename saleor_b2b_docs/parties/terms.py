"""Payment terms: when a debit is to be paid, at once or in stages, and by which calendar.

Source of counting: a period begins on the day after the event that starts it (Ukraine: Civil Code
253, Russia: Civil Code 191, Kazakhstan: Civil Code 173), so "14 days from shipment" is the day of
shipment plus 14.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Literal, get_args

CountedIn = Literal["calendar", "banking"]
CountedFrom = Literal["shipment", "next_day", "invoice"]

_MAX_DAYS = 3650
_MAX_STAGES = 24
_PERCENT_DECIMALS = 4
_SATURDAY = 5


class TermsError(ValueError):
    """Terms that can't be: parts that don't make a whole, or days out of sequence."""

    code = "INVALID_TERMS"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the sum, in per cent, and how many days after the start it is to be paid."""

    percent: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Terms:
    """When to pay. "30 % before, 70 % in 14 days" is `(Stage(30, 0), Stage(70, 14))`.

    `counted_in` says which days count: all of them, or those on which banks work. `counted_from`
    is the day that counting starts at: the shipment, the day after it, or the invoice.
    Raises TermsError for stages that don't add up to 100 % or whose days don't grow.
    """

    stages: tuple[Stage, ...]
    counted_in: CountedIn = "calendar"
    counted_from: CountedFrom = "shipment"

    def __post_init__(self) -> None:
        if not 0 < len(self.stages) <= _MAX_STAGES:
            raise TermsError(f"terms have 1 to {_MAX_STAGES} stages")
        if self.counted_in not in get_args(CountedIn):
            raise TermsError(f"days are counted in {get_args(CountedIn)}, not {self.counted_in!r}")
        if self.counted_from not in get_args(CountedFrom):
            raise TermsError(
                f"days are counted from {get_args(CountedFrom)}, not {self.counted_from!r}"
            )
        days = [stage.days for stage in self.stages]
        if any(not 0 <= day <= _MAX_DAYS for day in days):
            raise TermsError(f"a stage has 0 to {_MAX_DAYS} days")
        if any(earlier >= later for earlier, later in pairwise(days)):
            raise TermsError("each stage is later than the one before")
        for stage in self.stages:
            _check_percent(stage.percent)
        if sum(stage.percent for stage in self.stages) != 100:
            raise TermsError("the stages must add up to 100 %")

    @classmethod
    def of_days(
        cls,
        days: int,
        *,
        counted_in: CountedIn = "calendar",
        counted_from: CountedFrom = "shipment",
    ) -> Terms:
        """All of the sum in so many days. Raises TermsError."""
        return cls((Stage(Decimal(100), days),), counted_in, counted_from)

    @classmethod
    def from_json(cls, value: object) -> Terms:
        """The terms that `to_json` wrote. Raises TermsError for anything else."""
        if not isinstance(value, dict) or set(value) != {"stages", "counted_in", "counted_from"}:
            raise TermsError("terms need stages, counted_in and counted_from")
        stages = value["stages"]
        if not isinstance(stages, list):
            raise TermsError("stages must be a list")
        return cls(
            tuple(_stage(stage) for stage in stages), value["counted_in"], value["counted_from"]
        )

    def to_json(self) -> dict[str, object]:
        """For a JSON column; percentages are texts, since they are exact."""
        return {
            "stages": [
                {"percent": f"{stage.percent.normalize():f}", "days": stage.days}
                for stage in self.stages
            ],
            "counted_in": self.counted_in,
            "counted_from": self.counted_from,
        }

    @property
    def days(self) -> int | None:
        """After how many days all of it is due; None when it is due in several stages."""
        return self.stages[0].days if len(self.stages) == 1 else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: Monday to Friday, but for the exceptions."""

    exceptions: Mapping[dt.date, bool] = field(default_factory=dict)
    """Whether a day is worked that is not what its weekday says."""

    def is_working(self, day: dt.date) -> bool:
        """Whether banks work on this day."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after `day`; for 0, the day itself or the next that is worked."""
        left = n
        while left > 0 or not self.is_working(day):
            if day == dt.date.max:
                break
            day += dt.timedelta(days=1)
            if self.is_working(day):
                left -= 1
        return day


def due_parts(
    terms: Terms,
    *,
    amount: int,
    shipped_on: dt.date,
    invoiced_on: dt.date | None,
    calendar: Calendar,
) -> tuple[tuple[dt.date, int], ...]:
    """What of a debit of `amount` minor units is due when, in the sequence of dates.

    The parts sum up to the amount and none is zero: percentages are rounded down to whole minor
    units, and what is left belongs to the last stage. Stages that meet on one day are one part.
    Nothing is due before it was shipped, and terms that count from an invoice that is not known
    count from the shipment. Raises ValueError for an amount that is not positive.
    """
    if amount <= 0:
        raise ValueError("only a positive amount can be due")
    start = (invoiced_on or shipped_on) if terms.counted_from == "invoice" else shipped_on
    delay = 1 if terms.counted_from == "next_day" else 0
    parts: dict[dt.date, int] = {}
    left = amount
    for stage in terms.stages:
        is_last = stage is terms.stages[-1]
        part = left if is_last else int(amount * stage.percent / 100)
        if part:
            day = _day_after(start, stage.days + delay, terms.counted_in, calendar)
            day = max(day, shipped_on)
            parts[day] = parts.get(day, 0) + part
            left -= part
    return tuple(sorted(parts.items()))


def _day_after(start: dt.date, days: int, counted_in: CountedIn, calendar: Calendar) -> dt.date:
    if counted_in == "banking":
        return calendar.add_working_days(start, days)
    return dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))


def _stage(value: object) -> Stage:
    if not isinstance(value, dict) or set(value) != {"percent", "days"}:
        raise TermsError("a stage needs percent and days")
    days, percent = value["days"], value["percent"]
    if not isinstance(days, int) or isinstance(days, bool):
        raise TermsError("the days of a stage must be a whole number")
    if not isinstance(percent, str | int) or isinstance(percent, bool):
        raise TermsError("the percentage of a stage must be an exact number")
    try:
        return Stage(Decimal(percent), days)
    except InvalidOperation as error:
        raise TermsError(f"{percent!r} is not a percentage") from error


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite() or not 0 < percent <= 100:
        raise TermsError("a stage has more than 0 and at most 100 %")
    if percent != round(percent, _PERCENT_DECIMALS):
        raise TermsError(f"a percentage has at most {_PERCENT_DECIMALS} decimals")
