"""The channel of signed events, as a programmed 1C speaks it (docs/1c-events.md)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
from standardwebhooks import Webhook

from saleor_sandbox.onec.conversation import Conversation, NotAnswered
from saleor_sandbox.onec.orders import DELIVERY, IncomingOrder, OrderedLine, OrderParty

_EVENTS = "/api/1c/events"
_REQUESTS = "/api/1c/requests"
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class EventsChannel:
    """A base with a signing secret."""

    conversation: Conversation
    key_id: str
    secret: str

    def orders(self, *, now: dt.datetime, message_id: str) -> tuple[str, list[IncomingOrder]]:
        """What waits for the base, and the id to acknowledge it by. Raises NotAnswered."""
        answer = self._ask("GET", _REQUESTS, now=now, message_id=message_id, limit=str(_AT_ONCE))
        body = answer.json()
        orders = [
            _order(request["order"]) for request in body["requests"] if request["type"] == "order"
        ]
        return body["id"], orders

    def acknowledge(self, page_id: str, *, now: dt.datetime, message_id: str) -> None:
        """What came under this id is safe. Raises NotAnswered."""
        self._ask("POST", f"{_REQUESTS}/{page_id}/ack", now=now, message_id=message_id)

    def send(self, body: str, *, now: dt.datetime, message_id: str) -> dict[str, Any]:
        """A message, and what the app says of it. Raises NotAnswered, also where it refused any
        event of it: this base sends one at a time."""
        answer = self._ask("POST", _EVENTS, now=now, message_id=message_id, body=body)
        applied: dict[str, Any] = answer.json()
        if applied["refused"]:
            raise NotAnswered("; ".join(f"{e['code']}: {e['message']}" for e in applied["refused"]))
        return applied

    def _ask(
        self,
        method: str,
        path: str,
        *,
        now: dt.datetime,
        message_id: str,
        body: str = "",
        **parameters: str,
    ) -> httpx.Response:
        answer = self.conversation.ask(
            method,
            path,
            parameters={"key": self.key_id, **parameters},
            headers={
                "Content-Type": "application/json",
                "webhook-id": message_id,
                "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": Webhook(self.secret).sign(message_id, now, body),
            },
            content=body.encode(),
        )
        if answer.status_code != httpx.codes.OK:
            raise NotAnswered(f"{answer.status_code}: {answer.text[:500]}")
        return answer


def message(event: Mapping[str, Any], *, epoch: str, sequence: int) -> str:
    """The body of a message with one event."""
    return json.dumps(
        {"epoch": epoch, "sequence": sequence, "events": [event]}, ensure_ascii=False, indent=1
    )


def line_of(line: OrderedLine) -> dict[str, Any]:
    """A line of a paper."""
    return {
        "name": line.name,
        "sku": line.sku,
        "unit": line.unit,
        "quantity": f"{line.quantity.normalize():f}",
        "price": f"{line.net_price:f}",
        "net": f"{line.net:f}",
        "vat_rate": f"{line.tax_rate:f}",
        "vat": f"{line.tax:f}",
        "gross": f"{line.gross:f}",
    }


def _order(told: Mapping[str, Any]) -> IncomingOrder:
    lines = [_line(line, quantity=Decimal(line["quantity"])) for line in told["lines"]]
    delivery = told["delivery"]
    services = [(DELIVERY, "Доставка", delivery)] if Decimal(delivery["gross"]) else []
    if surplus := Decimal(told["surplus"]):
        services.append(("", "Інші нарахування", {"gross": surplus, "tax": "0", "tax_rate": "0"}))
    for key, name, entry in services:
        lines.append(
            OrderedLine(
                id=key,
                sku="",
                name=name,
                unit="шт",
                quantity=Decimal(1),
                gross=Decimal(entry["gross"]),
                tax=Decimal(entry["tax"]),
                tax_rate=Decimal(entry["tax_rate"]),
            )
        )
    buyer, seller = told["buyer"], told["seller"]
    return IncomingOrder(
        id=told["id"],
        number=told["number"],
        placed_on=dt.datetime.fromisoformat(told["placed_at"]).date(),
        currency=told["currency"],
        gross=Decimal(told["gross"]),
        discount=Decimal(told["discount"]),
        is_cancelled=told["is_cancelled"],
        buyer=OrderParty(buyer["id"], buyer["name"], buyer["tax_id"], buyer["vat_id"]),
        seller=OrderParty(seller["code"], seller["name"], seller["tax_id"]),
        lines=tuple(lines),
    )


def _line(line: Mapping[str, Any], *, quantity: Decimal) -> OrderedLine:
    return OrderedLine(
        id=line["id"],
        sku=line["sku"],
        name=line["name"],
        unit=line["unit"] or "шт",
        quantity=quantity,
        gross=Decimal(line["gross"]),
        tax=Decimal(line["tax"]),
        tax_rate=Decimal(line["tax_rate"]),
    )


def paper_event(
    kind: str,
    *,
    key: str,
    version: int,
    number: str,
    on: dt.date,
    currency: str,
    amount: Decimal,
    order_id: str,
    lines: Sequence[OrderedLine],
    settles: Sequence[str],
) -> dict[str, Any]:
    """The event that says that a waybill or a payment is posted, for one order.

    `settles` are keys of the waybills that a payment pays.
    """
    said: dict[str, Any] = {
        "type": kind,
        "key": key,
        "version": str(version),
        "number": number,
        "currency": currency,
        "orders": [{"id": order_id, "amount": f"{amount:.2f}"}],
    }
    if kind == "waybill":
        return {
            **said,
            "issued_on": on.isoformat(),
            "gross": f"{amount:.2f}",
            "lines": [line_of(line) for line in lines],
        }
    return {
        **said,
        "received_on": on.isoformat(),
        "amount": f"{amount:.2f}",
        "method": "bank",
        "settles": [{"key": waybill} for waybill in settles],
    }


def unposting_event(kind: str, *, key: str, version: int) -> dict[str, Any]:
    """The event that says that it is posted no more."""
    return {"type": "unposting", "key": key, "version": str(version), "of": kind}
