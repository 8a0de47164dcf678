"""An app for tests: it shakes hands, takes webhooks and answers as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SUBSCRIPTION = """
subscription {
  event {
    __typename
    issuedAt
    version
    recipient { id }
    issuingPrincipal { ... on App { id } ... on User { id } }
    ... on OrderCreated { order { id number status userEmail } }
    ... on OrderConfirmed { order { id status } }
    ... on OrderUpdated { order { id status } }
    ... on OrderPaid { order { id status } }
    ... on OrderFullyPaid { order { id status } }
    ... on OrderCancelled { order { id status } }
    ... on OrderExpired { order { id status } }
    ... on OrderMetadataUpdated { order { id metadata { key value } } }
    ... on OrderBulkCreated { orders { id } }
    ... on InvoiceRequested { invoice { id number } requested: order { id } }
    ... on CustomerUpdated { user { id email isActive } }
    ... on CustomerDeleted { user { id email } }
    ... on ChannelUpdated { channel { id slug } }
    ... on AppStatusChanged { app { id isActive } }
    ... on AppDeleted { app { id isActive } }
  }
}
"""
EVENTS = (
    "ORDER_CREATED",
    "ORDER_CONFIRMED",
    "ORDER_UPDATED",
    "ORDER_PAID",
    "ORDER_FULLY_PAID",
    "ORDER_CANCELLED",
    "ORDER_EXPIRED",
    "ORDER_METADATA_UPDATED",
    "ORDER_BULK_CREATED",
    "INVOICE_REQUESTED",
    "CUSTOMER_UPDATED",
    "CUSTOMER_DELETED",
    "CHANNEL_UPDATED",
    "APP_STATUS_CHANGED",
    "APP_DELETED",
)
PERMISSIONS = ("MANAGE_ORDERS", "MANAGE_USERS", "MANAGE_CHANNELS")


@dataclass(frozen=True)
class Delivery:
    """A webhook that arrived."""

    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> str:
        """The name in the header."""
        return self.headers["Saleor-Event"]

    @property
    def payload(self) -> dict[str, Any]:
        """The body, parsed."""
        payload: dict[str, Any] = json.loads(self.body)
        return payload

    def is_about(self, order_id: str) -> bool:
        """Whether the order of this id stands in it."""
        return order_id.encode() in self.body


@dataclass
class Receiver:
    """The app's server. `statuses` are answered to the next webhooks, then 200."""

    identifier: str
    port: int = 0
    statuses: list[int] = field(default_factory=list)
    handshake_answer: tuple[int, bytes] = (200, b"{}")
    graphql_answer: bytes = b'{"data": {"answer": "from the app"}}'
    query: str = SUBSCRIPTION
    changes: dict[str, Any] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    handshakes: list[tuple[Mapping[str, str], dict[str, Any]]] = field(default_factory=list)
    questions: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def manifest_url(self) -> str:
        """Where its manifest is."""
        return f"{self.url}/manifest"

    @property
    def token(self) -> str:
        """The token of the last handshake."""
        token: str = self.handshakes[-1][1]["auth_token"]
        return token

    def manifest(self) -> dict[str, Any]:
        """What it says of itself, with `changes`."""
        return {
            "id": self.identifier,
            "name": "Receiver",
            "version": "1.0",
            "permissions": list(PERMISSIONS),
            "appUrl": self.url,
            "tokenTargetUrl": f"{self.url}/register",
            "webhooks": [
                {
                    "name": "Everything",
                    "targetUrl": f"{self.url}/webhooks",
                    "query": self.query,
                    "asyncEvents": list(EVENTS),
                }
            ],
            **self.changes,
        }

    def start(self) -> None:
        """Listen; on the same port again after `stop`."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                _answer(self, 200, json.dumps(receiver.manifest()).encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                _answer(self, *receiver.take(self.path, dict(self.headers), body))

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Remember a request and say what it is answered."""
        if path == "/register":
            self.handshakes.append((headers, json.loads(body)))
            return self.handshake_answer
        if path == "/graphql/":
            self.questions.append((headers, body))
            return 200, self.graphql_answer
        self.deliveries.append(Delivery(headers, body, time.monotonic()))
        return (self.statuses.pop(0) if self.statuses else 200), b"{}"

    def wait_for(
        self, wanted: Callable[[Delivery], bool], *, count: int = 1, seconds: float = 10
    ) -> list[Delivery]:
        """The deliveries that are `wanted`, once there are `count` of them."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [delivery for delivery in list(self.deliveries) if wanted(delivery)]
            if len(found) >= count:
                return found
            time.sleep(0.02)
        raise AssertionError(f"not {count}: {[delivery.event for delivery in self.deliveries]}")

    def events_about(self, order_id: str, *, count: int) -> Sequence[str]:
        """The sorted names of the events of an order, once there are `count` and no more come."""
        self.wait_for(lambda delivery: delivery.is_about(order_id), count=count)
        # Long enough for one too many to arrive.
        time.sleep(0.3)
        return sorted(delivery.event for delivery in self.deliveries if delivery.is_about(order_id))


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
