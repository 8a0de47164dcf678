"""A table as text that spreadsheets open as a table.

UTF-8 with a byte order mark and semicolons are what they expect where decimals have a comma.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import IO

from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.settlements.exports.tables import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text begins with that a spreadsheet would compute (OWASP, CSV Injection)."""


def write_csv(table: Table, file: IO[bytes]) -> None:
    """Write the table into a file that is open for writing."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(cell, table.language) for cell in row.cells])
    text.detach()  # which would close the file with itself


def _cell(cell: Cell, language: Language) -> str:
    if isinstance(cell, Money):
        number = f"{cell.amount:f}"
        return number if language == "en" else number.replace(".", ",")
    if isinstance(cell, dt.date):
        return cell.isoformat() if language == "en" else f"{cell:%d.%m}.{cell.year:04}"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else str(cell)
