"""What a batch's papers and money will write: each fact checked by itself, nothing written yet."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.received.context import Received, check
from saleor_b2b_docs.onec.facts import (
    AdjustmentFact,
    BalanceFact,
    DocumentFact,
    EnteredThroughFact,
    Fact,
    OpeningFact,
    PaymentFact,
)
from saleor_b2b_docs.onec.intake.batches import Item
from saleor_b2b_docs.onec.intake.money import (
    ENTRY_KINDS,
    PAPER_KINDS,
    Links,
    adjustment_posting,
    check_currency,
    document_posting,
    entry_kind,
    minor,
    on_paper,
    opening_posting,
    order_amounts,
    payment,
)
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.onec.intake.resolving.services import Home, Named, Resolver
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.payments.services import NewPayment
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.postings import check as check_posting

_MAX_NUMBER = 80


@dataclass(slots=True)
class Plan:
    """What a batch writes. Items that a paper's refusal takes with it are the keys."""

    papers: list[tuple[Item, Received]] = field(default_factory=list)
    postings: dict[Item, NewPosting] = field(default_factory=dict)
    payments: list[NewPayment] = field(default_factory=list)
    announced: list[NewPayment] = field(default_factory=list)
    openings: list[tuple[Contract, dt.date]] = field(default_factory=list)
    """Contracts whose books begin on a day."""
    unposted: list[Item] = field(default_factory=list)
    """What stands in the books no more."""
    void: list[str] = field(default_factory=list)
    """Keys of papers that stand no more."""
    balances: list[tuple[Contract, BalanceFact]] = field(default_factory=list)
    through: dict[int, dt.date] = field(default_factory=dict)
    """Up to which day a supplier's bank statements are entered."""
    counterparties: set[UUID] = field(default_factory=set)
    """Whom it is about."""


def named(fact: Fact) -> Named | None:
    """What a fact of money or paper names; None where it names no buyer."""
    match fact:
        case DocumentFact() | PaymentFact():
            return Named(fact.party, fact.currency, fact.orders)
        case AdjustmentFact() | OpeningFact() | BalanceFact():
            return Named(fact.party, fact.currency)
        case _:
            return None


def paper_key(fact: PaymentFact | str) -> str:
    """The key of the paper that stands for a payment without a sum."""
    return f"payment:{fact if isinstance(fact, str) else fact.key}"


