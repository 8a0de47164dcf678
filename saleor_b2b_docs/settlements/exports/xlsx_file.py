"""A table as a workbook: real numbers and dates, in constant memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

from saleor_b2b_docs.money import Money, currency_decimals
from saleor_b2b_docs.settlements.exports.tables import Cell, Row, Table

MAX_ROWS = 1_000_000
"""On one sheet, which could have 1,048,576; what is more goes on on the next."""
_FIRST_DATE = dt.date(1900, 3, 1)
"""Workbooks count days from 1900, and count a 29 February of that year."""


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write the workbook into a file that is open for writing and can seek."""
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    formats = _formats(workbook, table)
    sheet: Any = None
    line = 0
    for row in table.rows:
        if sheet is None or line > MAX_ROWS:
            sheet = _sheet(workbook, table, formats)
            line = 1
        _write_row(sheet, line, row, formats)
        line += 1
    workbook.close()


@dataclass(frozen=True, slots=True)
class _Formats:
    header: Any
    plain: tuple[Any, Any, Any]
    """Of texts and whole numbers, of money, and of dates."""
    summary: tuple[Any, Any, Any]


def _formats(workbook: Any, table: Table) -> _Formats:
    decimals = currency_decimals(table.currency)
    money = "#,##0" + ("." + "0" * decimals if decimals else "")
    date = "yyyy-mm-dd" if table.language == "en" else "dd.mm.yyyy"

    def triple(**style: bool) -> tuple[Any, Any, Any]:
        return (
            workbook.add_format(style),
            workbook.add_format({**style, "num_format": money}),
            workbook.add_format({**style, "num_format": date}),
        )

    header = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    return _Formats(header, triple(), triple(bold=True))


def _sheet(workbook: Any, table: Table, formats: _Formats) -> Any:
    count = len(workbook.worksheets())
    sheet = workbook.add_worksheet(table.title if not count else f"{table.title} {count + 1}")
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    for index, column in enumerate(table.columns):
        sheet.write_string(0, index, column.title, formats.header)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_row(sheet: Any, line: int, row: Row, formats: _Formats) -> None:
    text, money, date = formats.summary if row.is_summary else formats.plain
    for index, cell in enumerate(row.cells):
        _write_cell(sheet, line, index, cell, text=text, money=money, date=date)


def _write_cell(
    sheet: Any, line: int, index: int, cell: Cell, *, text: Any, money: Any, date: Any
) -> None:
    """By the type of what is written: a text never becomes a formula, a number or a link."""
    if isinstance(cell, Money):
        sheet.write_number(line, index, float(cell.amount), money)
    elif isinstance(cell, int):
        sheet.write_number(line, index, cell, text)
    elif isinstance(cell, dt.date) and cell >= _FIRST_DATE:
        sheet.write_datetime(line, index, cell, date)
    elif cell:
        sheet.write_string(line, index, str(cell), text)
