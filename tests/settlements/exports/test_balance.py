"""The tables of Balance as files that spreadsheets open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from saleor_b2b_docs.documents.exports.registry import ExportFile, NothingToExport
from saleor_b2b_docs.documents.exports.tickets import open_ticket
from saleor_b2b_docs.parties.models import Contract, CountryProfile, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.settlements.exports import xlsx_file
from saleor_b2b_docs.settlements.exports.balance import (
    BalanceTable,
    TableFormat,
    balance_csv,
    balance_export_url,
    balance_xlsx,
)
from saleor_b2b_docs.settlements.exports.texts import entry_kind_name, table_texts
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.movements.rows import InvalidPeriod
from saleor_b2b_docs.settlements.services import unpost
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_member
from tests.builders.saleor import OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.settlements import customer, make_books, post_credit, post_debit, staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def day(number: int, month: int = 3) -> dt.date:
    """A day of 2026, of March unless said otherwise."""
    return dt.date(2026, month, number)


@pytest.fixture
def contract(db: None) -> Contract:
    """Of the usual buyer, its counterparty's owner."""
    contract = make_books()
    make_member(contract.counterparty)
    return contract


def _arguments(contract: Contract, table: BalanceTable, **more: str) -> dict[str, Any]:
    return {
        "contract": contract.pk.hex,
        "table": table.value,
        "date_from": "2026-03-01",
        "date_to": "2026-03-31",
        "language": "uk",
        **more,
    }


def _content(file: ExportFile) -> bytes:
    return b"".join(file.chunks)


def _sheet(contract: Contract, table: BalanceTable, **more: str) -> Worksheet:
    file = balance_xlsx(customer(contract), _arguments(contract, table, **more), NOW)
    workbook = openpyxl.load_workbook(io.BytesIO(_content(file)))
    [sheet] = workbook.worksheets
    return sheet


def _lines(contract: Contract, table: BalanceTable, **more: str) -> list[list[str]]:
    file = balance_csv(customer(contract), _arguments(contract, table, **more), NOW)
    text = _content(file).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _fill(contract: Contract) -> None:
    order = make_order(contract.supplier.installation, number="1042")
    waybill = post_debit(
        contract,
        10_050,
        on=day(20, month=2),
        number="Н-7",
        orders=[(order.saleor_id, None)],
    )
    post_credit(contract, 50, on=day(1), kind=EntryKind.RETURN, settles=[waybill], number="В-1")
    post_credit(contract, 2_000, on=day(5), number="П-1", comment="за лютий")
    post_credit(contract, 700, on=day(6), number="П-2", orders=[("T3JkZXI6OQ==", 300)])
    gone = post_debit(contract, 999, on=day(7), number="Н-8")
    unpost(contract.supplier.installation, [gone.reference], now=NOW)


def test_open_documents_are_a_workbook_of_real_numbers_and_dates(contract: Contract) -> None:
    # given
    _fill(contract)

    # when
    sheet = _sheet(contract, BalanceTable.OPEN_DOCUMENTS)

    # then
    assert sheet.title == "Відкриті документи"
    assert sheet.freeze_panes == "A2"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [
            "Документ",
            "Номер",
            "Дата",
            "Замовлення",
            "Сума, UAH",
            "Повернено, UAH",
            "Сплачено, UAH",
            "Залишок, UAH",
            "Відстрочка платежу, днів",
            "Сплатити до",
            "Прострочено, днів",
            "Прострочено, UAH",
            "Примітка",
        ],
        [
            "Видаткова накладна",
            "Н-7",
            dt.datetime(2026, 2, 20),  # noqa: DTZ001 - a day, as openpyxl reads it
            "1042",
            100.5,
            0.5,
            24,
            76,
            14,
            dt.datetime(2026, 3, 6),  # noqa: DTZ001 - a day, as openpyxl reads it
            4,
            76,
            None,
        ],
        [
            "Оплата",
            "П-2",
            dt.datetime(2026, 3, 6),  # noqa: DTZ001 - a day, as openpyxl reads it
            None,
            -7,
            0,
            -4,
            -3,
            None,
            None,
            None,
            None,
            "аванс, зарезервовано",
        ],
        ["Разом", None, None, None, 93.5, 0.5, 20, 73, None, None, None, 76, None],
    ]
    amount, date = sheet["E2"], sheet["C2"]
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")
    assert (date.data_type, date.number_format) == ("d", "dd.mm.yyyy")
    assert date.is_date
    assert sheet["A4"].font.bold
    assert sheet["H4"].font.bold
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["C"].width > 10


