"""What a source says of a buyer's company and of a contract, to be kept as our rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from saleor_b2b_docs.parties.models import Coverage, Group, Manager
from saleor_b2b_docs.parties.terms import Terms


class Outcome(StrEnum):
    """What keeping a fact did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who says so: a source, and what the thing is called there."""

    source: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerFacts:
    """Somebody at the merchant's, known by the name."""

    name: str
    phone: str = ""
    email: str = ""
    messengers: tuple[tuple[str, str], ...] = ()
    """Address by messenger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """A holding, known by the name."""

    name: str
    credit_limit: int | None = None
    """Minor units of `currency`."""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartyFacts:
    """A company that buys."""

    name: str
    tax_id: str = ""
    vat_id: str = ""
    address: str = ""
    email: str = ""
    group: Group | None = None
    manager: Manager | None = None
    terms: Terms | None = None
    """None: the supplier's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """A contract; whose it is and its currency are given beside it and never change."""

    number: str = ""
    name: str = ""
    signed_on: dt.date | None = None
    is_main: bool = False
    is_closed: bool = False
    coverage: Coverage = Coverage.INCOMPLETE
    books_from: dt.date | None = None
    terms: Terms | None = None
    """None: the counterparty's, else the supplier's."""
    credit_limit: int | None = None
    """Minor units of the contract's currency."""
    manager: Manager | None = None
