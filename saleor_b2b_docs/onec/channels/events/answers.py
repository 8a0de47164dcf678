"""What the sender of events is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import Container, Said, Unreadable, kind_of
from saleor_b2b_docs.onec.intake.summary import Summary


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and body; kept with the delivery, and given again for the same message."""

    status: int
    body: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """For `Delivery.answer`."""
        return {"status": self.status, "body": dict(self.body)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Answer:
        """What `to_json` wrote."""
        return cls(kept["status"], kept["body"])


def of_summary(summary: Summary, said: Sequence[Said]) -> Answer:
    """What became of the events. Each refusal names the event by its place in the message; of
    several events with one key that were refused, the last come first."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(said):
        if not isinstance(one, Container):
            kind = one.kind if isinstance(one, Unreadable) else kind_of(one)
            places[kind, one.key].append(place)
    refused = []
    for refusal in summary.refused:
        left = places.get((refusal.kind, refusal.key))
        refused.append(
            {
                "index": left.pop() if left else None,
                "kind": refusal.kind,
                "key": refusal.key,
                "code": refusal.code,
                "message": refusal.reason,
            }
        )
    return Answer(
        200,
        {
            "status": "applied",
            "facts": dict(sorted(summary.facts.items())),
            "new": summary.new,
            "changed": summary.changed,
            "unchanged": summary.unchanged,
            "unmatched": summary.unmatched,
            "refused": sorted(refused, key=_place),
        },
    )


def of_unreadable(error: UnreadableFile) -> Answer:
    """Nothing of the message could be taken."""
    return Answer(400, {"error": error.code, "message": str(error)})


def _place(refusal: Mapping[str, Any]) -> int:
    place = refusal["index"]
    return place if isinstance(place, int) else -1
