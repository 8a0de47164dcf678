"""Deliveries of Saleor's webhooks, signed as Saleor signs them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from django.http import HttpResponse
from django.test import Client

from tests.builders.saleor import API_URL, APP_ID, sign

ISSUED_AT = "2026-03-02T10:00:00+00:00"
ORDER_ID = "T3JkZXI6NDJhNmU0ZDItMGYwZS00"
UPDATED_AT = dt.datetime(2026, 3, 2, 9, 59, 58, 123456, tzinfo=dt.UTC)


def payload(recipient: str = APP_ID, **fields: object) -> bytes:
    """The body that our subscriptions make Saleor send."""
    content = {"issuedAt": ISSUED_AT, "recipient": {"id": recipient}, **fields}
    return json.dumps(content, ensure_ascii=False).encode()


def order_payload(order_id: str = ORDER_ID, updated_at: dt.datetime = UPDATED_AT) -> bytes:
    """The body of an event about one order."""
    return payload(order={"id": order_id, "updatedAt": updated_at.isoformat()})


INVOICE_ID = "SW52b2ljZTox"


def invoice_payload(order_id: str = ORDER_ID) -> bytes:
    """The body of an INVOICE_REQUESTED."""
    return payload(
        order={"id": order_id, "updatedAt": UPDATED_AT.isoformat()}, invoice={"id": INVOICE_ID}
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of Saleor's. What is None is left to be as Saleor makes it."""

    event: str = "order_created"
    body: bytes = field(default_factory=order_payload)
    signature: str | None = None
    api_url: str = API_URL
    header_event: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def post(self) -> HttpResponse:
        """Deliver it, and return the door's answer."""
        return self.send("POST")

    def send(self, method: str) -> HttpResponse:
        """Deliver it with another method."""
        header_event = self.event if self.header_event is None else self.header_event
        headers = {
            "Saleor-Event": header_event,
            "Saleor-Domain": "shop.example",
            "Saleor-Api-Url": self.api_url,
            "Saleor-Signature": sign(self.body) if self.signature is None else self.signature,
            **self.headers,
        }
        response = Client().generic(
            method,
            f"/api/webhooks/saleor/{self.event}",
            self.body,
            content_type="application/json",
            headers={name: value for name, value in headers.items() if value},
        )
        return cast(HttpResponse, response)
