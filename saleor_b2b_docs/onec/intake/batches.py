"""Facts of a stream in batches: what is applied together, each key once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from saleor_b2b_docs.onec.facts import Container, DeletionFact, Fact, Said, Unreadable, kind_of
from saleor_b2b_docs.onec.intake.fingerprint import fingerprint
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.onec.intake.summary import Refusal
from saleor_b2b_docs.onec.models import FactState

BATCH = 500
"""Facts in one transaction: enough for the statements not to count, few enough to redo."""
_MAX_KEY = 150
_MAX_SEQUENCE = 2**63 - 1

Name = tuple[str, str]
"""Kind and key of a fact."""


@dataclass(slots=True, eq=False)
class Item:
    """A fact on its way."""

    fact: Fact
    kind: str
    fingerprint: str
    container: str = ""
    state: FactState | None = None
    """What was applied under its name before."""
    was_late: bool = False
    """A newer one came before it in this batch."""

    @property
    def name(self) -> Name:
        """Kind and key."""
        return self.kind, self.fact.key

    @property
    def is_gone(self) -> bool:
        """Whether it says that something stands no more."""
        return isinstance(self.fact, DeletionFact) or not getattr(self.fact, "is_posted", True)

    @property
    def is_known(self) -> bool:
        """Whether something was applied under its name, and stands."""
        return self.state is not None and not self.state.is_gone


@dataclass(slots=True)
class Batch:
    """What is applied in one transaction."""

    items: dict[Name, list[Item]] = field(default_factory=dict)
    """By name, the newest last; only that is applied, and the one before if it is refused."""
    containers: dict[str, set[Name]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    """Of what could be told to be bad by itself."""
    facts: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    """Facts that say what the batch says already."""
    size: int = 0

    def add(self, said: Said) -> None:
        """Take something in."""
        if isinstance(said, Container):
            names = self.containers.setdefault(_label(said.key), set())
            names.clear()
            for fact in said.facts:
                names.add((kind_of(fact), fact.key))
                self._add_fact(fact, container=_label(said.key))
        elif isinstance(said, Unreadable):
            self.size += 1
            self.facts[said.kind] += 1
            self._refuse(said.kind, said.key, Refused(said.code, said.reason))
        else:
            self._add_fact(said, container="")

    def _add_fact(self, fact: Fact, *, container: str) -> None:
        kind = kind_of(fact)
        self.size += 1
        self.facts[kind] += 1
        try:
            _check(fact)
            item = Item(fact, kind, fingerprint(fact), container)
        except Refused as refused:
            self._refuse(kind, fact.key, refused)
            return
        told = self.items.setdefault(item.name, [])
        if told and _is_older(fact, told[-1].fact):
            item.was_late = True
            told.insert(0, item)
            told.sort(key=lambda other: other.fact.stamp.sequence if other.fact.stamp else 0)
        elif told and told[-1].fingerprint == item.fingerprint:
            self.repeated += 1
            # The same, told later: what comes between the two in another batch is older than it.
            told[-1].fact = fact
            told[-1].container = container or told[-1].container
        else:
            told.append(item)

    def _refuse(self, kind: str, key: str, refused: Refused) -> None:
        self.refusals.append(
            Refusal(
                kind=_storable(kind)[:30],
                key=_storable(key)[:_MAX_KEY],
                code=refused.code[:40],
                reason=_storable(refused.reason)[:500],
            )
        )


def batches(said: Iterable[Said]) -> Iterator[Batch]:
    """The stream cut into batches; a container stays in one piece."""
    batch = Batch()
    for one in said:
        batch.add(one)
        if batch.size >= BATCH:
            yield batch
            batch = Batch()
    if batch.size:
        yield batch


def single(item: Item) -> Batch:
    """A batch of one fact that was counted already."""
    batch = Batch()
    batch.items[item.name] = [item]
    return batch


def _check(fact: Fact) -> None:
    """Raises Refused for a fact that could not be known again."""
    if not fact.key.strip() or len(fact.key) > _MAX_KEY:
        raise Refused("INVALID_KEY", f"a key has 1 to {_MAX_KEY} characters")
    if _storable(fact.key) != fact.key or _storable(fact.version) != fact.version:
        raise Refused("INVALID_TEXT", "a key or version that no database keeps")
    if fact.stamp is not None and not (
        0 <= fact.stamp.sequence <= _MAX_SEQUENCE
        and len(fact.stamp.epoch) <= 100
        and _storable(fact.stamp.epoch) == fact.stamp.epoch
    ):
        raise Refused("INVALID_STAMP", "a message's number or its base's life is none")


def _is_older(fact: Fact, other: Fact) -> bool:
    """Whether a channel that orders says so."""
    if fact.stamp is None or other.stamp is None:
        return False
    return fact.stamp.epoch == other.stamp.epoch and fact.stamp.sequence <= other.stamp.sequence


def _label(key: str) -> str:
    return _storable(key)[:_MAX_KEY]


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\0", "")
