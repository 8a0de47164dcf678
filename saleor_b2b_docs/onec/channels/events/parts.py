"""What events are made of. Each reads itself into its part of a fact."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.fields import (
    Amount,
    Currency,
    Day,
    GivenName,
    Key,
    Long,
    Name,
    Number,
    OptionalKey,
    Short,
)
from saleor_b2b_docs.parties.terms import Stage, Terms, TermsError


class Part(BaseModel):
    """What is not known is refused by its name, so that a slip of the pen is not a loss."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OrderPart(Part):
    """An order of the shop, by `id` or by `number`, and how much of it is meant."""

    id: Name = ""
    number: Number = ""
    amount: Amount | None = None

    @model_validator(mode="after")
    def _is_named(self) -> OrderPart:
        if not self.id.strip() and not self.number.strip():
            raise ValueError("an order needs its id or its number")
        return self

    def read(self) -> facts.OrderRef:
        """As facts have it."""
        return facts.OrderRef(id=self.id, number=self.number, amount=self.amount)


class SettledPart(Part):
    """A document that is settled, by its key; without an amount, as far as it goes."""

    key: Key
    amount: Amount | None = None

    def read(self) -> facts.Settled:
        """As facts have it."""
        return facts.Settled(key=self.key, amount=self.amount)


class DuePart(Part):
    """A part of the sum with its day; a single one may leave out its amount."""

    on: Day | None
    amount: Amount | None = None


class PaperPart(Part):
    """The sum as the paper has it, where that is in another currency than the contract's."""

    amount: Amount
    currency: Currency
    rate: Amount | None = None
    rate_on: Day | None = None

    def read(self) -> facts.Paper:
        """As facts have it."""
        return facts.Paper(
            amount=self.amount, currency=self.currency, rate=self.rate, rate_on=self.rate_on
        )


class MessengerPart(Part):
    """A messenger and the name in it."""

    kind: Annotated[Short, Field(min_length=1)]
    address: Annotated[Name, Field(min_length=1)]


class ManagerPart(Part):
    """Who at the supplier's looks after the buyer."""

    name: GivenName
    phone: Short = ""
    email: Annotated[Name, Field(max_length=254)] = ""
    messengers: list[MessengerPart] = Field(default=[], max_length=10)

    def read(self) -> facts.ManagerFact:
        """As facts have it."""
        return facts.ManagerFact(
            name=self.name,
            phone=self.phone,
            email=self.email,
            messengers=tuple((one.kind, one.address) for one in self.messengers),
        )


class StagePart(Part):
    """A part of the sum in per cent, and after how many days it is to be paid."""

    percent: Amount
    days: int = Field(ge=0, le=3650)


class TermsPart(Part):
    """When to pay: `days` for all of it, or `stages` that add up to 100 per cent."""

    days: int | None = Field(default=None, ge=0, le=3650)
    stages: list[StagePart] | None = Field(default=None, min_length=1, max_length=24)
    counted_in: Literal["calendar", "banking"] = "calendar"
    counted_from: Literal["shipment", "next_day", "invoice"] = "shipment"

    @model_validator(mode="after")
    def _are_terms(self) -> TermsPart:
        self.read()
        return self

    def read(self) -> Terms:
        """As parties have them. Raises ValueError for what is none."""
        if (self.days is None) == (self.stages is None):
            raise ValueError("terms have either days or stages")
        stages = tuple(
            Stage(stage.percent, stage.days)
            for stage in self.stages or [StagePart(percent=Decimal(100), days=self.days or 0)]
        )
        try:
            return Terms(stages, self.counted_in, self.counted_from)
        except TermsError as error:
            raise ValueError(str(error)) from error


class LinePart(Part):
    """A row of goods or services as the paper has it. `vat_rate` is a fraction: "0.2" is 20 %."""

    name: Annotated[Long, Field(min_length=1)]
    sku: Short = ""
    unit: Short = ""
    quantity: Amount
    price: Amount
    net: Amount | None = None
    vat_rate: Amount | None = Field(default=None)
    vat: Amount | None = None
    gross: Amount | None = None

    def read(self) -> ReceivedLine:
        """As documents have it."""
        return ReceivedLine(
            name=self.name,
            sku=self.sku,
            unit=self.unit,
            quantity=self.quantity,
            price=self.price,
            net=self.net,
            vat_rate=self.vat_rate,
            vat=self.vat,
            gross=self.gross,
        )


class PartyPart(Part):
    """Whose a thing is; what is left out follows from the contract, the order or the base."""

    supplier_key: OptionalKey = ""
    counterparty_key: OptionalKey = ""
    counterparty_name: Name = ""
    counterparty_tax_id: Short = ""
    contract_key: OptionalKey = ""

    def party(self) -> facts.PartyRef:
        """As facts have it."""
        return facts.PartyRef(
            supplier_key=self.supplier_key,
            counterparty_key=self.counterparty_key,
            counterparty_name=self.counterparty_name,
            counterparty_tax_id=self.counterparty_tax_id,
            contract_key=self.contract_key,
        )


Due = tuple[tuple[dt.date | None, Decimal | None], ...]


def read_due(parts: list[DuePart] | None) -> Due | None:
    """Due parts as facts have them."""
    return None if parts is None else tuple((part.on, part.amount) for part in parts)
