"""Contracts with money in them, and their books as values that can be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from saleor_b2b_docs.parties.models import Contract, Counterparty, Coverage, Supplier
from saleor_b2b_docs.settlements.models import (
    Allocation,
    ContractFigures,
    Credit,
    DuePart,
    Entry,
    EntryKind,
    MonthTurnover,
    OpenOrder,
)
from saleor_b2b_docs.settlements.postings import NewPosting, PostingSummary
from saleor_b2b_docs.settlements.services import post
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

NOW = dt.datetime(2026, 3, 10, 9, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 10)


def day(number: int, month: int = 3) -> dt.date:
    """A day of 2026, in March unless said otherwise."""
    return dt.date(2026, month, number)


def a_contract(supplier: Supplier | None = None, *, currency: str = "UAH") -> Contract:
    """A contract of a new counterparty, with the supplier's terms: 14 days."""
    supplier = supplier or make_supplier(make_installation())
    counterparty = Counterparty.objects.create(
        installation=supplier.installation, name="ТОВ «Покупець»", created_at=timezone.now()
    )
    return Contract.objects.create(
        supplier=supplier,
        counterparty=counterparty,
        currency=currency,
        is_main=True,
        coverage=Coverage.FULL,
        created_at=timezone.now(),
    )


def posting(
    contract: Contract,
    kind: EntryKind,
    reference: str,
    amount: int,
    on: dt.date,
    *,
    orders: Sequence[tuple[str, int | None] | str] = (),
    stated: Sequence[tuple[str, int | None] | str] = (),
    due: dt.date | None = None,
    subtype: str = "",
) -> NewPosting:
    """A posting whose number is its reference. `due` dates a debit as one part."""
    return NewPosting(
        reference=reference,
        contract=contract,
        kind=kind,
        amount=amount,
        effective_on=on,
        number=reference,
        orders=tuple((link, None) if isinstance(link, str) else link for link in orders),
        stated=tuple((link, None) if isinstance(link, str) else link for link in stated),
        due_parts=((due, amount),) if due else None,
        subtype=subtype,
    )


def waybill(
    contract: Contract, reference: str, amount: int, on: dt.date, **more: Any
) -> NewPosting:
    """A debit."""
    return posting(contract, EntryKind.WAYBILL, reference, amount, on, **more)


def payment(
    contract: Contract, reference: str, amount: int, on: dt.date, **more: Any
) -> NewPosting:
    """A credit."""
    return posting(contract, EntryKind.PAYMENT, reference, amount, on, **more)


def sales_return(
    contract: Contract, reference: str, amount: int, on: dt.date, **more: Any
) -> NewPosting:
    """A credit that takes back a sale."""
    return posting(contract, EntryKind.RETURN, reference, amount, on, **more)


def book(*postings: NewPosting) -> PostingSummary:
    """Post them in one batch."""
    return post(postings[0].contract.supplier.installation, postings, now=NOW)


def settled(contract: Contract) -> dict[str, Any]:
    """Everything derived of a contract, by references, which don't depend on arrival."""
    figures = ContractFigures.objects.get(contract=contract)
    return {
        "parts": {
            (row.entry.reference, row.position): (row.due_on, row.amount, row.residual)
            for row in DuePart.objects.filter(contract=contract).select_related("entry")
        },
        "credits": {
            row.entry.reference: (row.residual, row.reserved)
            for row in Credit.objects.filter(contract=contract).select_related("entry")
        },
        "allocations": {
            (
                row.credit.reference,
                row.due_part.entry.reference,
                row.due_part.position,
                row.rule,
            ): row.amount
            for row in Allocation.objects.filter(contract=contract).select_related(
                "credit", "due_part__entry"
            )
        },
        "turnovers": {
            row.month: row.debit - row.credit
            for row in MonthTurnover.objects.filter(contract=contract)
            if row.debit != row.credit
        },
        "open orders": {
            row.order_id: (row.total, row.shipped, row.reserved, row.open_amount)
            for row in OpenOrder.objects.filter(contract=contract)
        },
        "figures": (
            figures.debt,
            figures.advance,
            figures.reserved,
            figures.open_orders,
            figures.last_effective_on,
            figures.last_reference,
        ),
    }


def residuals(contract: Contract) -> dict[str, int]:
    """What is open, by reference; advances are negative."""
    found = {
        row.entry.reference: -row.residual
        for row in Credit.objects.filter(contract=contract, residual__gt=0).select_related("entry")
    }
    for part in DuePart.objects.filter(contract=contract, residual__gt=0).select_related("entry"):
        found[part.entry.reference] = found.get(part.entry.reference, 0) + part.residual
    return found


def entry_rows() -> list[tuple[Any, ...]]:
    """All entries as they stand, for tests that nothing changed."""
    return list(
        Entry.objects.order_by("pk").values_list("reference", "amount", "effective_on", "kind")
    )
