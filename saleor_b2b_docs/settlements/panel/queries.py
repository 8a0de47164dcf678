"""The debt panel: a constant number of statements, whatever the history and however many contracts.

Each of them reads kept figures, open due parts by their partial index, or month turnovers.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import DateField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import (
    MONEY_ROLES,
    money_contracts,
    seats,
    supplier_today,
)
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.models import (
    ContractFigures,
    DuePart,
    Entry,
    MonthTurnover,
    StatedBalance,
)
from saleor_b2b_docs.settlements.panel.figures import ContractPanel, Panel, panel_of


def debt_panel(viewer: Viewer, *, now: dt.datetime) -> Panel | None:
    """The panel of the buyer who asks; None for somebody who may see no money.

    None for staff, too, whose contracts are all of the shop's: they see those of one counterparty,
    by `contract_panels`.
    """
    if viewer.kind is not ViewerKind.CUSTOMER:
        return None
    contracts = list(
        money_contracts(viewer).order_by(
            "counterparty__name", "supplier__legal_name", "currency", "-is_main", "pk"
        )
    )
    if not contracts and not any(role in MONEY_ROLES for role in seats(viewer).values()):
        return None
    return panel_of(contract_panels(contracts, now=now))


def contract_panel(contract: Contract, *, now: dt.datetime) -> ContractPanel:
    """The figures of a contract whose money the asker may see."""
    [panel] = contract_panels([contract], now=now)
    return panel


def contract_panels(contracts: Sequence[Contract], *, now: dt.datetime) -> Sequence[ContractPanel]:
    """The figures of contracts whose money the asker may see, in the same order.

    Their supplier, counterparty and managers are best read with them.
    """
    ids = [contract.pk for contract in contracts]
    holdings = _holdings({contract.counterparty.group_id for contract in contracts})
    all_ids = {*ids, *(member for holding in holdings.values() for member in holding.counts_orders)}
    books = _Books(figures=_figures(all_ids), stated=_disagreeing(all_ids), due=_due(ids))
    groups = {
        group_id: _GroupLimit(holding.limit, holding.currency, left=holding.left(books))
        for group_id, holding in holdings.items()
    }
    return [
        _panel(contract, books, groups.get(contract.counterparty.group_id), now=now)
        for contract in contracts
    ]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A balance that the accounting system states, where it differs from ours of that day."""

    as_of: dt.date
    balance: int
    """Negative: an advance."""
    overdue: int | None


@dataclass(frozen=True, slots=True)
class _Books:
    """What is kept of contracts, by their ids. Amounts in minor units."""

    figures: Mapping[uuid.UUID, ContractFigures]
    stated: Mapping[uuid.UUID, _Stated]
    due: Mapping[uuid.UUID, Sequence[tuple[dt.date, int]]]
    """What is open by the day that it is due on, the earliest first; without what has no day."""

    def figures_of(self, contract_id: uuid.UUID) -> ContractFigures:
        """Zeros for a contract that nothing was ever posted to."""
        return self.figures.get(contract_id) or ContractFigures(contract_id=contract_id)

    def debt_of(self, contract_id: uuid.UUID) -> int:
        """As it is shown."""
        stated = self.stated.get(contract_id)
        return max(stated.balance, 0) if stated else self.figures_of(contract_id).debt

    def held_by(self, contract_id: uuid.UUID, *, counts_orders: bool) -> int:
        """What the contract holds of a limit."""
        open_orders = self.figures_of(contract_id).open_orders if counts_orders else 0
        return self.debt_of(contract_id) + open_orders


@dataclass(frozen=True, slots=True)
class _Holding:
    """A group's limit and the contracts that share it."""

    limit: int
    currency: str
    counts_orders: dict[uuid.UUID, bool]
    """By contract: whether its supplier counts open orders towards limits."""

    def left(self, books: _Books) -> int:
        """What its members may still buy on credit."""
        return self.limit - sum(
            books.held_by(contract_id, counts_orders=counts)
            for contract_id, counts in self.counts_orders.items()
        )


@dataclass(frozen=True, slots=True)
class _GroupLimit:
    limit: int
    currency: str
    left: int


