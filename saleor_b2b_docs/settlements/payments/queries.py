"""Payments that a viewer may see, the newest first. The number of statements is constant."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet, Sum

from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.pages import (
    InvalidCursor,
    Page,
    check_page_size,
    decode_cursor,
    encode_cursor,
)
from saleor_b2b_docs.money import Money, currency_decimals
from saleor_b2b_docs.parties.queries import money_contracts
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.models import Allocation, Credit, Payment
from saleor_b2b_docs.settlements.payments.rows import PaymentFilters, PaymentRow, Settled

_SHOWN = Q(is_provisional=True, matched=None) | Q(is_provisional=False, entry__isnull=False)
"""Neither a provisional payment that has become a real one, nor one that was unposted."""


def payments(
    viewer: Viewer, *, filters: PaymentFilters, first: int, after: str = ""
) -> Page[PaymentRow]:
    """A page of payments, each with what it settled. A foreign contract has none.

    `first` is 1 to 100. Raises InvalidCursor and InvalidPageSize.
    """
    check_page_size(first)
    found = _filtered(_visible(viewer, filters.contract_id), viewer, filters)
    if after:
        found = found.filter(_after(after))
    rows = list(
        found.select_related(
            "contract__supplier",
            "contract__counterparty__manager",
            "contract__manager",
            "document",
        ).order_by("-received_on", "id")[: first + 1]
    )
    shown = rows[:first]
    return Page(
        rows=_rows(shown),
        cursors=tuple(
            encode_cursor(payment.received_on.isoformat(), str(payment.pk)) for payment in shown
        ),
        has_next=len(rows) > first,
        has_previous=bool(after),
    )


def _visible(viewer: Viewer, contract_id: uuid.UUID | None) -> QuerySet[Payment]:
    contracts = money_contracts(viewer)
    shown = Payment.objects.filter(_SHOWN)
    if contract_id is not None:
        # Both: the first is what an index begins with, the second what the viewer may see.
        return shown.filter(contract=contract_id, contract__in=contracts.filter(pk=contract_id))
    if viewer.kind is ViewerKind.CUSTOMER:
        # A few ids, and of one contract the newest are found without sorting the rest.
        return shown.filter(contract__in=list(contracts.values_list("pk", flat=True)))
    return shown.filter(contract__in=contracts)


def _filtered(
    found: QuerySet[Payment], viewer: Viewer, filters: PaymentFilters
) -> QuerySet[Payment]:
    if filters.date_from is not None:
        found = found.filter(received_on__gte=filters.date_from)
    if filters.date_to is not None:
        found = found.filter(received_on__lte=filters.date_to)
    if filters.is_provisional is not None:
        found = found.filter(is_provisional=filters.is_provisional)
    if filters.search.strip():
        found = found.filter(_matches(filters.search, viewer))
    return found


def _matches(search: str, viewer: Viewer) -> Q:
    """By number, or by amount where the text is one."""
    matches = Q(pk__in=())
    if key := search_key(search):
        matches |= Q(search_key__contains=key)
    if amount := _AMOUNT.fullmatch(_IN_AMOUNTS.sub("", search).replace(",", ".")):
        currencies = money_contracts(viewer).order_by().values_list("currency", flat=True)
        for currency in currencies.distinct():
            matches |= _is_amount(amount["whole"], amount["fraction"] or "", currency)
    return matches


_IN_AMOUNTS = re.compile(r"[\s'’+−-]+")
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,15})(\.(?P<fraction>[0-9]{1,3}))?")


def _is_amount(whole: str, fraction: str, currency: str) -> Q:
    """A whole number means any fraction."""
    decimals = currency_decimals(currency)
    if len(fraction) > decimals:
        return Q(pk__in=())
    least = int(whole + fraction.ljust(decimals, "0"))
    most = least if fraction else least + 10**decimals - 1
    if most >= 2**63:
        return Q(pk__in=())
    return Q(contract__currency=currency) & (
        Q(amount__range=(least, most)) | Q(amount__range=(-most, -least))
    )


def _after(cursor: str) -> Q:
    day, payment_id = decode_cursor(cursor, str, str)
    try:
        received_on, pk = dt.date.fromisoformat(str(day)), uuid.UUID(str(payment_id))
    except ValueError as error:
        raise InvalidCursor("not a cursor of payments") from error
    return Q(received_on__lt=received_on) | Q(received_on=received_on, pk__gt=pk)


def _rows(found: Sequence[Payment]) -> tuple[PaymentRow, ...]:
    entry_ids = [payment.entry_id for payment in found if payment.entry_id is not None]
    settled = _settled(entry_ids)
    residuals: dict[int | None, int] = dict(
        Credit.objects.filter(entry__in=entry_ids).values_list("entry", "residual")
    )
    rows = []
    for payment in found:
        currency = payment.contract.currency
        # A refund is a debit, and a provisional payment is not in the books: neither is an advance.
        residual = residuals.get(payment.entry_id, 0)
        rows.append(
            PaymentRow(
                payment=payment,
                amount=Money.from_minor(payment.amount, currency),
                settled=tuple(
                    Settled(kind, number, day, Money.from_minor(amount, currency))
                    for kind, number, day, amount in settled.get(payment.entry_id, ())
                ),
                unallocated=Money.from_minor(residual, currency),
            )
        )
    return tuple(rows)


def _settled(
    entry_ids: Collection[int],
) -> dict[int | None, list[tuple[str, str, dt.date, int]]]:
    """By credit: kind, number, date and settled amount of each debit, the oldest first."""
    by_credit: dict[int | None, list[tuple[str, str, dt.date, int]]] = defaultdict(list)
    sums = (
        Allocation.objects.filter(credit__in=entry_ids)
        .order_by("credit", "due_part__entry__document_on", "due_part__entry")
        .values_list(
            "credit",
            "due_part__entry",
            "due_part__entry__kind",
            "due_part__entry__number",
            "due_part__entry__document_on",
        )
        .annotate(Sum("amount"))
    )
    for credit_id, _, kind, number, day, amount in sums:
        by_credit[credit_id].append((kind, number, day, amount))
    return by_credit
