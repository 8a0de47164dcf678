"""What a paper says of itself, and of what its reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.received.context import Received
from saleor_b2b_docs.documents.received.services import receive
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.parties.models import Member
from tests.builders.callers import COLLEAGUE_ID
from tests.builders.documents import PDF
from tests.builders.orders import make_order
from tests.builders.saleor import bearer, customer_token, staff_token
from tests.builders.settlements import post_debit
from tests.graphql.world import NOW, TODAY, World, ask, buyer, make_world

pytestmark = pytest.mark.django_db

QUERY = """query($id: ID!) { b2bDocument(id: $id) {
  kind number twinNumber isReceived hasPdf pdfUrl total { amount currency }
  orders { number } contract { number } revisions { number pdfUrl total { amount } } } }"""


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def _receive(world: World, *order_ids: str, **given: Any) -> Document:
    said: dict[str, Any] = {
        "key": "7f0c",
        "source": "1c-main",
        "kind": DocumentKind.WAYBILL,
        "number": "К-12",
        "issued_on": dt.date(2026, 3, 1),
        "supplier": world.supplier,
        "counterparty": world.company,
        "contract": world.contract,
        "currency": "UAH",
        "gross": 12_000,
        "orders": tuple((order_id, None) for order_id in order_ids),
    }
    return receive(world.installation, Received(**{**said, **given}), now=NOW)


def _read(document: Document, headers: dict[str, str]) -> Any:
    answer = ask(QUERY, {"id": to_global_id("B2BDocument", document.pk)}, headers=headers)
    return answer["data"]["b2bDocument"]


def test_a_paper_of_unknown_sum_and_without_a_file(world: World) -> None:
    document = _receive(world, gross=None)

    assert _read(document, buyer()) == {
        "kind": "WAYBILL",
        "number": "К-12",
        "twinNumber": None,
        "isReceived": True,
        "hasPdf": False,
        "pdfUrl": None,
        "total": None,
        "orders": [],
        "contract": {"number": "Д-1"},
        "revisions": [{"number": 1, "pdfUrl": None, "total": None}],
    }


def test_a_paper_with_a_file(world: World) -> None:
    read = _read(_receive(world, pdf=PDF), buyer())

    assert read["hasPdf"]
    assert "/documents/" in read["pdfUrl"]
    assert "/documents/" in read["revisions"][0]["pdfUrl"]
    assert read["total"] == {"amount": 120.0, "currency": "UAH"}


def test_an_invoice_tells_the_number_of_its_double(world: World) -> None:
    _receive(world, world.order.saleor_id, kind=DocumentKind.INVOICE, number="СФ-77")

    read = _read(world.invoice, buyer())

    assert (read["number"], read["twinNumber"]) == ("1001", "СФ-77")


def test_a_paper_of_several_orders_names_those_that_its_reader_may_see(world: World) -> None:
    # given
    colleagues = make_order(
        world.installation, number="1002", supplier=world.supplier, user_id=COLLEAGUE_ID
    )
    document = _receive(world, world.order.saleor_id, colleagues.saleor_id)
    colleague = bearer(customer_token(user_id=COLLEAGUE_ID))
    staff = bearer(staff_token(user_permissions=["MANAGE_ORDERS"]))

    # then
    both = [{"number": "1001"}, {"number": "1002"}]
    assert _read(document, buyer())["orders"] == both
    assert _read(document, staff)["orders"] == both
    assert _read(document, colleague)["orders"] == [{"number": "1002"}]


def test_who_left_a_company_sees_own_orders_and_not_its_contract(world: World) -> None:
    Member.objects.all().delete()

    read = _read(world.invoice, buyer())

    assert (read["number"], read["orders"]) == ("1001", [{"number": "1001"}])
    assert read["contract"] is None


def test_rows_of_the_balance_link_to_their_papers(world: World) -> None:
    document = _receive(world, number="В-2")
    post_debit(world.contract, 12_000, on=TODAY, number="В-2", document=document)

    balance = ask(
        """query($id: ID!) { b2bBalance(contractId: $id) {
          openDocuments { rows { number document { number isReceived } } }
          movements(dateFrom: "2026-03-20", dateTo: "2026-03-20") {
            edges { node { document { number } } } } } }""",
        {"id": world.ids()["contract"]},
        headers=buyer(),
    )["data"]["b2bBalance"]

    assert balance["openDocuments"]["rows"] == [
        {"number": "В-1", "document": None},
        {"number": "В-2", "document": {"number": "В-2", "isReceived": True}},
    ]
    assert balance["movements"]["edges"] == [{"node": {"document": {"number": "В-2"}}}]


def test_the_pages_of_movements_follow_each_other(world: World) -> None:
    query = """query($id: ID!, $after: String) { b2bBalance(contractId: $id) {
      movements(dateFrom: "2026-01-01", dateTo: "2026-12-31", first: 1, after: $after) {
        edges { node { number balance { amount } } }
        pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
    seen: list[tuple[str, float]] = []
    info: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while info["hasNextPage"]:
        page = ask(
            query,
            {"id": world.ids()["contract"], "after": info["endCursor"]},
            headers=buyer(),
        )["data"]["b2bBalance"]["movements"]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is bool(seen)
        seen += [
            (edge["node"]["number"], edge["node"]["balance"]["amount"]) for edge in page["edges"]
        ]

    assert seen == [("В-1", 1000.0), ("П-1", 700.0)]


def test_addresses_of_exports_open_without_a_token(world: World) -> None:
    answer = ask(
        """query($id: ID!, $ids: [ID!]!) {
          b2bBalance(contractId: $id) { exportUrl(format: CSV, table: OPEN_DOCUMENTS) }
          b2bJournal { exportUrl(format: ZIP, ids: $ids) } }""",
        {"id": world.ids()["contract"], "ids": [world.ids()["document"]]},
        headers=buyer(),
    )["data"]

    assert answer["b2bBalance"]["exportUrl"].startswith("https://docs.example/exports/balance.csv?")
    assert answer["b2bJournal"]["exportUrl"].startswith(
        "https://docs.example/exports/documents.zip?"
    )
