"""What applying facts did, as counts that add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

_MOST_REFUSALS = 1000
"""So many are listed; all are counted, and all are set aside in the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A fact that was set aside."""

    kind: str
    key: str
    code: str
    reason: str


@dataclass(slots=True)
class Summary:
    """new + changed + unchanged + refused_count = all facts.

    Of a thing that a stream says several things of, the first is new and the others are changed,
    or unchanged where they say the same. What is older than what is known, and what takes back a
    thing that was never told of, is unchanged.
    """

    facts: Counter[str] = field(default_factory=Counter)
    """By kind, whatever became of them."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    """The first thousand."""
    refused_count: int = 0
    contracts: set[UUID] = field(default_factory=set)
    """Those whose money changed."""
    unmatched_parties: set[UUID] = field(default_factory=set)
    """Counterparties of new and changed facts that no Saleor user acts for yet."""

    @property
    def unmatched(self) -> int:
        """How many companies the new and changed facts are about that no Saleor user acts for."""
        return len(self.unmatched_parties)

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal."""
        self.refused_count += 1
        if len(self.refused) < _MOST_REFUSALS:
            self.refused.append(refusal)

    def add(self, other: Summary) -> None:
        """Count what another summary counts."""
        self.facts.update(other.facts)
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused += other.refused[: _MOST_REFUSALS - len(self.refused)]
        self.refused_count += other.refused_count
        self.contracts |= other.contracts
        self.unmatched_parties |= other.unmatched_parties

    def to_json(self) -> dict[str, Any]:
        """The counts, and why what was refused was."""
        return {
            "facts": dict(sorted(self.facts.items())),
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "unmatched": self.unmatched,
            "refused": self.refused_count,
            "refusals": [
                {
                    "kind": refusal.kind,
                    "key": refusal.key,
                    "code": refusal.code,
                    "reason": refusal.reason,
                }
                for refusal in self.refused
            ],
        }
