"""Allocation as arithmetic, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.settlements.allocation import (
    Allocations,
    CreditItem,
    OpenItems,
    Part,
    SettleAnew,
    settle_all,
    settle_on_top,
)
from saleor_b2b_docs.settlements.models import DEBITS, Allocation
from tests.examples import EXAMPLES
from tests.settlements.histories import Line, closed_orders, distinct_lines

pytestmark = pytest.mark.properties

State = tuple[dict[tuple[int, int], int], dict[int, tuple[int, int]], dict[Any, int]]


def _items(lines: Sequence[Line]) -> tuple[list[Part], list[CreditItem]]:
    parts: list[Part] = []
    credits: list[CreditItem] = []
    for line in lines:
        entry = hash(line.reference)
        key = (line.effective_on, line.reference)
        if line.kind in DEBITS:
            parts += [
                Part(
                    entry=entry,
                    position=position,
                    key=key,
                    due_on=due_on,
                    amount=amount,
                    residual=amount,
                    orders=frozenset(order for order, _ in line.orders),
                )
                for position, (due_on, amount) in enumerate(line.due_parts or ())
            ]
        else:
            credits.append(
                CreditItem(
                    entry=entry,
                    key=key,
                    kind=line.kind,
                    amount=line.amount,
                    residual=line.amount,
                    orders=line.orders,
                    stated=line.stated,
                )
            )
    return parts, credits


def _state(
    parts: Sequence[Part], credits: Sequence[CreditItem], amounts: Mapping[Any, int]
) -> State:
    return (
        {(part.entry, part.position): part.residual for part in parts},
        {credit.entry: (credit.residual, credit.reserved) for credit in credits},
        {key: amount for key, amount in amounts.items() if amount},
    )


def _anew(lines: Sequence[Line], closed: frozenset[str]) -> State:
    parts, credits = _items(lines)
    allocations = settle_all(parts, credits, closed_orders=closed)
    return _state(parts, credits, allocations.amounts)


@given(distinct_lines(), closed_orders())
@settings(max_examples=EXAMPLES, deadline=None)
def test_nothing_is_settled_beyond_either_side(lines: list[Line], closed: frozenset[str]) -> None:
    parts, credits = _items(lines)

    allocations = settle_all(parts, credits, closed_orders=closed)

    for part in parts:
        by_part = sum(
            amount
            for (_, entry, position, _), amount in allocations.amounts.items()
            if (entry, position) == (part.entry, part.position)
        )
        assert 0 <= part.residual == part.amount - by_part
    for credit in credits:
        by_credit = sum(
            amount for (entry, *_), amount in allocations.amounts.items() if entry == credit.entry
        )
        assert 0 <= credit.reserved <= credit.residual == credit.amount - by_credit


@given(distinct_lines(), closed_orders())
@settings(max_examples=EXAMPLES, deadline=None)
def test_free_money_never_lies_beside_an_open_debt(
    lines: list[Line], closed: frozenset[str]
) -> None:
    parts, credits = _items(lines)

    settle_all(parts, credits, closed_orders=closed)

    assert not (any(part.residual for part in parts) and any(credit.free for credit in credits))


@given(distinct_lines(), closed_orders(), st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_sequence_in_which_items_are_given_does_not_matter(
    lines: list[Line], closed: frozenset[str], random: Random
) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert _anew(shuffled, closed) == _anew(lines, closed)


@given(distinct_lines(), closed_orders(), st.integers(1, 3))
@settings(max_examples=EXAMPLES, deadline=None)
def test_on_top_means_the_same_as_anew(
    lines: list[Line], closed: frozenset[str], at_once: int
) -> None:
    """Entries that come in the order of their days, some at once."""
    ordered = sorted(lines, key=lambda line: (line.effective_on, line.reference))
    for count in range(0, len(ordered), at_once):
        earlier, later = ordered[:count], ordered[count : count + at_once]
        parts, credits = _items(earlier)
        before = settle_all(parts, credits, closed_orders=closed)
        new_parts, new_credits = _items(later)
        items: list[Part | CreditItem] = [*new_parts, *new_credits]
        new = sorted(
            items, key=lambda item: (item.key, item.position if isinstance(item, Part) else 0)
        )

        try:
            added: Allocations = settle_on_top(
                _open_items(earlier, parts, credits, before), new, closed_orders=closed
            )
        except SettleAnew:
            continue

        amounts = dict(before.amounts)
        for key, amount in added.amounts.items():
            amounts[key] = amounts.get(key, 0) + amount
        on_top = _state([*parts, *new_parts], [*credits, *new_credits], amounts)
        assert on_top == _anew([*earlier, *later], closed)


def _open_items(
    lines: Sequence[Line], parts: list[Part], credits: list[CreditItem], settled: Allocations
) -> OpenItems:
    """What the database would tell of these entries."""
    lowest = {
        entry for key in settled.amounts if key[3] == Allocation.Rule.OLDEST for entry in key[:2]
    }
    not_stated = {key[1] for key in settled.amounts if key[3] != Allocation.Rule.STATED}
    return OpenItems(
        parts=[part for part in parts if part.residual],
        credits=[credit for credit in credits if credit.residual],
        references={part.key[1] for part in parts},
        contested_references={
            part.key[1] for part in parts if part.position and part.entry in not_stated
        },
        contested_orders={
            order
            for line in lines
            for order, _ in line.orders
            if hash(line.reference) in lowest or (line.kind not in DEBITS and len(line.orders) > 1)
        },
    )
