"""The tables of Balance as files: XLSX and CSV, of any length, in constant memory."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from enum import Enum
from typing import IO, Any

from saleor_b2b_docs.documents.exports.registry import ExportFile, NothingToExport
from saleor_b2b_docs.documents.exports.tickets import export_url
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.kind_names import language_of_profile
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import money_contract, supplier_today
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.exports.csv_file import write_csv
from saleor_b2b_docs.settlements.exports.tables import (
    Table,
    movements_table,
    open_documents_table,
)
from saleor_b2b_docs.settlements.exports.texts import NO_CONTRACT
from saleor_b2b_docs.settlements.exports.xlsx_file import write_xlsx
from saleor_b2b_docs.settlements.movements.rows import Period

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
_PIECE = 64 * 1024
_UNSAFE = re.compile(r"[^\w.-]+")
_LANGUAGES: Mapping[str, Language] = {"uk": "uk", "ru": "ru", "en": "en"}


class BalanceTable(Enum):
    """Which of the two tables."""

    OPEN_DOCUMENTS = "open-documents"
    MOVEMENTS = "movements"


class TableFormat(Enum):
    """As what kind of file: the kinds of export of this room."""

    XLSX = "balance.xlsx"
    CSV = "balance.csv"


def balance_export_url(
    viewer: Viewer,
    contract_id: uuid.UUID,
    *,
    table: BalanceTable,
    table_format: TableFormat,
    date_from: dt.date | None = None,
    date_to: dt.date | None = None,
    language: str = "",
) -> str:
    """The address of a contract's table as a file; it opens for ten minutes.

    Movements without `date_to` end today, without `date_from` they begin with the last day's year.
    Headers are in the `language` (uk, ru, en), else in the supplier's papers' own.
    Raises InvalidPeriod.
    """
    if date_from and date_to:
        Period(date_from, date_to)
    arguments = {
        "contract": contract_id.hex,
        "table": table.value,
        "date_from": date_from.isoformat() if date_from else "",
        "date_to": date_to.isoformat() if date_to else "",
        "language": language,
    }
    return export_url(table_format.value, viewer, arguments)


def balance_xlsx(viewer: Viewer, arguments: Mapping[str, Any], now: dt.datetime) -> ExportFile:
    """The table of a ticket as a workbook. Raises NothingToExport."""
    return _export(viewer, arguments, now, write=write_xlsx, suffix="xlsx", content_type=_XLSX)


def balance_csv(viewer: Viewer, arguments: Mapping[str, Any], now: dt.datetime) -> ExportFile:
    """The table of a ticket as CSV. Raises NothingToExport."""
    return _export(viewer, arguments, now, write=write_csv, suffix="csv", content_type=_CSV)


def _export(
    viewer: Viewer,
    arguments: Mapping[str, Any],
    now: dt.datetime,
    *,
    write: Callable[[Table, IO[bytes]], None],
    suffix: str,
    content_type: str,
) -> ExportFile:
    contract = money_contract(viewer, uuid.UUID(hex=arguments["contract"]))
    if contract is None:
        raise NothingToExport(NO_CONTRACT)
    today = supplier_today(contract.supplier, now)
    asked = BalanceTable(arguments["table"])
    language = _LANGUAGES.get(arguments["language"]) or language_of_profile(
        contract.supplier.profile
    )
    if asked is BalanceTable.OPEN_DOCUMENTS:
        table = open_documents_table(contract, today=today, language=language)
        days = today.isoformat()
    else:
        period = _period(arguments, today)
        table = movements_table(contract, period=period, language=language)
        days = f"{period.date_from.isoformat()}-{period.date_to.isoformat()}"
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        write(table, file)
        # From here on the file is closed by whoever sends it.
        chunks = _pieces(file, stack.pop_all())
    return ExportFile(f"{_stem(asked, contract)}-{days}.{suffix}", content_type, chunks)


def _period(arguments: Mapping[str, Any], today: dt.date) -> Period:
    """As asked; never one that ends before it begins, whatever day it is when it is opened."""
    date_from, date_to = (
        dt.date.fromisoformat(arguments[name]) if arguments[name] else None
        for name in ("date_from", "date_to")
    )
    end = date_to or max(today, date_from or today)
    return Period(date_from or end.replace(month=1, day=1), end)


def _stem(table: BalanceTable, contract: Contract) -> str:
    """Safe in every file system; the number as it is, but for what is neither letter nor digit."""
    number = _UNSAFE.sub("-", contract.number).strip("-.")
    return f"{table.value}-{number or contract.currency}"


def _pieces(file: IO[bytes], opened: ExitStack) -> Iterator[bytes]:
    with opened:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
