"""Limits on guessing: how often somebody may try, counted across processes."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from saleor_b2b_docs.documents.queries import used_attempts
from saleor_b2b_docs.documents.services import add_attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` attempts in each `window`."""

    name: str
    times: int
    window: dt.timedelta


class TooManyAttempts(Exception):
    """The limit is used up; `retry_after` says for how long."""

    code = "RATE_LIMITED"

    def __init__(self, retry_after: dt.timedelta) -> None:
        super().__init__("too many attempts, try again later")
        self.retry_after = retry_after


GUEST_BY_ADDRESS = Limit("guest-address", times=20, window=dt.timedelta(minutes=10))
"""A company's people share an address; a guesser of e-mails needs thousands."""
GUEST_BY_ORDER = Limit("guest-order", times=10, window=dt.timedelta(minutes=10))
"""Against a guesser with many addresses."""
MAIL_BY_DOCUMENT = Limit("mail-document", times=3, window=dt.timedelta(hours=1))
"""A mailbox must not be filled by whoever knows its address and an order's id."""
UNKNOWN_ORDER = Limit("unknown-order", times=60, window=dt.timedelta(minutes=10))
"""Each makes us ask Saleor once, so made-up order ids must be few."""


def refuse_exhausted(limit: Limit, subject: str, *, now: dt.datetime) -> None:
    """Raise TooManyAttempts when this subject has used up its attempts, without counting one."""
    window, elapsed = _window(limit, now)
    if used_attempts(_key(limit, subject), window) >= limit.times:
        raise TooManyAttempts(limit.window - elapsed)


def count_attempt(limit: Limit, subject: str, *, now: dt.datetime) -> None:
    """Count one attempt of this subject (a client address, an order). Raises TooManyAttempts."""
    window, elapsed = _window(limit, now)
    if add_attempt(_key(limit, subject), window) > limit.times:
        raise TooManyAttempts(limit.window - elapsed)


def _window(limit: Limit, now: dt.datetime) -> tuple[int, dt.timedelta]:
    """The number of the window that `now` is in, and how much of it has passed."""
    window, elapsed = divmod(int(now.timestamp()), int(limit.window.total_seconds()))
    return window, dt.timedelta(seconds=elapsed)


def _key(limit: Limit, subject: str) -> str:
    """Hashed, so that the table holds nobody's address."""
    return hashlib.sha256(f"{limit.name}\n{subject}".encode()).hexdigest()
