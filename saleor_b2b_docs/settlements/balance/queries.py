"""Open documents and aging of a contract whose money the asker may see.

They cost what is open and don't grow with the history. The number of statements is constant.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
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
        listed = _found(contract, parts, credits, search=search, today=today)
    else:
        listed = _all(parts, credits, today=today)
    rows = tuple(islice(_rows(contract, listed, today=today), MAX_ROWS))

    def money(minor: int | None) -> Money:
        return Money.from_minor(minor or 0, contract.currency)

    total = OpenDocumentsTotal(
        amount=money(listed.amount),
        residual=money(listed.residual),
        overdue=money(listed.overdue),
        debt=money(debt),
        advance=money(advance),
    )
    return OpenDocuments(rows, total, is_cut=listed.count > MAX_ROWS)


def open_document_rows(contract: Contract, *, today: dt.date) -> Iterator[OpenDocument]:
    """All of the rows, however many: read by portions of MAX_ROWS."""
    part_ids = list(_open_parts(contract).values_list("pk", flat=True))
    for portion in _portions(part_ids):
        yield from _part_rows(contract, portion, today=today)
    credit_ids = list(_open_credits(contract).values_list("pk", flat=True))
    for portion in _portions(credit_ids):
        yield from _credit_rows(contract, portion)


def _open_parts(contract: Contract) -> QuerySet[DuePart]:
    """The longest due first; what is due on an unknown day last."""
    return DuePart.objects.filter(contract=contract, residual__gt=0).order_by(
        F("due_on").asc(nulls_last=True), "entry_id", "position"
    )


def _open_credits(contract: Contract) -> QuerySet[Credit]:
    return Credit.objects.filter(contract=contract, residual__gt=0).order_by("entry_id")


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is to be shown, in order, at most MAX_ROWS of each; count and sums are of all."""

    part_ids: Sequence[int]
    credit_ids: Sequence[int]
    count: int
    """Of rows."""
    amount: int
    residual: int
    overdue: int


def _all(parts: QuerySet[DuePart], credits: QuerySet[Credit], *, today: dt.date) -> _Listed:
    owed = parts.aggregate(
        rows=Count("pk"),
        amounts=Sum("amount", default=0),
        residuals=Sum("residual", default=0),
        overdue=Sum("residual", filter=Q(due_on__lt=today), default=0),
    )
    paid = credits.aggregate(
        rows=Count("pk"),
        in_two_rows=Count("pk", filter=_IN_TWO_ROWS),
        amounts=Sum("entry__amount", default=0),
        residuals=Sum("residual", default=0),
    )
    return _Listed(
        part_ids=list(parts.values_list("pk", flat=True)[:MAX_ROWS]),
        credit_ids=list(credits.values_list("pk", flat=True)[:MAX_ROWS]),
        count=owed["rows"] + paid["rows"] + paid["in_two_rows"],
        amount=owed["amounts"] + paid["amounts"],
        residual=owed["residuals"] - paid["residuals"],
        overdue=owed["overdue"],
    )


def _found(
    contract: Contract,
    parts: QuerySet[DuePart],
    credits: QuerySet[Credit],
    *,
    search: str,
    today: dt.date,
) -> _Listed:
    """Compares here, not in the database: openings have numbers without a kept search key."""
    key = search_key(search)
    orders = _order_numbers(contract, parts.values("entry"))
    orders |= _order_numbers(contract, credits.values("entry"))

    def matches(entry_id: int, number: str) -> bool:
        return bool(key) and any(
            key in search_key(text) for text in (number, *orders.get(entry_id, ()))
        )

    owed = [
        row
        for row in parts.values_list(
            "pk", "entry_id", "entry__number", "amount", "residual", "due_on"
        )
        if matches(row[1], row[2])
    ]
    paid = [
        row
        for row in credits.values_list(
            "pk", "entry_id", "entry__number", "entry__amount", "residual", "reserved"
        )
        if matches(row[1], row[2])
    ]
    return _Listed(
        part_ids=[row[0] for row in owed[:MAX_ROWS]],
        credit_ids=[row[0] for row in paid[:MAX_ROWS]],
        count=len(owed) + len(paid) + sum(0 < row[5] < row[4] for row in paid),
        amount=sum(row[3] for row in owed) + sum(row[3] for row in paid),
        residual=sum(row[4] for row in owed) - sum(row[4] for row in paid),
        overdue=sum(row[4] for row in owed if days_overdue(row[5], today=today)),
    )


_IN_TWO_ROWS = Q(reserved__gt=0, reserved__lt=F("residual"))
"""Advances of which only a part is reserved."""


def _rows(contract: Contract, listed: _Listed, *, today: dt.date) -> Iterator[OpenDocument]:
    yield from _part_rows(contract, listed.part_ids, today=today)
    yield from _credit_rows(contract, listed.credit_ids)


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


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), MAX_ROWS):
        yield ids[start : start + MAX_ROWS]
