"""An accounts file (docs/accounts-file.md): what may stand in it. Amounts are decimal texts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.money import currency_decimals
from saleor_b2b_docs.parties.members.person import plain
from saleor_b2b_docs.parties.models import Coverage, Role
from saleor_b2b_docs.settlements.models import AdjustmentSubtype


def _without_controls(text: str) -> str:
    if text != plain(text):
        raise ValueError("has spaces around it, or characters that nobody can see")
    return text


def _known_currency(code: str) -> str:
    currency_decimals(code)  # raises MoneyError, which is a ValueError
    return code


Key: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100), AfterValidator(_without_controls)
]
"""What a thing is called in the file, for good: the same key the next time is the same thing."""
Short: TypeAlias = Annotated[str, Field(max_length=60), AfterValidator(_without_controls)]
Number: TypeAlias = Annotated[str, Field(max_length=80), AfterValidator(_without_controls)]
Name: TypeAlias = Annotated[str, Field(max_length=200), AfterValidator(_without_controls)]
Long: TypeAlias = Annotated[str, Field(max_length=500), AfterValidator(_without_controls)]
Email: TypeAlias = Annotated[
    str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$"), AfterValidator(_without_controls)
]
Currency: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), AfterValidator(_known_currency)]
Amount: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{1,13}(\.[0-9]{1,3})?$")]
"""In major units: "1200.50". How many decimals there may be, its currency says."""
SignedAmount: TypeAlias = Annotated[str, Field(pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,3})?$")]
Figure: TypeAlias = Annotated[str, Field(pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,8})?$")]
"""Of a line: a price may be finer than any amount."""
Link: TypeAlias = Key | tuple[Key, Amount]
"""What is meant, and how much of it; without an amount, all of it."""
Due: TypeAlias = dt.date | tuple[tuple[dt.date, Amount], ...]
TermsText: TypeAlias = Annotated[int, Field(ge=0)] | dict[str, Any]
"""Days from shipment, or what docs/parties.md says of payment terms."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class GroupEntry(_Strict):
    """A holding."""

    key: Key
    name: Annotated[Name, Field(min_length=1)]
    credit_limit: Amount | None = None
    currency: Currency | None = None

    @model_validator(mode="after")
    def _limit_has_a_currency(self) -> Self:
        if self.credit_limit is not None and self.currency is None:
            raise ValueError("a limit needs its currency")
        return self


class ManagerEntry(_Strict):
    """Who at the merchant's looks after buyers."""

    key: Key
    name: Annotated[Name, Field(min_length=1)]
    phone: Annotated[Short, Field(max_length=50)] = ""
    email: Email = ""
    messengers: dict[Short, Name] = Field(default_factory=dict)


class LineEntry(_Strict):
    """A row of goods or services."""

    name: Annotated[Long, Field(min_length=1)]
    sku: Name = ""
    unit: Short = ""
    quantity: Figure
    price: Figure
    net: Figure | None = None
    vat_rate: Figure | None = None
    vat: Figure | None = None
    gross: Figure | None = None


class DocumentEntry(_Strict):
    """A paper. Waybills, acts of services, returns and corrections move money; others don't."""

    key: Key
    kind: DocumentKind
    number: Annotated[Number, Field(min_length=1)]
    date: dt.date
    sum: SignedAmount | None = None
    due: Due | None = None
    invoiced_on: dt.date | None = None
    orders: tuple[Link, ...] = ()
    settles: tuple[Link, ...] = ()
    lines: tuple[LineEntry, ...] = ()
    pdf: Annotated[str, Field(max_length=300)] = ""
    comment: Long = ""
    is_void: bool = False


class PaymentEntry(_Strict):
    """Money that came; a negative sum went back to the buyer."""

    key: Key
    number: Number = ""
    date: dt.date
    sum: SignedAmount
    method: Literal["bank", "cash", "other"] = "bank"
    purpose: Long = ""
    orders: tuple[Link, ...] = ()
    settles: tuple[Link, ...] = ()
    provisional: bool = False


class AdjustmentEntry(_Strict):
    """A debit, or with a negative sum a credit, that no goods and no money moved for."""

    key: Key
    subtype: AdjustmentSubtype
    date: dt.date
    sum: SignedAmount
    number: Number = ""
    due: Due | None = None
    settles: tuple[Link, ...] = ()
    comment: Long = ""


class OpeningEntry(_Strict):
    """What was open when the books began: a debt, or with a negative sum an advance."""

    key: Key
    sum: SignedAmount
    number: Number = ""
    date: dt.date | None = None
    due: Due | None = None


