"""Which part of a payment is an order's, by what it settles: pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """What a payment of the books pays of one order."""

    reference: str
    number: str
    amount: int
    """Minor units of the order's currency, positive."""
    aliases: frozenset[str] = frozenset()
    """What a transaction of Saleor's would be called, if the money came from there."""
    came_from_saleor: bool = False


def share(
    amount: int, *, order: str, debit: Mapping[str, int | None], credit: Iterable[str]
) -> int | None:
    """How much of an allocation to a debit pays for this order.

    `debit` are the debit's orders, each with how much of it is about it; `credit` those that the
    payment names. Of several orders the ones that the payment names come first; what remains
    shared is shared by amounts. None where the debit does not say them.
    """
    candidates = sorted(set(credit) & set(debit)) or sorted(debit)
    if order not in candidates:
        return 0
    if len(candidates) == 1:
        return amount
    amounts: list[int] = []
    for candidate in candidates:
        said = debit[candidate]
        if said is None:
            return None
        amounts.append(said)
    total = sum(amounts)
    position = candidates.index(order)
    # The difference of two rounded sums: the shares of all add up to the amount.
    until, before = sum(amounts[: position + 1]), sum(amounts[:position])
    return amount * until // total - amount * before // total


def reserved_share(
    reserved: int,
    *,
    order: str,
    orders: Sequence[tuple[str, int | None]],
    allocated: Mapping[str, int],
    awaited: int | None,
) -> int:
    """How much of what a payment reserves waits for this order.

    `orders` are those that it names and that are still open, `allocated` what of it each of them
    has already; `awaited` is reserved for debits that have not come, None for all of it.
    """
    if awaited is None:
        return 0
    left = max(reserved - awaited, 0)
    for name, said in orders:
        mine = left if said is None else min(max(said - allocated.get(name, 0), 0), left)
        if name == order:
            return mine
        left -= mine
    return 0


def within(parts: Iterable[PaidPart], *, room: int | None) -> dict[str, int]:
    """The parts by reference, the earlier ones first, as far as there is room; None: any."""
    found: dict[str, int] = {}
    for part in parts:
        amount = part.amount if room is None else min(part.amount, room)
        if room is not None:
            room -= amount
        found[part.reference] = amount
    return found
