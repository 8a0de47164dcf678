"""What an accounts file comes to, counted from the file alone: what the app should say of it.

It is written as an accountant would do it with a pencil, and shares nothing with the app.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_SALES = ("waybill", "service_act")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one contract, in its currency."""

    debt: Decimal
    advance: Decimal
    overdue: Decimal
    open_papers: int
    """Rows of the table of open documents, less the advances."""
    documents: int
    payments: int


@dataclass(slots=True)
class _Part:
    paper: str
    due: dt.date
    left: Decimal


def figures(contract: Mapping[str, Any], *, today: dt.date) -> Figures:
    """What is owed, paid ahead and late; of a stated balance, what it states."""
    parts = sorted(_parts(contract), key=lambda part: (part.due, part.paper))
    spare: list[Decimal] = []
    for amount, settles in _credits(contract):
        of_own = [part for part in parts if part.paper in settles]
        spare.append(_settle(amount, of_own))
    advance = sum((_settle(amount, parts) for amount in spare), Decimal(0))
    debt = sum((part.left for part in parts), Decimal(0))
    overdue = sum((part.left for part in parts if part.due < today), Decimal(0))
    if stated := contract.get("stated_balance"):
        debt = max(Decimal(stated["debt"]), Decimal(0))
        advance = max(-Decimal(stated["debt"]), Decimal(0))
        overdue = Decimal(stated["overdue"])
    return Figures(
        debt=debt,
        advance=advance,
        overdue=overdue,
        open_papers=sum(bool(part.left) for part in parts),
        documents=len(contract["documents"]),
        payments=len(contract["payments"]),
    )


def _parts(contract: Mapping[str, Any]) -> Iterator[_Part]:
    debits = [
        *(entry for entry in contract["openings"] if not entry["sum"].startswith("-")),
        *(entry for entry in contract["documents"] if entry["kind"] in _SALES),
        *(
            entry
            for entry in contract["documents"]
            if entry["kind"] == "correction" and not entry["sum"].startswith("-")
        ),
        *(entry for entry in contract["adjustments"] if not entry["sum"].startswith("-")),
    ]
    for entry in debits:
        due = entry.get("due")
        if due is None:
            days = dt.timedelta(days=contract["terms"])
            due = (dt.date.fromisoformat(entry["date"]) + days).isoformat()
        for day, amount in [[due, entry["sum"]]] if isinstance(due, str) else due:
            yield _Part(entry["key"], dt.date.fromisoformat(day), Decimal(amount))


def _credits(contract: Mapping[str, Any]) -> Iterator[tuple[Decimal, frozenset[str]]]:
    """What settles: those that say what they settle, and then the others, as they came."""
    credits = [
        *(entry for entry in contract["payments"] if not entry.get("provisional")),
        *(entry for entry in contract["documents"] if entry["kind"] == "return"),
        *(entry for entry in contract["adjustments"] if entry["sum"].startswith("-")),
    ]
    credits.sort(key=lambda entry: (not entry.get("settles"), entry["date"]))
    for entry in credits:
        yield abs(Decimal(entry["sum"])), frozenset(entry.get("settles", ()))


def _settle(amount: Decimal, parts: list[_Part]) -> Decimal:
    """Take an amount from what is open, the oldest due first; what is left of it."""
    for part in parts:
        taken = min(amount, part.left)
        part.left -= taken
        amount -= taken
    return amount
