"""What the exported tables hold: one set of columns and rows for every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.balance.queries import open_document_rows
from saleor_b2b_docs.settlements.balance.rows import OpenDocument
from saleor_b2b_docs.settlements.exports.texts import TableTexts, entry_kind_name, table_texts
from saleor_b2b_docs.settlements.movements.queries import movement_rows, turnover
from saleor_b2b_docs.settlements.movements.rows import Movement, Period

Cell = str | int | dt.date | Money | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header and its width in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. Sums and balances that are no entries are `is_summary`."""

    cells: tuple[Cell, ...]
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are read as they are written, so that it may be of any length."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]
    language: Language
    currency: str


_MONEY, _DATE, _NUMBER = 16, 12, 18
"""Widths."""


def open_documents_table(contract: Contract, *, today: dt.date, language: Language) -> Table:
    """All open documents and advances, and their sums. `today` is the supplier's."""
    texts, currency = table_texts(language), contract.currency

    def money(title: str) -> Column:
        return Column(f"{title}, {currency}", _MONEY)

    columns = (
        Column(texts.document, 30),
        Column(texts.number, _NUMBER),
        Column(texts.date, _DATE),
        Column(texts.order, _NUMBER),
        money(texts.amount),
        money(texts.returned),
        money(texts.paid),
        money(texts.residual),
        Column(texts.deferral_days, _DATE),
        Column(texts.pay_by, _DATE),
        Column(texts.days_overdue, _DATE),
        money(texts.overdue),
        Column(texts.note, 24),
    )
    rows = _open_documents(contract, texts, today=today, language=language)
    return Table(texts.open_documents, columns, rows, language, currency)


def movements_table(contract: Contract, *, period: Period, language: Language) -> Table:
    """A period's entries between the balance that it began with and the one that it left."""
    texts, currency = table_texts(language), contract.currency
    columns = (
        Column(texts.date, _DATE),
        Column(texts.document, 30),
        Column(texts.number, _NUMBER),
        Column(texts.document_date, _DATE),
        Column(f"{texts.debit}, {currency}", _MONEY),
        Column(f"{texts.credit}, {currency}", _MONEY),
        Column(f"{texts.balance}, {currency}", _MONEY),
        Column(texts.note, 40),
    )
    rows = _movements(contract, texts, period=period, language=language)
    return Table(texts.movements, columns, rows, language, currency)


def _open_documents(
    contract: Contract, texts: TableTexts, *, today: dt.date, language: Language
) -> Iterator[Row]:
    zero = Money.from_minor(0, contract.currency)
    amount = returned = paid = residual = overdue = zero
    for row in open_document_rows(contract, today=today):
        yield Row(_open_document(row, texts, _kind(row.kind, contract, language)))
        amount += row.amount
        returned += row.returned
        paid += row.paid
        residual += row.residual
        overdue += row.overdue
    total = (texts.total, None, None, None, amount, returned, paid, residual)
    yield Row((*total, None, None, None, overdue, None), is_summary=True)


def _open_document(row: OpenDocument, texts: TableTexts, kind: str) -> tuple[Cell, ...]:
    note = ""
    if row.is_advance:
        note = texts.reserved_advance if row.is_reserved else texts.advance
    return (
        kind,
        row.number,
        row.date,
        row.order_number,
        row.amount,
        row.returned,
        row.paid,
        row.residual,
        row.deferral_days,
        row.pay_by,
        row.days_overdue or None,
        row.overdue or None,
        note,
    )


def _movements(
    contract: Contract, texts: TableTexts, *, period: Period, language: Language
) -> Iterator[Row]:
    sums = turnover(contract, period=period)
    start = (period.date_from, texts.opening, None, None, None, None, sums.opening, None)
    yield Row(start, is_summary=True)
    for row in movement_rows(contract, period=period):
        yield Row(_movement(row, texts, _kind(row.kind, contract, language)))
    end = (period.date_to, texts.closing, None, None, sums.debit, sums.credit, sums.closing, None)
    yield Row(end, is_summary=True)


def _movement(row: Movement, texts: TableTexts, kind: str) -> tuple[Cell, ...]:
    notes = (texts.storno if row.is_storno else "", row.comment)
    return (
        row.date,
        kind,
        row.number,
        row.document_on,
        row.debit,
        row.credit,
        row.balance,
        ", ".join(note for note in notes if note),
    )


def _kind(kind: str, contract: Contract, language: Language) -> str:
    return entry_kind_name(kind, language=language, profile=contract.supplier.profile)
