"""The demo's accounts: a good file on any day, and each buyer is what the sign-in page says."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from saleor_sandbox.demo.accounts.figures import Figures, figures
from saleor_sandbox.demo.accounts.writing import accounts_of, write_accounts
from saleor_sandbox.demo.suppliers import read_suppliers
from saleor_sandbox.seed.people import BUYERS

from saleor_b2b_docs.cli.accounts.file import AccountsFile, read

USER_IDS = {buyer.email: f"user-{position}" for position, buyer in enumerate(BUYERS)}
DAYS = [
    dt.date(2026, 1, 1),
    dt.date(2026, 4, 1),
    dt.date(2026, 11, 24),
    dt.date(2027, 8, 15),
    dt.date(2028, 2, 29),
]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> dt.date:
    day: dt.date = request.param
    return day


@pytest.fixture(scope="module")
def accounts(today: dt.date) -> dict[str, Any]:
    return accounts_of(user_ids=USER_IDS, today=today)


def contract_of(accounts: dict[str, Any], key: str) -> dict[str, Any]:
    (contract,) = (
        contract
        for company in accounts["counterparties"]
        for contract in company["contracts"]
        if contract["key"] == key
    )
    found: dict[str, Any] = contract
    return found


def figures_of(accounts: dict[str, Any], key: str, today: dt.date) -> Figures:
    return figures(contract_of(accounts, key), today=today)


def test_the_same_day_tells_the_same(accounts: dict[str, Any], today: dt.date) -> None:
    assert accounts_of(user_ids=USER_IDS, today=today) == accounts


def test_the_file_is_a_good_one(accounts: dict[str, Any]) -> None:
    file = read(json.dumps(accounts).encode())

    assert isinstance(file, AccountsFile)
    assert len(file.counterparties) == 9
    assert {member.user_id for member in file.members} == set(USER_IDS.values())


def test_nothing_happens_in_the_future(accounts: dict[str, Any], today: dt.date) -> None:
    dates = [
        entry["date"]
        for company in accounts["counterparties"]
        for contract in company["contracts"]
        for kind in ("documents", "payments", "adjustments", "openings")
        for entry in contract[kind]
    ]

    assert max(dates) < today.isoformat()
    assert min(dates) >= (today - dt.timedelta(days=735)).isoformat()


def test_numbers_are_given_once_in_a_series(accounts: dict[str, Any]) -> None:
    numbers = [
        (contract["supplier"], entry["kind"], entry["number"])
        for company in accounts["counterparties"]
        for contract in company["contracts"]
        for entry in contract["documents"]
    ]

    assert len(set(numbers)) == len(numbers)


def test_papers_add_up(accounts: dict[str, Any]) -> None:
    for company in accounts["counterparties"]:
        for contract in company["contracts"]:
            for entry in contract["documents"]:
                gross = sum(Decimal(line["gross"]) for line in entry["lines"])
                assert gross == Decimal(entry["sum"]) > 0
                for line in entry["lines"]:
                    assert Decimal(line["net"]) + Decimal(line["vat"]) == Decimal(line["gross"])


def test_a_good_payer_owes_and_is_not_late(accounts: dict[str, Any], today: dt.date) -> None:
    told = figures_of(accounts, "zatyshok-uah", today)

    assert told.debt > 0
    assert told.overdue == 0
    assert told.advance == 0
    payments = contract_of(accounts, "zatyshok-uah")["payments"]
    assert sum(payment.get("provisional", False) for payment in payments) == 1


def test_one_is_overdue_within_the_limit(accounts: dict[str, Any], today: dt.date) -> None:
    told = figures_of(accounts, "maister-dim-uah", today)

    assert 0 < told.overdue < told.debt
    limit = Decimal(contract_of(accounts, "maister-dim-uah")["credit_limit"])
    assert told.debt < limit


def test_one_is_over_the_limit_and_not_overdue(accounts: dict[str, Any], today: dt.date) -> None:
    told = figures_of(accounts, "savchuk-uah", today)

    limit = Decimal(contract_of(accounts, "savchuk-uah")["credit_limit"])
    assert told.debt > limit > 0
    assert told.overdue == 0


def test_one_has_an_advance(accounts: dict[str, Any], today: dt.date) -> None:
    told = figures_of(accounts, "stroydvor-kzt", today)

    assert told.advance > 0
    assert told.debt == 0


def test_two_companies_share_the_limit_of_a_holding(
    accounts: dict[str, Any], today: dt.date
) -> None:
    together = [
        figures_of(accounts, key, today).debt for key in ("levchenko-bud-uah", "levchenko-fop-uah")
    ]

    assert all(debt > 0 for debt in together)
    (group,) = accounts["groups"]
    assert sum(together) < Decimal(group["credit_limit"])


def test_one_is_told_another_balance_than_the_entries_have(
    accounts: dict[str, Any], today: dt.date
) -> None:
    contract = contract_of(accounts, "hafenkante-eur")
    entries = figures({**contract, "stated_balance": None}, today=today)

    assert Decimal(contract["stated_balance"]["debt"]) == entries.debt - entries.advance + 485


def test_figures_settle_as_an_accountant_would() -> None:
    contract = {
        "terms": 14,
        "openings": [],
        "documents": [
            {"key": "a", "kind": "waybill", "date": "2026-03-01", "sum": "100.00"},
            {"key": "b", "kind": "waybill", "date": "2026-03-05", "sum": "50.00"},
            {
                "key": "c",
                "kind": "waybill",
                "date": "2026-03-06",
                "sum": "30.00",
                "due": [["2026-03-10", "10.00"], ["2026-04-10", "20.00"]],
            },
            {"key": "t", "kind": "tax_invoice", "date": "2026-03-05", "sum": "50.00"},
            {
                "key": "r",
                "kind": "return",
                "date": "2026-03-07",
                "sum": "20.00",
                "settles": ["b"],
            },
        ],
        "payments": [
            {"key": "p", "date": "2026-03-08", "sum": "45.00", "settles": ["b"]},
            {"key": "q", "date": "2026-03-08", "sum": "7.00", "provisional": True, "settles": []},
        ],
        "adjustments": [{"key": "z", "date": "2026-03-09", "sum": "-6.00", "subtype": "bonus"}],
    }

    told = figures(contract, today=dt.date(2026, 3, 16))

    # b: 50 − 20 returned − 30 of 45 paid; the other 15 and the bonus of 6 go to the oldest due:
    # 10 to c's first part, 11 to a, which has 89 left and was due yesterday.
    assert told == Figures(
        debt=Decimal("109.00"),
        advance=Decimal(0),
        overdue=Decimal("89.00"),
        open_papers=2,
        documents=5,
        payments=2,
    )


def test_pdfs_are_legible(tmp_path: Path) -> None:
    path = write_accounts(
        tmp_path, user_ids=USER_IDS, suppliers=read_suppliers(), today=dt.date(2026, 11, 24)
    )

    accounts = json.loads(path.read_text(encoding="utf-8"))
    companies = {
        contract["key"]: company["name"]
        for company in accounts["counterparties"]
        for contract in company["contracts"]
    }
    for key, company in companies.items():
        papers = [entry for entry in contract_of(accounts, key)["documents"] if "pdf" in entry]
        assert len(papers) == 10
        pdf = PdfReader(io.BytesIO((tmp_path / papers[-1]["pdf"]).read_bytes()))
        text = " ".join(pdf.pages[0].extract_text().split())
        assert len(pdf.pages) == 1
        for expected in (papers[-1]["number"], company, papers[-1]["lines"][0]["name"]):
            assert expected in text
        assert "\N{REPLACEMENT CHARACTER}" not in text
