"""Writing what is derived from a contract's entries. The caller holds the contract's lock."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.allocation import (
    CreditItem,
    Key,
    Part,
    SettleAnew,
    settle_all,
    settle_on_top,
)
from saleor_b2b_docs.settlements.ledger.queries import (
    CLOSED,
    closed_orders,
    live_entries,
    open_items,
)
from saleor_b2b_docs.settlements.models import (
    DEBITS,
    Allocation,
    ContractFigures,
    Credit,
    DuePart,
    Entry,
    EntryOrder,
    MonthTurnover,
    OpenOrder,
)

_BATCH = 500

AllocationKey = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived row that is not what the entries make it."""

    what: str
    kept: Any
    derived: Any

    def __str__(self) -> str:
        return f"{self.what}: kept {self.kept}, derived {self.derived}"


def settle_new(
    contract: Contract, figures: ContractFigures, new: Sequence[Part | CreditItem]
) -> set[str]:
    """Settle entries that were just added: on top where that is right, else everything anew.

    Returns the orders of which the reserved advances may have changed.
    """
    if not new:
        return set()
    ordered = sorted(new, key=_in_order)
    if (
        figures.last_effective_on is not None
        and (figures.last_effective_on, figures.last_reference) >= ordered[0].key
    ):
        return settle_anew(contract, figures)
    try:
        return _settle_on_top(contract, figures, ordered)
    except SettleAnew:
        return settle_anew(contract, figures)


def _settle_on_top(
    contract: Contract, figures: ContractFigures, new: Sequence[Part | CreditItem]
) -> set[str]:
    credits = [item for item in new if isinstance(item, CreditItem)]
    of_credits = {order for credit in credits for order, _ in credit.orders}
    orders = of_credits.union(*(item.orders for item in new if isinstance(item, Part)))
    items = open_items(
        contract,
        stated=[reference for credit in credits for reference, _ in credit.stated],
        orders=orders,
    )
    parts_before = {(part.entry, part.position): part.residual for part in items.parts}
    credits_before = {credit.entry: (credit.residual, credit.reserved) for credit in items.credits}
    allocations = settle_on_top(items, new, closed_orders=closed_orders(contract, orders))

    DuePart.objects.bulk_create(
        [_due_part(contract, item) for item in new if isinstance(item, Part)], batch_size=_BATCH
    )
    Credit.objects.bulk_create([_credit(contract, item) for item in credits], batch_size=_BATCH)
    _update_parts(
        {
            (part.entry, part.position): part.residual
            for part in items.parts
            if parts_before.get((part.entry, part.position), part.residual) != part.residual
        }
    )
    changed = [
        credit
        for credit in items.credits
        if credits_before.get(credit.entry) != (credit.residual, credit.reserved)
    ]
    _update_credits(
        {
            credit.entry: (credit.residual, credit.reserved)
            for credit in changed
            if credit.entry in credits_before
        }
    )
    _add_allocations(contract, allocations.amounts)
    _set_figures(figures, items.parts, items.credits, last=new[-1].key)
    return _orders_of(changed)


def settle_anew(contract: Contract, figures: ContractFigures) -> set[str]:
    """Settle the contract from its first entry on, and write what differs from what is kept.

    Returns the orders of which the reserved advances may have changed.
    """
    live = _settled(contract)
    kept = _kept_credits(contract)
    changed = [
        credit
        for credit in live.credits
        if kept.pop(credit.entry, None) != (credit.residual, credit.reserved)
    ]
    _compare(contract, figures, live, is_written=True)
    return _orders_of(changed)


def compare_settlement(
    contract: Contract, figures: ContractFigures, *, is_written: bool
) -> list[Difference]:
    """Settle the contract from its first entry on; how that differs from what is kept.

    With `is_written` the kept rows are put right.
    """
    return _compare(contract, figures, _settled(contract), is_written=is_written)


@dataclass(frozen=True, slots=True)
class _Settled:
    parts: list[Part]
    credits: list[CreditItem]
    amounts: Mapping[AllocationKey, int]
    last: Key | None


def _settled(contract: Contract) -> _Settled:
    live = live_entries(contract)
    orders = {order for credit in live.credits for order, _ in credit.orders}
    allocations = settle_all(
        live.parts, live.credits, closed_orders=closed_orders(contract, orders)
    )
    return _Settled(live.parts, live.credits, allocations.amounts, live.last)


