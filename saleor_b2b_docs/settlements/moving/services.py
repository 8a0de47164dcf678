"""Writes that put right what was posted before the accounting system had told of its contract."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

import structlog
from django.db import transaction

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.ledger.services import refresh_open_orders
from saleor_b2b_docs.settlements.models import (
    Entry,
    EntryKind,
    EntryOrder,
    Payment,
    Posting,
    StatedBalance,
    StatedSettlement,
)
from saleor_b2b_docs.settlements.payments.services import unrecord
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.services import lock_figures, post

log = structlog.get_logger(__name__)

_Row = TypeVar("_Row", EntryOrder, StatedSettlement)

_BATCH = 500
_OPENINGS = (EntryKind.OPENING_DEBT, EntryKind.OPENING_ADVANCE)


def move_money(source: Contract, target: Contract, *, now: dt.datetime) -> int:
    """Everything of a contract that was made on the spot belongs to another one of its parties and
    currency: entries, by stornos and anew, payments, papers, stated balances and orders; how many
    entries. The emptied contract is closed. Raises InvalidPosting.
    """
    installation = target.supplier.installation
    with transaction.atomic():
        moved = _postings(source, target)
        post(installation, moved, now=now)
        entries = dict(
            Posting.objects.filter(installation=installation, entry__contract=target).values_list(
                "reference", "entry"
            )
        )
        payments = list(Payment.objects.filter(contract=source))
        for payment in payments:
            payment.contract = target
            if payment.entry_id is not None:
                # None where the target's books begin after it.
                payment.entry_id = entries.get(payment.reference)
        Payment.objects.bulk_update(payments, ["contract", "entry"], batch_size=_BATCH)
        Document.objects.filter(contract=source).update(
            contract=target, counterparty=target.counterparty_id
        )
        StatedBalance.objects.filter(contract=source).update(contract=target)
        _move_orders(source, target, now=now)
        source.is_main, source.is_closed = False, True
        source.save(update_fields=["is_main", "is_closed"])
    log.info("money moved", source=str(source.pk), target=str(target.pk), entries=len(moved))
    return len(moved)


def begin_books(contract: Contract, day: dt.date, *, now: dt.datetime) -> int:
    """The contract's books begin on this day: what was posted of earlier days is in its openings,
    and leaves the books; how many entries. The contract's own row is the caller's to write."""
    with transaction.atomic():
        earlier = (
            Posting.objects.filter(entry__contract=contract, entry__effective_on__lt=day)
            .exclude(entry__kind__in=_OPENINGS)
            .values_list("reference", flat=True)
        )
        return unrecord(contract.supplier.installation, list(earlier), now=now)


def _postings(source: Contract, target: Contract) -> list[NewPosting]:
    kept = list(Posting.objects.filter(entry__contract=source).select_related("entry__document"))
    entries = [posting.entry_id for posting in kept if posting.entry_id is not None]
    orders = _by_entry(EntryOrder.objects.filter(entry__in=entries).order_by("id"))
    stated = _by_entry(StatedSettlement.objects.filter(entry__in=entries).order_by("position"))
    return [
        _posting(
            posting,
            posting.entry,
            target,
            orders=tuple((row.order_id, row.amount) for row in orders[posting.entry_id]),
            stated=tuple((row.reference, row.amount) for row in stated[posting.entry_id]),
        )
        for posting in kept
        if posting.entry is not None
    ]


def _posting(
    posting: Posting,
    entry: Entry,
    target: Contract,
    *,
    orders: tuple[tuple[str, int | None], ...],
    stated: tuple[tuple[str, int | None], ...],
) -> NewPosting:
    """What was posted, to another contract; due dates that terms had made are made anew."""
    due_parts = None
    if posting.are_parts_given and posting.due_parts is not None:
        due_parts = tuple(
            (dt.date.fromisoformat(day) if day else None, amount)
            for day, amount in posting.due_parts
        )
    return NewPosting(
        reference=posting.reference,
        contract=target,
        kind=EntryKind(entry.kind),
        amount=abs(entry.amount),
        effective_on=entry.effective_on,
        number=entry.number,
        document_on=entry.document_on,
        document=entry.document,
        orders=orders,
        stated=stated,
        due_parts=due_parts,
        invoiced_on=posting.invoiced_on,
        subtype=entry.subtype,
        document_amount=entry.document_amount,
        document_currency=entry.document_currency,
        rate=entry.rate,
        rate_on=entry.rate_on,
        comment=entry.comment,
    )


def _by_entry(rows: Iterable[_Row]) -> dict[int | None, list[_Row]]:
    found: dict[int | None, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(row)
    return found


def _move_orders(source: Contract, target: Contract, *, now: dt.datetime) -> None:
    orders = Order.objects.filter(contract=source)
    order_ids = list(orders.values_list("saleor_id", flat=True))
    if not order_ids:
        return
    orders.update(contract=target)
    for contract in sorted((source, target), key=lambda contract: str(contract.pk)):
        figures = lock_figures(contract)
        refresh_open_orders(contract, figures, order_ids)
        figures.updated_at = now
        figures.save()
