"""An order as it came from the app, whichever channel brought it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

DELIVERY = "ORDER_DELIVERY"
"""The id of the line that a delivery is."""
_PRICE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class OrderParty:
    """The buyer or the seller. `id` is what the app calls it."""

    id: str
    name: str
    tax_id: str
    vat_id: str = ""


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """Goods or a service; `gross` is with tax, `tax_rate` a fraction."""

    id: str
    sku: str
    name: str
    unit: str
    quantity: Decimal
    gross: Decimal
    tax: Decimal
    tax_rate: Decimal

    @property
    def net(self) -> Decimal:
        """Without tax."""
        return self.gross - self.tax

    @property
    def net_price(self) -> Decimal:
        """Of a unit, without tax, to four decimals."""
        return _quotient(self.net, self.quantity)

    @property
    def gross_price(self) -> Decimal:
        """Of a unit, with tax, to four decimals."""
        return _quotient(self.gross, self.quantity)


@dataclass(frozen=True, slots=True)
class IncomingOrder:
    """An order of the shop. `discount` is of the whole of it, and not in the lines yet."""

    id: str
    number: str
    placed_on: dt.date
    currency: str
    gross: Decimal
    discount: Decimal
    is_cancelled: bool
    buyer: OrderParty
    seller: OrderParty
    lines: tuple[OrderedLine, ...]

    def content(self) -> dict[str, Any]:
        """Parties and lines as JSON can keep them; `shipped_lines` and `party_in` read it."""
        return {
            "buyer": asdict(self.buyer),
            "seller": asdict(self.seller),
            "discount": str(self.discount),
            "lines": [
                {name: str(value) for name, value in asdict(line).items()} for line in self.lines
            ],
        }


def party_in(content: Mapping[str, Any], role: str) -> OrderParty:
    """`buyer` or `seller` of what `IncomingOrder.content` made."""
    return OrderParty(**content[role])


def shipped_lines(content: Mapping[str, Any]) -> list[OrderedLine]:
    """What goes on the waybill: the order's lines, with its discount spread over them, so that they
    come to the order's sum to the last kopeck."""
    lines = [
        OrderedLine(
            id=line["id"],
            sku=line["sku"],
            name=line["name"],
            unit=line["unit"],
            quantity=Decimal(line["quantity"]),
            gross=Decimal(line["gross"]),
            tax=Decimal(line["tax"]),
            tax_rate=Decimal(line["tax_rate"]),
        )
        for line in content["lines"]
    ]
    return _less(lines, Decimal(content["discount"]))


def _less(lines: Sequence[OrderedLine], discount: Decimal) -> list[OrderedLine]:
    if not discount:
        return list(lines)
    before = sum((line.gross for line in lines), Decimal(0))
    left, rest, reduced = before, discount, []
    for line in lines:
        # Of what is left to be spread, this line's part of what is left: the last one takes it all.
        part = (rest * line.gross / left).quantize(discount, ROUND_HALF_UP) if left else Decimal(0)
        left, rest = left - line.gross, rest - part
        gross = line.gross - part
        tax = (gross * line.tax_rate / (1 + line.tax_rate)).quantize(discount, ROUND_HALF_UP)
        reduced.append(
            OrderedLine(
                id=line.id,
                sku=line.sku,
                name=line.name,
                unit=line.unit,
                quantity=line.quantity,
                gross=gross,
                tax=tax,
                tax_rate=line.tax_rate,
            )
        )
    return reduced


def _quotient(amount: Decimal, quantity: Decimal) -> Decimal:
    return (amount / quantity).quantize(_PRICE, ROUND_HALF_UP) if quantity else amount
