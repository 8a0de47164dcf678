"""Two years between a supplier and a buyer: shipments, returns, payments. By chance, but always the
same for the same day.

Numbers are given afterwards, see `numbering`: they run through all of a supplier's papers.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from saleor_sandbox.demo.accounts import goods
from saleor_sandbox.demo.accounts.cast import ContractPlan, Habit

Entry = dict[str, Any]
"""As it stands in the file."""
_YEARS = dt.timedelta(days=730)
_DAY = dt.timedelta(days=1)
_PAPERWORK_OF = dt.timedelta(days=200)
"""Papers that move no money are told of this time only: the demo begins the sooner."""
_CENT = Decimal("0.01")
_SATURDAY = 5
_SEASON = (70, 75, 90, 105, 120, 125, 120, 120, 110, 100, 90, 75)
"""Per cent of the usual sum, by month: people build in summer."""
_RETURNS_EVERY = 9
_TWO_PAYMENTS_EVERY = 6
_ACTS = 900
"""Payments of shipments are numbered below, those of acts above."""


@dataclass(slots=True)
class History:
    """What happened under one contract, in the file's words."""

    documents: list[Entry] = field(default_factory=list)
    payments: list[Entry] = field(default_factory=list)
    adjustments: list[Entry] = field(default_factory=list)
    openings: list[Entry] = field(default_factory=list)


def history(plan: ContractPlan, *, today: dt.date) -> History:
    """Up to yesterday."""
    return _Telling(plan, today).tell()


def is_weekend(day: dt.date) -> bool:
    """Nobody ships, and no bank pays."""
    return day.weekday() >= _SATURDAY


