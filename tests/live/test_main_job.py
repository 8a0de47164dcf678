"""The main job through real mutations, in the order in which a shop lives it."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pypdf import PdfReader
from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import PlacedOrder

from tests.live.buying import buy, eventually, papers, ready_document
from tests.live.saleors import LiveSaleor

pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.xdist_group("live")]

OUTAGE_SECONDS = float(os.environ.get("LIVE_OUTAGE_SECONDS", "5"))
"""How long the app is down in the test of an outage. Saleor gives up after some 310 s."""


def pdf_text(content: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture(scope="module")
def unpaid(saleor: LiveSaleor, app: AppProcess) -> PlacedOrder:
    """An unpaid order of the first buyer, whose papers are ready."""
    order = buy(saleor)
    ready_document(app, order, saleor.buyer_token())
    return order


def test_install_brings_all_webhooks(saleor: LiveSaleor, app: AppProcess) -> None:
    apps = saleor.ask(
        """query { apps(first: 50) { edges { node {
          identifier isActive webhooks { name isActive asyncEvents { eventType } } } } } }"""
    )["apps"]["edges"]
    (ours,) = [node["node"] for node in apps if node["node"]["identifier"] == "saleor.b2b-docs"]

    assert ours["isActive"]
    version = saleor.ask("query { shop { version } }")["shop"]["version"]
    wanted = httpx.get(
        app.manifest_url, headers={"Saleor-Schema-Version": ".".join(version.split(".")[:2])}
    ).json()["webhooks"]
    assert sorted(webhook["name"] for webhook in ours["webhooks"]) == sorted(
        webhook["name"] for webhook in wanted
    )
    assert all(webhook["isActive"] for webhook in ours["webhooks"])


def test_unpaid_checkout_becomes_a_confirmed_order_with_its_invoice(
    saleor: LiveSaleor, app: AppProcess, record_property: Callable[[str, object], None]
) -> None:
    order = buy(saleor)
    began = time.perf_counter()

    document = ready_document(app, order, saleor.buyer_token())
    pdf = httpx.get(document["pdfUrl"]).raise_for_status().content
    seconds = time.perf_counter() - began

    assert order.status == "UNCONFIRMED"
    text = pdf_text(pdf)
    assert document["number"] in text
    assert "Магазин Затишок" in text
    assert document["total"] == {"amount": order.gross, "currency": order.currency}
    invoices = eventually(
        lambda: saleor.order(order.id)["invoices"] or None, what="the invoice at Saleor"
    )
    assert saleor.order(order.id)["status"] == "UNFULFILLED"
    assert [(invoice["number"], invoice["url"]) for invoice in invoices] == [
        (document["number"], document["lastingUrl"])
    ]
    record_property("seconds to PDF", round(seconds, 2))
    sys.stderr.write(
        f"\nPDF in hand {seconds:.2f} s after the answer of checkoutComplete, which itself took "
        f"{order.seconds:.2f} s: {seconds / order.seconds:.1f} times\n"
    )


def test_paid_checkout_has_its_invoice_too(saleor: LiveSaleor, app: AppProcess) -> None:
    order = buy(saleor, is_paid=True)

    document = ready_document(app, order, saleor.buyer_token())

    eventually(lambda: saleor.order(order.id)["invoices"] or None, what="the invoice at Saleor")
    at_saleor = saleor.order(order.id)
    assert at_saleor["status"] == "UNFULFILLED"
    assert [invoice["number"] for invoice in at_saleor["invoices"]] == [document["number"]]


def test_invoice_has_saleors_totals(
    saleor: LiveSaleor, app: AppProcess, unpaid: PlacedOrder
) -> None:
    document = ready_document(app, unpaid, saleor.buyer_token())
    total = saleor.order(unpaid.id)["total"]

    text = pdf_text(httpx.get(document["pdfUrl"]).content).replace("\u00a0", "").replace(" ", "")

    for part in ("net", "tax", "gross"):
        assert f"{total[part]['amount']:.2f}".replace(".", ",") in text


def test_another_customer_sees_nothing(
    saleor: LiveSaleor, app: AppProcess, unpaid: PlacedOrder
) -> None:
    document = ready_document(app, unpaid, saleor.buyer_token())
    stranger = saleor.buyer_token(1)

    assert papers(app, unpaid, stranger) is None
    for address in (document["lastingUrl"], f"{document['lastingUrl']}.pdf"):
        answer = httpx.get(address, headers={"Authorization": f"Bearer {stranger}"})
        assert answer.status_code == 401
        assert document["number"] not in answer.text


def test_anonymous_caller_sees_nothing(
    saleor: LiveSaleor, app: AppProcess, unpaid: PlacedOrder
) -> None:
    document = ready_document(app, unpaid, saleor.buyer_token())
    shown = saleor.api.call(
        "query($id: ID!) { order(id: $id) { invoices { url } } }", {"id": unpaid.id}
    )

    # Saleor shows the address to everyone who has the order's id …
    assert [invoice["url"] for invoice in shown["order"]["invoices"]] == [document["lastingUrl"]]
    # … and the address asks who is there.
    assert papers(app, unpaid, None) is None
    assert papers(app, unpaid, None, saleor.buyers[0][0]) is None
    answer = httpx.get(document["lastingUrl"])
    assert answer.status_code == 401
    assert document["number"] not in answer.text


def test_buyers_own_token_opens_page_and_file(
    saleor: LiveSaleor, app: AppProcess, unpaid: PlacedOrder
) -> None:
    document = ready_document(app, unpaid, saleor.buyer_token())
    headers = {"Authorization": f"Bearer {saleor.buyer_token()}"}

    page = httpx.get(document["lastingUrl"], headers=headers)
    file = httpx.get(f"{document['lastingUrl']}.pdf", headers=headers)

    assert page.status_code == 200
    assert document["number"] in page.text
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Cache-Control"] == "no-store, private"


def test_guest_gets_his_by_order_and_email(saleor: LiveSaleor, app: AppProcess) -> None:
    order = buy(saleor, None)

    document = ready_document(app, order, None, "guest.buyer@EXAMPLE.com")

    assert papers(app, order, None, "somebody.else@example.com") is None
    assert papers(app, order, None) is None
    assert httpx.get(document["pdfUrl"]).status_code == 200


def test_generate_invoice_answers_with_the_same_one(
    saleor: LiveSaleor, app: AppProcess, unpaid: PlacedOrder
) -> None:
    document = ready_document(app, unpaid, saleor.buyer_token())

    for _ in range(2):
        saleor.ask(
            """mutation($id: ID!) { invoiceRequest(orderId: $id) { errors { message code } } }""",
            id=unpaid.id,
        )

    def all_answered() -> list[tuple[str, str]] | None:
        invoices = saleor.order(unpaid.id)["invoices"]
        answered = [(invoice["number"], invoice["url"]) for invoice in invoices if invoice["url"]]
        return answered if len(answered) == len(invoices) == 3 else None

    answered = eventually(all_answered, what="answers to two requests")
    assert set(answered) == {(document["number"], document["lastingUrl"])}


def test_cancelled_order_voids_its_invoice(saleor: LiveSaleor, app: AppProcess) -> None:
    order = buy(saleor)
    number = ready_document(app, order, saleor.buyer_token())["number"]

    saleor.ask("mutation($id: ID!) { orderCancel(id: $id) { errors { message } } }", id=order.id)

    def voided() -> dict[str, Any] | None:
        document = ready_document(app, order, saleor.buyer_token())
        return document if document["isVoid"] else None

    document = eventually(voided, what="a void invoice")
    assert document["number"] == number
    assert "АНУЛЬОВАНО" in pdf_text(httpx.get(document["pdfUrl"]).content)


def test_orders_of_an_outage_get_their_invoices(saleor: LiveSaleor, app: AppProcess) -> None:
    app.stop()
    orders = [buy(saleor) for _ in range(3)]
    time.sleep(OUTAGE_SECONDS)

    app.start()

    for order in orders:
        document = ready_document(app, order, saleor.buyer_token())
        invoices = eventually(
            lambda order=order: saleor.order(order.id)["invoices"] or None,  # type: ignore[misc] # bound now
            what="the invoice at Saleor",
        )
        assert [invoice["number"] for invoice in invoices] == [document["number"]]
