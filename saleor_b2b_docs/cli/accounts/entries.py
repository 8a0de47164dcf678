"""A contract's part of an accounts file in the words of the rooms that keep it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from saleor_b2b_docs.cli.accounts.file import (
    ContractEntry,
    DocumentEntry,
    Due,
    LineEntry,
    Link,
    TermsText,
)
from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.received.context import Received, ReceivedLine
from saleor_b2b_docs.money import Money, MoneyError
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.terms import Terms, TermsError
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.payments.services import ACCOUNTING, NewPayment
from saleor_b2b_docs.settlements.postings import NewPosting

SOURCE = "accounts_file"
"""The source of the aliases, and the beginning of the references in the books."""

_SALES = frozenset({DocumentKind.WAYBILL, DocumentKind.SERVICE_ACT})


class AccountsFileError(ValueError):
    """Something in the file that can't be kept; the message says what and why."""


def minor(text: str, currency: str, *, where: str) -> int:
    """An amount in minor units. Raises AccountsFileError for decimals that the currency lacks."""
    try:
        return Money(Decimal(text), currency).minor
    except MoneyError as error:
        raise AccountsFileError(f"{where}: {error}") from error


def terms_of_text(text: TermsText | None, *, where: str) -> Terms | None:
    """Terms as the file writes them. Raises AccountsFileError."""
    try:
        if text is None:
            return None
        return Terms.of_days(text) if isinstance(text, int) else Terms.from_json(text)
    except TermsError as error:
        raise AccountsFileError(f"{where}: {error}") from error


def received_paper(entry: DocumentEntry, contract: Contract) -> Received:
    """The paper, without its file. Raises AccountsFileError."""
    where = f"document {entry.key}"
    return Received(
        key=entry.key,
        source=SOURCE,
        kind=entry.kind,
        number=entry.number,
        issued_on=entry.date,
        supplier=contract.supplier,
        counterparty=contract.counterparty,
        contract=contract,
        currency=contract.currency,
        gross=None if entry.sum is None else minor(entry.sum, contract.currency, where=where),
        orders=_links(entry.orders, contract.currency, where=where),
        lines=tuple(_line(line) for line in entry.lines),
        is_void=entry.is_void,
    )


def postings(
    entry: ContractEntry, contract: Contract, documents: Mapping[str, Document]
) -> Iterator[NewPosting]:
    """What the books should say, but for the payments. Raises AccountsFileError."""
    yield from _opening_postings(entry, contract)
    for paper in entry.documents:
        posting = _paper_posting(paper, contract, documents[paper.key])
        if posting is not None and not paper.is_void:
            yield posting
    yield from _adjustment_postings(entry, contract)


def void_references(entry: ContractEntry) -> list[str]:
    """What void papers would be in the books."""
    return [_reference(paper.key) for paper in entry.documents if paper.is_void]


def new_payments(
    entry: ContractEntry, contract: Contract, *, are_provisional: bool
) -> Iterator[NewPayment]:
    """The payments of the books, or those that are only announced. Raises AccountsFileError."""
    for payment in entry.payments:
        if payment.provisional is not are_provisional:
            continue
        where = f"payment {payment.key}"
        amount = minor(payment.sum, contract.currency, where=where)
        yield NewPayment(
            reference=_announced(payment.key) if are_provisional else _reference(payment.key),
            contract=contract,
            received_on=payment.date,
            amount=abs(amount),
            is_refund=amount < 0,
            number=payment.number,
            method=payment.method,
            purpose=payment.purpose,
            orders=_links(payment.orders, contract.currency, where=where),
            stated=_settled(payment.settles, contract.currency, where=where),
            source="bank_file" if are_provisional else ACCOUNTING,
        )


def _opening_postings(entry: ContractEntry, contract: Contract) -> Iterator[NewPosting]:
    for opening in entry.openings:
        where = f"opening {opening.key}"
        amount = minor(opening.sum, contract.currency, where=where)
        begins_on = entry.books_from
        if begins_on is None:  # not so: the file was checked
            raise AccountsFileError(f"{where}: the contract has no books_from")
        yield NewPosting(
            reference=_reference(opening.key),
            contract=contract,
            kind=EntryKind.OPENING_DEBT if amount > 0 else EntryKind.OPENING_ADVANCE,
            amount=abs(amount),
            effective_on=begins_on,
            document_on=opening.date,
            number=opening.number,
            due_parts=_due_parts(opening.due, amount, contract.currency, where=where),
        )