def _compare(
    contract: Contract, figures: ContractFigures, settled: _Settled, *, is_written: bool
) -> list[Difference]:
    return [
        *_compare_parts(contract, settled.parts, is_written=is_written),
        *_compare_credits(contract, settled.credits, is_written=is_written),
        *_compare_allocations(contract, settled.amounts, is_written=is_written),
        *_compare_figures(figures, settled, is_written=is_written),
    ]


def _orders_of(credits: Iterable[CreditItem]) -> set[str]:
    return {order for credit in credits for order, _ in credit.orders}


def _compare_parts(
    contract: Contract, parts: Sequence[Part], *, is_written: bool
) -> list[Difference]:
    kept = {
        (row[1], row[2]): (row[0], row[3:])
        for row in DuePart.objects.filter(contract=contract).values_list(
            "pk", "entry_id", "position", "due_on", "amount", "residual"
        )
    }
    derived = {(part.entry, part.position): part for part in parts}
    differences: list[Difference] = []
    gone = [pk for key, (pk, _) in kept.items() if key not in derived]
    changed: dict[tuple[int, int], int] = {}
    created: list[Part] = []
    for key, part in derived.items():
        wanted = (part.due_on, part.amount, part.residual)
        if key not in kept:
            created.append(part)
            differences.append(Difference(f"due part {key}", None, wanted))
            continue
        pk, values = kept[key]
        if values[:2] != wanted[:2]:
            gone.append(pk)
            created.append(part)
        elif values != wanted:
            changed[key] = part.residual
        if values != wanted:
            differences.append(Difference(f"due part {key}", values, wanted))
    differences += [Difference("due part", pk, None) for pk in gone]
    if is_written:
        _delete(Allocation, "due_part_id", gone)
        _delete(DuePart, "pk", gone)
        _update_parts(changed)
        DuePart.objects.bulk_create(
            [_due_part(contract, part) for part in created], batch_size=_BATCH
        )
    return differences


def _compare_credits(
    contract: Contract, credits: Sequence[CreditItem], *, is_written: bool
) -> list[Difference]:
    kept = _kept_credits(contract)
    derived = {credit.entry: (credit.residual, credit.reserved) for credit in credits}
    gone = [entry for entry in kept if entry not in derived]
    changed = {
        entry: values for entry, values in derived.items() if kept.get(entry, values) != values
    }
    created = [credit for credit in credits if credit.entry not in kept]
    if is_written:
        _delete(Credit, "entry_id", gone)
        _update_credits(changed)
        Credit.objects.bulk_create(
            [_credit(contract, credit) for credit in created], batch_size=_BATCH
        )
    return [
        Difference(f"credit {entry}", kept.get(entry), derived.get(entry))
        for entry in (*gone, *changed, *(credit.entry for credit in created))
    ]


def _kept_credits(contract: Contract) -> dict[int, tuple[int, int]]:
    rows = Credit.objects.filter(contract=contract)
    return {
        entry: (residual, reserved)
        for entry, residual, reserved in rows.values_list("entry_id", "residual", "reserved")
    }


def _compare_allocations(
    contract: Contract, amounts: Mapping[AllocationKey, int], *, is_written: bool
) -> list[Difference]:
    kept = {
        row[1:5]: (row[0], row[5])
        for row in Allocation.objects.filter(contract=contract).values_list(
            "pk", "credit_id", "due_part__entry_id", "due_part__position", "rule", "amount"
        )
    }
    gone = [pk for key, (pk, amount) in kept.items() if amounts.get(key) != amount]
    created = {
        key: amount for key, amount in amounts.items() if key not in kept or kept[key][1] != amount
    }
    if is_written:
        _delete(Allocation, "pk", gone)
        _add_allocations(contract, created)
    return [
        *(Difference("allocation", pk, None) for pk in gone),
        *(Difference(f"allocation {key}", None, amount) for key, amount in created.items()),
    ]


def _compare_figures(
    figures: ContractFigures, settled: _Settled, *, is_written: bool
) -> list[Difference]:
    def values() -> tuple[Any, ...]:
        return (
            figures.debt,
            figures.advance,
            figures.reserved,
            figures.last_effective_on,
            figures.last_reference,
        )

    before = values()
    figures.last_effective_on, figures.last_reference = None, ""
    _set_figures(figures, settled.parts, settled.credits, last=settled.last)
    after = values()
    if not is_written:
        figures.refresh_from_db()
    return [] if before == after else [Difference("figures", before, after)]


