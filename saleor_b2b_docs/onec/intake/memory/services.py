"""Writes of what is remembered of a base's facts: the newest of each key; what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from saleor_b2b_docs.onec.facts import Stamp
from saleor_b2b_docs.onec.intake.batches import Item, Name
from saleor_b2b_docs.onec.intake.money import ENTRY_KINDS, PAPER_KINDS
from saleor_b2b_docs.onec.intake.summary import Refusal
from saleor_b2b_docs.onec.models import Base, Delivery, FactState, SetAside

_MAX_VERSION = 100
_KEPT = [
    "fingerprint",
    "version",
    "epoch",
    "sequence",
    "is_gone",
    "container",
    "missing_since",
]


@dataclass(slots=True)
class KeptStates:
    """What a transaction remembers of facts."""

    base: Base
    rows: list[FactState] = field(default_factory=list)
    stale: set[Name] = field(default_factory=set)
    """What was older than what is known."""
    entries: dict[str, str] = field(default_factory=dict)
    """Which kind of entry stands under a key."""
    papers: dict[str, str] = field(default_factory=dict)
    """Which kind of paper a key is of."""

    def apply(self, item: Item) -> None:
        """The fact counts from now on."""
        self.rows.append(self._row(item, is_gone=item.is_gone))

    def repeat(self, item: Item) -> None:
        """The fact says what is known; only where it stands may be new."""
        state = item.state
        if state is None:  # not so: it is known
            return
        row = self._row(item, is_gone=state.is_gone)
        if any(getattr(row, name) != getattr(state, name) for name in _KEPT):
            self.rows.append(row)

    def _row(self, item: Item, *, is_gone: bool) -> FactState:
        fact, state = item.fact, item.state
        row = FactState(
            base=self.base,
            kind=item.kind,
            key=fact.key,
            fingerprint=item.fingerprint,
            version=fact.version[:_MAX_VERSION],
            is_gone=is_gone,
            container=item.container or (state.container if state else ""),
        )
        if fact.stamp is not None:
            row.epoch, row.sequence = fact.stamp.epoch, fact.stamp.sequence
        elif state is not None:
            row.epoch, row.sequence = state.epoch, state.sequence
        return row


def locked_base(base: Base) -> Base:
    """The base as it is now, and nobody else's until the transaction ends: what it says is applied
    in one sequence."""
    return (
        Base.objects.select_for_update(of=("self",))
        .select_related("installation", "supplier")
        .get(pk=base.pk)
    )


def states_of(base: Base, names: Collection[Name]) -> dict[Name, FactState]:
    """What is remembered under these names, and of entries and papers under any of their keys."""
    if not names:
        return {}
    kinds = {kind for kind, _ in names}
    if not kinds.isdisjoint(ENTRY_KINDS | PAPER_KINDS):
        kinds |= ENTRY_KINDS | PAPER_KINDS
    rows = FactState.objects.filter(base=base, kind__in=kinds, key__in={key for _, key in names})
    return {(row.kind, row.key): row for row in rows}


def is_stale(base: Base, stamp: Stamp | None, state: FactState | None) -> bool:
    """Whether a fact is older than what is known, as far as its channel tells.

    A life of the base that was not heard of is its life from now on; unsaved.
    """
    if stamp is None:
        return False
    if stamp.epoch != base.epoch:
        if stamp.epoch in base.past_epochs:
            return True
        if base.epoch:
            base.past_epochs = [*base.past_epochs, base.epoch]
        base.epoch = stamp.epoch
    return (
        state is not None
        and state.sequence is not None
        and state.epoch == stamp.epoch
        and stamp.sequence <= state.sequence
    )


def keep_states(base: Base, kept: KeptStates) -> None:
    """Write what is remembered, and which life the base is in."""
    base.save(update_fields=["epoch", "past_epochs"])
    FactState.objects.bulk_create(
        kept.rows,
        update_conflicts=True,
        unique_fields=["base", "kind", "key"],
        update_fields=_KEPT,
    )


def flag_missing(
    base: Base,
    containers: Mapping[str, Collection[Name]],
    *,
    stale: Collection[Name],
    now: dt.datetime,
) -> None:
    """What was in an earlier state of a container and is not in this one is flagged for staff.

    A container that is older than what is known says nothing of what is missing.
    """
    newest = {key: names for key, names in containers.items() if not set(names) & set(stale)}
    if not newest:
        return
    held = FactState.objects.filter(
        base=base, container__in=list(newest), missing_since=None
    ).exclude(container="")
    missing = [row.pk for row in held if (row.kind, row.key) not in newest[row.container]]
    if missing:
        FactState.objects.filter(pk__in=missing).update(missing_since=now)


def set_aside(
    base: Base,
    refusals: Sequence[Refusal],
    applied: Iterable[Item],
    *,
    delivery: Delivery | None,
    now: dt.datetime,
) -> None:
    """Keep what was refused, the same once; what waits under the name of what was applied is
    settled."""
    names = {item.name for item in applied}
    wanted = names | {(refusal.kind, refusal.key) for refusal in refusals}
    if not wanted:
        return
    waiting: dict[tuple[str, str, str, str], SetAside] = {}
    settled = []
    for row in SetAside.objects.filter(
        base=base,
        settled_at=None,
        kind__in={kind for kind, _ in wanted},
        key__in={key for _, key in wanted},
    ):
        waiting[row.kind, row.key, row.code, row.reason] = row
        if (row.kind, row.key) in names:
            settled.append(row.pk)
    if settled:
        SetAside.objects.filter(pk__in=settled).update(settled_at=now)
    again, new = set(), {}
    for refusal in refusals:
        content = (refusal.kind, refusal.key, refusal.code, refusal.reason)
        if content in waiting:
            again.add(waiting[content].pk)
        else:
            new[content] = SetAside(
                base=base,
                delivery=delivery,
                kind=refusal.kind,
                key=refusal.key,
                code=refusal.code,
                reason=refusal.reason,
                at=now,
            )
    if again:
        SetAside.objects.filter(pk__in=again).update(at=now, delivery=delivery)
    SetAside.objects.bulk_create(new.values())
