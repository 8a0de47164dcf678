"""What of an order was shipped, by the waybills that name it: pure arithmetic.

A line of a waybill is an order's by the external reference of the variant, else by its SKU; a name
never tells. Whatever does not follow for certain is a note for staff, and counts as not shipped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec.into_saleor.notes import Note, NoteCode


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A line of an order."""

    id: str
    """At Saleor."""
    external_reference: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybill:
    """A posted waybill, as far as it is about one order."""

    reference: str
    number: str
    amount: int | None
    """Of what it says is this order's, in minor units; None: not known."""
    currency: str
    lines: tuple[ReceivedLine, ...] = ()
    others: tuple[tuple[OrderedLine, ...] | None, ...] = ()
    """The lines of the other orders that it names; None for an order that is not known here."""


@dataclass(slots=True)
class Shipped:
    """How much of which line was shipped."""

    quantities: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By the line's id at Saleor."""
    references: list[str] = field(default_factory=list)
    """The waybills that say so."""
    notes: list[Note] = field(default_factory=list)

    def note(self, code: NoteCode, text: str) -> None:
        """Something for staff."""
        self.notes.append(Note(code, text))


def shipped(
    lines: Sequence[OrderedLine], waybills: Sequence[Waybill], *, gross: int, currency: str
) -> Shipped:
    """What the waybills shipped of an order with these lines and this total.

    A waybill without lines ships the order if its sum is the order's, and else nothing.
    """
    found = Shipped()
    for waybill in waybills:
        before = dict(found.quantities)
        if waybill.lines:
            _add_lines(found, lines, waybill)
        elif (waybill.amount, waybill.currency) == (gross, currency):
            for line in lines:
                found.quantities[line.id] = line.quantity
        else:
            found.note(
                NoteCode.WAYBILL_WITHOUT_LINES,
                f"waybill {waybill.number} has no lines and is not the order's whole sum",
            )
        if found.quantities != before:
            found.references.append(waybill.reference)
    return found


def _add_lines(found: Shipped, lines: Sequence[OrderedLine], waybill: Waybill) -> None:
    goods: dict[str, Decimal] = defaultdict(Decimal)
    for received in waybill.lines:
        goods[received.sku.strip()] += received.quantity
    for key, amount in goods.items():
        own = _called(lines, key)
        quantity = _own_share(found, own, waybill, key, amount)
        if quantity is None:
            continue
        if quantity != quantity.to_integral_value() or quantity < 0:
            found.note(
                NoteCode.BROKEN_QUANTITY,
                f"waybill {waybill.number} ships {quantity.normalize():f} of {key}",
            )
            continue
        left = int(quantity)
        for line in own:
            taken = min(left, line.quantity - found.quantities[line.id])
            found.quantities[line.id] += taken
            left -= taken
        if left:
            found.note(
                NoteCode.MORE_THAN_ORDERED,
                f"waybill {waybill.number} ships {left} of {key} more than was ordered",
            )


def _own_share(
    found: Shipped, own: Sequence[OrderedLine], waybill: Waybill, key: str, amount: Decimal
) -> Decimal | None:
    """How much of these goods is this order's; None for none, or where that is not certain."""
    elsewhere = [other if other is None else _called(other, key) for other in waybill.others]
    if not own:
        if not any(other is None or other for other in elsewhere):
            found.note(
                NoteCode.UNKNOWN_GOODS,
                f"waybill {waybill.number} ships {key or 'goods without a code'}, "
                "which the order has not",
            )
        return None
    if not any(other is None or other for other in elsewhere):
        return amount
    ordered = sum(line.quantity for line in own)
    known = [other for other in elsewhere if other is not None]
    everything = ordered + sum(line.quantity for other in known for line in other)
    if len(known) == len(elsewhere) and amount == everything:
        return Decimal(ordered)
    found.note(
        NoteCode.SHARED_GOODS,
        f"waybill {waybill.number} does not say which of its orders it ships {key} for",
    )
    return None


def _called(lines: Sequence[OrderedLine], key: str) -> list[OrderedLine]:
    if not key:
        return []
    referred = [line for line in lines if line.external_reference == key]
    return referred or [line for line in lines if line.sku == key]
