"""What the orders that go out are called in CommerceML: their statuses, by Saleor's.

The ids are ours and stay; the names are what a base's administrator sees in its settings.
"""

from __future__ import annotations

from collections.abc import Mapping

from saleor_b2b_docs.orders.models import Order

STATUSES: Mapping[str, str] = {
    Order.Status.UNFULFILLED: "Подтверждён",
    Order.Status.PARTIALLY_FULFILLED: "Частично отгружен",
    Order.Status.FULFILLED: "Отгружен",
    Order.Status.PARTIALLY_RETURNED: "Частично возвращён",
    Order.Status.RETURNED: "Возвращён",
    Order.Status.CANCELED: "Отменён",
    Order.Status.EXPIRED: "Истёк",
}
FINAL = frozenset(
    {Order.Status.FULFILLED, Order.Status.RETURNED, Order.Status.CANCELED, Order.Status.EXPIRED}
)


def status_name(status: str) -> str:
    """The name; a status newer than the list is its own name."""
    return STATUSES.get(status, status)
