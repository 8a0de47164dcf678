"""How a job may end other than well."""

from __future__ import annotations

import datetime as dt


class TemporaryFailure(Exception):
    """Something outside is down or busy: try again later, for as long as the job may live.

    `retry_after` overrides the backoff when the other side said when to come back.
    """

    def __init__(self, message: str, *, retry_after: dt.timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentFailure(Exception):
    """Trying again cannot help: the job is parked at once with `code` and the message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
