"""A dry run where no Saleor has the app yet: the file is read, and nothing is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.detection import Opened
from saleor_b2b_docs.onec.facts import Container, Said, Unreadable, kind_of

_LISTED = 1000


def read_only(opened: Opened, *, on_said: Callable[[Said], None] | None) -> dict[str, Any]:
    """Counts by kind, and what could not be read; what would be new, changed or unmatched is not
    known. Without a supplier no currency is usual: sums without one are refused."""
    facts: Counter[str] = Counter()
    refusals: list[dict[str, str]] = []
    refused = 0
    for said in opened.facts(ReadingContext("", "", {}, "")):
        if on_said is not None:
            on_said(said)
        if isinstance(said, Unreadable):
            refused += 1
            facts[said.kind] += 1
            if len(refusals) < _LISTED:
                refusals.append(
                    {
                        "kind": said.kind,
                        "key": said.key,
                        "code": said.code,
                        "reason": said.reason,
                    }
                )
        else:
            told = said.facts if isinstance(said, Container) else (said,)
            facts.update(kind_of(fact) for fact in told)
    return {
        "facts": dict(sorted(facts.items())),
        "new": None,
        "changed": None,
        "unchanged": None,
        "unmatched": None,
        "refused": refused,
        "refusals": refusals,
    }
