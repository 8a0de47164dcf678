"""Whom a buyer buys for, where he buys for several companies: asked of B2B Docs.

What he chooses goes into the checkout's private metadata, which Saleor copies into the order.
Buyers can't write there, so the shop's server does, as staff or an app would.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx

from saleor_sandbox import tokens
from saleor_sandbox.models import User
from saleor_sandbox.seed import people
from saleor_sandbox.shop.b2b_docs import ask
from saleor_sandbox.shop.visitor import SaleorError, Visitor, call

_KEY = "b2b.contract"
_QUESTION = """
query Companies {
  b2bContracts { id number currency isClosed counterparty { name taxId } }
}
"""
_KEEP = """
mutation Keep($id: ID!, $input: [MetadataInput!]!) {
  updatePrivateMetadata(id: $id, input: $input) { errors { field message code } }
}
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A contract that the order may be settled by, and the company that it is with."""

    contract_id: str
    number: str
    company: str
    tax_id: str


def choices(visitor: Visitor, *, currency: str, address: str) -> list[Choice]:
    """The buyer's open contracts in this currency; none for guests, or without an answer."""
    if visitor.account is None:
        return []
    try:
        answer = ask(json.dumps({"query": _QUESTION}).encode(), visitor, address=address)
        contracts = (answer.json().get("data") or {}).get("b2bContracts") or []
    except (httpx.HTTPError, ValueError):
        # Without a choice, the order is of the company that he has been with longest.
        return []
    return [
        _choice(contract)
        for contract in contracts
        if contract["currency"] == currency and not contract["isClosed"]
    ]


def chosen(visitor: Visitor, offered: list[Choice]) -> Choice | None:
    """What he chose last; else his own company; None where there is nothing to choose."""
    if len(offered) < 2:
        return None
    by_id = {choice.contract_id: choice for choice in offered}
    if visitor.contract_id in by_id:
        return by_id[visitor.contract_id]
    company = visitor.account.company if visitor.account else ""
    return next((choice for choice in offered if choice.company == company), offered[0])


def keep(choice: Choice, checkout_id: str) -> None:
    """Have the order know it. Raises SaleorError."""
    answer = call(
        _KEEP,
        {"id": checkout_id, "input": [{"key": _KEY, "value": choice.contract_id}]},
        token=tokens.access_token(User.objects.get(email=people.STAFF_EMAIL)),
    )
    problems = answer["updatePrivateMetadata"]["errors"]
    if problems:
        raise SaleorError("; ".join(problem["message"] for problem in problems))


def _choice(contract: dict[str, Any]) -> Choice:
    party = contract["counterparty"]
    return Choice(contract["id"], contract["number"], party["name"], party["taxId"])
