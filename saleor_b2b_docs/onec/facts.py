"""What an accounting system can say, in our words, whatever format it came in.

A channel's parser yields these; the intake applies them. `key` is what the accounting base calls a
thing, for good: the same key again is the same thing, and replaces what was said of it before.
Amounts are in major units, as they were sent; the intake refuses decimals that a currency lacks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.parties.models import Coverage
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.settlements.models import AdjustmentSubtype


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Where a fact stands in a channel that orders its messages; others give none."""

    epoch: str
    """Which life of the base: one restored from a backup starts another."""
    sequence: int
    """Grows from message to message. Of two facts with one key the higher one is newer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRef:
    """An order of the shop as the accounting system names it, and how much of it is meant."""

    id: str = ""
    """What the shop sent as the order's id, where it came back: Saleor's, or ours."""
    number: str = ""
    """The shop's number of it, where that is all that is known."""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A debit that a credit settles, and with how much; without an amount, as far as it goes."""

    key: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRef:
    """Whose a thing is. What is empty follows from the contract, the order or the base."""

    supplier_key: str = ""
    counterparty_key: str = ""
    counterparty_name: str = ""
    """To call a counterparty by of whom nothing else is known; nobody is matched by it."""
    counterparty_tax_id: str = ""
    contract_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The sum as the paper has it, where that is in another currency than the contract's."""

    amount: Decimal
    currency: str
    rate: Decimal | None = None
    rate_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerFact:
    """Who at the supplier's looks after a buyer; known by the name."""

    name: str
    phone: str = ""
    email: str = ""
    messengers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that the accounting system says."""

    key: str
    """1 to 150 characters. Parsers make one where the channel has no GUID: see `keyless`."""
    version: str = ""
    """The base's own mark of this version: opaque, only ever compared for equality."""
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFact(Fact):
    """A legal entity that sells. It is matched by its tax id or by staff, and never made."""

    name: str = ""
    tax_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFact(Fact):
    """A holding."""

    name: str
    credit_limit: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartyFact(Fact):
    """A company that buys."""

    name: str
    tax_id: str = ""
    vat_id: str = ""
    address: str = ""
    email: str = ""
    group_key: str = ""
    manager: ManagerFact | None = None
    terms: Terms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFact(Fact):
    """A contract: terms, limit, and how much of its money the base tells."""

    party: PartyRef
    currency: str
    number: str = ""
    name: str = ""
    signed_on: dt.date | None = None
    is_main: bool = False
    is_closed: bool = False
    coverage: Coverage | None = None
    """None: as it is; for a new one, what the channel can tell."""
    books_from: dt.date | None = None
    terms: Terms | None = None
    credit_limit: Decimal | None = None
    manager: ManagerFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact(Fact):
    """A numbered paper of the base. Waybills, acts of services, returns and corrections make
    entries, if their sum is known; invoices and tax invoices never do."""

    kind: DocumentKind
    number: str
    issued_on: dt.date
    """The supplier's day, never shifted."""
    party: PartyRef = PartyRef()
    currency: str = ""
    """Of the settlement; empty where no sum is known."""
    gross: Decimal | None = None
    """In `currency`; negative only for a downward correction. None: the sum is not stated."""
    paper: Paper | None = None
    orders: tuple[OrderRef, ...] = ()
    settles: tuple[Settled, ...] = ()
    """Of a return or a downward correction: the waybills that it takes from."""
    due: tuple[tuple[dt.date | None, Decimal | None], ...] | None = None
    """Due dates with their parts, in `currency`; a single one may leave out its amount. None: by
    the contract's terms."""
    invoiced_on: dt.date | None = None
    lines: tuple[ReceivedLine, ...] = ()
    pdf: bytes | None = field(default=None, repr=False)
    moves_money: bool = True
    """False: for the Journal only, such as a correction that merely accompanies a return."""
    is_posted: bool = True
    """False: it is in the base, but stands for nothing there; shown as void, in no books."""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFact(Fact):
    """Money that came, or, as a refund, went back."""

    received_on: dt.date
    party: PartyRef = PartyRef()
    currency: str = ""
    amount: Decimal | None = None
    """In `currency`, positive. None: the base did not say; it is shown, and moves nothing."""
    is_refund: bool = False
    paper: Paper | None = None
    number: str = ""
    method: Literal["bank", "cash", "other"] = "bank"
    purpose: str = ""
    orders: tuple[OrderRef, ...] = ()
    settles: tuple[Settled, ...] = ()
    is_posted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentFact(Fact):
    """A debit, or with a negative amount a credit, that neither goods nor money moved for.

    A netting or a transfer has two sides, each a fact with a key of its own.
    """

    subtype: AdjustmentSubtype
    effective_on: dt.date
    party: PartyRef
    currency: str
    amount: Decimal
    number: str = ""
    settles: tuple[Settled, ...] = ()
    due: tuple[tuple[dt.date | None, Decimal | None], ...] | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFact(Fact):
    """What was open when the contract's books began: a debt, or with a negative amount an
    advance. `books_from` is the contract's."""

    party: PartyRef
    currency: str
    amount: Decimal
    books_from: dt.date
    number: str = ""
    document_on: dt.date | None = None
    due_on: dt.date | None = None
    """None: not known; it is not overdue until staff date it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceFact(Fact):
    """What the base says that a contract's balance was at the end of a day."""

    party: PartyRef
    currency: str
    as_of: dt.date
    debt: Decimal
    """Negative for an advance."""
    overdue: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredThroughFact(Fact):
    """The bank statements of a supplier are entered up to this day."""

    supplier_key: str
    through: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStatusFact(Fact):
    """How an order stands in the base. It makes no entry."""

    order: OrderRef
    status: str = ""
    """In the base's own words."""
    number: str = ""
    """What the base calls the order."""
    dated_on: dt.date | None = None
    currency: str = ""
    gross: Decimal | None = None
    paid_on: dt.date | None = None
    shipped_on: dt.date | None = None
    is_paid: bool | None = None
    is_shipped: bool | None = None
    is_cancelled: bool = False
    is_deleted: bool = False