class _Telling:
    def __init__(self, plan: ContractPlan, today: dt.date) -> None:
        self._plan = plan
        self._today = today
        self._chance = random.Random(plan.key)  # noqa: S311  a story, not a secret
        self._told = History()
        signed = today - dt.timedelta(days=plan.signed_days_ago)
        self._begin = max(today - _YEARS, signed + dt.timedelta(days=10))
        if plan.books_from_days_ago is not None:
            self._begin = max(self._begin, today - dt.timedelta(days=plan.books_from_days_ago))

    def tell(self) -> History:
        plan = self._plan
        if plan.books_from_days_ago is not None:
            self._open()
        for index, day in enumerate(self._shipping_days(), start=1):
            self._ship(index, day)
        if plan.has_deliveries:
            self._bill_deliveries()
        if plan.has_bonus:
            self._give_bonus()
        if plan.has_upward_correction:
            self._correct_upward()
        if plan.has_penalty:
            self._fine()
        if plan.has_announced_payment:
            self._announce()
        if plan.has_spare_advance:
            self._pay_ahead()
        return self._told

    def _shipping_days(self) -> Iterator[dt.date]:
        day = self._begin + self._chance.randint(0, 6) * _DAY
        while (shipped := _next_workday(day)) < self._today:
            yield shipped
            jitter = self._chance.randint(-2, 2)
            day += dt.timedelta(days=self._plan.every_days + jitter)

    def _ship(self, index: int, day: dt.date) -> None:
        plan = self._plan
        line_sum = plan.line_sum * _SEASON[day.month - 1] // 100
        sold = goods.lines(plan.currency, line_sum=line_sum, chance=self._chance)
        waybill = self._paper("waybill", f"wb-{index:03}", day, sold)
        has_paperwork = day > self._today - _PAPERWORK_OF
        if plan.has_invoices and has_paperwork:
            self._paper("invoice", f"in-{index:03}", day - self._chance.randint(0, 2) * _DAY, sold)
        if plan.has_tax_invoices and has_paperwork:
            self._paper("tax_invoice", f"ti-{index:03}", day, sold)
        parts = self._due_parts(day, Decimal(waybill["sum"]))
        if plan.stages:
            waybill["due"] = [[due.isoformat(), str(part)] for due, part in parts]
        if index % _RETURNS_EVERY == 0:
            came_back = self._return(index, day, waybill, sold)
            last_due, last = parts[-1]
            parts[-1] = (last_due, last - came_back)
        self._pay(index, waybill, day, parts)

    def _paper(self, kind: str, name: str, day: dt.date, sold: list[goods.Line]) -> Entry:
        entry: Entry = {
            "key": f"{self._plan.key}-{name}",
            "kind": kind,
            "date": day.isoformat(),
            "sum": str(goods.total(sold)),
            "lines": sold,
        }
        self._told.documents.append(entry)
        return entry

    def _due_parts(self, day: dt.date, sum_: Decimal) -> list[tuple[dt.date, Decimal]]:
        stages = self._plan.stages or ((100, self._plan.terms_days),)
        parts = []
        left = sum_
        for per_cent, days in stages[:-1]:
            part = (sum_ * per_cent / 100).quantize(_CENT, ROUND_HALF_UP)
            parts.append((day + days * _DAY, part))
            left -= part
        return [*parts, (day + stages[-1][1] * _DAY, left)]

    def _return(
        self, index: int, shipped: dt.date, waybill: Entry, sold: list[goods.Line]
    ) -> Decimal:
        """What came back, within a few days of the shipment."""
        day = _next_workday(shipped + self._chance.randint(2, 6) * _DAY)
        if day >= self._today:
            return Decimal(0)
        came_back = goods.part_of(sold, chance=self._chance)
        entry = self._paper("return", f"rt-{index:03}", day, came_back)
        entry["settles"] = [waybill["key"]]
        return goods.total(came_back)

    def _pay(
        self,
        index: int,
        waybill: Entry,
        shipped: dt.date,
        parts: list[tuple[dt.date, Decimal]],
    ) -> None:
        if index % _TWO_PAYMENTS_EVERY == 0 and len(parts) == 1:
            due, whole = parts[0]
            half = (whole * 6 / 10).quantize(Decimal(1))
            parts = [(due, half), (due + 3 * _DAY, whole - half)]
        stopped = self._today - self._plan.unpaid_days * _DAY
        for number, (due, amount) in enumerate(parts, start=1):
            day = self._paying_day(shipped, due)
            if amount > 0 and day < min(self._today, stopped):
                self._payment(
                    f"pm-{index:03}-{number}",
                    day,
                    amount,
                    purpose=waybill["key"],
                    settles=[waybill["key"]],
                )

    def _paying_day(self, shipped: dt.date, due: dt.date) -> dt.date:
        match self._plan.habit:
            case Habit.AHEAD:
                day = shipped - self._chance.randint(1, 4) * _DAY
            case Habit.LATE:
                return _next_workday(due + self._chance.randint(4, 21) * _DAY)
            case _:
                day = max(due - self._chance.randint(0, 4) * _DAY, shipped)
        return day if day == shipped else _last_workday(day)

    def _payment(
        self, name: str, day: dt.date, amount: Decimal, *, purpose: str, settles: list[str]
    ) -> Entry:
        every = self._plan.pays_cash_every
        is_cash = bool(every) and (len(self._told.payments) + 1) % every == 0
        entry: Entry = {
            "key": f"{self._plan.key}-{name}",
            "date": day.isoformat(),
            "sum": str(amount),
            "method": "cash" if is_cash else "bank",
            "purpose": purpose,
            "settles": settles,
        }
        self._told.payments.append(entry)
        return entry

    def _open(self) -> None:
        """When the books began, two papers were open."""
        for number, (days, amount) in enumerate(((-12, "18640.20"), (-4, "27315.00")), start=1):
            day = self._begin + days * _DAY
            key = f"{self._plan.key}-op-{number}"
            due = self._begin + number * 6 * _DAY
            self._told.openings.append(
                {"key": key, "sum": amount, "date": day.isoformat(), "due": due.isoformat()}
            )
            paid_on = _next_workday(due - 2 * _DAY)
            self._payment(f"pm-op-{number}", paid_on, Decimal(amount), purpose=key, settles=[key])

    def _bill_deliveries(self) -> None:
        day = _next_28th(self._begin)
        index = 1
        while day < self._today:
            bill = goods.delivery(
                Decimal(self._chance.randint(12, 28) * 100), currency=self._plan.currency
            )
            brought = _last_workday(day)
            act = self._paper("service_act", f"sa-{index:02}", brought, bill)
            self._pay(_ACTS + index, act, brought, self._due_parts(brought, goods.total(bill)))
            day = _next_28th(day)
            index += 1

    def _give_bonus(self) -> None:
        """One per cent of the last finished quarter's shipments."""
        end = self._today.replace(month=(self._today.month - 1) // 3 * 3 + 1, day=1)
        begin = (end - 80 * _DAY).replace(day=1)
        shipped = sum(
            (
                Decimal(entry["sum"])
                for entry in self._told.documents
                if entry["kind"] == "waybill"
                and begin.isoformat() <= entry["date"] < end.isoformat()
            ),
            Decimal(0),
        )
        bonus = (shipped / 100).quantize(_CENT, ROUND_HALF_UP)
        day = min(_next_workday(end + 9 * _DAY), self._today - _DAY)
        if bonus > 0 and day >= end:
            self._told.adjustments.append(
                {
                    "key": f"{self._plan.key}-bonus",
                    "subtype": "bonus",
                    "date": day.isoformat(),
                    "sum": f"-{bonus}",
                    "comment": "Бонус за обсяг закупівель у попередньому кварталі",
                }
            )

    def _correct_upward(self) -> None:
        """A price that had been too low, put right."""
        day = _next_workday(self._today - 60 * _DAY)
        name = "Коригування ціни за накладною: фарба фасадна біла, 14 кг"
        vat_rate, net, gross = "0.2", "800.00", "960.00"
        line = {
            "name": name,
            "sku": "KSH-30014",
            "unit": "шт",
            "vat_rate": vat_rate,
            "quantity": "8",
            "price": "100.0000",
            "net": net,
            "vat": "160.00",
            "gross": gross,
        }
        self._paper("correction", "co-up", day, [line])

    def _fine(self) -> None:
        day = _last_workday(self._today - 10 * _DAY)
        self._told.adjustments.append(
            {
                "key": f"{self._plan.key}-penalty",
                "subtype": "penalty",
                "date": day.isoformat(),
                "sum": "418.30",
                "due": (day + 7 * _DAY).isoformat(),
                "comment": "Пеня за прострочення згідно з п. 6.2 договору",
            }
        )

    def _announce(self) -> None:
        """The bank's file has the next payment already, the books don't."""
        settled = {key for entry in self._told.payments for key in entry["settles"]}
        open_ = [
            entry
            for entry in self._told.documents
            if entry["kind"] == "waybill" and entry["key"] not in settled
        ]
        if open_:
            oldest = min(open_, key=lambda entry: str(entry["date"]))
            announced = self._payment(
                "pm-announced",
                _last_workday(self._today - _DAY),
                Decimal(oldest["sum"]),
                purpose=oldest["key"],
                settles=[],
            )
            announced |= {"provisional": True, "method": "bank"}

    def _pay_ahead(self) -> None:
        """For goods that are not chosen yet."""
        self._payment(
            "pm-spare",
            _last_workday(self._today - 5 * _DAY),
            Decimal(self._plan.line_sum * 9),
            purpose="",
            settles=[],
        )


def _next_28th(day: dt.date) -> dt.date:
    """Of the next month."""
    return (day.replace(day=1) + 32 * _DAY).replace(day=28)


def _next_workday(day: dt.date) -> dt.date:
    while is_weekend(day):
        day += _DAY
    return day


def _last_workday(day: dt.date) -> dt.date:
    while is_weekend(day):
        day -= _DAY
    return day
