"""Intents: doing a change in Saleor once, though any step may crash or lose its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Protocol, TypeVar

from django.db import transaction

from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.saleor.models import MutationIntent

IN_FLIGHT = dt.timedelta(seconds=30)
"""How long a request whose answer got lost may still be carried out by Saleor.

Reading back sooner could miss it, and repeating would do it twice. Saleor's own request time-out
behind a usual proxy is 20 to 30 s.
"""


def sending(intent: MutationIntent, *, seen: str = "", now: dt.datetime) -> None:
    """Note that the request leaves now. Commit this before it does.

    `seen` is what Saleor showed before it, where reading back needs something to compare with; it
    stands in the place of the result until there is one.
    """
    with transaction.atomic():
        _update(
            intent,
            now=now,
            state=MutationIntent.State.INTENDED,
            sent_at=now,
            result_id=seen,
            error="",
        )


@contextmanager
def attempt(intent: MutationIntent, *, seen: str = "", now: dt.datetime) -> Iterator[None]:
    """One request for the intent: noted before it leaves, and how it failed if it does."""
    sending(intent, seen=seen, now=now)
    try:
        yield
    except (SaleorRefused, SaleorUnavailable, SaleorUncertain) as error:
        failed(intent, error, now=now)
        raise


class _Error(Protocol):
    """An error in a mutation's payload, of whichever generated type."""

    @property
    def message(self) -> str | None: ...
    @property
    def code(self) -> Enum: ...


class _Payload(Protocol):
    @property
    def errors(self) -> Sequence[_Error]: ...


P = TypeVar("P", bound=_Payload)


def accepted(operation: str, payload: P | None) -> P:
    """The payload of a mutation that Saleor carried out. Raises SaleorRefused with its error."""
    if payload is None:
        raise SaleorRefused("NO_ANSWER", f"{operation} answered nothing")
    for error in payload.errors:
        raise SaleorRefused(str(error.code.value), f"{operation}: {error.message}")
    return payload


def done(intent: MutationIntent, *, result_id: str, now: dt.datetime) -> None:
    """Saleor did it, or reading back showed that it had."""
    _update(intent, now=now, state=MutationIntent.State.DONE, result_id=result_id, error="")


def failed(intent: MutationIntent, error: Exception, *, now: dt.datetime) -> None:
    """It was refused, or surely never arrived; anything else leaves it as sent."""
    if isinstance(error, SaleorRefused):
        _update(intent, now=now, state=MutationIntent.State.REFUSED, sent_at=None, error=str(error))
    elif isinstance(error, SaleorUnavailable):
        _update(intent, now=now, sent_at=None, error=str(error))
    else:
        _update(intent, now=now, error=str(error))


def ambiguous(intent: MutationIntent, reason: str, *, now: dt.datetime) -> None:
    """Reading back does not tell: somebody has to look."""
    _update(intent, now=now, state=MutationIntent.State.AMBIGUOUS, error=reason)


def _update(intent: MutationIntent, *, now: dt.datetime, **changes: object) -> None:
    for name, value in changes.items():
        setattr(intent, name, value)
    intent.updated_at = now
    intent.save(update_fields=[*changes, "updated_at"])
