"""Writes of papers and money of a batch, all at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.received.context import InvalidReceived
from saleor_b2b_docs.documents.received.services import receive_all, void_all_received
from saleor_b2b_docs.onec.facts import BalanceFact
from saleor_b2b_docs.onec.intake.batches import Item
from saleor_b2b_docs.onec.intake.books.planning import Plan
from saleor_b2b_docs.onec.intake.money import minor, reference
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.settlements.models import Posting, StatedBalance
from saleor_b2b_docs.settlements.moving.services import begin_books
from saleor_b2b_docs.settlements.payments.services import (
    record,
    record_provisional,
    unrecord,
    withdraw_provisional,
)
from saleor_b2b_docs.settlements.services import state_balance


def book(base: Base, plan: Plan, *, now: dt.datetime) -> set[UUID]:
    """Have papers and books say what is planned; the contracts whose money changed.

    Raises InvalidReceived, InvalidPosting or a database's error where a fact turns out to be bad
    only now: the caller's transaction is void then.
    """
    documents = _receive(base, plan, now=now)
    _begin_books(plan, now=now)
    contracts = _take_back(base, plan, now=now)
    contracts |= _post(base, plan, documents, now=now)
    _state(plan.balances, now=now)
    for supplier_id, through in plan.through.items():
        Supplier.objects.filter(pk=supplier_id).update(payments_entered_through=through)
    return contracts


def _receive(base: Base, plan: Plan, *, now: dt.datetime) -> dict[Item, Document]:
    kept = receive_all(
        base.installation, [received for _, received in plan.papers], are_checked=True, now=now
    )
    documents: dict[Item, Document] = {}
    for (item, _), document in zip(plan.papers, kept, strict=True):
        if isinstance(document, InvalidReceived):
            raise document
        documents[item] = document
    if plan.void:
        void_all_received(base.installation, source=base.code, keys=plan.void, now=now)
    return documents


def _begin_books(plan: Plan, *, now: dt.datetime) -> None:
    """An opening says when its contract's books begin, where nothing else has."""
    for contract, day in plan.openings:
        if contract.books_from is None:
            contract.books_from = day
            contract.save(update_fields=["books_from"])
            begin_books(contract, day, now=now)


def _take_back(base: Base, plan: Plan, *, now: dt.datetime) -> set[UUID]:
    names = [reference(base.code, item.fact.key) for item in plan.unposted]
    if not names:
        return set()
    installation = base.installation
    touched = set(
        Posting.objects.filter(
            installation=installation, reference__in=names, entry__isnull=False
        ).values_list("entry__contract", flat=True)
    )
    unrecord(installation, names, now=now)
    payments = [
        reference(base.code, item.fact.key) for item in plan.unposted if item.kind == "payment"
    ]
    if payments:
        withdraw_provisional(installation, payments)
    return {pk for pk in touched if pk is not None}


def _post(
    base: Base, plan: Plan, documents: dict[Item, Document], *, now: dt.datetime
) -> set[UUID]:
    postings = [
        dataclasses.replace(posting, document=documents[item]) if item in documents else posting
        for item, posting in plan.postings.items()
    ]
    if plan.announced:
        record_provisional(
            base.installation,
            [dataclasses.replace(payment, source="bank_file") for payment in plan.announced],
            now=now,
        )
    if not postings and not plan.payments:
        return set()
    summary = record(base.installation, plan.payments, beside=postings, now=now)
    return {contract.pk for contract in summary.contracts}


def _state(balances: Sequence[tuple[Contract, BalanceFact]], *, now: dt.datetime) -> None:
    """Keep what balances were stated; one that says what the newest of its day says is none."""
    if not balances:
        return
    newest = {
        (row.contract_id, row.as_of): (row.debt, row.overdue)
        for row in StatedBalance.objects.filter(
            contract__in={contract.pk for contract, _ in balances},
            as_of__in={fact.as_of for _, fact in balances},
        ).order_by("pk")
    }
    for contract, fact in balances:
        debt = minor(fact.debt, fact.currency)
        overdue = None if fact.overdue is None else minor(fact.overdue, fact.currency)
        if newest.get((contract.pk, fact.as_of)) != (debt, overdue):
            newest[contract.pk, fact.as_of] = (debt, overdue)
            state_balance(contract, as_of=fact.as_of, debt=debt, overdue=overdue, now=now)
