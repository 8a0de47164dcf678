"""A stand-in Saleor with the app installed, for tests of what happens between the two.

One sandbox per test session and worker. The app that it has installed is a door in the test process
that shakes hands and swallows deliveries: tests call the app's services themselves.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings
from saleor_sandbox.buyer import ADDRESS, Api, Goods, PlacedOrder, place_order
from saleor_sandbox.process import SandboxProcess

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.gate.services import process_order
from saleor_b2b_docs.saleor.keys import fetch_jwks
from saleor_b2b_docs.saleor.manifest import PERMISSIONS, manifest
from saleor_b2b_docs.saleor.models import Channel, Installation
from saleor_b2b_docs.saleor.sealing import seal
from saleor_b2b_docs.saleor.services import refresh
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions

STAFF = ("admin@example.com", "admin")
BUYER = ("olena@magazyn-zatyshok.example", "demo")
EU_BUYER = ("anna.weber@nordhaus.example", "demo")
HAMMER = "KSH-10450"
"""289.00 UAH with 20 % tax, 5.35 EUR without 19 %."""
GLOVES = "KSH-60100"
"""Medical: 214.00 UAH with 7 % tax, 4.30 EUR without 7 %."""
DRILL = "KSH-10812"
"""On sale in UAH: 3149.10 instead of 3499.00."""
PAINT = "KSH-30014"
"""A variant with a name of its own: 689.00 UAH."""

_TOKEN_SECONDS = 200.0  # Saleor's live 300
_STASH = pytest.StashKey["Sandbox"]()


class _Door(BaseHTTPRequestHandler):
    """The app as far as Saleor can tell: a manifest, a handshake, and doors for webhooks."""

    server: _DoorServer

    def do_GET(self) -> None:
        with override_settings(PUBLIC_URL=self.server.url):
            self._answer(manifest(definitions()))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/register":
            self.server.token = body["auth_token"]
        self._answer({"success": True})

    def log_message(self, *_args: object) -> None:
        """Nothing: the tests' output is the tests'."""

    def _answer(self, body: Mapping[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _DoorServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.token = ""
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, name="door", daemon=True).start()


@dataclass
class Sandbox:
    """The running process with the app installed, and the hands of its buyers and staff."""

    process: SandboxProcess
    api: Api
    app_id: str
    app_token: str
    door_url: str
    """The origin that Saleor takes for the app's."""
    _tokens: dict[str, tuple[float, str]] = field(default_factory=dict)
    _variants: dict[str, str] = field(default_factory=dict)

    def token_of(self, who: tuple[str, str]) -> str:
        """An access token of this user, fresh enough."""
        made_at, token = self._tokens.get(who[0], (float("-inf"), ""))
        if time.monotonic() - made_at > _TOKEN_SECONDS:
            token = self.api.sign_in(*who)
            self._tokens[who[0]] = (time.monotonic(), token)
        return token

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """What staff who may do everything are answered."""
        return self.api.call(query, variables, token=self.token_of(STAFF))

    def variant(self, sku: str) -> str:
        """A variant's global id by its SKU."""
        if not self._variants:
            products = self.ask(
                'query { products(first: 50, channel: "ua") { edges { node {'
                " variants { id sku } } } } }"
            )["products"]["edges"]
            self._variants = {
                variant["sku"]: variant["id"]
                for product in products
                for variant in product["node"]["variants"]
            }
        return self._variants[sku]

    def meddle(self, statement: str, *parameters: object) -> None:
        """Change the sandbox's database by hand, where its API has no way to."""
        path = next(self.process.data_dir.glob("*.sqlite3"))
        with sqlite3.connect(path, timeout=10) as database:
            database.execute(statement, parameters)
        database.close()


