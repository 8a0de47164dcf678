"""Reads of a contract's live entries and open items, as allocation takes them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.allocation import CreditItem, Key, OpenItems, Part
from saleor_b2b_docs.settlements.models import (
    Allocation,
    Credit,
    DuePart,
    EntryOrder,
    Posting,
    StatedSettlement,
)

_AT_ONCE = 500
"""Ids in one statement; SQLite takes no more than a thousand or so."""

CLOSED = frozenset(
    {
        Order.Status.FULFILLED,
        Order.Status.RETURNED,
        Order.Status.CANCELED,
        Order.Status.EXPIRED,
    }
)
"""No waybill is awaited for an order in these states, so no advance waits for one."""


@dataclass(frozen=True, slots=True)
class LiveEntries:
    """All of a contract that stands in the books."""

    parts: list[Part]
    credits: list[CreditItem]

    @property
    def last(self) -> Key | None:
        """The last of them in order."""
        keys = [part.key for part in self.parts] + [credit.key for credit in self.credits]
        return max(keys, default=None)


def live_entries(contract: Contract) -> LiveEntries:
    """The contract's live debits, in their due parts, and credits; nothing settled yet."""
    of_contract = {"entry__contract": contract, "entry__posting__isnull": False}
    orders = _orders(EntryOrder.objects.filter(**of_contract))
    stated = _stated(StatedSettlement.objects.filter(**of_contract))
    parts: list[Part] = []
    credits: list[CreditItem] = []
    rows = (
        Posting.objects.filter(entry__contract=contract)
        .order_by()
        .values_list(
            "entry_id",
            "entry__effective_on",
            "reference",
            "entry__kind",
            "entry__amount",
            "due_parts",
        )
    )
    for entry, effective_on, reference, kind, amount, due_parts in rows.iterator(chunk_size=2000):
        key = (effective_on, reference)
        if amount > 0:
            parts += debit_parts(entry, key, due_parts or (), [name for name, _ in orders[entry]])
        else:
            credits.append(
                CreditItem(
                    entry=entry,
                    key=key,
                    kind=kind,
                    amount=-amount,
                    residual=-amount,
                    orders=tuple(orders[entry]),
                    stated=tuple(stated[entry]),
                )
            )
    return LiveEntries(parts, credits)


def debit_parts(
    entry: int, key: Key, due_parts: Sequence[Sequence[Any]], orders: Iterable[str]
) -> list[Part]:
    """The parts of a debit as they are kept with its posting: `[[ISO day or null, amount], …]`."""
    names = frozenset(orders)
    return [
        Part(
            entry=entry,
            position=position,
            key=key,
            due_on=dt.date.fromisoformat(day) if day else None,
            amount=amount,
            residual=amount,
            orders=names,
        )
        for position, (day, amount) in enumerate(due_parts)
    ]


def open_items(contract: Contract, *, stated: Iterable[str], orders: Iterable[str]) -> OpenItems:
    """What is open in a contract, for new items that state these debits and are of these orders."""
    stated = set(stated)
    parts = DuePart.objects.filter(contract=contract, residual__gt=0)
    credits = Credit.objects.filter(contract=contract, residual__gt=0)
    part_orders = _orders(EntryOrder.objects.filter(entry__in=parts.values("entry")))
    credit_orders = _orders(EntryOrder.objects.filter(entry__in=credits.values("entry")))
    credit_stated = _stated(StatedSettlement.objects.filter(entry__in=credits.values("entry")))
    return OpenItems(
        parts=[
            Part(
                entry=row[0],
                position=row[1],
                key=(row[2], row[3]),
                due_on=row[4],
                amount=row[5],
                residual=row[6],
                orders=frozenset(name for name, _ in part_orders[row[0]]),
            )
            for row in parts.values_list(
                "entry_id",
                "position",
                "entry__effective_on",
                "entry__reference",
                "due_on",
                "amount",
                "residual",
            )
        ],
        credits=[
            CreditItem(
                entry=row[0],
                key=(row[1], row[2]),
                kind=row[3],
                amount=-row[4],
                residual=row[5],
                orders=tuple(credit_orders[row[0]]),
                stated=tuple(credit_stated[row[0]]),
                reserved=row[6],
            )
            for row in credits.values_list(
                "entry_id",
                "entry__effective_on",
                "entry__reference",
                "entry__kind",
                "entry__amount",
                "residual",
                "reserved",
            )
        ],
        references=_references(contract, stated),
        contested_references=_contested_references(contract, stated),
        contested_orders=_contested_orders(contract, orders),
    )


def closed_orders(contract: Contract, order_ids: Iterable[str]) -> frozenset[str]:
    """Those of the orders, by their ids at Saleor, for which no waybill is awaited.

    An order that is not known here may still come, and counts as open.
    """
    return frozenset(
        order_id
        for some in _chunks(set(order_ids))
        for order_id in Order.objects.filter(
            installation_id=contract.supplier.installation_id,
            saleor_id__in=some,
            status__in=CLOSED,
        ).values_list("saleor_id", flat=True)
    )


def _references(contract: Contract, references: Iterable[str]) -> set[str]:
    return {
        reference
        for some in _chunks(set(references))
        for reference in Posting.objects.filter(
            installation_id=contract.supplier.installation_id,
            reference__in=some,
            entry__contract=contract,
        ).values_list("reference", flat=True)
    }


def _contested_references(contract: Contract, references: Iterable[str]) -> set[str]:
    """Debits in several parts of which something was settled that nobody stated."""
    return {
        reference
        for some in _chunks(set(references))
        for reference in Allocation.objects.filter(
            contract=contract,
            due_part__entry__reference__in=some,
            due_part__entry__due_parts__position__gt=0,
        )
        .exclude(rule=Allocation.Rule.STATED)
        .values_list("due_part__entry__reference", flat=True)
    }


def _contested_orders(contract: Contract, orders: Iterable[str]) -> set[str]:
    """Orders of whose debits or credits the lowest rank settled something, and those that share a
    credit with other orders."""
    found: set[str] = set()
    for some in _chunks(set(orders)):
        lowest = Allocation.objects.filter(contract=contract, rule=Allocation.Rule.OLDEST)
        for name in ("due_part__entry__orders__order_id", "credit__orders__order_id"):
            found.update(lowest.filter(**{f"{name}__in": some}).values_list(name, flat=True))
        of_credits = EntryOrder.objects.filter(
            entry__contract=contract, entry__credit__isnull=False, order_id__in=some
        )
        others = EntryOrder.objects.filter(entry=OuterRef("entry")).exclude(pk=OuterRef("pk"))
        found.update(of_credits.filter(Exists(others)).values_list("order_id", flat=True))
    return found


def _orders(links: QuerySet[EntryOrder]) -> dict[int, list[tuple[str, int | None]]]:
    found: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = links.order_by("entry_id", "id").values_list("entry_id", "order_id", "amount")
    for entry, order_id, amount in rows.iterator(chunk_size=2000):
        found[entry].append((order_id, amount))
    return found


def _stated(links: QuerySet[StatedSettlement]) -> dict[int, list[tuple[str, int | None]]]:
    found: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = links.order_by("entry_id", "position").values_list("entry_id", "reference", "amount")
    for entry, reference, amount in rows.iterator(chunk_size=2000):
        found[entry].append((reference, amount))
    return found


def _chunks(names: set[str]) -> Iterable[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))
