"""Everything that an order says to an accounting base, whatever format it goes out in.

Amounts are in major units of the order's currency, with its decimals. For every order
`sum of the lines' gross + delivery.gross + surplus - discount == gross`, to the last unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from saleor_b2b_docs.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingParty:
    """The buyer's company, or the person where there is none."""

    id: str
    """The base's own name of it, else our id of it, else the user's at Saleor, else made of the
    order's: see `building.party_of`."""
    name: str
    tax_id: str = ""
    vat_id: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingSeller:
    """Our side of the order."""

    code: str
    name: str
    tax_id: str
    is_ukrainian: bool
    """There a company's tax id is its ЄДРПОУ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingContract:
    """What the order is settled by."""

    id: str
    """The base's own name of it, else ours."""
    number: str
    signed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLine:
    """Goods. `gross` is after discounts and with tax."""

    id: str
    """What the base knows the goods by: `externalReference`, else the SKU; may be empty."""
    name: str
    sku: str
    unit: str
    quantity: int
    price: Decimal
    """Of a unit with tax and after discounts, to four decimals where it is not exact."""
    gross: Decimal
    tax: Decimal
    tax_rate: Decimal
    """A fraction: 0.2 is 20 %."""
    discount: Decimal
    """Already taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingDelivery:
    """What delivery costs, and where to."""

    name: str
    address: str
    gross: Decimal
    tax: Decimal
    tax_rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingOrder:
    """A confirmed order, or one that was cancelled after the base may have taken it."""

    id: str
    """The UUID of Saleor's id, or the whole id where it has none."""
    number: str
    """The order's own, without any prefix: bases give it back as it is."""
    placed_at: dt.datetime
    """In the supplier's time zone."""
    changed_at: dt.datetime
    """As above; Saleor's `updatedAt`."""
    currency: str
    """The base's own word for it where it has one, else ISO 4217."""
    status: str
    """Saleor's: see `orders.models.Order.Status`."""
    is_cancelled: bool
    is_paid: bool
    """Money for the order, posted or just received, covers its sum."""
    buyer: OutgoingParty
    seller: OutgoingSeller
    contract: OutgoingContract | None
    lines: tuple[OutgoingLine, ...]
    delivery: OutgoingDelivery
    discount: Decimal
    """Of the whole order, not yet in the lines; a gift card for example."""
    surplus: Decimal
    """What Saleor's total is above its parts; hardly ever anything."""
    gross: Decimal
    tax: Decimal

    @property
    def parts(self) -> Decimal:
        """What the parts come to: always `gross`."""
        lines = sum((line.gross for line in self.lines), Decimal(0))
        return lines + self.delivery.gross + self.surplus - self.discount


@dataclass(frozen=True, slots=True)
class Names:
    """What a base calls our rows: primary key as text -> its own name."""

    counterparties: Mapping[str, str]
    contracts: Mapping[str, str]


CONFIRMED = frozenset(
    {
        Order.Status.UNFULFILLED,
        Order.Status.PARTIALLY_FULFILLED,
        Order.Status.FULFILLED,
        Order.Status.PARTIALLY_RETURNED,
        Order.Status.RETURNED,
    }
)
"""Statuses of orders that an accounting system is told of."""
OPEN = frozenset({Order.Status.UNFULFILLED, Order.Status.PARTIALLY_FULFILLED})
"""Of those, the statuses of orders that something is still to be done about."""
CANCELLED = frozenset({Order.Status.CANCELED, Order.Status.EXPIRED})