@dataclass
class Shop:
    """The sandbox as one test sees it: with its installation here, and a clean log."""

    sandbox: Sandbox
    installation: Installation

    def place(
        self,
        *skus: str,
        channel: str = "ua",
        quantity: int = 3,
        who: tuple[str, str] | None = BUYER,
        email: str = "",
        address: Mapping[str, Any] | None = None,
        paid: bool = False,
    ) -> PlacedOrder:
        """An order of so many of each SKU; a guest's where nobody signs in."""
        goods = Goods(channel, {self.sandbox.variant(sku): quantity for sku in skus or (HAMMER,)})
        return place_order(
            self.sandbox.api,
            goods,
            email=email or (who[0] if who else "guest@example.com"),
            token=self.sandbox.token_of(who) if who else None,
            address=address,
            payer_token=self.sandbox.token_of(STAFF) if paid else None,
        )

    def place_in_bulk(
        self,
        count: int,
        *,
        status: str = "UNFULFILLED",
        created_at: dt.datetime | None = None,
        email: str = BUYER[0],
    ) -> list[str]:
        """So many orders that staff bring in at once; their ids."""
        created = (created_at or timezone.now()).isoformat()
        line = {
            "variantId": self.sandbox.variant(HAMMER),
            "createdAt": created,
            "isShippingRequired": True,
            "isGiftCard": False,
            "quantity": 1,
            "totalPrice": {"net": 100, "gross": 120},
            "undiscountedTotalPrice": {"net": 100, "gross": 120},
            "warehouse": "V2FyZWhvdXNlOjE=",
        }
        order = {
            "channel": "ua",
            "createdAt": created,
            "status": status,
            "user": {"email": email},
            "billingAddress": dict(ADDRESS),
            "currency": "UAH",
            "languageCode": "UK",
            "lines": [line],
        }
        answer = self.sandbox.ask(
            """mutation($orders: [OrderBulkCreateInput!]!) {
              orderBulkCreate(orders: $orders) {
                results { order { id } } errors { path message code } } }""",
            orders=[order] * count,
        )
        return [result["order"]["id"] for result in answer["orderBulkCreate"]["results"]]

    def order(self, order_id: str) -> dict[str, Any]:
        """The order as staff see it."""
        order: dict[str, Any] = self.sandbox.ask(
            """query($id: ID!) { order(id: $id) { id number status created updatedAt
              lines { id } invoices { id number url status } } }""",
            id=order_id,
        )["order"]
        return order

    def change(self, mutation: str, order_id: str, arguments: str = "") -> None:
        """A mutation of an order by staff, e.g. `orderCancel`."""
        self.sandbox.ask(
            f"mutation($id: ID!) {{ {mutation}(id: $id{arguments}) {{ errors {{ code }} }} }}",
            id=order_id,
        )

    def request_invoice(self, order_id: str) -> None:
        """Staff click "generate invoice"."""
        self.sandbox.ask(
            "mutation($id: ID!) { invoiceRequest(orderId: $id) { errors { code } } }", id=order_id
        )

    def create_invoice(self, order_id: str, *, number: str, url: str) -> None:
        """Staff, or another app, enter an invoice of their own."""
        self.sandbox.ask(
            """mutation($id: ID!, $input: InvoiceCreateInput!) {
              invoiceCreate(orderId: $id, input: $input) { errors { code } } }""",
            id=order_id,
            input={"number": number, "url": url},
        )

    def calls(self) -> Counter[str]:
        """How often the app called each of Saleor's root fields in this test."""
        return Counter(
            operation
            for call in self.sandbox.process.calls()["calls"]
            if call["caller"].startswith("App:")
            for operation in call["operations"]
        )

    def process(
        self,
        order_id: str,
        *,
        now: dt.datetime | None = None,
        not_before: dt.datetime | None = None,
        invoice_is_requested: bool = False,
        attempt: int = 1,
    ) -> None:
        """Let the gate process an order, as its job does."""
        self.installation.refresh_from_db()
        process_order(
            self.installation,
            order_id,
            not_before=not_before,
            invoice_is_requested=invoice_is_requested,
            attempt=attempt,
            now=now or timezone.now(),
        )

    def document(self, order_id: str) -> Document:
        """The order's only document."""
        return Document.objects.get(
            order__saleor_id=order_id, order__installation=self.installation
        )

    def refresh_channels(self) -> None:
        """Read the channels' settings anew, as the job does after CHANNEL_UPDATED."""
        refresh(self.installation, now=timezone.now())


@pytest.fixture(scope="session")
def sandbox(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """The session's sandbox; one, however many folders import this fixture."""
    if _STASH not in pytestconfig.stash:
        # Wholesale orders in tests wait for no e-mail and no retry.
        process = SandboxProcess(data_dir=tmp_path_factory.mktemp("sandbox"), retry_factor=0.01)
        process.start()
        pytestconfig.add_cleanup(process.stop)
        door = _DoorServer()
        pytestconfig.add_cleanup(door.server_close)
        pytestconfig.add_cleanup(door.shutdown)
        app_id = process.install(f"{door.url}/api/manifest")
        api = Api(process.api_url)
        pytestconfig.add_cleanup(api.close)
        pytestconfig.stash[_STASH] = Sandbox(process, api, app_id, door.token, door.url)
    return pytestconfig.stash[_STASH]


@pytest.fixture
def shop(sandbox: Sandbox, settings: Settings, db: None) -> Iterator[Shop]:
    """The shop, with an installation and its channels as of a minute ago, and no supplier."""
    settings.SALEOR_API_URLS = [sandbox.api.api_url]
    settings.SALEOR_TIMEOUT_SECONDS = 5.0
    now = timezone.now()
    installation = Installation.objects.create(
        api_url=sandbox.api.api_url,
        app_id=sandbox.app_id,
        encrypted_token=seal(sandbox.app_token),
        saleor_version="3.23.0",
        granted_permissions=sorted(PERMISSIONS),
        jwks=fetch_jwks(sandbox.api.api_url),
        jwks_fetched_at=now,
        installed_at=now,
        caught_up_to=now,
    )
    _make_channels(installation, (("ua", "UAH", True), ("eu", "EUR", False), ("kz", "KZT", True)))
    sandbox.process.forget_calls()
    yield Shop(sandbox, installation)
    sandbox.process.clear_faults()


def _make_channels(installation: Installation, channels: Sequence[tuple[str, str, bool]]) -> None:
    for slug, currency, confirms in channels:
        Channel.objects.create(
            installation=installation,
            saleor_id=f"Channel:{slug}",
            slug=slug,
            name=slug,
            currency=currency,
            confirms_automatically=confirms,
            allows_unpaid_orders=True,
            refreshed_at=timezone.now(),
        )
