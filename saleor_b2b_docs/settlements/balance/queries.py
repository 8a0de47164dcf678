"""Open documents and aging of a contract whose money the asker may see.

They cost what is open and don't grow with the history. The number of statements is constant.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.aging import Aging, age, days_overdue
from saleor_b2b_docs.settlements.allocation import RETURNS
from saleor_b2b_docs.settlements.balance.rows import (
    OpenDocument,
    OpenDocuments,
    OpenDocumentsTotal,
)
from saleor_b2b_docs.settlements.models import Allocation, Credit, DuePart, Entry, EntryOrder

MAX_ROWS = 1000
"""At once: more nobody reads, and the export has them all."""
_ENTRIES_AT_ONCE = 10_000
"""SQLite takes some 32,000 parameters."""


def aging(contract: Contract, *, today: dt.date) -> Aging:
    """The contract's debt by how long it is overdue. `today` is the supplier's."""
    residuals = _open_parts(contract).order_by().values_list("due_on").annotate(Sum("residual"))
    return age(residuals, today=today, currency=contract.currency)


def open_documents(
    contract: Contract, *, today: dt.date, search: str = "", only_overdue: bool = False
) -> OpenDocuments:
    """What the contract's debt and advance consist of. `today` is the supplier's.

    `search` finds numbers of papers and of orders, see documents/numbers.py. At most MAX_ROWS
    rows; the total is of all.
    """
    parts, credits = _open_parts(contract), _open_credits(contract)
    debt = parts.aggregate(sum=Sum("residual"))["sum"]
    advance = credits.aggregate(sum=Sum("residual"))["sum"]
    if only_overdue:
        parts, credits = parts.filter(due_on__lt=today), credits.none()
    if search.strip():
        matches = _matching(contract, parts, credits, search=search)
        owed, paid = _found_parts(parts, matches, today=today), _listed_credits(credits, matches)
    else:
        owed, paid = _all_parts(parts, today=today), _listed_credits(credits)
    rows = chain(_part_rows(contract, owed.ids, today=today), _credit_rows(contract, paid.ids))

    def money(minor: int | None) -> Money:
        return Money.from_minor(minor or 0, contract.currency)

    total = OpenDocumentsTotal(
        amount=money(owed.amount + paid.amount),
        residual=money(owed.residual + paid.residual),
        overdue=money(owed.overdue),
        debt=money(debt),
        advance=money(advance),
    )
    shown = tuple(islice(rows, MAX_ROWS))
    return OpenDocuments(shown, total, is_cut=owed.rows + paid.rows > MAX_ROWS)


def open_document_rows(contract: Contract, *, today: dt.date) -> Iterator[OpenDocument]:
    """All of the rows, however many: read by portions of MAX_ROWS."""
    part_ids = list(_open_parts(contract).values_list("pk", flat=True))
    for portion in _portions(part_ids, MAX_ROWS):
        yield from _part_rows(contract, portion, today=today)
    credit_ids = list(_open_credits(contract).values_list("pk", flat=True))
    for portion in _portions(credit_ids, MAX_ROWS):
        yield from _credit_rows(contract, portion)


def _open_parts(contract: Contract) -> QuerySet[DuePart]:
    """The longest due first; what is due on an unknown day last."""
    return DuePart.objects.filter(contract=contract, residual__gt=0).order_by(
        F("due_on").asc(nulls_last=True), "entry_id", "position"
    )


def _open_credits(contract: Contract) -> QuerySet[Credit]:
    return Credit.objects.filter(contract=contract, residual__gt=0).order_by("entry_id")


_Matches = Callable[[int, str], bool]
"""Whether an entry of this id and number is one that is looked for."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """Open items to show. Sums are in minor units, those of credits negative."""

    ids: Sequence[int]
    """At most MAX_ROWS, in order; everything else is of all."""
    rows: int
    amount: int
    residual: int
    overdue: int


def _all_parts(parts: QuerySet[DuePart], *, today: dt.date) -> _Listed:
    sums = parts.aggregate(
        rows=Count("pk"),
        amounts=Sum("amount", default=0),
        residuals=Sum("residual", default=0),
        overdue=Sum("residual", filter=Q(due_on__lt=today), default=0),
    )
    return _Listed(
        ids=list(parts.values_list("pk", flat=True)[:MAX_ROWS]),
        rows=sums["rows"],
        amount=sums["amounts"],
        residual=sums["residuals"],
        overdue=sums["overdue"],
    )


def _found_parts(parts: QuerySet[DuePart], matches: _Matches, *, today: dt.date) -> _Listed:
    found = [
        part
        for part in parts.values_list(
            "pk", "entry_id", "entry__number", "amount", "residual", "due_on", named=True
        )
        if matches(part.entry_id, part.entry__number)
    ]
    return _Listed(
        ids=[part.pk for part in found[:MAX_ROWS]],
        rows=len(found),
        amount=sum(part.amount for part in found),
        residual=sum(part.residual for part in found),
        overdue=sum(part.residual for part in found if days_overdue(part.due_on, today=today)),
    )


def _listed_credits(credits: QuerySet[Credit], matches: _Matches | None = None) -> _Listed:
    """All of the advances, which are few, or those that match.

    Their entries are read by id. A join would be planned for as many advances as contracts have
    in general, and PostgreSQL would start parallel workers for it.
    """
    found = list(credits)
    entries: dict[int, tuple[int, str]] = {}
    for portion in _portions([credit.entry_id for credit in found], _ENTRIES_AT_ONCE):
        for entry_id, amount, number in Entry.objects.filter(pk__in=portion).values_list(
            "pk", "amount", "number"
        ):
            entries[entry_id] = (amount, number)
    if matches:
        found = [
            credit for credit in found if matches(credit.entry_id, entries[credit.entry_id][1])
        ]
    return _Listed(
        ids=[credit.pk for credit in found[:MAX_ROWS]],
        # One of which only a part is reserved takes two.
        rows=sum(1 + (0 < credit.reserved < credit.residual) for credit in found),
        amount=sum(entries[credit.entry_id][0] for credit in found),
        residual=-sum(credit.residual for credit in found),
        overdue=0,
    )


def _matching(
    contract: Contract, parts: QuerySet[DuePart], credits: QuerySet[Credit], *, search: str
) -> _Matches:
    """Compares here, not in the database: openings have numbers without a kept search key."""
    key = search_key(search)
    orders = _order_numbers(contract, parts.values("entry"))
    orders |= _order_numbers(contract, credits.values("entry"))

    def matches(entry_id: int, number: str) -> bool:
        numbers = (number, *orders.get(entry_id, ()))
        return bool(key) and any(key in search_key(text) for text in numbers)

    return matches


def _part_rows(
    contract: Contract, part_ids: Sequence[int], *, today: dt.date
) -> Iterator[OpenDocument]:
    parts = DuePart.objects.select_related("entry__document").in_bulk(part_ids)
    orders = _order_numbers(contract, {part.entry_id for part in parts.values()})
    settled = _settled(part_ids)

    def money(minor: int) -> Money:
        return Money.from_minor(minor, contract.currency)

    for part_id in part_ids:
        part = parts.get(part_id)
        if part is None:
            continue  # settled anew between the two reads
        entry = part.entry
        late = days_overdue(part.due_on, today=today)
        returned, paid = settled.get(part_id, (0, 0))
        yield OpenDocument(
            kind=entry.kind,
            number=entry.number,
            date=entry.document_on,
            document=entry.document,
            order_number=", ".join(orders.get(entry.pk, ())),
            amount=money(part.amount),
            returned=money(returned),
            paid=money(paid),
            residual=money(part.residual),
            deferral_days=entry.terms_days,
            pay_by=part.due_on,
            days_overdue=late,
            overdue=money(part.residual if late else 0),
            is_advance=False,
            is_reserved=False,
        )


def _credit_rows(contract: Contract, credit_ids: Sequence[int]) -> Iterator[OpenDocument]:
    credits = Credit.objects.select_related("entry__document").in_bulk(credit_ids)
    orders = _order_numbers(contract, {credit.entry_id for credit in credits.values()})
    for credit_id in credit_ids:
        credit = credits.get(credit_id)
        if credit is None:
            continue
        numbers = ", ".join(orders.get(credit.entry_id, ()))
        # What was used stands in the first row, so that two rows add up to the payment.
        used = -credit.entry.amount - credit.residual
        for residual, is_reserved in (
            (credit.reserved, True),
            (credit.residual - credit.reserved, False),
        ):
            if residual:
                yield _advance(
                    credit.entry,
                    numbers,
                    residual=Money.from_minor(-residual, contract.currency),
                    used=Money.from_minor(-used, contract.currency),
                    is_reserved=is_reserved,
                )
                used = 0


def _advance(
    entry: Entry, order_number: str, *, residual: Money, used: Money, is_reserved: bool
) -> OpenDocument:
    zero = Money.from_minor(0, residual.currency)
    return OpenDocument(
        kind=entry.kind,
        number=entry.number,
        date=entry.document_on,
        document=entry.document,
        order_number=order_number,
        amount=residual + used,
        returned=zero,
        paid=used,
        residual=residual,
        deferral_days=None,
        pay_by=None,
        days_overdue=0,
        overdue=zero,
        is_advance=True,
        is_reserved=is_reserved,
    )


def _settled(part_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of each part, what returns and what everything else has settled."""
    sums = (
        Allocation.objects.filter(due_part__in=part_ids)
        .order_by()
        .values_list("due_part")
        .annotate(
            returned=Sum("amount", filter=Q(credit__kind__in=RETURNS), default=0),
            settled=Sum("amount"),
        )
    )
    return {part_id: (returned, settled - returned) for part_id, returned, settled in sums}


def _order_numbers(
    contract: Contract, entries: Collection[int] | QuerySet[Any, Any]
) -> dict[int, list[str]]:
    """Numbers of the orders that entries are about, as far as these are known here."""
    number = Order.objects.filter(
        installation=contract.supplier.installation_id, saleor_id=OuterRef("order_id")
    ).values("number")
    numbers: dict[int, list[str]] = defaultdict(list)
    for entry_id, order_number in (
        EntryOrder.objects.filter(entry__in=entries)
        .order_by("pk")
        .values_list("entry", Subquery(number[:1]))
    ):
        if order_number:
            numbers[entry_id].append(order_number)
    return numbers


def _portions(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
