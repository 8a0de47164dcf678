"""Applying what an accounting base says: streamed, in batches, each one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from saleor_b2b_docs.documents.received.context import InvalidReceived
from saleor_b2b_docs.money import MoneyError
from saleor_b2b_docs.onec.facts import (
    ContractFact,
    CounterpartyFact,
    DeletionFact,
    EnteredThroughFact,
    Fact,
    GroupFact,
    Said,
    SupplierFact,
)
from saleor_b2b_docs.onec.intake.batches import Batch, Item, Name, batches
from saleor_b2b_docs.onec.intake.books.planning import Planner, named
from saleor_b2b_docs.onec.intake.books.services import book
from saleor_b2b_docs.onec.intake.memory.services import (
    KeptStates,
    flag_missing,
    is_stale,
    keep_states,
    locked_base,
    set_aside,
    states_of,
)
from saleor_b2b_docs.onec.intake.money import ENTRY_KINDS, PAPER_KINDS
from saleor_b2b_docs.onec.intake.parties.services import (
    Telling,
    tell_contract,
    tell_counterparty,
    tell_group,
    tell_supplier,
)
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.onec.intake.resolving.queries import without_member
from saleor_b2b_docs.onec.intake.resolving.services import Resolver
from saleor_b2b_docs.onec.intake.summary import Refusal, Summary
from saleor_b2b_docs.onec.into_saleor.services import note_contracts, note_papers
from saleor_b2b_docs.onec.models import Authority, Base, Delivery
from saleor_b2b_docs.parties.errors import PartiesError
from saleor_b2b_docs.parties.models import Coverage, Supplier
from saleor_b2b_docs.parties.terms import TermsError
from saleor_b2b_docs.settlements.postings import InvalidPosting

log = structlog.get_logger(__name__)

_REFUSALS = (
    Refused,
    InvalidPosting,
    InvalidReceived,
    PartiesError,
    MoneyError,
    TermsError,
)
_BAD = (*_REFUSALS, DataError, IntegrityError, OverflowError, UnicodeError)
"""What a fact can do to a batch. The last four are what databases and their drivers make of values
that no rule here foresaw, and of somebody else's row of the same name; then each fact is tried by
itself. Whatever else is raised, a lost connection for example, ends the delivery."""


def apply(
    base: Base,
    facts: Iterable[Said],
    *,
    delivery: Delivery | None,
    now: dt.datetime,
    is_dry: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> Summary:
    """Apply a stream of facts; what it did. Bad facts are set aside, and the rest go on.

    Batches of 500 are a transaction each, so what was applied before a crash stays, and the stream
    again changes nothing of it. Of two facts with one key the one that a channel's stamp calls
    newer counts; without stamps the one that was received last. Money is posted at once: to the
    contract it names, made on the spot if it was not told of yet; else to its order's; else to the
    main one of the two in the currency. Deletions and unposting are stornos. How an order stands is
    remembered and changes nothing in Saleor.

    With `is_dry` everything is tried and nothing is kept. `on_progress` is told how many facts were
    gone through. What `facts` raises ends the stream, and is raised.
    """
    run = _Run(base, delivery, now=now, is_dry=is_dry)
    with transaction.atomic() if is_dry else nullcontext():
        seen = 0
        for batch in batches(facts):
            _apply(run, batch)
            seen += batch.size
            if on_progress is not None:
                on_progress(seen)
        _hear(base, now=now)
        if is_dry:
            transaction.set_rollback(True)
    if not is_dry:
        base.refresh_from_db(fields=["epoch", "past_epochs", "heard_at"])
    return run.summary


@dataclass(slots=True)
class _Run:
    """One stream."""

    base: Base
    delivery: Delivery | None
    now: dt.datetime = field(kw_only=True)
    is_dry: bool = field(kw_only=True)
    summary: Summary = field(default_factory=Summary)

    @property
    def _says_everything(self) -> bool:
        return self.delivery is not None and self.delivery.channel == Delivery.Channel.EVENTS

    @property
    def _knows_orders_only(self) -> bool:
        return self.delivery is not None and self.delivery.channel != Delivery.Channel.EVENTS

    def says_all(self, fact: Fact) -> bool:
        """Whether what the channel leaves out is none, rather than that it has no word for it."""
        return self._says_everything or fact.stamp is not None

    @property
    def coverage(self) -> Coverage:
        """Of a contract that is told of."""
        return Coverage.SITE_ORDERS if self._knows_orders_only else Coverage.FULL

    @property
    def stub_coverage(self) -> Coverage:
        """Of one that only its money is known of."""
        return Coverage.SITE_ORDERS if self._knows_orders_only else Coverage.INCOMPLETE


@dataclass(slots=True)
class _Outcome:
    """What became of the items of a transaction."""

    refused: dict[Item, Exception] = field(default_factory=dict)
    counterparties: set[UUID] = field(default_factory=set)

    def refuse(self, item: Item, error: Exception) -> None:
        """Set an item aside."""
        self.refused[item] = error


def _apply(run: _Run, batch: Batch) -> None:
    """Apply a batch at once or, where that fails, fact by fact."""
    run.summary.facts.update(batch.facts)
    run.summary.unchanged += batch.repeated
    try:
        with transaction.atomic():
            done, left = _together(run, batch)
    except _BAD as error:
        log.warning("batch is applied one by one", base=run.base.code, error=str(error))
        _one_by_one(run, batch)
        return
    run.summary.add(done)
    if left:
        _apply(run, Batch(items=left))


def _one_by_one(run: _Run, batch: Batch) -> None:
    for versions in sorted(batch.items.values(), key=lambda told: _rank(told[-1])):
        told = versions
        while told:
            single = Batch(items={told[-1].name: told})
            try:
                with transaction.atomic():
                    done, left = _together(run, single)
            except _BAD as error:
                item = told.pop()
                refusal = _refusal(item, error)
                with transaction.atomic():
                    set_aside(run.base, [refusal], [], delivery=run.delivery, now=run.now)
                run.summary.refuse(refusal)
            else:
                run.summary.add(done)
                told = next(iter(left.values()), [])
    rest = Batch(containers=batch.containers, refusals=batch.refusals)
    with transaction.atomic():
        done, _ = _together(run, rest)
    run.summary.add(done)


def _together(run: _Run, batch: Batch) -> tuple[Summary, dict[Name, list[Item]]]:
    """Apply a batch in the caller's transaction: what it did, and what is to be tried in place of
    what was refused."""
    base = locked_base(run.base)
    done, outcome = Summary(), _Outcome()
    kept = KeptStates(base)
    fresh = _fresh(base, batch, kept, done)
    resolver = Resolver(base, stub_coverage=run.stub_coverage, now=run.now) if fresh else None
    if resolver is not None:
        _tell_parties(run, base, fresh, resolver, outcome, done)
        papers = [item for item in fresh if _rank(item) > 3]
        _book(run, base, papers, resolver, outcome, done, kept)

    left: dict[Name, list[Item]] = {}
    applied = []
    refusals = list(batch.refusals)
    for item in fresh:
        others = batch.items[item.name][:-1]
        if item in outcome.refused:
            refusals.append(_refusal(item, outcome.refused[item]))
            if others:
                left[item.name] = others
            continue
        applied.append(item)
        kept.apply(item)
        done.new += item.state is None
        done.changed += item.state is not None
        done.changed += sum(not other.was_late for other in others)
        done.unchanged += sum(other.was_late for other in others)
    keep_states(base, kept)
    flag_missing(base, batch.containers, stale=kept.stale, now=run.now)
    set_aside(base, refusals, applied, delivery=run.delivery, now=run.now)
    for refusal in refusals:
        done.refuse(refusal)
    done.unmatched_parties = without_member(outcome.counterparties)
    return done, left


def _fresh(base: Base, batch: Batch, kept: KeptStates, done: Summary) -> list[Item]:
    """What says something else than what is known, and is not older than that."""
    fresh = []
    states = states_of(base, batch.items)
    for name, told in batch.items.items():
        item = told[-1]
        item.state = states.get(name)
        if is_stale(base, item.fact.stamp, item.state):
            kept.stale.add(name)
        elif item.state is not None and item.state.fingerprint == item.fingerprint:
            kept.repeat(item)
        elif isinstance(item.fact, DeletionFact) and not item.is_known:
            kept.apply(item)
        else:
            fresh.append(item)
            continue
        done.unchanged += len(told)
    standing = [name for name, state in states.items() if not state.is_gone]
    kept.entries = {key: kind for kind, key in standing if kind in ENTRY_KINDS}
    kept.papers = {key: kind for kind, key in standing if kind in PAPER_KINDS}
    return sorted(fresh, key=_rank)


def _tell_parties(
    run: _Run,
    base: Base,
    fresh: Sequence[Item],
    resolver: Resolver,
    outcome: _Outcome,
    done: Summary,
) -> None:
    are_suppliers_loaded = False
    for item in fresh:
        if _rank(item) > 3:
            break
        if not are_suppliers_loaded and _rank(item) > 0:
            are_suppliers_loaded = True
            resolver.load_suppliers(
                other.fact.party.supplier_key
                for other in fresh
                if isinstance(other.fact, ContractFact)
            )
        telling = Telling(
            base=base,
            resolver=resolver,
            coverage=run.coverage,
            says_all=run.says_all(item.fact),
            now=run.now,
        )
        try:
            with transaction.atomic():
                _tell(telling, item, outcome, done)
        except _BAD as error:
            outcome.refuse(item, error)


def _tell(telling: Telling, item: Item, outcome: _Outcome, done: Summary) -> None:
    match item.fact:
        case SupplierFact() as fact:
            tell_supplier(telling, fact)
        case GroupFact() as fact:
            tell_group(telling, fact)
        case CounterpartyFact() as fact:
            is_first = item.state is None
            outcome.counterparties.add(tell_counterparty(telling, fact, is_first=is_first))
        case ContractFact() as fact:
            contract = tell_contract(telling, fact, is_first=item.state is None)
            outcome.counterparties.add(contract.counterparty_id)
            if item.state is None:
                done.contracts.add(contract.pk)


def _book(
    run: _Run,
    base: Base,
    items: Sequence[Item],
    resolver: Resolver,
    outcome: _Outcome,
    done: Summary,
    kept: KeptStates,
) -> None:
    resolver.load([of for item in items if (of := named(item.fact)) is not None])
    resolver.load_suppliers(
        item.fact.supplier_key for item in items if isinstance(item.fact, EnteredThroughFact)
    )
    planner = Planner(base, resolver, entries=kept.entries, papers=kept.papers, is_dry=run.is_dry)
    for item in items:
        try:
            planner.add(item)
        except _REFUSALS as error:
            outcome.refuse(item, error)
    resolver.flush()
    done.contracts |= book(base, planner.plan, now=run.now)
    note_contracts(done.contracts, now=run.now)
    note_papers(base, [item.fact.key for item in items if item.kind == "waybill"], now=run.now)
    outcome.counterparties |= planner.plan.counterparties


def _rank(item: Item) -> int:
    """What others may need comes first; the stream's own sequence decides among equals."""
    for rank, of in enumerate((SupplierFact, GroupFact, CounterpartyFact, ContractFact)):
        if isinstance(item.fact, of):
            return rank
    return 4


def _refusal(item: Item, error: Exception) -> Refusal:
    reason = str(error) or type(error).__name__
    return Refusal(
        kind=item.kind,
        key=item.fact.key,
        code=str(getattr(error, "code", None) or "INVALID")[:40],
        reason=reason.encode(errors="replace").decode().replace("\0", "")[:500],
    )


def _hear(base: Base, *, now: dt.datetime) -> None:
    """The base said something: it, and the suppliers that it speaks for, are not stale."""
    Base.objects.filter(pk=base.pk).update(heard_at=now)
    own = Q(pk=base.supplier_id) if base.supplier_id is not None else Q(is_default=True)
    spoken_for = Authority.objects.filter(base=base).values("supplier")
    Supplier.objects.filter(installation=base.installation_id).filter(
        own | Q(pk__in=spoken_for)
    ).update(heard_at=now)