class StatedBalanceEntry(_Strict):
    """What the accounting system says that the balance is; a negative debt is an advance."""

    as_of: dt.date
    debt: SignedAmount
    overdue: Amount | None = None


class ContractEntry(_Strict):
    """A contract with everything that happened under it."""

    key: Key
    supplier: Annotated[str, Field(min_length=1, max_length=50)]
    currency: Currency
    number: Annotated[Number, Field(max_length=100)] = ""
    name: Annotated[Long, Field(max_length=300)] = ""
    signed_on: dt.date | None = None
    is_main: bool = False
    is_closed: bool = False
    coverage: Coverage = Coverage.FULL
    books_from: dt.date | None = None
    terms: TermsText | None = None
    credit_limit: Amount | None = None
    manager: Key | None = None
    openings: tuple[OpeningEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    payments: tuple[PaymentEntry, ...] = ()
    adjustments: tuple[AdjustmentEntry, ...] = ()
    stated_balance: StatedBalanceEntry | None = None

    @property
    def moves(
        self,
    ) -> Iterator[OpeningEntry | DocumentEntry | PaymentEntry | AdjustmentEntry]:
        """Everything that may stand in the books or the Journal."""
        yield from self.openings
        yield from self.documents
        yield from self.payments
        yield from self.adjustments

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.is_main and self.is_closed:
            raise ValueError("a closed contract takes no orders")
        if self.openings and self.books_from is None:
            raise ValueError("openings need books_from, the day that they open on")
        own = {move.key for move in self.moves}
        for move in self.moves:
            for link in () if isinstance(move, OpeningEntry) else move.settles:
                if (link if isinstance(link, str) else link[0]) not in own:
                    raise ValueError(f"{move.key} settles {link}, which the contract does not have")
        return self


class CounterpartyEntry(_Strict):
    """A company that buys."""

    key: Key
    name: Annotated[Long, Field(min_length=1)]
    tax_id: Short = ""
    vat_id: Short = ""
    address: Long = ""
    email: Email = ""
    group: Key | None = None
    manager: Key | None = None
    terms: TermsText | None = None
    contracts: tuple[ContractEntry, ...] = ()

    @model_validator(mode="after")
    def _has_one_main_contract(self) -> Self:
        main = Counter(
            (contract.supplier, contract.currency)
            for contract in self.contracts
            if contract.is_main
        )
        _once(main, "is the main contract's supplier and currency")
        return self


class MemberEntry(_Strict):
    """A customer of the shop who acts for a company."""

    user_id: Annotated[str, Field(max_length=100)] = ""
    email: Email = ""
    name: Name = ""
    counterparty: Key
    role: Role | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if not self.user_id and not self.email:
            raise ValueError("needs user_id or email")
        return self


class AccountsFile(_Strict):
    """All of a file."""

    groups: tuple[GroupEntry, ...] = ()
    managers: tuple[ManagerEntry, ...] = ()
    counterparties: tuple[CounterpartyEntry, ...]
    members: tuple[MemberEntry, ...] = ()

    @property
    def contracts(self) -> Iterator[ContractEntry]:
        """Those of all companies."""
        for counterparty in self.counterparties:
            yield from counterparty.contracts

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        groups, managers, counterparties = (
            _keys(entries) for entries in (self.groups, self.managers, self.counterparties)
        )
        _keys(self.contracts)
        _keys(move for contract in self.contracts for move in contract.moves)
        # Groups and managers are known by their names from one file to the next.
        for entries in (self.groups, self.managers):
            _once(Counter(entry.name for entry in entries), "is the name of two")
        for counterparty in self.counterparties:
            _known(counterparty.manager, managers, f"{counterparty.key}: manager")
            _known(counterparty.group, groups, f"{counterparty.key}: group")
        for contract in self.contracts:
            _known(contract.manager, managers, f"{contract.key}: manager")
        for member in self.members:
            _known(member.counterparty, counterparties, "member: counterparty")
        return self


def _keys(entries: Iterable[Any]) -> frozenset[str]:
    """Their keys, each of which must stand there once."""
    counted = Counter(entry.key for entry in entries)
    _once(counted, "is the key of two")
    return frozenset(counted)


def _once(counted: Counter[Any], what: str) -> None:
    for name, count in counted.items():
        if count > 1:
            raise ValueError(f"{name} {what}")


def _known(key: str | None, keys: frozenset[str], where: str) -> None:
    if key is not None and key not in keys:
        raise ValueError(f"{where} {key!r} is not in the file")


def read(content: bytes) -> AccountsFile:
    """The file, checked as far as it can be by itself. Raises pydantic's ValidationError."""
    return AccountsFile.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