def test_movements_stand_between_their_opening_and_closing_balance(contract: Contract) -> None:
    # given
    _fill(contract)

    # when
    sheet = _sheet(contract, BalanceTable.MOVEMENTS, language="ru")

    # then
    assert sheet.title == "Операции"
    rows = [
        [value.date() if isinstance(value, dt.datetime) else value for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert rows == [
        [
            "Дата",
            "Документ",
            "Номер",
            "Дата документа",
            "Дебет, UAH",
            "Кредит, UAH",
            "Сальдо, UAH",
            "Примечание",
        ],
        [day(1), "Сальдо на начало", None, None, None, None, 100.5, None],
        [day(1), "Возвратная накладная", "В-1", day(1), None, 0.5, 100, None],
        [day(5), "Оплата", "П-1", day(5), None, 20, 80, "за лютий"],
        [day(6), "Оплата", "П-2", day(6), None, 7, 73, None],
        [day(7), "Расходная накладная", "Н-8", day(7), 9.99, None, 82.99, None],
        [day(7), "Расходная накладная", "Н-8", day(7), -9.99, None, 73, "сторно"],
        [day(31), "Сальдо на конец", None, None, 0, 27.5, 73, None],
    ]


def test_the_csv_has_a_mark_semicolons_and_decimal_commas(contract: Contract) -> None:
    # given
    post_debit(contract, 1_234_550, on=day(2), number="Н;7", comment="два\nрядки")
    arguments = _arguments(contract, BalanceTable.MOVEMENTS)

    # when
    content = _content(balance_csv(customer(contract), arguments, NOW))

    # then
    assert content.decode("utf-8") == (
        "\ufeffДата;Документ;Номер;Дата документа;Дебет, UAH;Кредит, UAH;Сальдо, UAH;Примітка\r\n"
        "01.03.2026;Сальдо на початок;;;;;0,00;\r\n"
        '02.03.2026;Видаткова накладна;"Н;7";02.03.2026;12345,50;;12345,50;"два\nрядки"\r\n'
        "31.03.2026;Сальдо на кінець;;;12345,50;0,00;12345,50;\r\n"
    )


def test_the_english_csv_has_points_and_iso_dates(contract: Contract) -> None:
    # given
    _fill(contract)

    # when
    lines = _lines(contract, BalanceTable.OPEN_DOCUMENTS, language="en")

    # then
    assert ["|".join(line) for line in lines] == [
        "Document|Number|Date|Order|Amount, UAH|Returned, UAH|Paid, UAH|Left to pay, UAH"
        "|Payment term, days|Pay by|Days overdue|Overdue, UAH|Note",
        "Delivery note|Н-7|2026-02-20|1042|100.50|0.50|24.00|76.00|14|2026-03-06|4|76.00|",
        "Payment|П-2|2026-03-06||-7.00|0.00|-4.00|-3.00|||||advance, reserved",
        "Total||||93.50|0.50|20.00|73.00||||76.00|",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x.example")']
)
def test_no_text_becomes_a_formula(contract: Contract, text: str) -> None:
    # given
    post_debit(contract, 100, on=day(2), number=text, comment=text)

    # when
    line = _lines(contract, BalanceTable.MOVEMENTS)[2]
    sheet = _sheet(contract, BalanceTable.MOVEMENTS)

    # then
    assert (line[2], line[7]) == (f"'{text}", f"'{text}")
    for cell in (sheet["C3"], sheet["H3"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None


@pytest.mark.parametrize(
    ("currency", "number_format", "value", "text"),
    [("JPY", "#,##0", 123_456, "123456"), ("KWD", "#,##0.000", 123.456, "123,456")],
)
def test_amounts_have_the_currencys_decimals(
    currency: str, number_format: str, value: float, text: str
) -> None:
    # given
    contract = make_books(currency=currency)
    make_member(contract.counterparty)
    post_debit(contract, 123_456, on=day(2))

    # when
    cell = _sheet(contract, BalanceTable.MOVEMENTS)["E3"]
    line = _lines(contract, BalanceTable.MOVEMENTS)[2]

    # then
    assert (cell.value, cell.number_format) == (value, number_format)
    assert line[4] == text


def test_what_one_sheet_cannot_hold_goes_on_on_the_next(
    contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 2)
    for number in (1, 2, 3):
        post_debit(contract, 100, on=day(number))
    arguments = _arguments(contract, BalanceTable.MOVEMENTS)

    # when
    file = balance_xlsx(customer(contract), arguments, NOW)
    workbook = openpyxl.load_workbook(io.BytesIO(_content(file)))

    # then
    assert workbook.sheetnames == [
        "Операції",
        "Операції 2",
        "Операції 3",
    ]
    assert [sheet.max_row for sheet in workbook.worksheets] == [3, 3, 2]
    assert {sheet["A1"].value for sheet in workbook.worksheets} == {"Дата"}


def test_the_language_is_the_suppliers_where_none_is_asked_for(contract: Contract) -> None:
    # given
    contract.supplier.profile = CountryProfile.RU
    contract.supplier.save()

    # when / then
    for language in ("", "de"):
        header = _lines(contract, BalanceTable.OPEN_DOCUMENTS, language=language)[0]
        assert header[4] == "Сумма, UAH"


@pytest.mark.parametrize(
    ("date_from", "date_to", "opening", "closing"),
    [
        ("", "", "01.01.2026", "10.03.2026"),
        ("", "2025-05-20", "01.01.2025", "20.05.2025"),
        ("2026-02-03", "", "03.02.2026", "10.03.2026"),
        ("2026-05-01", "", "01.05.2026", "01.05.2026"),
    ],
)
def test_a_period_that_is_not_said_ends_today(
    contract: Contract, date_from: str, date_to: str, opening: str, closing: str
) -> None:
    # when
    lines = _lines(contract, BalanceTable.MOVEMENTS, date_from=date_from, date_to=date_to)

    # then
    assert (lines[1][0], lines[-1][0]) == (opening, closing)


def test_files_are_named_by_table_contract_and_days(contract: Contract) -> None:
    # given
    contract.number = 'Д/1 "оптовий"'
    contract.save()
    viewer = customer(contract)

    # when
    files = [
        balance_xlsx(viewer, _arguments(contract, BalanceTable.OPEN_DOCUMENTS), NOW),
        balance_csv(viewer, _arguments(contract, BalanceTable.MOVEMENTS), NOW),
    ]

    # then
    assert [(file.name, file.content_type) for file in files] == [
        (
            "open-documents-Д-1-оптовий-2026-03-10.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("movements-Д-1-оптовий-2026-03-01-2026-03-31.csv", "text/csv; charset=utf-8"),
    ]
    assert all(_content(file) for file in files)


def test_the_table_is_read_before_the_answer_begins(contract: Contract) -> None:
    # given
    post_debit(contract, 100, on=day(2), number="перша")
    arguments = _arguments(contract, BalanceTable.MOVEMENTS)

    # when
    file = balance_csv(customer(contract), arguments, NOW)
    post_debit(contract, 100, on=day(2), number="друга")

    # then
    assert "друга" not in _content(file).decode()


@pytest.mark.parametrize("export", [balance_xlsx, balance_csv])
def test_only_who_may_see_the_money_gets_a_file(contract: Contract, export: Any) -> None:
    # given
    installation = contract.supplier.installation
    make_member(contract.counterparty, user_id="VXNlcjo0", role=Role.BUYER)
    other = make_counterparty(installation, name="Інша", tax_id="2")
    make_member(other, user_id=OTHER_BUYER_ID)
    make_contract(contract.supplier, other)
    elsewhere = make_installation(api_url=OTHER_API_URL)
    viewers: Mapping[str, Viewer] = {
        "the owner": customer(contract),
        "a buyer of the company": customer(contract, "VXNlcjo0"),
        "another company's owner": customer(contract, OTHER_BUYER_ID),
        "staff": staff(contract, "MANAGE_ORDERS"),
        "staff without the permission": staff(contract, "MANAGE_USERS", "MANAGE_SETTINGS"),
        "anonymous": ANONYMOUS,
        "the same id elsewhere": customer(elsewhere),
        "staff elsewhere": staff(elsewhere, "MANAGE_ORDERS"),
    }

    # when
    got = set()
    for name, viewer in viewers.items():
        for table in BalanceTable:
            with suppress(NothingToExport):
                assert _content(export(viewer, _arguments(contract, table), NOW))
                got.add((name, table))

    # then
    assert got == {(name, table) for name in ("the owner", "staff") for table in BalanceTable}


def test_a_contract_that_is_not_there_is_no_file(contract: Contract) -> None:
    # given
    arguments = _arguments(contract, BalanceTable.MOVEMENTS) | {"contract": uuid.uuid4().hex}

    # when
    with pytest.raises(NothingToExport) as refusal:
        balance_csv(customer(contract), arguments, NOW)

    # then
    assert refusal.value.status == 404
    assert set(refusal.value.words) == {"uk", "ru", "en"}


def test_an_address_carries_what_its_file_is_made_of(contract: Contract) -> None:
    # given
    post_debit(contract, 100, on=day(2))
    url = balance_export_url(
        customer(contract),
        contract.pk,
        table=BalanceTable.MOVEMENTS,
        table_format=TableFormat.CSV,
        date_from=day(1),
        date_to=day(2),
        language="en",
    )

    # when
    parts = urlsplit(url)
    ticket = open_ticket(parse_qs(parts.query)["ticket"][0], kind="balance.csv")
    file = balance_csv(ticket.viewer, ticket.arguments, NOW)

    # then
    assert parts.path == "/exports/balance.csv"
    assert file.name == "movements-Д-1-2026-03-01-2026-03-02.csv"
    assert "Closing balance" in _content(file).decode()


def test_an_address_for_a_period_that_ends_before_it_begins_is_refused(contract: Contract) -> None:
    with pytest.raises(InvalidPeriod):
        balance_export_url(
            customer(contract),
            contract.pk,
            table=BalanceTable.MOVEMENTS,
            table_format=TableFormat.CSV,
            date_from=day(2),
            date_to=day(1),
        )


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_every_kind_of_entry_has_a_name_and_every_title_fits_a_sheet(language: Any) -> None:
    for kind in EntryKind:
        assert entry_kind_name(kind, language=language, profile="UA")
    texts = table_texts(language)
    for title in (texts.open_documents, texts.movements):
        assert len(title) <= 25
        assert not set(title) & set("[]:*?/\\")
