"""The accounts file of the demo, with its PDFs beside it (docs/accounts-file.md)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from saleor_sandbox.demo.accounts.cast import COMPANIES, GROUPS, MANAGERS, CompanyPlan, ContractPlan
from saleor_sandbox.demo.accounts.figures import figures
from saleor_sandbox.demo.accounts.history import Entry, History, history
from saleor_sandbox.demo.accounts.numbering import describe_payments, give_numbers
from saleor_sandbox.demo.accounts.papers import Paper, PaperParty, draw
from saleor_sandbox.seed.people import BUYERS

FILE_NAME = "accounts.json"
_PAPERS_WITH_PDF = 10
"""Of each contract, the newest; a paper without a file has its web page all the same."""
_STATED_DAYS_AGO = 1


def write_accounts(
    folder: Path,
    *,
    user_ids: Mapping[str, str],
    suppliers: Mapping[str, Mapping[str, Any]],
    today: dt.date,
) -> Path:
    """Write the file and its PDFs into `folder`; where the file is.

    `user_ids` are Saleor's ids of the buyers by e-mail, `suppliers` the demo's by code. The same
    day makes the same file.
    """
    accounts = accounts_of(user_ids=user_ids, today=today)
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    for company in accounts["counterparties"]:
        for contract in company["contracts"]:
            supplier = suppliers[contract["supplier"]]
            for entry in _newest(contract["documents"]):
                entry["pdf"] = f"papers/{entry['key']}.pdf"
                (folder / entry["pdf"]).write_bytes(
                    draw(_paper(entry, contract, company, supplier))
                )
    path = folder / FILE_NAME
    path.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def accounts_of(*, user_ids: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    """The file's content, without PDFs."""
    told = {
        plan.key: history(plan, today=today) for company in COMPANIES for plan in company.contracts
    }
    plans = {plan.key: plan for company in COMPANIES for plan in company.contracts}
    for supplier in {plan.supplier for plan in plans.values()}:
        give_numbers(
            supplier,
            [
                entry
                for key, plan in plans.items()
                if plan.supplier == supplier
                for entry in _numbered(told[key])
            ],
        )
    return {
        "groups": list(GROUPS),
        "managers": list(MANAGERS),
        "counterparties": [_company(company, told, today=today) for company in COMPANIES],
        "members": [
            {
                "user_id": user_ids[email],
                "email": email,
                "name": _NAMES[email],
                "counterparty": company.key,
                "role": role,
            }
            for company in COMPANIES
            for email, role in company.members
        ],
    }


_NAMES = {buyer.email: f"{buyer.first_name} {buyer.last_name}" for buyer in BUYERS}


def _numbered(told: History) -> Iterator[Entry]:
    yield from told.openings
    yield from told.documents
    yield from told.adjustments


def _company(
    company: CompanyPlan, told: Mapping[str, History], *, today: dt.date
) -> dict[str, Any]:
    return {
        "key": company.key,
        "name": company.name,
        "tax_id": company.tax_id,
        "vat_id": company.vat_id,
        "address": company.address,
        "email": company.email,
        "group": company.group,
        "manager": company.manager,
        "contracts": [_contract(plan, told[plan.key], today=today) for plan in company.contracts],
    }


def _contract(plan: ContractPlan, told: History, *, today: dt.date) -> dict[str, Any]:
    papers = {entry["key"]: entry for entry in (*told.openings, *told.documents)}
    describe_payments(plan.key, told.payments, papers, currency=plan.currency)
    contract: dict[str, Any] = {
        "key": plan.key,
        "supplier": plan.supplier,
        "currency": plan.currency,
        "number": plan.number,
        "signed_on": _days_ago(today, plan.signed_days_ago),
        "is_main": plan.is_main,
        "coverage": plan.coverage,
        "books_from": _days_ago(today, plan.books_from_days_ago),
        "terms": _terms(plan),
        "credit_limit": None if plan.credit_limit is None else f"{plan.credit_limit}.00",
        "openings": told.openings,
        "documents": sorted(told.documents, key=lambda entry: (entry["date"], entry["key"])),
        "payments": sorted(told.payments, key=lambda entry: (entry["date"], entry["key"])),
        "adjustments": told.adjustments,
    }
    ours = figures(contract, today=today)
    if plan.limit_per_cent_of_debt is not None:
        limit = int(ours.debt * plan.limit_per_cent_of_debt / 100 / 1000) * 1000
        contract["credit_limit"] = f"{limit}.00"
    if plan.stated_difference is not None:
        contract["stated_balance"] = {
            "as_of": _days_ago(today, _STATED_DAYS_AGO),
            "debt": str(ours.debt - ours.advance + plan.stated_difference),
            "overdue": str(ours.overdue + Decimal(plan.stated_difference)),
        }
    return contract


def _terms(plan: ContractPlan) -> int | dict[str, Any]:
    if not plan.stages:
        return plan.terms_days
    return {
        "stages": [{"percent": str(per_cent), "days": days} for per_cent, days in plan.stages],
        "counted_in": "calendar",
        "counted_from": "shipment",
    }


def _days_ago(today: dt.date, days: int | None) -> str | None:
    return None if days is None else (today - dt.timedelta(days=days)).isoformat()


def _newest(documents: list[Entry]) -> list[Entry]:
    return documents[-_PAPERS_WITH_PDF:]


def _paper(
    entry: Entry,
    contract: Mapping[str, Any],
    company: Mapping[str, Any],
    supplier: Mapping[str, Any],
) -> Paper:
    return Paper(
        kind=entry["kind"],
        language="uk" if supplier["profile"] == "UA" else "en",
        number=entry["number"],
        day=dt.date.fromisoformat(entry["date"]),
        supplier=PaperParty(supplier["legal_name"], supplier["tax_id"], supplier["address"]),
        buyer=PaperParty(company["name"], company["tax_id"], company["address"]),
        contract=contract["number"],
        currency=contract["currency"],
        lines=entry["lines"],
        total=Decimal(entry["sum"]),
    )
