"""What there is to know about a kind of job, apart from any single one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.module_loading import import_string


class Lane(TextChoices):
    """Jobs of different lanes never wait for each other; each has its own workers and queue."""

    DEFAULT = "default"
    RENDERING = "rendering"
    ONEC = "onec"


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler gets. `now` is read once, when the job starts."""

    installation_id: int | None
    arguments: Mapping[str, Any]
    attempt: int
    """1 on the first run."""
    now: dt.datetime


Handler = Callable[[JobContext], None]


@dataclass(frozen=True, slots=True)
class JobSpec:
    """One row of the table of jobs (config/jobs.py). Handlers must be idempotent."""

    name: str
    handler: str
    """Dotted path of a `Handler`, imported when first needed."""
    lane: Lane = Lane.DEFAULT
    time_limit: dt.timedelta = dt.timedelta(minutes=2)
    """After this a run counts as lost and may be started again: longer than any run takes."""
    max_errors: int = 6
    """Unexpected errors after which the job is parked: with the backoff about ten minutes."""
    max_age: dt.timedelta = dt.timedelta(days=3)
    """How long outages of others are waited out: longer than a weekend."""
    every: dt.timedelta | None = None
    """Set for a periodic job: it follows itself after this long and is never parked."""

    def load(self) -> Handler:
        """The handler itself."""
        handler: Handler = import_string(self.handler)
        return handler


def job_specs() -> Mapping[str, JobSpec]:
    """The table of all jobs by name."""
    table: Mapping[str, JobSpec] = import_string(settings.JOBS)
    return table


def backoff(failures: int) -> dt.timedelta:
    """How long to wait after the `failures`-th failure in a row: 5 s, doubling, at most 10 min."""
    return min(dt.timedelta(seconds=5 * 2 ** min(failures - 1, 10)), dt.timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Message:
    """What an inbox handler gets of a kept message. `now` is when it is handed on."""

    installation_id: int | None
    event: str
    body: bytes
    now: dt.datetime


InboxHandler = Callable[[Message], None]
"""Stores, in the caller's transaction, the jobs that a message makes necessary."""


@cache
def inbox_handler(source: str) -> InboxHandler:
    """What hands on the messages of a source (the second table in config/jobs.py)."""
    table: Mapping[str, str] = import_string(settings.INBOX)
    handler: InboxHandler = import_string(table[source])
    return handler
