"""The movements of a contract whose money the asker may see.

A balance is the turnovers of the months before, and the entries of its own month: what is read is a
page and a month, however long the history or the period. The number of statements is constant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from saleor_b2b_docs.documents.pages import (
    InvalidCursor,
    Page,
    check_page_size,
    decode_cursor,
    encode_cursor,
)
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import DEBITS, Entry, MonthTurnover
from saleor_b2b_docs.settlements.movements.rows import Movement, Movements, Period, Turnover

_PORTION = 2000
"""Rows that an export reads at once."""


def balance_on(contract: Contract, day: dt.date) -> Money:
    """The balance at the end of a day: what is owed, or, negative, an advance."""
    booked = _booked_through(contract, day)
    return Money.from_minor(booked.balance, contract.currency)


def turnover(contract: Contract, *, period: Period) -> Turnover:
    """What a period began with, what it added and what it left."""
    before = _booked(contract, period.date_from, Q(effective_on__lt=period.date_from))
    after = _booked_through(contract, period.date_to)
    return Turnover(
        opening=Money.from_minor(before.balance, contract.currency),
        debit=Money.from_minor(after.debit - before.debit, contract.currency),
        credit=Money.from_minor(after.credit - before.credit, contract.currency),
        closing=Money.from_minor(after.balance, contract.currency),
    )


def movements(contract: Contract, *, period: Period, first: int, after: str = "") -> Movements:
    """A page of a period's entries in their order, each with the balance after it.

    `first` is 1 to 100. Raises InvalidCursor and InvalidPageSize.
    """
    check_page_size(first)
    sums = turnover(contract, period=period)
    cursor = _Key.of_cursor(after) if after else None
    balance = sums.opening.minor
    if cursor and cursor.effective_on >= period.date_from:
        balance = _booked(contract, cursor.effective_on, ~_after(cursor)).balance
    entries = list(_entries(contract, period, cursor)[: first + 1])
    shown = entries[:first]
    page = Page(
        rows=tuple(_rows(contract, shown, balance=balance)),
        cursors=tuple(_Key.of(entry).cursor for entry in shown),
        has_next=len(entries) > first,
        has_previous=cursor is not None,
    )
    return Movements(sums, page)


def movement_rows(contract: Contract, *, period: Period) -> Iterator[Movement]:
    """All of the period's rows, however many: read by portions."""
    balance = turnover(contract, period=period).opening.minor
    last: _Key | None = None
    while entries := list(_entries(contract, period, last)[:_PORTION]):
        yield from _rows(contract, entries, balance=balance)
        balance += sum(entry.amount for entry in entries)
        last = _Key.of(entries[-1])


@dataclass(frozen=True, slots=True)
class _Key:
    """An entry's place in the order of entries."""

    effective_on: dt.date
    reference: str
    id: int

    @classmethod
    def of(cls, entry: Entry) -> _Key:
        return cls(entry.effective_on, entry.reference, entry.pk)

    @classmethod
    def of_cursor(cls, cursor: str) -> _Key:
        """Raises InvalidCursor."""
        day, reference, entry_id = decode_cursor(cursor, str, str, int)
        try:
            return cls(dt.date.fromisoformat(str(day)), str(reference), int(entry_id))
        except ValueError as error:
            raise InvalidCursor("not a cursor of movements") from error

    @property
    def cursor(self) -> str:
        return encode_cursor(self.effective_on.isoformat(), self.reference, self.id)


def _after(key: _Key) -> Q:
    return Q(effective_on__gt=key.effective_on) | Q(effective_on=key.effective_on) & (
        Q(reference__gt=key.reference) | Q(reference=key.reference, id__gt=key.id)
    )


def _entries(contract: Contract, period: Period, after: _Key | None) -> QuerySet[Entry]:
    entries = Entry.objects.filter(
        contract=contract, effective_on__gte=period.date_from, effective_on__lte=period.date_to
    )
    if after:
        # The first condition is part of the second, and one that an index can begin with.
        entries = entries.filter(effective_on__gte=after.effective_on).filter(_after(after))
    return entries.select_related("document").order_by("effective_on", "reference", "id")


@dataclass(frozen=True, slots=True)
class _Booked:
    """Sums of entries by side, in minor units; stornos take back on the side of the original."""

    debit: int
    credit: int

    @property
    def balance(self) -> int:
        return self.debit - self.credit


def _booked_through(contract: Contract, day: dt.date) -> _Booked:
    """Everything until the end of `day`; of a month's last day without reading its entries."""
    next_day = day + dt.timedelta(days=1) if day < dt.date.max else day
    if next_day.month != day.month:
        return _booked_before(contract, next_day)
    return _booked(contract, day, Q(effective_on__lte=day))


def _booked_before(contract: Contract, month: dt.date) -> _Booked:
    """Everything before the month that begins on this day."""
    sums = MonthTurnover.objects.filter(contract=contract, month__lt=month).aggregate(
        debit=Sum("debit", default=0), credit=Sum("credit", default=0)
    )
    return _Booked(sums["debit"], sums["credit"])


def _booked(contract: Contract, day: dt.date, until: Q) -> _Booked:
    """Everything before the month of `day`, and what of that month fulfils `until`."""
    month = day.replace(day=1)
    before = _booked_before(contract, month)
    within = Entry.objects.filter(
        until, contract=contract, effective_on__gte=month, effective_on__lte=day
    ).aggregate(
        debit=Sum("amount", filter=Q(kind__in=DEBITS), default=0),
        credit=Sum("amount", filter=~Q(kind__in=DEBITS), default=0),
    )
    return _Booked(before.debit + within["debit"], before.credit - within["credit"])


def _rows(contract: Contract, entries: Sequence[Entry], *, balance: int) -> Iterator[Movement]:
    """`balance` is the one before the first of them."""
    for entry in entries:
        balance += entry.amount
        is_debit = entry.kind in DEBITS
        amount = Money.from_minor(entry.amount if is_debit else -entry.amount, contract.currency)
        yield Movement(
            date=entry.effective_on,
            kind=entry.kind,
            subtype=entry.subtype,
            number=entry.number,
            document_on=entry.document_on,
            document=entry.document,
            debit=amount if is_debit else None,
            credit=None if is_debit else amount,
            balance=Money.from_minor(balance, contract.currency),
            is_storno=entry.reverses_id is not None,
            comment=entry.comment,
        )
