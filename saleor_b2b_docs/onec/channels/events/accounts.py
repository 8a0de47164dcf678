"""Events about parties and contracts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.event import Event
from saleor_b2b_docs.onec.channels.events.fields import (
    Amount,
    Currency,
    Day,
    GivenName,
    Long,
    Name,
    Number,
    OptionalCurrency,
    OptionalKey,
    Short,
)
from saleor_b2b_docs.onec.channels.events.parts import ManagerPart, PartyPart, TermsPart
from saleor_b2b_docs.parties.models import Coverage


class SupplierEvent(Event):
    """A legal entity that sells."""

    type: Literal["supplier"]
    name: Name = ""
    tax_id: Short = ""

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.SupplierFact(
            key=self.key, version=self.version, stamp=stamp, name=self.name, tax_id=self.tax_id
        )


class GroupEvent(Event):
    """A holding of several counterparties."""

    type: Literal["group"]
    name: GivenName
    credit_limit: Amount | None = None
    currency: OptionalCurrency = ""

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.GroupFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            name=self.name,
            credit_limit=self.credit_limit,
            currency=self.currency,
        )


class CounterpartyEvent(Event):
    """A company that buys."""

    type: Literal["counterparty"]
    name: GivenName
    tax_id: Short = ""
    vat_id: Short = ""
    address: Long = ""
    email: Annotated[Name, Field(max_length=250)] = ""
    group_key: OptionalKey = ""
    manager: ManagerPart | None = None
    terms: TermsPart | None = None

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.CounterpartyFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            name=self.name,
            tax_id=self.tax_id,
            vat_id=self.vat_id,
            address=self.address,
            email=self.email,
            group_key=self.group_key,
            manager=self.manager.read() if self.manager else None,
            terms=self.terms.read() if self.terms else None,
        )


class ContractEvent(Event, PartyPart):
    """A contract between a supplier and a counterparty."""

    type: Literal["contract"]
    currency: Currency
    number: Number = ""
    name: Name = ""
    signed_on: Day | None = None
    is_main: bool = False
    is_closed: bool = False
    coverage: Literal["full", "site_orders", "incomplete"] | None = None
    books_from: Day | None = None
    terms: TermsPart | None = None
    credit_limit: Amount | None = None
    manager: ManagerPart | None = None

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.ContractFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            party=self.party(),
            currency=self.currency,
            number=self.number,
            name=self.name,
            signed_on=self.signed_on,
            is_main=self.is_main,
            is_closed=self.is_closed,
            coverage=Coverage(self.coverage) if self.coverage else None,
            books_from=self.books_from,
            terms=self.terms.read() if self.terms else None,
            credit_limit=self.credit_limit,
            manager=self.manager.read() if self.manager else None,
        )