def _panel(
    contract: Contract, books: _Books, group: _GroupLimit | None, *, now: dt.datetime
) -> ContractPanel:
    supplier, currency = contract.supplier, contract.currency
    figures, stated = books.figures_of(contract.pk), books.stated.get(contract.pk)
    due = books.due.get(contract.pk, ())
    today = supplier_today(supplier, now)
    own_overdue = sum(amount for day, amount in due if day < today)
    next_due_on, next_due = next((part for part in due if part[0] >= today), (None, 0))
    debt, advance, overdue = figures.debt, figures.advance, own_overdue
    if stated:
        debt, advance = max(stated.balance, 0), max(-stated.balance, 0)
        overdue = min(own_overdue, debt) if stated.overdue is None else stated.overdue
        # Our due parts may add up to more than that debt: what is due next is at most its rest.
        next_due = min(next_due, max(debt - overdue, 0))

    if group and group.currency != currency:
        group = None
    left = []
    if contract.credit_limit is not None:
        held = books.held_by(contract.pk, counts_orders=supplier.counts_open_orders)
        left.append(contract.credit_limit - held)
    if group:
        left.append(group.left)

    def money(minor: int) -> Money:
        return Money.from_minor(minor, currency)

    return ContractPanel(
        contract=contract,
        debt=money(debt),
        advance=money(advance),
        overdue=money(overdue),
        reserved=money(min(figures.reserved, advance)),
        next_due_on=next_due_on if next_due else None,
        next_due_amount=money(next_due) if next_due else None,
        credit_limit=None if contract.credit_limit is None else money(contract.credit_limit),
        group_limit=money(group.limit) if group else None,
        available=money(min(left)) if left else None,
        open_orders=money(figures.open_orders),
        as_of=supplier.heard_at or figures.updated_at or contract.created_at,
        is_stale=_is_stale(contract, now=now),
        is_being_checked=stated is not None,
        stated_as_of=stated.as_of if stated else None,
        own_debt=money(figures.debt),
        own_advance=money(figures.advance),
        own_overdue=money(own_overdue),
    )


def _is_stale(contract: Contract, *, now: dt.datetime) -> bool:
    supplier = contract.supplier
    if supplier.heard_at is None:
        return False  # there is no accounting system to wait for
    return now - supplier.heard_at > dt.timedelta(hours=supplier.stale_after_hours)


def _figures(contract_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ContractFigures]:
    return {
        row.contract_id: row for row in ContractFigures.objects.filter(contract__in=contract_ids)
    }


def _due(contract_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[tuple[dt.date, int]]]:
    by_contract: dict[uuid.UUID, list[tuple[dt.date, int]]] = defaultdict(list)
    parts = (
        DuePart.objects.filter(contract__in=contract_ids, residual__gt=0)
        .exclude(due_on=None)
        .order_by("contract", "due_on")
        .values_list("contract", "due_on")
        .annotate(residuals=Sum("residual"))
    )
    for contract_id, due_on, residual in parts:
        by_contract[contract_id].append((due_on, residual))
    return by_contract


def _holdings(group_ids: Collection[int | None]) -> dict[int | None, _Holding]:
    """The groups that have a limit, with their members' contracts in the limit's currency."""
    wanted = {group_id for group_id in group_ids if group_id is not None}
    if not wanted:
        return {}
    holdings: dict[int | None, _Holding] = {}
    contracts = (
        Contract.objects.filter(
            counterparty__group__in=wanted,
            counterparty__group__credit_limit__isnull=False,
            currency=F("counterparty__group__currency"),
        )
        .order_by()
        .values_list(
            "pk",
            "currency",
            "supplier__counts_open_orders",
            "counterparty__group",
            "counterparty__group__credit_limit",
        )
    )
    for contract_id, currency, counts_orders, group_id, limit in contracts:
        holding = holdings.setdefault(group_id, _Holding(limit or 0, currency, counts_orders={}))
        holding.counts_orders[contract_id] = counts_orders
    return holdings


def _disagreeing(contract_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, _Stated]:
    """Each contract's newest stated balance, where ours at the end of its day is another."""
    newest = (
        StatedBalance.objects.filter(contract=OuterRef("pk")).order_by("-as_of", "-id").values("pk")
    )
    before = (
        MonthTurnover.objects.filter(contract=OuterRef("contract"), month__lt=OuterRef("month"))
        .order_by()
        .values("contract")
        .annotate(net=Sum(F("debit") - F("credit")))
        .values("net")
    )
    within = (
        Entry.objects.filter(
            contract=OuterRef("contract"),
            effective_on__gte=OuterRef("month"),
            effective_on__lte=OuterRef("as_of"),
        )
        .order_by()
        .values("contract")
        .annotate(net=Sum("amount"))
        .values("net")
    )
    stated = (
        StatedBalance.objects.filter(
            pk__in=Contract.objects.filter(pk__in=contract_ids).values(newest=Subquery(newest[:1]))
        )
        .annotate(month=TruncMonth("as_of", output_field=DateField()))
        .annotate(ours=Coalesce(Subquery(before), 0) + Coalesce(Subquery(within), 0))
    )
    return {
        row.contract_id: _Stated(row.as_of, row.debt, row.overdue)
        for row in stated
        if row.ours != row.debt
    }
