"""What a fact says of money, in the words of the books. Nothing is read or written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.money import Money, MoneyError, currency_decimals
from saleor_b2b_docs.onec.facts import (
    DOCUMENT_KINDS,
    AdjustmentFact,
    DocumentFact,
    OpeningFact,
    OrderRef,
    Paper,
    PaymentFact,
    Settled,
)
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.payments.services import NewPayment
from saleor_b2b_docs.settlements.postings import MAX_AMOUNT, NewPosting

ENTRY_KINDS = frozenset(
    {"waybill", "service_act", "return", "correction", "payment", "adjustment", "opening"}
)
"""Kinds of facts that may stand in the books; a key stands there once."""

PAPER_KINDS = frozenset(DOCUMENT_KINDS.values())
"""Kinds of facts that are papers; a paper's key keeps its kind."""

Links = tuple[tuple[str, int | None], ...]

_SALES = frozenset({DocumentKind.WAYBILL, DocumentKind.SERVICE_ACT})
_MAX_RATE = Decimal(10) ** 12
_MAX_TEXT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """What a paper says itself, in minor units of its own currency."""

    amount: int | None = None
    currency: str = ""
    rate: Decimal | None = None
    rate_on: dt.date | None = None


def minor(amount: Decimal, currency: str) -> int:
    """In minor units. Raises Refused for decimals that the currency lacks, for what is no amount,
    and for a currency that nobody knows."""
    check_currency(currency)
    try:
        value = Money(amount, currency).minor
    except (MoneyError, InvalidOperation) as error:
        raise Refused("INVALID_AMOUNT", str(error) or f"{amount} is no amount") from error
    if abs(value) > MAX_AMOUNT:
        raise Refused("INVALID_AMOUNT", "an amount beyond any books")
    return value


def check_currency(currency: str) -> None:
    """Raises Refused UNKNOWN_CURRENCY."""
    if not currency:
        raise Refused("UNKNOWN_CURRENCY", "an amount without a currency")
    try:
        currency_decimals(currency)
    except MoneyError as error:
        raise Refused("UNKNOWN_CURRENCY", str(error)) from error


def on_paper(paper: Paper | None) -> OnPaper:
    """Raises Refused."""
    if paper is None:
        return OnPaper()
    if paper.rate is not None:
        exponent = paper.rate.as_tuple().exponent
        if (
            not paper.rate.is_finite()
            or not 0 < paper.rate < _MAX_RATE
            or (isinstance(exponent, int) and exponent < -8)
        ):
            raise Refused("INVALID_RATE", f"{paper.rate} is no rate of at most eight decimals")
    return OnPaper(
        amount=minor(paper.amount, paper.currency),
        currency=paper.currency,
        rate=paper.rate,
        rate_on=paper.rate_on,
    )


def order_amounts(refs: Iterable[OrderRef], currency: str) -> tuple[int | None, ...]:
    """How much of each order is meant, positive. Raises Refused."""
    return tuple(
        None if ref.amount is None else abs(minor(ref.amount, currency)) or None for ref in refs
    )


def stated(settles: Iterable[Settled], currency: str, *, base_code: str) -> Links:
    """References of the debits that a credit settles; one that is named twice is one. Raises
    Refused."""
    found: dict[str, int | None] = {}
    for settled in settles:
        amount = None if settled.amount is None else minor(settled.amount, currency)
        if not settled.key.strip() or (amount is not None and amount <= 0):
            raise Refused("INVALID_SETTLEMENT", "what is settled needs its key and a sum")
        name = reference(base_code, settled.key)
        before = found.get(name, 0)
        found[name] = None if amount is None or before is None else before + amount
    return tuple(found.items())


def due_parts(
    due: tuple[tuple[dt.date | None, Decimal | None], ...] | None, amount: int, currency: str
) -> tuple[tuple[dt.date | None, int], ...] | None:
    """Raises Refused where a part of several has no amount."""
    if not due:
        return None
    if len(due) == 1 and due[0][1] is None:
        return ((due[0][0], amount),)
    parts = []
    for day, part in due:
        if part is None:
            raise Refused("INVALID_DUE_PARTS", "each of several due dates needs its amount")
        parts.append((day, minor(part, currency)))
    return tuple(parts)


