"""Rows of the table of open documents. Amounts are in the contract's currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """What is not settled of one paper, or of one instalment of it; or an advance.

    Of an advance all amounts are negative. Always: amount − returned − paid = residual.
    """

    kind: str
    """An EntryKind."""
    number: str
    date: dt.date
    document: Document | None
    order_number: str
    """Several are separated by commas; empty if none of them is known here."""
    amount: Money
    """Of the instalment, where there are several."""
    returned: Money
    """Settled by returns and corrections."""
    paid: Money
    """Settled by payments and all else; of an advance, what it has settled."""
    residual: Money
    deferral_days: int | None
    pay_by: dt.date | None
    """None: not known, and so never overdue."""
    days_overdue: int
    overdue: Money
    is_advance: bool
    is_reserved: bool
    """Of an advance: it waits for a certain debit or order."""


@dataclass(frozen=True, slots=True)
class OpenDocumentsTotal:
    """Sums of all rows that the filters let through, also of those that are not shown."""

    amount: Money
    residual: Money
    overdue: Money
    debt: Money
    """Of the whole contract, whatever the filters; like the panel's own figure."""
    advance: Money


@dataclass(frozen=True, slots=True)
class OpenDocuments:
    """Open documents, the longest due first, advances last."""

    rows: tuple[OpenDocument, ...]
    total: OpenDocumentsTotal
    is_cut: bool
    """There are more rows than are shown."""
