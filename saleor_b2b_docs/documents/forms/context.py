"""What a printed paper says, as plain values: the one source of the web page and of the PDF.

Everything that stands on the paper is in here, already computed and frozen with its revision, so
that a paper printed again in five years says what it said. Templates lay it out and add words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from saleor_b2b_docs.money import Money


@dataclass(frozen=True, slots=True)
class BankAccount:
    """One account of the supplier, as the bank block prints it. Empty strings are left out."""

    bank_name: str
    account: str
    """IBAN, or the account's number where a country has none (RU: р/с)."""
    bank_code: str = ""
    """БИК (RU, KZ), BIC/SWIFT (INT), МФО (UA, when given)."""
    correspondent_account: str = ""
    """к/с (RU)."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or a buyer as the paper names it. Empty strings are left out."""

    name: str
    tax_id: str = ""
    """ЄДРПОУ (UA), ИНН (RU), БИН/ИИН (KZ), company number (INT)."""
    vat_id: str = ""
    """ІПН (UA), VAT identification number (INT)."""
    tax_registration_reason_code: str = ""
    """КПП (RU)."""
    address: str = ""
    phone: str = ""
    email: str = ""
    is_vat_payer: bool = True


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs for the supplier, e.g. position "Директор", name "Іваненко І. І."."""

    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the supplier's (stamp, signature, logo): PNG or JPEG bytes."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of goods or services. Amounts are the line's, after its discounts."""

    number: int
    name: str
    sku: str
    unit: str
    quantity: Decimal
    unit_net: Money
    unit_gross: Money
    net: Money
    vat_rate: Decimal | None
    """A fraction (`Decimal("0.2")` is 20 %), or None where no VAT applies at all."""
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The lines (delivery included) of one VAT rate, added up."""

    rate: Decimal | None
    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class InvoiceContext:
    """An invoice. `lines` include delivery as a row of its own when it is charged.

    `net + vat == gross == sum of lines' gross`, and `gross` is the order's total in Saleor to the
    cent: order-level discounts are already inside the lines, as Saleor spreads them.
    """

    number: str
    issued_on: dt.date
    due_on: dt.date | None
    supplier: Party
    bank_accounts: tuple[BankAccount, ...]
    buyer: Party
    delivery_address: str
    contract: str
    """What the form calls Договір / Основание, e.g. "№ 12 від 01.02.2026"; empty if none."""
    order_number: str
    order_placed_on: dt.date
    currency: str
    lines: tuple[Line, ...]
    vat_totals: tuple[VatTotal, ...]
    net: Money
    vat: Money
    gross: Money
    discount: Money | None
    """How much the buyer saved (gross), for information; already taken off the lines."""
    signatories: tuple[Signatory, ...]
    profile: str
    """Country profile: "UA", "RU" or "INT". Chooses the form and its language."""
    note: str = ""
    revision: int = 1
    is_void: bool = False
    stamp: Picture | None = field(default=None, repr=False)
    signature: Picture | None = field(default=None, repr=False)
    logo: Picture | None = field(default=None, repr=False)
