"""Failures on demand, and a count of what was called.

Kept in memory of the one server process: a restart forgets them.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Literal

from django.utils import timezone

Kind = Literal["error", "hang", "drop", "duplicate", "reorder"]
OPERATION_KINDS: tuple[Kind, ...] = ("error", "hang", "drop")
DELIVERY_KINDS: tuple[Kind, ...] = ("duplicate", "reorder")
_LOG_LENGTH = 10_000
# How long deliveries are held back to be turned round before they go anyway.
_REORDER_SECONDS = 3.0


class UnknownFault(ValueError):
    """A fault that was described wrongly; the message says how."""


@dataclass(slots=True)
class Fault:
    """A failure for the next `times` calls of `operation` or deliveries of `event`.

    `error` answers `status` without executing, `hang` waits `seconds` and then executes, `drop`
    executes and closes the connection without an answer, `duplicate` sends a delivery twice,
    `reorder` collects `times` deliveries and sends them last first. An empty name means any.
    """

    kind: Kind
    operation: str = ""
    event: str = ""
    times: int = 1
    seconds: float = 0
    status: int = 500

    @classmethod
    def parse(cls, description: dict[str, object]) -> Fault:
        """A fault from JSON. Raises UnknownFault."""
        unknown = set(description) - {item.name for item in fields(cls)}
        if unknown:
            raise UnknownFault(f"unknown fields: {', '.join(sorted(unknown))}")
        kind = description.get("kind")
        for known in (*OPERATION_KINDS, *DELIVERY_KINDS):
            if kind == known:
                break
        else:
            raise UnknownFault(f"kind must be one of {(*OPERATION_KINDS, *DELIVERY_KINDS)}")
        try:
            return cls(
                kind=known,
                operation=str(description.get("operation", "")),
                event=str(description.get("event", "")).lower(),
                times=int(str(description.get("times", 1))),
                seconds=float(str(description.get("seconds", 0))),
                status=int(str(description.get("status", 500))),
            )
        except ValueError as error:
            raise UnknownFault(str(error)) from error


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the API: the operation's root fields, who called, and what became of it."""

    at: dt.datetime
    operations: tuple[str, ...]
    caller: str
    fault: str
    variables: dict[str, object] = field(default_factory=dict)


class Switches:
    """The faults that are set and the log of calls. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._calls: list[Call] = []
        self._held: list[int] = []
        self._held_since = 0.0

    def add(self, fault: Fault) -> None:
        """Set `fault`, behind those already set."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Take back every fault."""
        with self._lock:
            self._faults.clear()

    def as_json(self) -> list[dict[str, object]]:
        """The faults still to come."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def take_for_operations(self, operations: Sequence[str]) -> Fault | None:
        """The fault that this call of the API meets, which is used up by it."""
        with self._lock:
            for fault in self._faults:
                if fault.kind in OPERATION_KINDS and (
                    not fault.operation or fault.operation in operations
                ):
                    self._use(fault)
                    return fault
        return None

    def duplicates(self, event: str) -> int:
        """How many times more than once a delivery of `event` is sent."""
        with self._lock:
            for fault in self._faults:
                if fault.kind == "duplicate" and fault.event in ("", event):
                    self._use(fault)
                    return 1
        return 0

    def arrange(self, due: list[int]) -> list[tuple[int, ...]]:
        """New deliveries in groups; the members of a group are sent one after another."""
        with self._lock:
            fault = next((fault for fault in self._faults if fault.kind == "reorder"), None)
            if fault is None:
                return [(pk,) for pk in due]
            now = time.monotonic()
            if not self._held and due:
                self._held_since = now
            self._held = due
            waited = bool(due) and now - self._held_since > _REORDER_SECONDS
            if len(due) < fault.times and not waited:
                return []
            self._faults.remove(fault)
            self._held = []
            return [tuple(reversed(due))]

    def log(self, call: Call) -> None:
        """Remember a call."""
        with self._lock:
            self._calls.append(call)
            del self._calls[:-_LOG_LENGTH]

    def forget_calls(self) -> None:
        """Empty the log."""
        with self._lock:
            self._calls.clear()

    def calls_as_json(self) -> dict[str, object]:
        """How often each operation was called, and every call."""
        with self._lock:
            calls = list(self._calls)
        counts = Counter(name for call in calls for name in call.operations)
        return {
            "counts": dict(counts),
            "calls": [{**asdict(call), "at": call.at.isoformat()} for call in calls],
        }

    def _use(self, fault: Fault) -> None:
        fault.times -= 1
        if fault.times <= 0:
            self._faults.remove(fault)


switches = Switches()


def new_call(
    *, operations: Sequence[str], caller: str, fault: Fault | None, variables: dict[str, object]
) -> Call:
    """A call that is happening now."""
    return Call(
        at=timezone.now(),
        operations=tuple(operations),
        caller=caller,
        fault=fault.kind if fault else "",
        variables=variables,
    )
