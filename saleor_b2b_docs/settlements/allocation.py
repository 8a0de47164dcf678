"""Which credit settles which debit: pure arithmetic over one contract's live entries.

The outcome is a function of the entries, of which orders are closed, and of nothing else: neither
of the sequence in which entries arrived nor of what was settled before. It goes by ranks:

1. what the accounting system says that a payment settles;
2. a return settles its own waybill;
3. a payment or return for an order settles that order's waybills;
4. the rest settles what is open, oldest due first, in the order of days: at the time of a payment
   the debits that there were; at the time of a debit the advances that there were.

What waits for a debit that has not come, or for an open order, is reserved: it settles nothing
else.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from saleor_b2b_docs.settlements.models import Allocation, EntryKind

Key = tuple[dt.date, str]
"""Effective day and reference: the order of entries."""

RETURNS = frozenset({EntryKind.RETURN, EntryKind.DOWNWARD_CORRECTION})
_RESERVING = frozenset({EntryKind.PAYMENT, EntryKind.OPENING_ADVANCE})
"""Credits that wait for their order's waybills while it is open."""


@dataclass(slots=True, eq=False)
class Part:
    """A due part of a live debit."""

    entry: int
    position: int
    key: Key
    due_on: dt.date | None
    amount: int
    residual: int
    orders: frozenset[str] = frozenset()

    @property
    def urgency(self) -> tuple[dt.date, Key, int]:
        """Oldest due first; of equal ones the earlier debit; an unknown date comes last."""
        return (self.due_on or dt.date.max, self.key, self.position)


@dataclass(slots=True, eq=False)
class CreditItem:
    """A live credit."""

    entry: int
    key: Key
    kind: str
    amount: int
    residual: int
    orders: tuple[tuple[str, int | None], ...] = ()
    stated: tuple[tuple[str, int | None], ...] = ()
    reserved: int = 0

    @property
    def free(self) -> int:
        """What of the residual may settle anything."""
        return self.residual - self.reserved

    @property
    def is_return(self) -> bool:
        """Whether it takes back a sale rather than pays for it."""
        return self.kind in RETURNS


@dataclass(slots=True)
class Allocations:
    """How much of which credit settles which part, by which rule."""

    amounts: dict[tuple[int, int, int, str], int] = field(default_factory=lambda: defaultdict(int))
    """By credit's entry, debit's entry, the part's position and rule."""

    def settle(self, credit: CreditItem, part: Part, limit: int, rule: str) -> int:
        """Settle up to `limit` of the part with the credit; how much it was."""
        amount = min(limit, part.residual)
        if amount > 0:
            part.residual -= amount
            credit.residual -= amount
            self.amounts[(credit.entry, part.entry, part.position, rule)] += amount
        return amount


def settle_all(
    parts: Sequence[Part], credits: Sequence[CreditItem], *, closed_orders: frozenset[str]
) -> Allocations:
    """Settle a contract from the beginning. Changes the items' residuals and reserves in place.

    `parts` and `credits` are all live ones, with residuals equal to their amounts.
    `closed_orders` are those of the credits' orders for which no waybill is awaited.
    """
    allocations = Allocations()
    ordered = sorted(credits, key=lambda credit: credit.key)
    by_reference: dict[str, list[Part]] = defaultdict(list)
    by_order: dict[str, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (part.key, part.position)):
        by_reference[part.key[1]].append(part)
        for order in part.orders:
            by_order[order].append(part)

    for returns in (False, True):
        for credit in ordered:
            if credit.stated and credit.is_return is returns:
                _settle_stated(credit, by_reference, allocations)
    for credit in ordered:
        if credit.orders:
            _settle_orders(credit, by_order, closed_orders, allocations)
    _settle_oldest(parts, ordered, allocations)
    return allocations


def _settle_stated(
    credit: CreditItem, by_reference: Mapping[str, Sequence[Part]], allocations: Allocations
) -> None:
    rule = Allocation.Rule.RETURN if credit.is_return else Allocation.Rule.STATED
    for reference, stated in credit.stated:
        wanted = credit.free if stated is None else min(stated, credit.free)
        if reference not in by_reference:
            credit.reserved += wanted
            continue
        for part in by_reference[reference]:
            wanted -= allocations.settle(credit, part, wanted, rule)


def _settle_orders(
    credit: CreditItem,
    by_order: Mapping[str, Sequence[Part]],
    closed_orders: frozenset[str],
    allocations: Allocations,
) -> None:
    rule = Allocation.Rule.RETURN if credit.is_return else Allocation.Rule.ORDER
    awaited = 0
    for order, stated in credit.orders:
        wanted = credit.free if stated is None else min(stated, credit.free)
        for part in by_order.get(order, ()):
            wanted -= allocations.settle(credit, part, wanted, rule)
        if order not in closed_orders and credit.kind in _RESERVING:
            awaited += wanted
    credit.reserved += min(awaited, credit.free)


