"""A paper that the accounting system or staff hands in: checked, compared, and kept as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.money import MoneyError, currency_decimals
from saleor_b2b_docs.parties.models import Contract, Counterparty, Supplier

MAX_AMOUNT = 10**15
"""Minor units, as in the books."""
MAX_PDF_BYTES = 20 * 1024 * 1024
MAX_LINES = 10_000
MAX_ORDERS = 1_000
_MAX_DECIMAL = Decimal(10) ** 15
_MAX_TEXTS = {"key": 200, "source": 60, "number": 80}


class InvalidReceived(ValueError):
    """A paper that can't be one. `code` says why; nothing was changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """A row of goods or services as the sender wrote it. Amounts are in major units."""

    name: str
    sku: str
    unit: str
    quantity: Decimal
    price: Decimal
    """Per unit; may be finer than any amount of its currency."""
    net: Decimal | None
    vat_rate: Decimal | None
    """A fraction: `Decimal("0.2")` is 20 %."""
    vat: Decimal | None
    gross: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A paper as its source has it now; the same `key` again replaces what it said before."""

    key: str
    """What the paper is to its source, e.g. a GUID."""
    source: str
    """Code of the accounting base, as in the aliases."""
    kind: DocumentKind
    number: str
    issued_on: dt.date
    supplier: Supplier
    counterparty: Counterparty
    contract: Contract | None
    currency: str
    """Empty where neither a sum nor a currency is known."""
    gross: int | None
    """Minor units; None: the sum is not stated."""
    orders: tuple[tuple[str, int | None], ...] = ()
    """Saleor's ids of the orders that it is about, each with how much of it, in minor units."""
    lines: tuple[ReceivedLine, ...] = ()
    pdf: bytes | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party as it was called when the paper came."""

    name: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class ReceivedContent:
    """What a revision of a received paper says: `Revision.content`, read."""

    kind: str
    number: str
    issued_on: dt.date
    profile: str
    supplier: NamedParty
    buyer: NamedParty
    contract: str
    """Its number; empty if there is none."""
    orders: tuple[tuple[str, int | None], ...]
    lines: tuple[ReceivedLine, ...]


def check(received: Received) -> None:
    """Raises InvalidReceived for a paper that could not be kept, or that is of strangers."""
    for name, limit in _MAX_TEXTS.items():
        text = getattr(received, name)
        if not text.strip() or len(text) > limit:
            raise InvalidReceived(f"INVALID_{name.upper()}", f"{name}: 1 to {limit} characters")
    _check_parties(received)
    _check_money(received)
    if len(received.lines) > MAX_LINES:
        raise InvalidReceived("TOO_MANY_LINES", f"more than {MAX_LINES} lines")
    for line in received.lines:
        _check_line(line)
    order_ids = [order_id for order_id, _ in received.orders]
    if len(set(order_ids)) < len(order_ids) or not all(order_ids) or len(order_ids) > MAX_ORDERS:
        raise InvalidReceived("INVALID_ORDERS", "the same order twice, one without an id, too many")
    if not all(map(_is_storable, _texts(received))):
        raise InvalidReceived("INVALID_TEXT", "a text that no database keeps")
    if received.pdf is not None:
        check_pdf(received.pdf)


def check_pdf(content: bytes) -> None:
    """Raises InvalidReceived INVALID_PDF or PDF_TOO_LARGE (above 20 MB)."""
    if not content.startswith(b"%PDF-"):
        raise InvalidReceived("INVALID_PDF", "the file is no PDF")
    if len(content) > MAX_PDF_BYTES:
        raise InvalidReceived("PDF_TOO_LARGE", f"a PDF of more than {MAX_PDF_BYTES} bytes")


def fingerprint(received: Received) -> str:
    """SHA-256 of what the paper says. Its file and its being void are compared by themselves.

    How the parties are called is left out: a new name makes no other paper.
    """
    said = [
        received.kind,
        received.number,
        received.issued_on.isoformat(),
        received.supplier.pk,
        str(received.counterparty.pk),
        received.contract and str(received.contract.pk),
        received.currency,
        received.gross,
        sorted(received.orders, key=str),
        [_line_to_json(line) for line in received.lines],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def to_content(received: Received) -> dict[str, Any]:
    """What a revision keeps of the paper, as plain JSON: decimals as texts, dates as ISO 8601."""
    return {
        "kind": received.kind.value,
        "number": received.number,
        "issued_on": received.issued_on.isoformat(),
        "profile": received.supplier.profile,
        "supplier": {"name": received.supplier.legal_name, "tax_id": received.supplier.tax_id},
        "buyer": {"name": received.counterparty.name, "tax_id": received.counterparty.tax_id},
        "contract": received.contract.number if received.contract else "",
        "orders": [list(order) for order in received.orders],
        "lines": [_line_to_json(line) for line in received.lines],
    }


def from_content(content: Mapping[str, Any]) -> ReceivedContent:
    """What `to_content` kept."""
    return ReceivedContent(
        kind=content["kind"],
        number=content["number"],
        issued_on=dt.date.fromisoformat(content["issued_on"]),
        profile=content["profile"],
        supplier=NamedParty(**content["supplier"]),
        buyer=NamedParty(**content["buyer"]),
        contract=content["contract"],
        orders=tuple((order_id, amount) for order_id, amount in content["orders"]),
        lines=tuple(_line_from_json(line) for line in content["lines"]),
    )


_DECIMALS = ("quantity", "price", "net", "vat_rate", "vat", "gross")


def _line_to_json(line: ReceivedLine) -> dict[str, str | None]:
    values = {field.name: getattr(line, field.name) for field in dataclasses.fields(line)}
    for name in _DECIMALS:
        # The same text for the same figure, with however many zeros it came.
        if values[name] is not None:
            values[name] = f"{values[name].normalize():f}"
    return values


def _line_from_json(values: Mapping[str, str | None]) -> ReceivedLine:
    decimals: dict[str, Any] = {
        name: None if values[name] is None else Decimal(str(values[name])) for name in _DECIMALS
    }
    texts: dict[str, Any] = {name: values[name] for name in ("name", "sku", "unit")}
    return ReceivedLine(**texts, **decimals)


def _check_parties(received: Received) -> None:
    installation_id = received.supplier.installation_id
    if received.counterparty.installation_id != installation_id:
        raise InvalidReceived("INVALID_PARTIES", "supplier and counterparty are of two Saleors")
    contract = received.contract
    if contract and (contract.supplier_id, contract.counterparty_id) != (
        received.supplier.pk,
        received.counterparty.pk,
    ):
        raise InvalidReceived("INVALID_PARTIES", "the contract is of other parties")


def _check_money(received: Received) -> None:
    amounts = [received.gross, *(amount for _, amount in received.orders)]
    if any(amount is not None and abs(amount) > MAX_AMOUNT for amount in amounts):
        raise InvalidReceived("INVALID_AMOUNT", "an amount beyond any paper")
    if not received.currency:
        if any(amount is not None for amount in amounts):
            raise InvalidReceived("INVALID_CURRENCY", "an amount without a currency")
        return
    try:
        currency_decimals(received.currency)
    except MoneyError as error:
        raise InvalidReceived("INVALID_CURRENCY", str(error)) from error


def _check_line(line: ReceivedLine) -> None:
    figures = [getattr(line, name) for name in _DECIMALS]
    if any(
        figure is not None and (not figure.is_finite() or abs(figure) > _MAX_DECIMAL)
        for figure in figures
    ):
        raise InvalidReceived("INVALID_AMOUNT", f"line {line.name!r} has a figure that is none")


def _texts(received: Received) -> list[str]:
    return [
        received.key,
        received.source,
        received.number,
        *(order_id for order_id, _ in received.orders),
        *(text for line in received.lines for text in (line.name, line.sku, line.unit)),
    ]


def _is_storable(text: str) -> bool:
    """Databases keep neither NULs nor halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