def _set_figures(
    figures: ContractFigures,
    parts: Iterable[Part],
    credits: Iterable[CreditItem],
    *,
    last: Key | None,
) -> None:
    """Unsaved: the caller saves the row with the moment of the change."""
    figures.debt = sum(part.residual for part in parts)
    figures.advance = figures.reserved = 0
    for credit in credits:
        figures.advance += credit.residual
        figures.reserved += credit.reserved
    if last:
        figures.last_effective_on, figures.last_reference = last


def add_turnovers(entries: Iterable[Entry]) -> None:
    """Count new entries, stornos included, into their months."""
    deltas: dict[tuple[Any, dt.date], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        delta = deltas[(entry.contract_id, entry.effective_on.replace(day=1))]
        # A storno takes back on the side that it was booked on.
        if entry.kind in DEBITS:
            delta[0] += entry.amount
        else:
            delta[1] -= entry.amount
    wanted = Q()
    for contract_id in {contract_id for contract_id, _ in deltas}:
        months = [month for contract, month in deltas if contract == contract_id]
        wanted |= Q(contract_id=contract_id, month__in=months)
    kept = (
        {(row.contract_id, row.month): row for row in MonthTurnover.objects.filter(wanted)}
        if deltas
        else {}
    )
    created: list[MonthTurnover] = []
    for key, (debit, credit) in deltas.items():
        row = kept.get(key)
        if row is None:
            row = MonthTurnover(contract_id=key[0], month=key[1])
            created.append(row)
        row.debit += debit
        row.credit += credit
    MonthTurnover.objects.bulk_update(kept.values(), ["debit", "credit"], batch_size=_BATCH)
    MonthTurnover.objects.bulk_create(created, batch_size=_BATCH)


def compare_turnovers(contract: Contract, *, is_written: bool) -> list[Difference]:
    """Sum the contract's entries by month; how that differs from what is kept."""
    sums = (
        Entry.objects.filter(contract=contract)
        .order_by()
        .annotate(month=TruncMonth("effective_on"))
        .values_list("month")
        .annotate(
            debits=Coalesce(Sum("amount", filter=Q(kind__in=DEBITS)), 0),
            credits=Coalesce(Sum("amount", filter=~Q(kind__in=DEBITS)), 0),
        )
    )
    derived = {month: (debits, -credits) for month, debits, credits in sums}
    kept = {
        row.month: (row.debit, row.credit)
        for row in MonthTurnover.objects.filter(contract=contract)
    }
    differences = [
        Difference(f"turnover of {month:%Y-%m}", kept.get(month), derived.get(month))
        for month in sorted({*derived, *kept})
        if kept.get(month, (0, 0)) != derived.get(month, (0, 0))
    ]
    if is_written and differences:
        MonthTurnover.objects.filter(contract=contract).delete()
        MonthTurnover.objects.bulk_create(
            [
                MonthTurnover(contract=contract, month=month, debit=debit, credit=credit)
                for month, (debit, credit) in derived.items()
            ],
            batch_size=_BATCH,
        )
    return differences


def refresh_open_orders(
    contract: Contract, figures: ContractFigures, order_ids: Iterable[str]
) -> None:
    """Count anew what these orders of the contract still hold of its limit."""
    compare_open_orders(contract, figures, order_ids, is_written=True)


def compare_open_orders(
    contract: Contract,
    figures: ContractFigures,
    order_ids: Iterable[str] | None,
    *,
    is_written: bool,
) -> list[Difference]:
    """The open orders as orders and entries make them; how that differs from what is kept.

    `order_ids` None means all of the contract. `figures` gets the sum, unsaved.
    """
    orders = Order.objects.filter(contract=contract)
    rows = OpenOrder.objects.filter(contract=contract)
    if order_ids is not None:
        ids = sorted(set(order_ids))
        if not ids:
            return []
        orders, rows = orders.filter(saleor_id__in=ids), rows.filter(order_id__in=ids)
    orders = orders.exclude(status__in=(*CLOSED, Order.Status.DRAFT))
    totals = dict(orders.values_list("saleor_id", "gross"))
    shipped, reserved = _shipped(contract, totals), _reserved(contract, totals)
    derived = {
        order_id: (total, shipped.get(order_id, 0), reserved.get(order_id, 0))
        for order_id, total in totals.items()
    }
    kept = {row.order_id: (row.total, row.shipped, row.reserved) for row in rows}
    changed = {
        order_id for order_id in {*derived, *kept} if derived.get(order_id) != kept.get(order_id)
    }
    if is_written and changed:
        rows.filter(order_id__in=sorted(changed)).delete()
        OpenOrder.objects.bulk_create(
            [
                OpenOrder(
                    contract=contract,
                    order_id=order_id,
                    total=derived[order_id][0],
                    shipped=derived[order_id][1],
                    reserved=derived[order_id][2],
                    open_amount=max(
                        0, derived[order_id][0] - derived[order_id][1] - derived[order_id][2]
                    ),
                )
                for order_id in sorted(changed & derived.keys())
            ],
            batch_size=_BATCH,
        )
    differences = [
        Difference(f"open order {order_id}", kept.get(order_id), derived.get(order_id))
        for order_id in sorted(changed)
    ]
    total = OpenOrder.objects.filter(contract=contract).aggregate(total=Sum("open_amount"))["total"]
    if figures.open_orders != (total or 0) and not is_written:
        differences.append(Difference("open orders", figures.open_orders, total or 0))
    elif is_written:
        figures.open_orders = total or 0
    return differences


def _shipped(contract: Contract, order_ids: Iterable[str]) -> dict[str, int]:
    links = EntryOrder.objects.filter(
        entry__contract=contract,
        entry__posting__isnull=False,
        entry__amount__gt=0,
        order_id__in=list(order_ids),
    )
    sums = links.values_list("order_id").annotate(
        shipped=Sum(Coalesce("amount", F("entry__amount")))
    )
    return dict(sums)


def _reserved(contract: Contract, order_ids: Iterable[str]) -> dict[str, int]:
    """Reserved advances by order. One that waits for several orders is counted with its first."""
    links = (
        EntryOrder.objects.filter(
            entry__contract=contract, entry__credit__reserved__gt=0, order_id__in=list(order_ids)
        )
        .annotate(first=Min("entry__orders__id"))
        .filter(id=F("first"))
    )
    reserved: dict[str, int] = defaultdict(int)
    for order_id, amount in links.values_list("order_id", "entry__credit__reserved"):
        reserved[order_id] += amount
    return reserved


def _in_order(item: Part | CreditItem) -> tuple[Key, int]:
    return (item.key, item.position if isinstance(item, Part) else 0)


def _due_part(contract: Contract, part: Part) -> DuePart:
    return DuePart(
        contract=contract,
        entry_id=part.entry,
        position=part.position,
        due_on=part.due_on,
        amount=part.amount,
        residual=part.residual,
    )


def _credit(contract: Contract, credit: CreditItem) -> Credit:
    return Credit(
        contract=contract,
        entry_id=credit.entry,
        residual=credit.residual,
        reserved=credit.reserved,
    )


def _update_parts(residuals: Mapping[tuple[int, int], int]) -> None:
    keys = list(residuals)
    for start in range(0, len(keys), _BATCH):
        some = keys[start : start + _BATCH]
        rows = [
            row
            for row in DuePart.objects.filter(entry_id__in=[entry for entry, _ in some])
            if (row.entry_id, row.position) in residuals
        ]
        for row in rows:
            row.residual = residuals[(row.entry_id, row.position)]
        DuePart.objects.bulk_update(rows, ["residual"], batch_size=_BATCH)


def _update_credits(values: Mapping[int, tuple[int, int]]) -> None:
    entries = list(values)
    for start in range(0, len(entries), _BATCH):
        rows = list(Credit.objects.filter(entry_id__in=entries[start : start + _BATCH]))
        for row in rows:
            row.residual, row.reserved = values[row.entry_id]
        Credit.objects.bulk_update(rows, ["residual", "reserved"], batch_size=_BATCH)


def _add_allocations(contract: Contract, amounts: Mapping[AllocationKey, int]) -> None:
    """Store allocations; the parts are in the database by now."""
    entries = sorted({entry for _, entry, _, _ in amounts})
    part_ids: dict[tuple[int, int], int] = {}
    for start in range(0, len(entries), _BATCH):
        for pk, entry, position in DuePart.objects.filter(
            entry_id__in=entries[start : start + _BATCH]
        ).values_list("pk", "entry_id", "position"):
            part_ids[(entry, position)] = pk
    Allocation.objects.bulk_create(
        [
            Allocation(
                contract=contract,
                credit_id=credit,
                due_part_id=part_ids[(entry, position)],
                rule=rule,
                amount=amount,
            )
            for (credit, entry, position, rule), amount in amounts.items()
        ],
        batch_size=_BATCH,
    )


def _delete(model: Any, field: str, ids: Sequence[Any]) -> None:
    for start in range(0, len(ids), _BATCH):
        rows = model.objects.filter(**{f"{field}__in": ids[start : start + _BATCH]})
        rows._raw_delete(rows.db)  # without Django's collector, which would read them all first
