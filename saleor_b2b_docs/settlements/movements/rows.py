"""Rows of the table of movements. Amounts are in the contract's currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.pages import Page
from saleor_b2b_docs.money import Money


class InvalidPeriod(ValueError):
    """A period that ends before it begins."""

    code = "INVALID_PERIOD"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included. Raises InvalidPeriod."""

    date_from: dt.date
    date_to: dt.date

    def __post_init__(self) -> None:
        if self.date_from > self.date_to:
            raise InvalidPeriod(f"{self.date_from} is after {self.date_to}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """An entry of the period, and the balance after it."""

    date: dt.date
    """From which on it counts."""
    kind: str
    subtype: str
    """Of an adjustment, else empty."""
    number: str
    document_on: dt.date
    document: Document | None
    debit: Money | None
    """One of debit and credit is there; a storno's is negative."""
    credit: Money | None
    balance: Money
    """Positive: the buyer owes it."""
    is_storno: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Turnover:
    """What a period began with, what it added, and what it left."""

    opening: Money
    debit: Money
    credit: Money
    closing: Money


@dataclass(frozen=True, slots=True)
class Movements:
    """A page of a period's entries, and the sums of the whole period."""

    turnover: Turnover
    page: Page[Movement]
