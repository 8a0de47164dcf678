"""Events about what a contract owes beside papers and payments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.event import MOST_LINKS, Event
from saleor_b2b_docs.onec.channels.events.fields import (
    Amount,
    Currency,
    Day,
    Long,
    Number,
    OptionalKey,
)
from saleor_b2b_docs.onec.channels.events.parts import DuePart, PartyPart, SettledPart, read_due
from saleor_b2b_docs.settlements.models import AdjustmentSubtype


class AdjustmentEvent(Event, PartyPart):
    """A debit, or with a negative amount a credit, that neither goods nor money moved for. A
    netting or a transfer has two sides, each an event with a key of its own."""

    type: Literal["adjustment"]
    subtype: Literal[
        "netting", "debt_transfer", "write_off", "bonus", "penalty", "exchange_difference"
    ]
    effective_on: Day
    currency: Currency
    amount: Amount
    number: Number = ""
    settles: list[SettledPart] = Field(default=[], max_length=MOST_LINKS)
    due: list[DuePart] | None = Field(default=None, min_length=1, max_length=24)
    comment: Long = ""

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.AdjustmentFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            subtype=AdjustmentSubtype(self.subtype),
            effective_on=self.effective_on,
            party=self.party(),
            currency=self.currency,
            amount=self.amount,
            number=self.number,
            settles=tuple(settled.read() for settled in self.settles),
            due=read_due(self.due),
            comment=self.comment,
        )


class OpeningEvent(Event, PartyPart):
    """What was open when the contract's books began: a debt, or with a negative amount an
    advance."""

    type: Literal["opening"]
    currency: Currency
    amount: Amount
    books_from: Day
    number: Number = ""
    document_on: Day | None = None
    due_on: Day | None = None

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.OpeningFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            party=self.party(),
            currency=self.currency,
            amount=self.amount,
            books_from=self.books_from,
            number=self.number,
            document_on=self.document_on,
            due_on=self.due_on,
        )


class BalanceEvent(Event, PartyPart):
    """What a contract's balance was at the end of a day; `debt` is negative for an advance."""

    type: Literal["balance"]
    currency: Currency
    as_of: Day
    debt: Amount
    overdue: Amount | None = None

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.BalanceFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            party=self.party(),
            currency=self.currency,
            as_of=self.as_of,
            debt=self.debt,
            overdue=self.overdue,
        )


class EnteredThroughEvent(Event):
    """The supplier's bank statements are entered up to and with this day."""

    type: Literal["payments_entered_through"]
    supplier_key: OptionalKey = ""
    through: Day

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.EnteredThroughFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            supplier_key=self.supplier_key,
            through=self.through,
        )