class Planner:
    """Plans one item after the other."""

    def __init__(
        self,
        base: Base,
        resolver: Resolver,
        *,
        entries: Mapping[str, str],
        papers: Mapping[str, str],
        is_dry: bool,
    ) -> None:
        self.plan = Plan()
        self._base = base
        self._resolver = resolver
        self._entries = dict(entries)
        """Which kind of entry stands under a key."""
        self._papers = dict(papers)
        """Which kind of paper a key is of."""
        self._is_dry = is_dry

    def add(self, item: Item) -> None:
        """Plan an item; if it is bad, nothing of it.

        Raises Refused, InvalidReceived, InvalidPosting.
        """
        fact, key = item.fact, item.fact.key
        if item.kind in PAPER_KINDS and self._papers.get(key, item.kind) != item.kind:
            raise Refused("KIND_CHANGED", f"the paper was a {self._papers[key]} before")
        if item.kind in ENTRY_KINDS and self._entries.get(key, item.kind) != item.kind:
            raise Refused("KEY_TAKEN", f"the key is of a {self._entries[key]}")
        match fact:
            case DocumentFact():
                self._add_document(item, fact)
            case PaymentFact():
                self._add_payment(item, fact)
            case AdjustmentFact():
                self._add_adjustment(item, fact)
            case OpeningFact():
                self._add_opening(item, fact)
            case BalanceFact():
                self._add_balance(item, fact)
            case EnteredThroughFact():
                self._add_entered_through(item, fact)
            case _:
                self._take_back(item)
        if item.kind in PAPER_KINDS:
            self._papers.setdefault(key, item.kind)
        if item.kind in ENTRY_KINDS and not item.is_gone:
            self._entries.setdefault(key, item.kind)

    def _add_document(self, item: Item, fact: DocumentFact) -> None:
        gross = None if fact.gross is None else minor(fact.gross, fact.currency)
        if fact.currency:
            check_currency(fact.currency)
        paper = on_paper(fact.paper)
        amounts = order_amounts(fact.orders, fact.currency)
        moves = bool(gross) and fact.moves_money and fact.is_posted and item.kind in ENTRY_KINDS
        home = self._home(
            item, makes=bool(fact.currency) and (moves or bool(fact.party.contract_key))
        )
        orders = self._resolver.order_links(fact.orders, amounts)
        received = Received(
            key=fact.key,
            source=self._base.code,
            kind=fact.kind,
            number=fact.number,
            issued_on=fact.issued_on,
            supplier=home.supplier,
            counterparty=home.counterparty,
            contract=home.contract,
            currency=paper.currency or fact.currency,
            gross=gross if fact.paper is None else paper.amount,
            # The links are in the settlement's currency.
            orders=orders if fact.paper is None else tuple((order, None) for order, _ in orders),
            lines=fact.lines,
            pdf=fact.pdf,
            is_void=not fact.is_posted,
        )
        check(received)
        kind = entry_kind(fact, home.supplier, gross)
        posting = None
        if kind is not None and gross:
            posting = document_posting(
                fact,
                _contract(home),
                kind,
                gross,
                base_code=self._base.code,
                orders=orders,
            )
            check_posting(posting)
        self._keep(item, home)
        if self._is_dry:
            # A file that is written stays there when the database takes all back.
            received = _without_file(received)
        self.plan.papers.append((item, received))
        if posting is not None:
            self.plan.postings[item] = posting
        elif item.is_known and item.kind in ENTRY_KINDS:
            self.plan.unposted.append(item)

    def _add_payment(self, item: Item, fact: PaymentFact) -> None:
        amount = None if fact.amount is None else minor(fact.amount, fact.currency)
        if amount is not None and amount <= 0:
            raise Refused("INVALID_AMOUNT", "the sum of a payment is positive")
        if len(fact.number) > _MAX_NUMBER:
            raise Refused("INVALID_NUMBER", f"a number has at most {_MAX_NUMBER} characters")
        amounts = order_amounts(fact.orders, fact.currency)
        moves = amount is not None and fact.is_posted
        home = self._resolver.home(_named(fact), makes=moves)
        orders = self._resolver.order_links(fact.orders, amounts)
        is_believed = self._resolver.is_believed(home.supplier, item.kind)
        new = None
        if amount is not None and moves:
            new = payment(fact, _contract(home), amount, base_code=self._base.code, orders=orders)
            check_posting(new.posting)
        shown = None if moves or not is_believed else self._sumless(fact, home, orders)
        self._keep(item, home)
        if new is not None:
            (self.plan.payments if is_believed else self.plan.announced).append(new)
        elif item.is_known:
            self.plan.unposted.append(item)
        if shown is not None:
            self.plan.papers.append((item, shown))
        elif item.is_known:
            self.plan.void.append(paper_key(fact))

    def _sumless(self, fact: PaymentFact, home: Home, orders: Links) -> Received | None:
        """A cash receipt whose sum the base didn't say is a paper all the same; one of a bank has
        no paper."""
        if fact.method != "cash" or fact.is_refund or not fact.is_posted or not fact.number.strip():
            return None
        received = Received(
            key=paper_key(fact),
            source=self._base.code,
            kind=DocumentKind.CASH_RECEIPT,
            number=fact.number,
            issued_on=fact.received_on,
            supplier=home.supplier,
            counterparty=home.counterparty,
            contract=home.contract,
            currency="",
            gross=None,
            orders=tuple((order, None) for order, _ in orders),
        )
        check(received)
        return received

    def _add_adjustment(self, item: Item, fact: AdjustmentFact) -> None:
        amount = minor(fact.amount, fact.currency)
        home = self._home(item, makes=True)
        posting = adjustment_posting(fact, _contract(home), base_code=self._base.code)
        self._add_posting(item, home, posting if amount else None)

    def _add_opening(self, item: Item, fact: OpeningFact) -> None:
        amount = minor(fact.amount, fact.currency)
        home = self._home(item, makes=True)
        posting = opening_posting(fact, _contract(home), base_code=self._base.code)
        self._add_posting(item, home, posting if amount else None)
        self.plan.openings.append((_contract(home), fact.books_from))

    def _add_posting(self, item: Item, home: Home, posting: NewPosting | None) -> None:
        if posting is not None:
            if len(posting.number) > _MAX_NUMBER:
                raise Refused("INVALID_NUMBER", f"a number has at most {_MAX_NUMBER} characters")
            check_posting(posting)
        self._keep(item, home)
        if posting is not None:
            self.plan.postings[item] = posting
        elif item.is_known:
            self.plan.unposted.append(item)

    def _add_balance(self, item: Item, fact: BalanceFact) -> None:
        minor(fact.debt, fact.currency)
        if fact.overdue is not None and minor(fact.overdue, fact.currency) < 0:
            raise Refused("INVALID_AMOUNT", "what is overdue is not negative")
        home = self._home(item, makes=True)
        self._keep(item, home)
        self.plan.balances.append((_contract(home), fact))

    def _add_entered_through(self, item: Item, fact: EnteredThroughFact) -> None:
        supplier = self._resolver.supplier(fact.supplier_key)
        if not self._resolver.is_believed(supplier, item.kind):
            raise Refused("NOT_AUTHORITATIVE", "another base tells of this supplier's banks")
        self._resolver.believe(supplier, item.kind)
        self.plan.through[supplier.pk] = fact.through

    def _take_back(self, item: Item) -> None:
        """Deletions. How an order stands is only remembered, and so is what is deleted beside
        papers and money: a company or contract with a history stays."""
        if not item.is_gone or not item.is_known:
            return
        if item.kind in ENTRY_KINDS:
            self.plan.unposted.append(item)
        self.plan.void.append(paper_key(item.fact.key) if item.kind == "payment" else item.fact.key)

    def _home(self, item: Item, *, makes: bool) -> Home:
        home = self._resolver.home(_named(item.fact), makes=makes)
        if not self._resolver.is_believed(home.supplier, item.kind):
            raise Refused(
                "NOT_AUTHORITATIVE", f"another base tells of this supplier's facts: {item.kind}"
            )
        return home

    def _keep(self, item: Item, home: Home) -> None:
        self._resolver.keep(home, item.kind)
        self.plan.counterparties.add(home.counterparty.pk)


def _named(fact: Fact) -> Named:
    found = named(fact)
    if found is None:  # not so: only facts of buyers are asked for
        raise Refused("UNKNOWN_COUNTERPARTY", "the fact is about nobody")
    return found


def _contract(home: Home) -> Contract:
    if home.contract is None:  # not so: it was asked for
        raise Refused("UNKNOWN_CONTRACT", "money needs a contract")
    return home.contract


def _without_file(received: Received) -> Received:
    return dataclasses.replace(received, pdf=None)
