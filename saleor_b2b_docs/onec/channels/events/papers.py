"""Events about papers and payments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from saleor_b2b_docs.documents.received.context import MAX_LINES
from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.event import MOST_LINKS, Event
from saleor_b2b_docs.onec.channels.events.fields import (
    Amount,
    Day,
    GivenNumber,
    Long,
    Name,
    Number,
    OptionalCurrency,
    Pdf,
)
from saleor_b2b_docs.onec.channels.events.parts import (
    DuePart,
    LinePart,
    OrderPart,
    PaperPart,
    PartyPart,
    SettledPart,
    read_due,
)


class DocumentEvent(Event, PartyPart):
    """A numbered paper; its PDF stands in `pdf`, or in the part of the message that `pdf_part`
    names."""

    type: Literal[
        "invoice",
        "waybill",
        "service_act",
        "tax_invoice",
        "return",
        "correction",
        "cash_receipt",
    ]
    number: GivenNumber
    issued_on: Day
    currency: OptionalCurrency = ""
    gross: Amount | None = None
    paper: PaperPart | None = None
    orders: list[OrderPart] = Field(default=[], max_length=MOST_LINKS)
    settles: list[SettledPart] = Field(default=[], max_length=MOST_LINKS)
    due: list[DuePart] | None = Field(default=None, min_length=1, max_length=24)
    invoiced_on: Day | None = None
    lines: list[LinePart] = Field(default=[], max_length=MAX_LINES)
    pdf: Pdf | None = Field(default=None, repr=False)
    pdf_part: Annotated[Name, Field(min_length=1)] | None = None
    moves_money: bool = True
    is_posted: bool = True
    comment: Long = ""

    @model_validator(mode="after")
    def _has_one_file(self) -> DocumentEvent:
        if self.pdf is not None and self.pdf_part is not None:
            raise ValueError("a document has either pdf or pdf_part")
        return self

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.DocumentFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            kind=_DOCUMENTS[self.type],
            number=self.number,
            issued_on=self.issued_on,
            party=self.party(),
            currency=self.currency,
            gross=self.gross,
            paper=self.paper.read() if self.paper else None,
            orders=tuple(order.read() for order in self.orders),
            settles=tuple(settled.read() for settled in self.settles),
            due=read_due(self.due),
            invoiced_on=self.invoiced_on,
            lines=tuple(line.read() for line in self.lines),
            pdf=self.pdf if pdf is None else pdf,
            moves_money=self.moves_money,
            is_posted=self.is_posted,
            comment=self.comment,
        )


_DOCUMENTS = {name: kind for kind, name in facts.DOCUMENT_KINDS.items()}


class PaymentEvent(Event, PartyPart):
    """Money that came, or, as a refund, went back. `amount` is positive in both cases."""

    type: Literal["payment", "refund"]
    received_on: Day
    currency: OptionalCurrency = ""
    amount: Amount | None = None
    paper: PaperPart | None = None
    number: Number = ""
    method: Literal["bank", "cash", "other"] = "bank"
    purpose: Long = ""
    orders: list[OrderPart] = Field(default=[], max_length=MOST_LINKS)
    settles: list[SettledPart] = Field(default=[], max_length=MOST_LINKS)
    is_posted: bool = True

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.PaymentFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            received_on=self.received_on,
            party=self.party(),
            currency=self.currency,
            amount=self.amount,
            is_refund=self.type == "refund",
            paper=self.paper.read() if self.paper else None,
            number=self.number,
            method=self.method,
            purpose=self.purpose,
            orders=tuple(order.read() for order in self.orders),
            settles=tuple(settled.read() for settled in self.settles),
            is_posted=self.is_posted,
        )
