"""The fields about one order against every kind of caller: the exact answer of each.

test_matrix_of_reads.py and test_matrix_of_changes.py have all others.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from tests.builders.callers import (
    CALLERS,
    NAMELESS,
    OF_ANOTHER_SHOP,
    REFUSED_TOKENS,
    SEEING,
    make_two_installations,
)
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order, order_global_id
from tests.builders.parties import make_supplier
from tests.builders.saleor import API_URL
from tests.builders.work import stored_rows

pytestmark = pytest.mark.django_db

FIELDS = ("b2bOrderDocuments", "b2bDocument", "b2bInvoiceRequest")

_PAPERS = "state code documents { number }"
ORDER_DOCUMENTS = f"query($id: ID!) {{ b2bOrderDocuments(orderId: $id) {{ {_PAPERS} }} }}"
DOCUMENT = "query($id: ID!) { b2bDocument(id: $id) { number isVoid } }"
INVOICE_REQUEST = f"""mutation($id: ID!) {{ b2bInvoiceRequest(orderId: $id) {{
  orderDocuments {{ {_PAPERS} }} errors {{ field code }} }} }}"""

_READY = {"state": "READY", "code": None, "documents": [{"number": "1001"}]}
_PREPARING: dict[str, Any] = {"state": "PREPARING", "code": None, "documents": []}
_NOT_FOUND = {"orderDocuments": None, "errors": [{"field": "orderId", "code": "NOT_FOUND"}]}


@pytest.fixture
def document(db: None) -> Document:
    make_two_installations()
    installation = Installation.objects.get(api_url=API_URL)
    order = make_order(installation, supplier=make_supplier(installation))
    document = issue_invoice(order)
    Job.objects.all().delete()
    return document


def _order_id(document: Document) -> str:
    assert document.order is not None
    return document.order.saleor_id


def _ask(client: Client, query: str, global_id: str, headers: Mapping[str, str]) -> dict[str, Any]:
    response = client.post(
        "/graphql/",
        json.dumps({"query": query, "variables": {"id": global_id}}),
        content_type="application/json",
        headers=dict(headers),
    )
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    answer: dict[str, Any] = response.json()
    return answer


def _assert_unauthenticated(answer: Mapping[str, Any], field: str) -> None:
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "UNAUTHENTICATED"}
    assert error["path"] == [field]
    assert answer["data"] in (None, {field: None})


def _assert_sought_elsewhere(document: Document) -> None:
    """The order is looked for at the caller's own Saleor, and nothing here has changed."""
    job = Job.objects.get()
    assert job.name == "gate.look_for_order"
    assert job.installation_id not in (None, document.installation_id)
    assert (Document.objects.count(), document.revisions.count()) == (1, 1)


@pytest.mark.parametrize("caller", CALLERS)
def test_b2b_order_documents(client: Client, document: Document, caller: str) -> None:
    # given
    before = stored_rows()
    headers = CALLERS[caller]()

    # when
    answer = _ask(client, ORDER_DOCUMENTS, _order_id(document), headers)

    # then
    if caller in OF_ANOTHER_SHOP:
        assert answer == {"data": {"b2bOrderDocuments": _PREPARING}}
        _assert_sought_elsewhere(document)
        return
    assert stored_rows() == before
    if caller in REFUSED_TOKENS:
        _assert_unauthenticated(answer, "b2bOrderDocuments")
    else:
        assert answer == {"data": {"b2bOrderDocuments": _READY if caller in SEEING else None}}


@pytest.mark.parametrize("caller", CALLERS)
def test_b2b_document(client: Client, document: Document, caller: str) -> None:
    # given
    before = stored_rows()
    headers = CALLERS[caller]()

    # when
    answer = _ask(client, DOCUMENT, to_global_id("B2BDocument", document.pk), headers)

    # then
    assert stored_rows() == before
    if caller in REFUSED_TOKENS:
        _assert_unauthenticated(answer, "b2bDocument")
    else:
        seen = {"number": "1001", "isVoid": False} if caller in SEEING else None
        assert answer == {"data": {"b2bDocument": seen}}


@pytest.mark.parametrize("caller", CALLERS)
def test_b2b_invoice_request(client: Client, document: Document, caller: str) -> None:
    # given
    before = stored_rows()
    headers = CALLERS[caller]()

    # when
    answer = _ask(client, INVOICE_REQUEST, _order_id(document), headers)

    # then
    if caller in OF_ANOTHER_SHOP:
        papers = {"orderDocuments": _PREPARING, "errors": []}
        assert answer == {"data": {"b2bInvoiceRequest": papers}}
        _assert_sought_elsewhere(document)
        return
    assert stored_rows() == before
    if caller in REFUSED_TOKENS:
        _assert_unauthenticated(answer, "b2bInvoiceRequest")
    else:
        ready = {"orderDocuments": _READY, "errors": []}
        assert answer == {"data": {"b2bInvoiceRequest": ready if caller in SEEING else _NOT_FOUND}}


@pytest.mark.parametrize("caller", CALLERS)
def test_b2b_invoice_request_for_an_order_without_an_invoice(
    client: Client, document: Document, caller: str
) -> None:
    # given
    order = make_order(
        document.installation,
        number="1002",
        supplier=document.supplier,
        placed_at=document.installation.installed_at - dt.timedelta(days=1),
    )
    headers = CALLERS[caller]()

    # when
    answer = _ask(client, INVOICE_REQUEST, order.saleor_id, headers)

    # then
    if caller in SEEING:
        papers = {"orderDocuments": _PREPARING, "errors": []}
        assert answer == {"data": {"b2bInvoiceRequest": papers}}
        assert Job.objects.get().name == "gate.answer_invoice_request"
        return
    if caller in OF_ANOTHER_SHOP:
        _assert_sought_elsewhere(document)
        return
    assert not Job.objects.exists()
    if caller in REFUSED_TOKENS:
        _assert_unauthenticated(answer, "b2bInvoiceRequest")
    else:
        assert answer == {"data": {"b2bInvoiceRequest": _NOT_FOUND}}


@pytest.mark.parametrize("caller", CALLERS)
def test_an_order_that_nobody_here_has_heard_of(
    client: Client, document: Document, caller: str
) -> None:
    """Whoever proves to be somebody has it looked for; it tells nothing of others' orders."""
    # given
    headers = CALLERS[caller]()
    order_id = order_global_id()

    # when
    answer = _ask(client, ORDER_DOCUMENTS, order_id, headers)

    # then
    if caller in REFUSED_TOKENS:
        _assert_unauthenticated(answer, "b2bOrderDocuments")
        assert not Job.objects.exists()
    elif caller in NAMELESS:
        assert answer == {"data": {"b2bOrderDocuments": None}}
        assert not Job.objects.exists()
    else:
        assert answer == {"data": {"b2bOrderDocuments": _PREPARING}}
        job = Job.objects.get()
        assert job.installation_id is not None
        asked = Installation.objects.get(pk=job.installation_id)
        assert job.name == "gate.look_for_order"
        assert (asked.api_url == API_URL) is ("another shop's" not in caller)
    assert Order.objects.count() == 1


@pytest.mark.parametrize("caller", CALLERS)
def test_a_document_that_is_not_there(client: Client, document: Document, caller: str) -> None:
    # given
    headers = CALLERS[caller]()
    order_as_document = to_global_id("Order", document.pk)
    nowhere = to_global_id("B2BDocument", document.order_id)

    # when
    answers = [_ask(client, DOCUMENT, wrong, headers) for wrong in (order_as_document, nowhere)]

    # then
    assert answers == [{"data": {"b2bDocument": None}}] * 2
