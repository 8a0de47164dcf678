"""The demo without a person: order, wait, download, read the PDF; and what the buyers owe."""

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from pypdf import PdfReader

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import Api, PlacedOrder, find_goods, place_order
from saleor_sandbox.demo.accounting import check_accounting
from saleor_sandbox.demo.accounts.checking import check_accounts
from saleor_sandbox.process import SandboxProcess

BUYER_EMAIL = "olena@magazyn-zatyshok.example"
BUYER_PASSWORD = "demo"  # noqa: S105  the make-believe shop's public password
_WAIT_SECONDS = 60.0
_QUERY = """query($orderId: ID!) { b2bOrderDocuments(orderId: $orderId) {
  state code documents { number pdfUrl total { amount currency } } } }"""


def check(sandbox: SandboxProcess, app: AppProcess, accounts: Path) -> int:
    """Order as a buyer and compare what the PDF says with what Saleor says, and what the app says
    of the accounts with what their file comes to; 0 when all of it agrees."""
    # Before the order, whose invoice is a document more.
    accounts_checks = check_accounts(sandbox, app, accounts)
    api = Api(sandbox.api_url)
    try:
        token = api.sign_in(BUYER_EMAIL, BUYER_PASSWORD)
        began = time.perf_counter()
        order = place_order(api, find_goods(api, "ua"), email=BUYER_EMAIL, token=token)
        placed = time.perf_counter()
        document = _wait_for_document(app, order, token)
        pdf = httpx.get(document["pdfUrl"], timeout=30, trust_env=False).raise_for_status().content
        held = time.perf_counter()
        invoices = api.call(
            "query($id: ID!) { order(id: $id) { status invoices { number url } } }",
            {"id": order.id},
        )["order"]
    finally:
        api.close()
    text = _text(pdf)
    gross = f"{order.gross:.2f}".replace(".", ",")
    buyer = "Магазин Затишок"
    checks = {
        **accounts_checks,
        f"number {document['number']}": document["number"] in text,
        f"total {gross} {order.currency}": gross in re.sub(r"(?<=\d)[\s\u00a0](?=\d)", "", text),
        f"buyer {buyer}": buyer in text,
        f"Saleor has it once, order {invoices['status']}": [document["number"]]
        == [invoice["number"] for invoice in invoices["invoices"]],
        **dict(check_accounting(sandbox, app, accounts, order)),
    }
    for name, is_right in checks.items():
        _say(f"{'ok  ' if is_right else 'FAIL'}  {name}")
    _say(
        f"order {order.number}: placed in {placed - began:.2f} s (checkoutComplete "
        f"{order.seconds:.2f} s), PDF of {len(pdf)} bytes in hand {held - placed:.2f} s later"
    )
    return 0 if all(checks.values()) else 1


def _wait_for_document(app: AppProcess, order: PlacedOrder, token: str) -> dict[str, Any]:
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        answer = httpx.post(
            f"{app.url}/graphql/",
            json={"query": _QUERY, "variables": {"orderId": order.id}},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            trust_env=False,
        ).json()
        papers = answer["data"]["b2bOrderDocuments"]
        if papers["state"] == "READY":
            document: dict[str, Any] = papers["documents"][0]
            return document
        if papers["state"] == "FAILED":
            raise RuntimeError(f"no invoice: {papers['code']}")
        time.sleep(0.1)
    raise RuntimeError("no invoice within a minute")


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