def _settle_oldest(
    parts: Iterable[Part], credits: Iterable[CreditItem], allocations: Allocations
) -> None:
    """Day by day, what is not settled and not reserved."""
    events: list[tuple[Key, int, Part | CreditItem]] = [
        *((part.key, part.position, part) for part in parts if part.residual),
        *((credit.key, -1, credit) for credit in credits if credit.free),
    ]
    events.sort(key=lambda event: event[:2])
    # At any time one of the two is empty.
    open_parts: list[tuple[tuple[dt.date, Key, int], Part]] = []
    open_credits: deque[CreditItem] = deque()
    for _, _, item in events:
        if isinstance(item, Part):
            while item.residual and open_credits:
                credit = open_credits[0]
                allocations.settle(credit, item, credit.free, Allocation.Rule.OLDEST)
                if not credit.free:
                    open_credits.popleft()
            if item.residual:
                heapq.heappush(open_parts, (item.urgency, item))
        else:
            while item.free and open_parts:
                part = open_parts[0][1]
                allocations.settle(item, part, item.free, Allocation.Rule.OLDEST)
                if not part.residual:
                    heapq.heappop(open_parts)
            if item.free:
                open_credits.append(item)


class SettleAnew(Exception):
    """What is new does not simply come on top: the contract must be settled from the beginning."""


@dataclass(slots=True)
class OpenItems:
    """What is open in a contract, and what is asked about what is not."""

    parts: list[Part]
    credits: list[CreditItem]
    references: set[str]
    """Of the debits that new credits state: those that are in the books."""
    contested_references: set[str]
    """Of these debits: those in several parts of which a lower rank settled something, perhaps of
    the part that the claim would have met first."""
    contested_orders: set[str]
    """Of the new items' orders: those for which a higher rank might claim what the lowest took, or
    a credit for several orders what it left to another."""

    def settle_oldest(self, credit: CreditItem, part: Part, allocations: Allocations) -> None:
        """Settle by the lowest rank, which a later claim of a higher one may contest."""
        if allocations.settle(credit, part, credit.free, Allocation.Rule.OLDEST):
            self.contested_orders.update(part.orders, (order for order, _ in credit.orders))
            self.contested_references.add(part.key[1])


def settle_on_top(
    open_items: OpenItems,
    new: Sequence[Part | CreditItem],
    *,
    closed_orders: frozenset[str],
) -> Allocations:
    """Settle new items that come after everything else in order, with the outcome of `settle_all`.

    `new` is sorted by key and position. Appends them to the open items and changes residuals in
    place. Raises SettleAnew where only the whole history tells: where a claim of a higher rank
    meets what a lower one took already, or where a claim is larger than what it meets, so that its
    rest was free at an earlier time.
    """
    allocations = Allocations()
    for item in new:
        if isinstance(item, Part):
            if not item.orders.isdisjoint(open_items.contested_orders):
                raise SettleAnew
            _add_part(open_items, item, allocations)
        else:
            _add_credit(open_items, item, closed_orders, allocations)
    return allocations


def _add_part(open_items: OpenItems, part: Part, allocations: Allocations) -> None:
    reference = part.key[1]
    waiting = sorted(
        (credit for credit in open_items.credits if credit.residual), key=lambda item: item.key
    )
    if any(reference == stated for credit in waiting for stated, _ in credit.stated):
        # It has come at last. How its parts share what waited, and what is left of that, is for
        # the whole history to say; a payment before its waybill is rare enough.
        raise SettleAnew
    for credit in waiting:
        if part.orders.isdisjoint(order for order, _ in credit.orders):
            continue
        if len(credit.orders) > 1 or credit.stated or credit.reserved < credit.residual:
            raise SettleAnew
        credit.reserved -= allocations.settle(credit, part, credit.residual, Allocation.Rule.ORDER)
    for credit in waiting:
        if not part.residual:
            break
        open_items.settle_oldest(credit, part, allocations)
    open_items.parts.append(part)
    open_items.references.add(reference)


def _add_credit(
    open_items: OpenItems,
    credit: CreditItem,
    closed_orders: frozenset[str],
    allocations: Allocations,
) -> None:
    parts = [part for part in open_items.parts if part.residual]
    by_reference: dict[str, list[Part]] = defaultdict(list)
    by_order: dict[str, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (part.key, part.position)):
        by_reference[part.key[1]].append(part)
        for order in part.orders:
            by_order[order].append(part)
    for reference, stated in credit.stated:
        if reference in open_items.contested_references:
            raise SettleAnew
        there = sum(part.residual for part in by_reference.get(reference, ()))
        if reference in open_items.references and there < (
            credit.amount if stated is None else stated
        ):
            raise SettleAnew
    if any(order in open_items.contested_orders for order, _ in credit.orders):
        raise SettleAnew
    if credit.stated:
        _settle_stated(credit, by_reference, allocations)
    if credit.orders:
        _settle_orders(credit, by_order, closed_orders, allocations)
    for part in sorted(parts, key=lambda part: part.urgency):
        if not credit.free:
            break
        open_items.settle_oldest(credit, part, allocations)
    open_items.credits.append(credit)
    if len(credit.orders) > 1:
        open_items.contested_orders.update(order for order, _ in credit.orders)
