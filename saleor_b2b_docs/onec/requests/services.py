"""What the shop wants of an accounting base that asks: its orders."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.onec.orders_out import services as orders_out
from saleor_b2b_docs.onec.orders_out.context import OutgoingOrder

_ID = re.compile(r"[0-9a-f]{32}")
_ORDERS = TypeAdapter(Sequence[OutgoingOrder])


@dataclass(frozen=True, slots=True)
class Page:
    """What a base is given at once."""

    id: str
    """To acknowledge it by; the next page takes what was not acknowledged along."""
    requests: Sequence[dict[str, Any]]
    """Each has its `type`, and under that name what it is about."""


def offer(base: Base, *, limit: int, now: dt.datetime) -> Page:
    """Up to `limit` things that the base has not acknowledged yet."""
    page_id = secrets.token_hex(16)
    orders = orders_out.offer(base, offered_in=page_id, limit=limit, now=now)
    # Amounts are texts, days and instants ISO 8601.
    told = _ORDERS.dump_python(orders, mode="json")
    return Page(page_id, [{"type": "order", "order": order} for order in told])


def acknowledge(base: Base, page_id: str, *, now: dt.datetime) -> int:
    """The base has what it was given under this id; how much of it was not acknowledged before.

    What was offered again since is acknowledged by its newer page only; an id of nothing is none's.
    """
    if not _ID.fullmatch(page_id):
        return 0
    return orders_out.confirm(base, offered_in=page_id, now=now)
