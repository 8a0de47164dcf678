"""What is posted to a contract: checked, and told apart from what was posted before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import DEBITS, AdjustmentSubtype, EntryKind

MAX_AMOUNT = 10**15
"""Minor units. Far above any invoice, and a thousand of them still fit into a 64-bit sum."""
_MAX_REFERENCE = 200
_EARLIEST = dt.date(1991, 1, 1)
_ADJUSTMENTS = frozenset({EntryKind.DEBIT_ADJUSTMENT, EntryKind.CREDIT_ADJUSTMENT})


class InvalidPosting(ValueError):
    """A posting that can't be one. `code` says why; nothing was changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosting:
    """One debit or credit as the books should have it from now on."""

    reference: str
    """What it is to its source; the same again replaces what was posted under it."""
    contract: Contract
    kind: EntryKind
    amount: int
    """Minor units of the contract's currency, positive whatever the side."""
    effective_on: dt.date
    number: str = ""
    document_on: dt.date | None = None
    """Date of the paper; the effective day if it is not given."""
    document: Document | None = None
    orders: tuple[tuple[str, int | None], ...] = ()
    """Saleor orders that it is about, each with how much of it, where that is known."""
    stated: tuple[tuple[str, int | None], ...] = ()
    """Of a credit: references of the debits that it settles, each with how much."""
    due_parts: tuple[tuple[dt.date | None, int], ...] | None = None
    """Of a debit: due dates as the accounting system has them; None: by the contract's terms."""
    invoiced_on: dt.date | None = None
    subtype: str = ""
    document_amount: int | None = None
    document_currency: str = ""
    rate: Decimal | None = None
    rate_on: dt.date | None = None
    comment: str = ""

    @property
    def is_debit(self) -> bool:
        """Whether it adds to the debt."""
        return self.kind in DEBITS

    @property
    def signed_amount(self) -> int:
        """As it stands in an entry: positive for a debit."""
        return self.amount if self.is_debit else -self.amount


@dataclass(slots=True)
class PostingSummary:
    """How many postings did what."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    before_books: int = 0
    """Older than the contract's books: they are in its openings already."""
    contracts: set[Contract] = field(default_factory=set)
    """Those whose money changed."""


def check(posting: NewPosting) -> None:
    """Raises InvalidPosting for what no books could hold."""
    if not posting.reference or len(posting.reference) > _MAX_REFERENCE:
        raise InvalidPosting("INVALID_REFERENCE", "a posting needs a reference")
    if not 0 < posting.amount <= MAX_AMOUNT:
        raise InvalidPosting("INVALID_AMOUNT", f"{posting.amount} is not an amount to post")
    if posting.effective_on < _EARLIEST:
        raise InvalidPosting("INVALID_DATE", f"{posting.effective_on} is before any books")
    if posting.kind in _ADJUSTMENTS and posting.subtype not in AdjustmentSubtype.values:
        raise InvalidPosting("INVALID_SUBTYPE", f"{posting.subtype!r} is no kind of adjustment")
    if posting.kind not in _ADJUSTMENTS and posting.subtype:
        raise InvalidPosting("INVALID_SUBTYPE", f"a {posting.kind} has no subtype")
    _check_due_parts(posting)
    _check_links(posting.orders, "order")
    _check_links(posting.stated, "settled debit")
    if posting.stated and posting.is_debit:
        raise InvalidPosting("INVALID_SETTLEMENT", "only a credit settles")
    if posting.document_amount is not None and not posting.document_currency:
        raise InvalidPosting("INVALID_AMOUNT", "a paper's amount needs its currency")


def _check_due_parts(posting: NewPosting) -> None:
    if posting.due_parts is None:
        return
    if not posting.is_debit:
        raise InvalidPosting("INVALID_DUE_PARTS", "only a debit has due dates")
    amounts = [amount for _, amount in posting.due_parts]
    if any(amount <= 0 for amount in amounts) or sum(amounts) != posting.amount:
        raise InvalidPosting("INVALID_DUE_PARTS", "the parts must add up to the amount")


def _check_links(links: Sequence[tuple[str, int | None]], what: str) -> None:
    names = [name for name, _ in links]
    if len(set(names)) < len(names) or not all(names):
        raise InvalidPosting("INVALID_LINK", f"the same {what} twice, or one without an id")
    if any(amount is not None and not 0 < amount <= MAX_AMOUNT for _, amount in links):
        raise InvalidPosting("INVALID_AMOUNT", f"an amount of a {what} is not one")


def fingerprint(posting: NewPosting) -> str:
    """SHA-256 of everything that a posting says: equal means that nothing changed."""
    content = [
        str(posting.contract.pk),
        posting.kind,
        posting.amount,
        posting.effective_on.isoformat(),
        posting.number,
        posting.document_on and posting.document_on.isoformat(),
        posting.document and str(posting.document.pk),
        sorted(posting.orders, key=str),
        posting.stated,
        posting.due_parts and [(day and day.isoformat(), part) for day, part in posting.due_parts],
        posting.invoiced_on and posting.invoiced_on.isoformat(),
        posting.subtype,
        posting.document_amount,
        posting.document_currency,
        posting.rate is not None and f"{posting.rate.normalize():f}",
        posting.rate_on and posting.rate_on.isoformat(),
        posting.comment,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