def _paper_posting(
    paper: DocumentEntry, contract: Contract, document: Document
) -> NewPosting | None:
    """What a paper does to the books; None for one that moves no money."""
    where = f"document {paper.key}"
    kind = _entry_kind(paper, contract)
    if kind is None:
        if paper.due is not None or paper.settles:
            raise AccountsFileError(f"{where}: such a paper moves no money: no due, no settles")
        return None
    if paper.sum is None:
        raise AccountsFileError(f"{where}: needs its sum, which moves money")
    amount = minor(paper.sum, contract.currency, where=where)
    if not amount:
        return None
    return NewPosting(
        reference=_reference(paper.key),
        contract=contract,
        kind=kind,
        amount=abs(amount),
        effective_on=paper.date,
        number=paper.number,
        document=document,
        orders=_links(paper.orders, contract.currency, where=where),
        stated=_settled(paper.settles, contract.currency, where=where),
        due_parts=_due_parts(paper.due, amount, contract.currency, where=where),
        invoiced_on=paper.invoiced_on,
        comment=paper.comment,
    )


def _entry_kind(paper: DocumentEntry, contract: Contract) -> EntryKind | None:
    is_negative = (paper.sum or "").startswith("-")
    if paper.kind == DocumentKind.RETURN:
        if is_negative:
            raise AccountsFileError(f"document {paper.key}: a return's sum is positive")
        return EntryKind.RETURN
    if paper.kind in _SALES:
        if is_negative:
            raise AccountsFileError(f"document {paper.key}: a {paper.kind}'s sum is positive")
        if contract.supplier.debt_from == "invoice":
            return None  # the invoices made here are the debts; both would be the debt twice
        return EntryKind(paper.kind.value)
    if paper.kind == DocumentKind.CORRECTION:
        return EntryKind.DOWNWARD_CORRECTION if is_negative else EntryKind.UPWARD_CORRECTION
    return None


def _adjustment_postings(entry: ContractEntry, contract: Contract) -> Iterator[NewPosting]:
    for adjustment in entry.adjustments:
        where = f"adjustment {adjustment.key}"
        amount = minor(adjustment.sum, contract.currency, where=where)
        yield NewPosting(
            reference=_reference(adjustment.key),
            contract=contract,
            kind=EntryKind.DEBIT_ADJUSTMENT if amount > 0 else EntryKind.CREDIT_ADJUSTMENT,
            amount=abs(amount),
            effective_on=adjustment.date,
            number=adjustment.number,
            subtype=adjustment.subtype,
            stated=_settled(adjustment.settles, contract.currency, where=where),
            due_parts=_due_parts(adjustment.due, amount, contract.currency, where=where),
            comment=adjustment.comment,
        )


def _due_parts(
    due: Due | None, amount: int, currency: str, *, where: str
) -> tuple[tuple[dt.date | None, int], ...] | None:
    if due is None:
        return None
    if isinstance(due, dt.date):
        return ((due, abs(amount)),)
    return tuple((day, minor(part, currency, where=where)) for day, part in due)


def _links(
    links: Iterable[Link], currency: str, *, where: str
) -> tuple[tuple[str, int | None], ...]:
    return tuple(
        (link, None) if isinstance(link, str) else (link[0], minor(link[1], currency, where=where))
        for link in links
    )


def _settled(
    links: Iterable[Link], currency: str, *, where: str
) -> tuple[tuple[str, int | None], ...]:
    return tuple((_reference(key), amount) for key, amount in _links(links, currency, where=where))


def _reference(key: str) -> str:
    return f"{SOURCE}:{key}"


def _announced(key: str) -> str:
    """Of a payment that is not in the books: once it is, it is another row, and the two match."""
    return f"{SOURCE}_announced:{key}"


def _line(line: LineEntry) -> ReceivedLine:
    def figure(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return ReceivedLine(
        name=line.name,
        sku=line.sku,
        unit=line.unit,
        quantity=Decimal(line.quantity),
        price=Decimal(line.price),
        net=figure(line.net),
        vat_rate=figure(line.vat_rate),
        vat=figure(line.vat),
        gross=figure(line.gross),
    )
