"""What resolvers know about the operation that they serve."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saleor_sandbox.event_types import Occurrence
from saleor_sandbox.models import App
from saleor_sandbox.requestor import Requestor


@dataclass(frozen=True, slots=True)
class Context:
    """`requestor` is whose permissions count: the caller, or the app that a webhook goes to.

    `occurrence` and `recipient` are set while the body of a webhook is made; `address` is the
    caller's network address.
    """

    requestor: Requestor
    now: dt.datetime
    address: str = ""
    refresh_cookie: str | None = None
    occurrence: Occurrence | None = None
    recipient: App | None = None
