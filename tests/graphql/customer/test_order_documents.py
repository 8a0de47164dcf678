"""The papers of an order as the API shows them; tests/graphql/test_matrix.py says to whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import ensure_invoice, void_invoices
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import PDF, file_current_revision, issue_invoice
from tests.builders.orders import make_order, order_global_id
from tests.builders.parties import make_supplier
from tests.builders.saleor import (
    API_URL,
    OTHER_API_URL,
    bearer,
    customer_token,
    make_installation,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
EMAIL = "guest@example.com"

ALL = """query($id: ID!, $email: String) { b2bOrderDocuments(orderId: $id, guestEmail: $email) {
  state code retryAfter
  documents {
    id kind number issuedOn isVoid revision total { amount currency } url pdfUrl lastingUrl
    revisions { number createdAt total { amount currency } url pdfUrl }
  } } }"""
STATE = """query($id: ID!, $email: String) { b2bOrderDocuments(orderId: $id, guestEmail: $email) {
  state code retryAfter documents { number } } }"""
REQUEST = """mutation($id: ID!, $email: String) {
  b2bInvoiceRequest(orderId: $id, guestEmail: $email) {
    orderDocuments { state code retryAfter documents { number } }
    errors { field message code } } }"""


@pytest.fixture
def order(db: None) -> Iterator[Order]:
    with time_machine.travel(NOW, tick=False):
        installation = make_installation()
        yield make_order(installation, supplier=make_supplier(installation))


def _ask(
    client: Client,
    query: str,
    order_id: str,
    *,
    headers: dict[str, str] | None = None,
    email: str | None = None,
    address: str = "10.0.0.1",
) -> dict[str, Any]:
    response = client.post(
        "/graphql/",
        json.dumps({"query": query, "variables": {"id": order_id, "email": email}}),
        content_type="application/json",
        headers=bearer(customer_token()) if headers is None else headers,
        REMOTE_ADDR=address,
    )
    answer: dict[str, Any] = response.json()
    return answer


def _papers(answer: dict[str, Any]) -> dict[str, Any]:
    papers: dict[str, Any] = answer["data"]["b2bOrderDocuments"]
    return papers


def _path(url: str) -> str:
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == "https://docs.example"
    return f"{parts.path}?{parts.query}"


def test_a_document_with_its_revisions(client: Client, order: Order) -> None:
    # given
    document = issue_invoice(order)
    Order.objects.update(gross=120_010, tax=20_010)
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        ensure_invoice(Order.objects.get(), now=NOW + dt.timedelta(days=1))
    file_current_revision(document)

    # when
    papers = _papers(_ask(client, ALL, order.saleor_id))

    # then
    assert (papers["state"], papers["code"], papers["retryAfter"]) == ("READY", None, 0)
    (shown,) = papers["documents"]
    address = f"https://docs.example/documents/{document.pk}"
    assert shown["id"] == to_global_id("B2BDocument", document.pk)
    assert (shown["kind"], shown["number"], shown["issuedOn"]) == ("INVOICE", "1001", "2026-03-02")
    assert (shown["isVoid"], shown["revision"]) == (False, 2)
    assert shown["total"] == {"amount": 1200.1, "currency": "UAH"}
    assert shown["lastingUrl"] == address
    assert shown["url"].startswith(f"{address}?ticket=")
    assert shown["pdfUrl"].startswith(f"{address}.pdf?ticket=")
    assert [
        (revision["number"], revision["createdAt"], revision["total"]["amount"])
        for revision in shown["revisions"]
    ] == [(2, "2026-03-03T09:30:00+00:00", 1200.1), (1, "2026-03-02T09:30:00+00:00", 1200.0)]


def test_its_addresses_open_for_an_hour_without_a_token(client: Client, order: Order) -> None:
    # given
    issue_invoice(order)
    (shown,) = _papers(_ask(client, ALL, order.saleor_id))["documents"]
    (revision,) = shown["revisions"]
    pages = [shown["url"], revision["url"]]
    files = [shown["pdfUrl"], revision["pdfUrl"]]

    # when / then
    assert [client.get(_path(url)).status_code for url in pages] == [200, 200]
    assert [client.get(_path(url)).content for url in files] == [PDF, PDF]
    assert client.get(_path(shown["lastingUrl"])).status_code == 401
    with time_machine.travel(NOW + dt.timedelta(hours=1, seconds=1), tick=False):
        assert {client.get(_path(url)).status_code for url in pages + files} == {401}


def test_papers_that_are_being_prepared_say_when_to_ask_again(client: Client, order: Order) -> None:
    # given
    issue_invoice(order, is_rendered=False)

    # when
    papers = _papers(_ask(client, STATE, order.saleor_id))

    # then
    assert papers == {"state": "PREPARING", "code": None, "retryAfter": 700, "documents": []}


def test_papers_that_cannot_be_had_say_why(client: Client, order: Order) -> None:
    # given
    Order.objects.update(status=Order.Status.CANCELED)

    # when
    papers = _papers(_ask(client, STATE, order.saleor_id))

    # then
    assert papers == {
        "state": "FAILED",
        "code": "ORDER_CANCELLED",
        "retryAfter": 0,
        "documents": [],
    }


def test_a_void_document_is_shown_as_such(client: Client, order: Order) -> None:
    # given
    document = issue_invoice(order)
    void_invoices(order, now=NOW)
    file_current_revision(document)

    # when
    (shown,) = _papers(_ask(client, ALL, order.saleor_id))["documents"]

    # then
    assert (shown["number"], shown["isVoid"], shown["revision"]) == ("1001", True, 1)


def test_one_document_by_its_id(client: Client, order: Order) -> None:
    # given
    document = issue_invoice(order)
    global_id = to_global_id("B2BDocument", document.pk)

    # when
    answer = _ask(client, "query($id: ID!) { b2bDocument(id: $id) { id number } }", global_id)

    # then
    assert answer == {"data": {"b2bDocument": {"id": global_id, "number": "1001"}}}


@pytest.mark.parametrize(
    "wrong_id",
    [
        "",
        "garbage",
        "T3JkZXI6",
        to_global_id("User", 1),
        to_global_id("Order", "../1"),
        to_global_id("Order", "x" * 65),
        to_global_id("Order", "1\x00"),
        "\ud83d",
        "Order:1",
        "T3JkZXI6MQ==\n",
    ],
)
@pytest.mark.parametrize("query", [STATE, REQUEST])
def test_what_is_no_order_s_id_is_not_looked_for(
    client: Client, order: Order, query: str, wrong_id: str
) -> None:
    # when
    answer = _ask(client, query, wrong_id)

    # then
    assert "errors" not in answer
    if query is STATE:
        assert answer["data"]["b2bOrderDocuments"] is None
    else:
        assert answer["data"]["b2bInvoiceRequest"] == {
            "orderDocuments": None,
            "errors": [
                {"field": "orderId", "message": "There is no such order.", "code": "NOT_FOUND"}
            ],
        }
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "wrong_id",
    [
        "",
        "garbage",
        to_global_id("B2BDocument", "1"),
        to_global_id("B2BDocument", ""),
        to_global_id("B2BDocument", "\x00"),
        to_global_id("Document", "00000000-0000-0000-0000-000000000000"),
        "\ud83d",
    ],
)
def test_what_is_no_document_s_id_is_no_document(
    client: Client, order: Order, wrong_id: str
) -> None:
    # when
    answer = _ask(client, "query($id: ID!) { b2bDocument(id: $id) { id } }", wrong_id)

    # then
    assert answer == {"data": {"b2bDocument": None}}


def test_an_invoice_is_requested_once_however_often_it_is_clicked(
    client: Client, order: Order
) -> None:
    # given
    Order.objects.update(placed_at=order.installation.installed_at - dt.timedelta(days=1))
    papers = _papers(_ask(client, STATE, order.saleor_id))
    assert (papers["state"], papers["code"]) == ("FAILED", "NOT_REQUESTED")

    # when
    answers = [_ask(client, REQUEST, order.saleor_id) for _ in range(3)]

    # then
    preparing: dict[str, Any] = {
        "state": "PREPARING",
        "code": None,
        "retryAfter": 700,
        "documents": [],
    }
    payload = {"orderDocuments": preparing, "errors": []}
    assert answers == [{"data": {"b2bInvoiceRequest": payload}}] * 3
    job = Job.objects.get()
    assert (job.name, job.arguments["order"]) == ("gate.answer_invoice_request", order.saleor_id)


def _make_guest(order: Order) -> Document:
    order.user_id, order.user_email = "", EMAIL
    order.save()
    document = issue_invoice(order)
    Job.objects.all().delete()
    return document


def test_a_guest_proves_himself_by_email(client: Client, order: Order) -> None:
    # given
    _make_guest(order)

    # when
    right = _ask(client, STATE, order.saleor_id, headers={}, email="Guest@Example.com")
    wrong = _ask(client, STATE, order.saleor_id, headers={}, email="other@example.com")
    nameless = _ask(client, STATE, order.saleor_id, headers={})

    # then
    assert _papers(right)["documents"] == [{"number": "1001"}]
    assert wrong == nameless == {"data": {"b2bOrderDocuments": None}}


@pytest.mark.parametrize("email", ["\x00", "\ud83d", "x" * 10_000, " "])
def test_an_odd_email_is_a_wrong_one(client: Client, order: Order, email: str) -> None:
    # given
    _make_guest(order)

    # when
    answer = _ask(client, STATE, order.saleor_id, headers={}, email=email)

    # then
    assert answer == {"data": {"b2bOrderDocuments": None}}


def test_an_email_helps_nobody_who_has_a_token(client: Client, order: Order) -> None:
    # given
    _make_guest(order)

    # when
    answer = _ask(client, STATE, order.saleor_id, email=EMAIL)

    # then
    assert answer == {"data": {"b2bOrderDocuments": None}}


def test_a_guesser_is_told_when_to_come_back(client: Client, order: Order) -> None:
    # given
    _make_guest(order)
    for guess in range(10):
        _ask(client, STATE, order.saleor_id, headers={}, email=f"{guess}@example.com")

    # when
    answer = _ask(client, STATE, order.saleor_id, headers={}, email=EMAIL)

    # then
    assert answer["data"] == {"b2bOrderDocuments": None}
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "RATE_LIMITED", "retryAfter": 600_000}
    elsewhere = make_order(
        order.installation, number="1002", supplier=order.supplier, user_id="", user_email=EMAIL
    )
    assert _papers(_ask(client, STATE, elsewhere.saleor_id, headers={}, email=EMAIL))


@pytest.mark.parametrize("api_url", [API_URL, OTHER_API_URL])
def test_a_guest_s_unknown_order_is_looked_for_at_the_saleor_that_is_named(
    client: Client, order: Order, api_url: str
) -> None:
    # given
    other = make_installation(api_url=OTHER_API_URL)

    # when
    headers = {"Saleor-Api-Url": api_url}
    answer = _ask(client, STATE, order_global_id(), headers=headers, email=EMAIL)

    # then
    assert _papers(answer)["state"] == "PREPARING"
    expected = order.installation_id if api_url == API_URL else other.pk
    assert Job.objects.get().installation_id == expected