def reference(base_code: str, key: str) -> str:
    """What a thing of a base is in the books."""
    return f"{base_code}:{key}"


def entry_kind(fact: DocumentFact, supplier: Supplier, gross: int | None) -> EntryKind | None:
    """What a paper is in the books; None for one that moves no money. Raises Refused for a sum of
    the wrong sign."""
    if fact.kind != DocumentKind.CORRECTION and gross is not None and gross < 0:
        raise Refused("INVALID_AMOUNT", f"the sum of a {fact.kind.value} is not negative")
    if not gross or not fact.moves_money or not fact.is_posted:
        return None
    if fact.kind == DocumentKind.RETURN:
        return EntryKind.RETURN
    if fact.kind in _SALES:
        # The invoices made here are the debts of such a supplier; both would be the debt twice.
        return None if supplier.debt_from == "invoice" else EntryKind(fact.kind.value)
    if fact.kind == DocumentKind.CORRECTION:
        return EntryKind.UPWARD_CORRECTION if gross > 0 else EntryKind.DOWNWARD_CORRECTION
    return None


def document_posting(
    fact: DocumentFact,
    contract: Contract,
    kind: EntryKind,
    gross: int,
    *,
    base_code: str,
    orders: Links,
) -> NewPosting:
    """Raises Refused."""
    paper = on_paper(fact.paper)
    return NewPosting(
        reference=reference(base_code, fact.key),
        contract=contract,
        kind=kind,
        amount=abs(gross),
        effective_on=fact.issued_on,
        number=fact.number,
        orders=orders,
        stated=stated(fact.settles, fact.currency, base_code=base_code),
        due_parts=due_parts(fact.due, abs(gross), fact.currency),
        invoiced_on=fact.invoiced_on,
        document_amount=paper.amount,
        document_currency=paper.currency,
        rate=paper.rate,
        rate_on=paper.rate_on,
        comment=fact.comment[:_MAX_TEXT],
    )


def payment(
    fact: PaymentFact, contract: Contract, amount: int, *, base_code: str, orders: Links
) -> NewPayment:
    """Raises Refused."""
    paper = on_paper(fact.paper)
    return NewPayment(
        reference=reference(base_code, fact.key),
        contract=contract,
        received_on=fact.received_on,
        amount=amount,
        is_refund=fact.is_refund,
        number=fact.number,
        method=fact.method,
        purpose=fact.purpose[:_MAX_TEXT],
        orders=orders,
        stated=stated(fact.settles, fact.currency, base_code=base_code),
        document_amount=paper.amount,
        document_currency=paper.currency,
        rate=paper.rate,
        rate_on=paper.rate_on,
    )


def adjustment_posting(fact: AdjustmentFact, contract: Contract, *, base_code: str) -> NewPosting:
    """Raises Refused."""
    amount = minor(fact.amount, fact.currency)
    return NewPosting(
        reference=reference(base_code, fact.key),
        contract=contract,
        kind=EntryKind.DEBIT_ADJUSTMENT if amount > 0 else EntryKind.CREDIT_ADJUSTMENT,
        amount=abs(amount),
        effective_on=fact.effective_on,
        number=fact.number,
        subtype=fact.subtype.value,
        stated=stated(fact.settles, fact.currency, base_code=base_code),
        due_parts=due_parts(fact.due, abs(amount), fact.currency),
        comment=fact.comment[:_MAX_TEXT],
    )


def opening_posting(fact: OpeningFact, contract: Contract, *, base_code: str) -> NewPosting:
    """Raises Refused."""
    amount = minor(fact.amount, fact.currency)
    is_dated = amount > 0 and fact.due_on is not None
    return NewPosting(
        reference=reference(base_code, fact.key),
        contract=contract,
        kind=EntryKind.OPENING_DEBT if amount > 0 else EntryKind.OPENING_ADVANCE,
        amount=abs(amount),
        effective_on=fact.books_from,
        document_on=fact.document_on,
        number=fact.number,
        due_parts=((fact.due_on, amount),) if is_dated else None,
    )
