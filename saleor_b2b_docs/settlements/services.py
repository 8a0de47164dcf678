"""Writes of money: posting, unposting, stated balances. Each is one transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import transaction
from django.db.models import F, Q

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import calendar_of, terms_of
from saleor_b2b_docs.parties.terms import Calendar, Terms, due_parts
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.allocation import CreditItem, Part
from saleor_b2b_docs.settlements.ledger.queries import CLOSED, debit_parts
from saleor_b2b_docs.settlements.ledger.services import (
    Difference,
    add_turnovers,
    compare_open_orders,
    compare_settlement,
    compare_turnovers,
    refresh_open_orders,
    settle_anew,
    settle_new,
)
from saleor_b2b_docs.settlements.models import (
    Allocation,
    ContractFigures,
    Credit,
    Entry,
    EntryKind,
    EntryOrder,
    Posting,
    StatedBalance,
    StatedSettlement,
)
from saleor_b2b_docs.settlements.postings import (
    InvalidPosting,
    NewPosting,
    PostingSummary,
    check,
    fingerprint,
)

log = structlog.get_logger(__name__)

_BATCH = 500
_OPENINGS = frozenset({EntryKind.OPENING_DEBT, EntryKind.OPENING_ADVANCE})
_BY_TERMS = frozenset(
    {
        EntryKind.WAYBILL,
        EntryKind.SERVICE_ACT,
        EntryKind.INVOICE,
        EntryKind.UPWARD_CORRECTION,
        EntryKind.DEBIT_ADJUSTMENT,
    }
)
"""Debits that the contract's terms give time for. A refund is due the day that it is paid out, and
an opening debt that came without a date has none."""


@dataclass(slots=True)
class _Change:
    """What a batch does to one contract."""

    contract: Contract
    new: list[tuple[NewPosting, Posting]] = field(default_factory=list)
    reversed: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Terms:
    """Terms and calendars, each read once per batch."""

    _of_contracts: dict[object, Terms] = field(default_factory=dict)
    _calendars: dict[int, Calendar] = field(default_factory=dict)

    def parts(self, posting: NewPosting) -> tuple[tuple[dt.date | None, int], ...]:
        """The due parts of a debit."""
        if posting.due_parts is not None:
            return posting.due_parts
        if posting.kind == EntryKind.OPENING_DEBT:
            return ((None, posting.amount),)
        if posting.kind not in _BY_TERMS:
            return ((posting.effective_on, posting.amount),)
        contract = posting.contract
        if contract.supplier_id not in self._calendars:
            self._calendars[contract.supplier_id] = calendar_of(contract.supplier)
        return due_parts(
            self.of(contract),
            amount=posting.amount,
            shipped_on=posting.effective_on,
            invoiced_on=posting.invoiced_on,
            calendar=self._calendars[contract.supplier_id],
        )

    def of(self, contract: Contract) -> Terms:
        """The terms that a contract goes by."""
        if contract.pk not in self._of_contracts:
            self._of_contracts[contract.pk] = terms_of(contract)
        return self._of_contracts[contract.pk]

    def days(self, posting: NewPosting, parts: Sequence[tuple[dt.date | None, int]]) -> int | None:
        """Days of deferral, where there is one such number."""
        if posting.kind in _BY_TERMS and posting.due_parts is None:
            return self.of(posting.contract).days
        if len(parts) == 1 and parts[0][0] is not None and posting.kind in _BY_TERMS:
            return (parts[0][0] - posting.effective_on).days
        return None


def post(
    installation: Installation, postings: Iterable[NewPosting], *, now: dt.datetime
) -> PostingSummary:
    """Have the books say what these postings say: all of them or, on an error, none.

    What is posted already under a reference, and says the same, changes nothing. What says
    something else is reversed by a storno and entered anew. Of a reference twice in one call the
    last counts. Contracts that money moved in are settled once each.

    Raises InvalidPosting.
    """
    by_reference: dict[str, NewPosting] = {}
    for posting in postings:
        check(posting)
        if posting.contract.supplier.installation_id != installation.pk:
            raise InvalidPosting("NOT_FOUND", "the contract is of another installation")
        by_reference[posting.reference] = posting
    summary = PostingSummary()
    with transaction.atomic():
        kept = _locked_postings(installation, by_reference, creates=True)
        changes = _plan(by_reference, kept, summary)
        _carry_out(changes, now=now)
    summary.contracts = {change.contract for change in changes}
    return summary


def unpost(installation: Installation, references: Iterable[str], *, now: dt.datetime) -> int:
    """Take what stands under these references out of the books, by stornos; how many there were."""
    with transaction.atomic():
        kept = _locked_postings(installation, references, creates=False)
        changes: dict[object, _Change] = {}
        for posting in kept.values():
            if posting.entry is not None:
                _reverse(posting, posting.entry, changes)
        _carry_out(list(changes.values()), now=now)
        return sum(len(change.reversed) for change in changes.values())


def order_changed(order: Order, *, now: dt.datetime) -> None:
    """An order came, changed or closed: what it holds of its contract's limit is counted anew.

    Advances that waited for it are free once it is closed, and wait again when it is opened.
    """
    with transaction.atomic():
        contracts = set(
            Contract.objects.filter(
                entries__orders__order_id=order.saleor_id,
                supplier__installation_id=order.installation_id,
            ).select_related("supplier")
        )
        if order.contract is not None:
            contracts.add(order.contract)
        for contract in sorted(contracts, key=lambda contract: str(contract.pk)):
            figures = lock_figures(contract)
            touched = {order.saleor_id}
            if _reservation_changes(contract, order):
                touched |= settle_anew(contract, figures)
            refresh_open_orders(contract, figures, touched)
            figures.updated_at = now
            figures.save()


def state_balance(
    contract: Contract,
    *,
    as_of: dt.date,
    debt: int,
    overdue: int | None,
    now: dt.datetime,
) -> StatedBalance:
    """Keep what the accounting system says that the balance was. It changes no entry.

    `debt` is negative for an advance.
    """
    return StatedBalance.objects.create(
        contract=contract, as_of=as_of, debt=debt, overdue=overdue, received_at=now
    )


def apply_terms_to_open(contract: Contract, *, also_settled: bool = False, now: dt.datetime) -> int:
    """Date the open debits that terms had dated by the terms of today; how many.

    Due dates that the accounting system gave stay. `also_settled` dates all of them, as if these
    terms had been there from the beginning.
    """
    terms = _Terms()
    with transaction.atomic():
        figures = lock_figures(contract)
        dated = Posting.objects.filter(
            entry__contract=contract, entry__kind__in=_BY_TERMS, are_parts_given=False
        )
        if not also_settled:
            dated = dated.filter(entry__due_parts__residual__gt=0)
        changed = []
        for posting in dated.select_related("entry").distinct():
            if posting.entry is None:  # not so, by the filter
                continue
            parts = due_parts(
                terms.of(contract),
                amount=posting.entry.amount,
                shipped_on=posting.entry.effective_on,
                invoiced_on=posting.invoiced_on,
                calendar=calendar_of(contract.supplier),
            )
            stored = _stored(parts)
            if stored != posting.due_parts:
                posting.due_parts = stored
                changed.append(posting)
        Posting.objects.bulk_update(changed, ["due_parts"], batch_size=_BATCH)
        if changed:
            refresh_open_orders(contract, figures, settle_anew(contract, figures))
            figures.updated_at = now
            figures.save()
    log.info("terms applied", contract=str(contract.pk), debits=len(changed))
    return len(changed)


def date_opening(contract: Contract, reference: str, *, due_on: dt.date, now: dt.datetime) -> None:
    """Give an opening debt of unknown due date its date, as staff know it.

    Raises InvalidPosting NOT_FOUND where the contract has no such opening.
    """
    with transaction.atomic():
        figures = lock_figures(contract)
        posting = Posting.objects.filter(
            reference=reference, entry__contract=contract, entry__kind=EntryKind.OPENING_DEBT
        ).first()
        if posting is None or posting.due_parts is None:
            raise InvalidPosting("NOT_FOUND", f"no opening {reference}")
        posting.due_parts = [[due_on.isoformat(), amount] for _, amount in posting.due_parts]
        posting.are_parts_given = True
        posting.save(update_fields=["due_parts", "are_parts_given"])
        refresh_open_orders(contract, figures, settle_anew(contract, figures))
        figures.updated_at = now
        figures.save()


def rebuild(contract: Contract, *, is_written: bool) -> list[Difference]:
    """Derive everything from the contract's entries; how that differs from what was kept.

    With `is_written` the kept figures are put right.
    """
    with transaction.atomic():
        figures = lock_figures(contract)
        differences = [
            *compare_turnovers(contract, is_written=is_written),
            *compare_settlement(contract, figures, is_written=is_written),
            *compare_open_orders(contract, figures, None, is_written=is_written),
        ]
        if is_written:
            figures.save()
    return differences


def lock_figures(contract: Contract) -> ContractFigures:
    """The contract's figures, locked until the transaction ends; made if there are none yet.

    Whoever changes money of a contract holds this lock.
    """
    ContractFigures.objects.bulk_create([ContractFigures(contract=contract)], ignore_conflicts=True)
    return ContractFigures.objects.select_for_update().get(contract=contract)


def _locked_postings(
    installation: Installation, references: Iterable[str], *, creates: bool
) -> dict[str, Posting]:
    """The rows of these references, locked in one order by everybody, so that none deadlock."""
    names = sorted(set(references))
    found: dict[str, Posting] = {}
    for start in range(0, len(names), _BATCH):
        some = names[start : start + _BATCH]
        if creates:
            Posting.objects.bulk_create(
                [Posting(installation=installation, reference=name) for name in some],
                ignore_conflicts=True,
            )
        rows = (
            Posting.objects.select_for_update(of=("self",))
            .filter(installation=installation, reference__in=some)
            .select_related("entry__contract__supplier")
            .order_by("reference")
        )
        found.update((row.reference, row) for row in rows)
    return found


def _plan(
    postings: dict[str, NewPosting], kept: dict[str, Posting], summary: PostingSummary
) -> list[_Change]:
    changes: dict[object, _Change] = {}
    for reference, posting in postings.items():
        present = kept[reference]
        books_from = posting.contract.books_from
        is_before = (
            books_from is not None
            and posting.effective_on < books_from
            and posting.kind not in _OPENINGS
        )
        if is_before:
            summary.before_books += 1
            if present.entry is not None:
                _reverse(present, present.entry, changes)
            continue
        if present.entry is not None and present.fingerprint == fingerprint(posting):
            summary.unchanged += 1
            continue
        if present.entry is None:
            summary.new += 1
        else:
            summary.changed += 1
            _reverse(present, present.entry, changes)
        change = changes.setdefault(posting.contract.pk, _Change(posting.contract))
        change.new.append((posting, present))
    return list(changes.values())


def _reverse(posting: Posting, entry: Entry, changes: dict[object, _Change]) -> None:
    changes.setdefault(entry.contract_id, _Change(entry.contract)).reversed.append(entry)
    posting.entry = None
    posting.fingerprint = ""
    posting.due_parts = None


def _carry_out(changes: Sequence[_Change], *, now: dt.datetime) -> None:
    """Write the entries of all contracts, then settle each of them."""
    terms = _Terms()
    ordered = sorted(changes, key=lambda change: str(change.contract.pk))
    figures = {change.contract.pk: lock_figures(change.contract) for change in ordered}
    # Off their postings first: an entry stands under one reference at a time.
    gone = [entry.pk for change in ordered for entry in change.reversed]
    for start in range(0, len(gone), _BATCH):
        Posting.objects.filter(entry_id__in=gone[start : start + _BATCH]).update(
            entry=None, fingerprint="", due_parts=None
        )
    touched: dict[object, set[str]] = defaultdict(set)
    for change in ordered:
        for order_id, contract_id in EntryOrder.objects.filter(
            entry__in=[entry.pk for entry in change.reversed]
        ).values_list("order_id", "entry__contract_id"):
            touched[contract_id].add(order_id)
        touched[change.contract.pk].update(
            order for posting, _ in change.new for order, _ in posting.orders
        )

    stornos = [_storno(entry, now=now) for change in ordered for entry in change.reversed]
    Entry.objects.bulk_create(stornos, batch_size=_BATCH)
    created: list[Entry] = []
    rows: list[Posting] = []
    items: dict[object, list[Part | CreditItem]] = defaultdict(list)
    new = [pair for change in ordered for pair in change.new]
    parts_of = [terms.parts(posting) if posting.is_debit else () for posting, _ in new]
    for (posting, _), parts in zip(new, parts_of, strict=True):
        created.append(_entry(posting, terms.days(posting, parts), now=now))
    Entry.objects.bulk_create(created, batch_size=_BATCH)
    for (posting, row), entry, parts in zip(new, created, parts_of, strict=True):
        row.entry = entry
        row.fingerprint = fingerprint(posting)
        row.due_parts = _stored(parts) if posting.is_debit else None
        row.are_parts_given = posting.due_parts is not None
        row.invoiced_on = posting.invoiced_on
        rows.append(row)
        items[posting.contract.pk] += _items(posting, entry, row)
    # An upsert of rows that are all there: a bulk update spells out each value as a condition, and
    # took half of the time of a batch.
    Posting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["entry", "fingerprint", "due_parts", "are_parts_given", "invoiced_on"],
        batch_size=_BATCH,
    )
    _link(new, created)
    add_turnovers([*stornos, *created])

    for change in ordered:
        contract, own = change.contract, figures[change.contract.pk]
        if change.reversed:
            moved = settle_anew(contract, own)
        else:
            moved = settle_new(contract, own, items[contract.pk])
        refresh_open_orders(contract, own, touched[contract.pk] | moved)
        own.updated_at = now
        own.save()


def _items(posting: NewPosting, entry: Entry, row: Posting) -> Sequence[Part | CreditItem]:
    key = (entry.effective_on, entry.reference)
    if posting.is_debit:
        orders = [order for order, _ in posting.orders]
        return debit_parts(entry.pk, key, row.due_parts or [], orders)
    return [
        CreditItem(
            entry=entry.pk,
            key=key,
            kind=entry.kind,
            amount=posting.amount,
            residual=posting.amount,
            orders=posting.orders,
            stated=posting.stated,
        )
    ]


def _stored(parts: Iterable[tuple[dt.date | None, int]]) -> list[list[object]]:
    return [[day.isoformat() if day else None, amount] for day, amount in parts]


def _entry(posting: NewPosting, terms_days: int | None, *, now: dt.datetime) -> Entry:
    return Entry(
        contract=posting.contract,
        kind=posting.kind,
        subtype=posting.subtype,
        amount=posting.signed_amount,
        effective_on=posting.effective_on,
        recorded_at=now,
        reference=posting.reference,
        number=posting.number,
        document_on=posting.document_on or posting.effective_on,
        document=posting.document,
        document_amount=posting.document_amount,
        document_currency=posting.document_currency,
        rate=posting.rate,
        rate_on=posting.rate_on,
        terms_days=terms_days,
        comment=posting.comment,
    )


def _storno(entry: Entry, *, now: dt.datetime) -> Entry:
    return Entry(
        contract=entry.contract,
        kind=entry.kind,
        subtype=entry.subtype,
        amount=-entry.amount,
        effective_on=entry.effective_on,
        recorded_at=now,
        reference=entry.reference,
        reverses=entry,
        number=entry.number,
        document_on=entry.document_on,
        document=entry.document,
        document_amount=entry.document_amount,
        document_currency=entry.document_currency,
        rate=entry.rate,
        rate_on=entry.rate_on,
        comment=entry.comment,
    )


def _link(new: Sequence[tuple[NewPosting, Posting]], entries: Sequence[Entry]) -> None:
    pairs = [(posting, entry) for (posting, _), entry in zip(new, entries, strict=True)]
    EntryOrder.objects.bulk_create(
        [
            EntryOrder(entry=entry, order_id=order_id, amount=amount)
            for posting, entry in pairs
            for order_id, amount in posting.orders
        ],
        batch_size=_BATCH,
    )
    StatedSettlement.objects.bulk_create(
        [
            StatedSettlement(entry=entry, position=position, reference=reference, amount=amount)
            for posting, entry in pairs
            for position, (reference, amount) in enumerate(posting.stated)
        ],
        batch_size=_BATCH,
    )


def _reservation_changes(contract: Contract, order: Order) -> bool:
    """Whether advances for the order wait that should not, or should wait and do not."""
    credits = Credit.objects.filter(contract=contract, entry__orders__order_id=order.saleor_id)
    if order.status in CLOSED:
        return credits.filter(reserved__gt=0).exists()
    spent = Q(reserved__lt=F("residual")) | Q(entry__allocations__rule=Allocation.Rule.OLDEST)
    return credits.filter(spent).exists()
