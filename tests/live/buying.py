"""Buying at the live Saleor, and what the app answers about it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx
from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import PlacedOrder, find_goods, place_order

from tests.live.saleors import LiveSaleor

T = TypeVar("T")

_PAPERS = """query($orderId: ID!, $guestEmail: String) {
  b2bOrderDocuments(orderId: $orderId, guestEmail: $guestEmail) {
    state code retryAfter
    documents { id number isVoid revision url pdfUrl lastingUrl total { amount currency } }
  } }"""


def eventually(look: Callable[[], T | None], *, seconds: float = 60, what: str) -> T:
    """What `look` finds as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def papers(
    app: AppProcess, order: PlacedOrder, token: str | None, guest_email: str | None = None
) -> dict[str, Any] | None:
    """What the app answers to somebody who asks for an order's papers."""
    answer = httpx.post(
        f"{app.url}/graphql/",
        json={"query": _PAPERS, "variables": {"orderId": order.id, "guestEmail": guest_email}},
        headers={"Authorization": f"Bearer {token}"} if token else {},
        timeout=30,
    )
    found: dict[str, Any] | None = answer.json()["data"]["b2bOrderDocuments"]
    return found


def ready_document(
    app: AppProcess, order: PlacedOrder, token: str | None, guest_email: str | None = None
) -> dict[str, Any]:
    """The order's document, once it is there."""

    def look() -> dict[str, Any] | None:
        found = papers(app, order, token, guest_email)
        return found["documents"][0] if found and found["state"] == "READY" else None

    return eventually(look, what=f"papers of order {order.number}")


def buy(saleor: LiveSaleor, index: int | None = 0, *, is_paid: bool = False) -> PlacedOrder:
    """An order of one of the buyers, or of a guest."""
    email = "Guest.Buyer@example.com" if index is None else saleor.buyers[index][0]
    return place_order(
        saleor.api,
        find_goods(saleor.api, saleor.channel),
        email=email,
        token=None if index is None else saleor.buyer_token(index),
        address=saleor.address(),
        payer_token=saleor.staff_token() if is_paid else None,
    )
