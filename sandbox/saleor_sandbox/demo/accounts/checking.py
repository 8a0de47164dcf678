"""What the app says of the buyers' accounts, beside what their file comes to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.demo.accounts.figures import Figures, figures
from saleor_sandbox.demo.suppliers import read_suppliers
from saleor_sandbox.process import SandboxProcess
from saleor_sandbox.seed import people

_PANEL = """query { b2bDebtPanel { contracts {
  contract { id number counterparty { name } }
  isBeingChecked coverage
  debt { amount } advance { amount } overdue { amount } available { amount }
} } }"""
_BALANCE = """query($id: ID!) { b2bBalance(contractId: $id) {
  openDocuments { rows { isAdvance residual { amount } } total { debt { amount } } }
  aging { buckets { amount { amount } } }
} }"""
_JOURNAL = """query($id: ID!, $after: String) {
  b2bJournal(filter: {contractId: $id}, first: 100, after: $after) {
    edges { node { number hasPdf } } pageInfo { hasNextPage endCursor } } }"""
_PAYMENTS = """query($id: ID!, $after: String) {
  b2bPayments(filter: {contractId: $id}, first: 100, after: $after) {
    edges { node { number isProvisional } } pageInfo { hasNextPage endCursor } } }"""


class _Buyer:
    """A signed-in buyer, who asks the app."""

    def __init__(self, sandbox: SandboxProcess, app: AppProcess, email: str) -> None:
        self._url = f"{app.url}/graphql/"
        self._headers = {
            "Authorization": f"Bearer {sandbox.sign_in(email, people.PASSWORD)}",
            "Saleor-Api-Url": sandbox.api_url,
        }

    def ask(self, query: str, **variables: str) -> dict[str, Any]:
        """The answer's data. Raises RuntimeError for errors."""
        answer = httpx.post(
            self._url,
            json={"query": query, "variables": variables},
            headers=self._headers,
            timeout=30,
            trust_env=False,
        ).json()
        if answer.get("errors"):
            raise RuntimeError(str(answer["errors"]))
        data: dict[str, Any] = answer["data"]
        return data

    def rows(self, query: str, field: str, contract_id: str) -> list[dict[str, Any]]:
        """All rows of a list, page by page."""
        rows: list[dict[str, Any]] = []
        after = ""
        while True:
            page = self.ask(query, id=contract_id, after=after)[field]
            rows += [edge["node"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return rows
            after = page["pageInfo"]["endCursor"]


def check_accounts(sandbox: SandboxProcess, app: AppProcess, path: Path) -> dict[str, bool]:
    """What was compared, and whether it is right; for every buyer of the file."""
    accounts = json.loads(path.read_text(encoding="utf-8"))
    # Whether something is overdue is a question of the supplier's day.
    days = {
        code: dt.datetime.now(ZoneInfo(supplier["time_zone"])).date()
        for code, supplier in read_suppliers().items()
    }
    contracts_of: dict[str, list[dict[str, Any]]] = {}
    sees_money: dict[str, bool] = {}
    companies = {company["key"]: company for company in accounts["counterparties"]}
    for member in accounts["members"]:
        contracts = companies[member["counterparty"]]["contracts"]
        contracts_of.setdefault(member["email"], []).extend(contracts)
        sees_money[member["email"]] = member["role"] != "buyer"
    checks: dict[str, bool] = {}
    for email, contracts in contracts_of.items():
        buyer = _Buyer(sandbox, app, email)
        panel = buyer.ask(_PANEL)["b2bDebtPanel"]
        if not sees_money[email]:
            checks[f"{email} sees no money"] = panel is None
            continue
        shown = {row["contract"]["number"]: row for row in panel["contracts"]}
        checks[f"{email} has {len(contracts)} contracts"] = len(shown) == len(contracts)
        for contract in contracts:
            row = shown.get(contract["number"])
            expected = figures(contract, today=days[contract["supplier"]])
            if row is None:
                checks[f"{email}: contract {contract['number']}"] = False
                continue
            checks |= dict(_compare(buyer, contract, row, expected))
    return checks


def _compare(
    buyer: _Buyer, contract: Mapping[str, Any], panel: Mapping[str, Any], expected: Figures
) -> Iterator[tuple[str, bool]]:
    number, currency = contract["number"], contract["currency"]
    contract_id = panel["contract"]["id"]
    who = f"{panel['contract']['counterparty']['name']}, {number}"
    for name in ("debt", "advance", "overdue"):
        amount: Decimal = getattr(expected, name)
        yield f"{who}: {name} {amount} {currency}", _amount(panel[name]) == amount
    is_checked = contract.get("stated_balance") is not None
    yield f"{who}: being checked: {is_checked}", panel["isBeingChecked"] is is_checked

    balance = buyer.ask(_BALANCE, id=contract_id)["b2bBalance"]
    rows = balance["openDocuments"]["rows"]
    open_papers = [row for row in rows if not row["isAdvance"]]
    yield f"{who}: {expected.open_papers} open documents", len(open_papers) == expected.open_papers
    residuals = sum((_amount(row["residual"]) for row in open_papers), Decimal(0))
    aged = sum((_amount(bucket["amount"]) for bucket in balance["aging"]["buckets"]), Decimal(0))
    total = _amount(balance["openDocuments"]["total"]["debt"])
    yield f"{who}: open documents, aging and total agree", residuals == aged == total

    documents = buyer.rows(_JOURNAL, "b2bJournal", contract_id)
    with_pdf = sum("pdf" in document for document in contract["documents"])
    yield f"{who}: {expected.documents} documents", len(documents) == expected.documents
    yield (
        f"{who}: {with_pdf} of them with a PDF",
        sum(document["hasPdf"] for document in documents) == with_pdf,
    )
    payments = buyer.rows(_PAYMENTS, "b2bPayments", contract_id)
    yield f"{who}: {expected.payments} payments", len(payments) == expected.payments


def _amount(money: Mapping[str, Any]) -> Decimal:
    return Decimal(str(money["amount"]))
