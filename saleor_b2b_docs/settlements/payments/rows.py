"""Payments as their buyer is told of them. Amounts are in the contract's currency."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.settlements.models import Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilters:
    """Which payments of those that a viewer may see; all of them if nothing is said."""

    search: str = ""
    """A number, see documents/numbers.py, or an amount: `1234` finds 1 234.50 and a payment no.
    1234, `1 234,5` only 1 234.50."""
    contract_id: uuid.UUID | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    is_provisional: bool | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """How much of a payment settled a debit."""

    kind: str
    """An EntryKind."""
    number: str
    date: dt.date
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment and what became of it."""

    payment: Payment
    """With its contract, its parties and its document."""
    amount: Money
    """Negative for money that was paid back."""
    settled: tuple[Settled, ...]
    """The oldest paper first; nothing for a provisional payment and for money paid back."""
    unallocated: Money
    """What has settled nothing yet, i.e. is an advance; nothing of a provisional payment is one."""

    @property
    def is_refund(self) -> bool:
        """Whether the money was paid back to the buyer."""
        return self.payment.amount < 0