FactKind: TypeAlias = Literal[
    "supplier",
    "group",
    "counterparty",
    "contract",
    "invoice",
    "waybill",
    "service_act",
    "tax_invoice",
    "return",
    "correction",
    "cash_receipt",
    "payment",
    "adjustment",
    "opening",
    "balance",
    "payments_entered_through",
    "order_status",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionFact(Fact):
    """What was said under a key stands no more: deleted, or its posting was undone."""

    of_kind: FactKind
    is_deleted: bool = True
    """False: unposted; it is still in the base, and may be posted again."""


_KINDS: dict[type[Fact], FactKind] = {
    SupplierFact: "supplier",
    GroupFact: "group",
    CounterpartyFact: "counterparty",
    ContractFact: "contract",
    PaymentFact: "payment",
    AdjustmentFact: "adjustment",
    OpeningFact: "opening",
    BalanceFact: "balance",
    EnteredThroughFact: "payments_entered_through",
    OrderStatusFact: "order_status",
}


def kind_of(fact: Fact) -> FactKind:
    """What a fact is about; of a deletion, what is deleted."""
    if isinstance(fact, DeletionFact):
        return fact.of_kind
    if isinstance(fact, DocumentFact):
        return DOCUMENT_KINDS[fact.kind]
    return _KINDS[type(fact)]


DOCUMENT_KINDS: dict[DocumentKind, FactKind] = {
    DocumentKind.INVOICE: "invoice",
    DocumentKind.WAYBILL: "waybill",
    DocumentKind.SERVICE_ACT: "service_act",
    DocumentKind.TAX_INVOICE: "tax_invoice",
    DocumentKind.RETURN: "return",
    DocumentKind.CORRECTION: "correction",
    DocumentKind.CASH_RECEIPT: "cash_receipt",
}


def keyless(kind: FactKind, *, supplier: str, number: str, on: dt.date) -> str:
    """The key of a thing that the channel has no GUID of: numbers are unique in a year, for a
    supplier and a kind."""
    return f"{kind}:{supplier}:{number.strip()}:{on.year}"


def is_money(fact: Fact) -> bool:
    """Whether the fact may make entries."""
    return isinstance(fact, DocumentFact | PaymentFact | AdjustmentFact | OpeningFact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Everything that the base knows of one order at the moment: what it held before and holds no
    more is flagged for staff."""

    key: str
    """The order's, so that the same order's next container is known."""
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Something that a channel said and its parser could not make a fact of: the intake sets it
    aside with its reason, and the rest go on."""

    kind: str
    """A kind of fact, or what it seems to be where that is not known: `document`."""
    key: str
    """May be empty, where not even that could be read."""
    code: str
    reason: str
    """For the base's administrator; at most 500 characters are kept of it."""


Said: TypeAlias = Fact | Container | Unreadable
"""What a channel's parser yields."""
