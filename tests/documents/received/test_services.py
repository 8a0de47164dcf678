"""Papers that the accounting system hands in: once, whatever comes how often and when."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.documents.models import Document, DocumentKind, DocumentOrder, Revision
from saleor_b2b_docs.documents.received.context import (
    MAX_PDF_BYTES,
    InvalidReceived,
    from_content,
)
from saleor_b2b_docs.documents.received.services import (
    attach_pdf,
    link_waiting_orders,
    receive,
    receive_all,
    void_all_received,
    void_received,
)
from saleor_b2b_docs.documents.rendering import pdf_content
from saleor_b2b_docs.parties.models import Alias, Contract
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import LINE, PDF, issue_invoice, make_received, receive_paper
from tests.builders.orders import make_order, order_global_id
from tests.builders.parties import make_contract, make_counterparty, make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    return make_contract(make_supplier(installation), make_counterparty(installation))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "files").rglob("*") if path.is_file())


def test_a_paper_becomes_a_document(contract: Contract) -> None:
    # when
    document = receive_paper(make_received(contract), now=NOW)

    # then
    document.refresh_from_db()
    assert (document.kind, document.origin, document.number) == ("waybill", "received", "РН-000017")
    assert (document.search_key, document.issued_on) == ("ph17", dt.date(2026, 3, 2))
    assert (document.issued_at, document.voided_at) == (NOW, None)
    assert (document.currency, document.gross) == ("UAH", 120_000)
    assert (document.counterparty, document.contract) == (contract.counterparty, contract)
    revision = document.revisions.get()
    assert (revision.number, revision.currency, revision.gross) == (1, "UAH", 120_000)
    assert from_content(revision.content).lines == (LINE,)
    assert revision.content["lines"][0]["price"] == "120"
    assert not Job.objects.exists()


def test_the_same_paper_again_changes_nothing(contract: Contract) -> None:
    # given
    first = receive_paper(make_received(contract, pdf=PDF), now=NOW)
    before = (Document.objects.values().get(), Revision.objects.values().get())

    # when
    again = receive_paper(
        make_received(
            contract,
            pdf=PDF,
            lines=[dataclasses.replace(LINE, price=Decimal("120.0"), quantity=Decimal("10.000"))],
        ),
        now=LATER,
    )

    # then
    assert again == first
    assert (Document.objects.values().get(), Revision.objects.values().get()) == before


def test_other_content_makes_a_revision(contract: Contract) -> None:
    # given
    receive_paper(make_received(contract, pdf=PDF), now=NOW)

    # when
    document = receive_paper(make_received(contract, number="РН-18", gross=90_000), now=LATER)

    # then
    document.refresh_from_db()
    assert (document.number, document.search_key, document.gross) == ("РН-18", "ph18", 90_000)
    assert document.issued_at == NOW
    first, second = document.revisions.order_by("number")
    assert (first.content["number"], second.content["number"]) == ("РН-000017", "РН-18")
    assert (second.number, second.created_at) == (2, LATER)
    # The file was of what the paper said before.
    assert (bool(first.pdf_name), second.pdf_name) == (True, "")


def test_a_file_is_stored_under_its_hash(contract: Contract, tmp_path: Path) -> None:
    # when
    document = receive_paper(make_received(contract, pdf=PDF), now=NOW)

    # then
    (path,) = _files(tmp_path)
    revision = document.revisions.get()
    assert revision.pdf_name == (f"documents/{document.installation_id}/{document.pk}/{path.name}")
    assert pdf_content(revision, now=NOW) == PDF


def test_a_file_that_comes_later_is_added_to_the_same_revision(contract: Contract) -> None:
    # given
    receive_paper(make_received(contract), now=NOW)

    # when
    document = receive_paper(make_received(contract, pdf=PDF), now=LATER)

    # then
    revision = document.revisions.get()
    assert (bool(revision.pdf_name), revision.rendered_at) == (True, LATER)


def test_another_file_makes_a_revision_of_the_same_content(contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract, pdf=PDF), now=NOW)

    # when
    attach_pdf(document, b"%PDF-1.4 stamped", now=LATER)
    attach_pdf(document, b"%PDF-1.4 stamped", now=LATER)

    # then
    first, second = document.revisions.order_by("number")
    assert first.content == second.content
    assert pdf_content(first, now=NOW) == PDF
    assert pdf_content(second, now=NOW) == b"%PDF-1.4 stamped"


def test_no_file_means_that_none_was_sent(contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract, pdf=PDF), now=NOW)

    # when
    receive_paper(make_received(contract), now=LATER)

    # then
    assert pdf_content(document.revisions.get(), now=NOW) == PDF


def test_a_lost_file_is_not_rendered(contract: Contract, tmp_path: Path) -> None:
    # given
    document = receive_paper(make_received(contract, pdf=PDF), now=NOW)
    for path in _files(tmp_path):
        path.unlink()

    # when
    content = pdf_content(document.revisions.get(), now=NOW)

    # then
    assert content is None
    assert document.revisions.get().pdf_name
    assert not Job.objects.exists()


def test_a_paper_is_voided_and_comes_back(contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract), now=NOW)

    # when / then
    assert (
        void_received(contract.supplier.installation, source="1c-main", key="guid-1", now=LATER)
        == document
    )
    document.refresh_from_db()
    assert document.voided_at == LATER

    receive_paper(make_received(contract), now=LATER)
    document.refresh_from_db()
    assert document.voided_at is None
    assert document.revisions.count() == 1


@pytest.mark.parametrize(("source", "key"), [("1c-main", "guid-2"), ("1c-other", "guid-1")])
def test_what_never_came_is_not_voided(contract: Contract, source: str, key: str) -> None:
    # given
    receive_paper(make_received(contract), now=NOW)

    # when
    voided = void_received(contract.supplier.installation, source=source, key=key, now=LATER)

    # then
    assert voided is None
    assert Document.objects.get().voided_at is None


def test_the_same_key_of_another_base_is_another_paper(contract: Contract) -> None:
    # when
    first = receive_paper(make_received(contract))
    second = receive_paper(make_received(contract, source="1c-other"))

    # then
    assert first != second


def test_orders_are_linked_with_their_amounts(contract: Contract) -> None:
    # given
    one, two = (
        make_order(contract.supplier.installation, supplier=contract.supplier, number=number)
        for number in ("1", "2")
    )
    orders = [(one.saleor_id, 70_000), (two.saleor_id, None)]

    # when
    document = receive_paper(make_received(contract, orders=orders))

    # then
    document.refresh_from_db()
    assert document.order is None
    links = document.order_links.order_by("order__number").values_list("order", "amount")
    assert list(links) == [(one.pk, 70_000), (two.pk, None)]

    # when
    receive_paper(make_received(contract, orders=orders[:1]))

    # then
    document.refresh_from_db()
    assert document.order == one
    assert [link.order for link in document.order_links.all()] == [one]


def test_an_order_that_comes_later_is_linked_then(contract: Contract) -> None:
    # given
    installation = contract.supplier.installation
    order_id = order_global_id()
    document = receive_paper(make_received(contract, orders=[(order_id, 500)]))
    assert not document.order_links.exists()

    # when
    order = make_order(installation, saleor_id=order_id, supplier=contract.supplier)
    link_waiting_orders(order)
    link_waiting_orders(order)

    # then
    document.refresh_from_db()
    assert document.order == order
    assert DocumentOrder.objects.values_list("document", "order", "amount").get() == (
        document.pk,
        order.pk,
        500,
    )
    assert Alias.objects.values_list("external_id", flat=True).get() == "guid-1"


def test_a_paper_waits_no_more_for_an_order_that_it_does_not_name_any_more(
    contract: Contract,
) -> None:
    # given
    order_id = order_global_id()
    document = receive_paper(make_received(contract, orders=[(order_id, None)]))
    receive_paper(make_received(contract, orders=[]))

    # when
    link_waiting_orders(make_order(contract.supplier.installation, saleor_id=order_id))

    # then
    assert not document.order_links.exists()


def test_another_shops_order_of_the_same_id_is_not_linked(contract: Contract) -> None:
    # given
    other = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    order = make_order(other)

    # when
    document = receive_paper(make_received(contract, orders=[(order.saleor_id, None)]))
    link_waiting_orders(order)

    # then
    assert not document.order_links.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": ""}, "INVALID_KEY"),
        ({"key": "k" * 201}, "INVALID_KEY"),
        ({"source": " "}, "INVALID_SOURCE"),
        ({"number": ""}, "INVALID_NUMBER"),
        ({"number": "1" * 81}, "INVALID_NUMBER"),
        ({"number": "1\0"}, "INVALID_TEXT"),
        ({"number": "\ud83d"}, "INVALID_TEXT"),
        ({"currency": "XXQ"}, "INVALID_CURRENCY"),
        ({"currency": ""}, "INVALID_CURRENCY"),
        ({"gross": 10**18}, "INVALID_AMOUNT"),
        ({"orders": (("a", 1), ("a", 2))}, "INVALID_ORDERS"),
        ({"orders": (("", 1),)}, "INVALID_ORDERS"),
        ({"lines": (dataclasses.replace(LINE, price=Decimal("NaN")),)}, "INVALID_AMOUNT"),
        ({"lines": (dataclasses.replace(LINE, net=Decimal("1e30")),)}, "INVALID_AMOUNT"),
        ({"lines": (LINE,) * 10_001}, "TOO_MANY_LINES"),
        ({"pdf": b"MZ no pdf"}, "INVALID_PDF"),
        ({"pdf": b"%PDF-" + bytes(MAX_PDF_BYTES)}, "PDF_TOO_LARGE"),
    ],
)
def test_what_is_no_paper_is_refused(
    contract: Contract, tmp_path: Path, changes: Mapping[str, Any], code: str
) -> None:
    # given
    received = dataclasses.replace(make_received(contract), **changes)

    # when
    with pytest.raises(InvalidReceived) as refused:
        receive(contract.supplier.installation, received, now=NOW)

    # then
    assert refused.value.code == code
    assert not Document.objects.exists()
    assert not Alias.objects.exists()
    assert _files(tmp_path) == []


def test_papers_of_strangers_are_refused(contract: Contract) -> None:
    # given
    other = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    stranger = make_counterparty(other)
    received = make_received(contract)

    # when / then
    for wrong in (
        dataclasses.replace(received, counterparty=stranger, contract=None),
        dataclasses.replace(
            received, counterparty=make_counterparty(contract.supplier.installation)
        ),
    ):
        with pytest.raises(InvalidReceived) as refused:
            receive(contract.supplier.installation, wrong, now=NOW)
        assert refused.value.code == "INVALID_PARTIES"
    with pytest.raises(InvalidReceived) as refused:
        receive(other, received, now=NOW)
    assert refused.value.code == "INVALID_PARTIES"
    assert not Document.objects.exists()


def test_a_key_keeps_its_kind(contract: Contract) -> None:
    # given
    receive_paper(make_received(contract))

    # when
    with pytest.raises(InvalidReceived) as refused:
        receive_paper(make_received(contract, kind=DocumentKind.RETURN))

    # then
    assert refused.value.code == "KIND_CHANGED"
    assert Document.objects.get().kind == "waybill"


def test_a_paper_of_ours_is_not_overwritten(contract: Contract) -> None:
    # given
    installation = contract.supplier.installation
    ours = issue_invoice(make_order(installation, supplier=contract.supplier))
    Alias.objects.create(
        installation=installation,
        source="1c-main",
        kind=Alias.Kind.DOCUMENT,
        external_id="guid-1",
        target=str(ours.pk),
    )

    # when
    with pytest.raises(InvalidReceived) as refused:
        receive_paper(make_received(contract, kind=DocumentKind.INVOICE))
    with pytest.raises(InvalidReceived) as refused_file:
        attach_pdf(ours, PDF, now=NOW)

    # then
    assert (refused.value.code, refused_file.value.code) == ("NOT_RECEIVED", "NOT_RECEIVED")
    assert ours.revisions.count() == 1


def test_many_papers_are_received_in_as_many_statements_as_few(contract: Contract) -> None:
    # given
    order_id = order_global_id()
    few, many = (
        [
            make_received(contract, key=f"{count}-{n}", orders=[(order_id, n)])
            for n in range(1, count)
        ]
        for count in (3, 60)
    )
    installation = contract.supplier.installation

    # when
    with CaptureQueriesContext(connection) as of_few:
        receive_all(installation, few, now=NOW)
    with CaptureQueriesContext(connection) as of_many:
        received = receive_all(installation, many, now=NOW)

    # then
    assert len(of_many) == len(of_few)
    assert [paper.number for paper in received if isinstance(paper, Document)] == ["РН-000017"] * 59


def test_a_refused_paper_keeps_no_other_from_being_received(contract: Contract) -> None:
    # given
    receive_paper(make_received(contract, key="known"), now=NOW)
    papers = [
        make_received(contract, key="good"),
        make_received(contract, key="bad", number=""),
        make_received(contract, key="known", kind=DocumentKind.RETURN),
        make_received(contract, key="good", number="РН-2"),
    ]

    # when
    received = receive_all(contract.supplier.installation, papers, now=LATER)

    # then
    codes = [getattr(paper, "code", "") for paper in received]
    assert codes == ["", "INVALID_NUMBER", "KIND_CHANGED", ""]
    assert received[0] == received[3] == Document.objects.get(number="РН-2")
    assert Document.objects.count() == 2


def test_many_papers_are_voided_at_once(contract: Contract) -> None:
    # given
    for key in ("1", "2", "3"):
        receive_paper(make_received(contract, key=key), now=NOW)

    # when
    void = void_all_received(
        contract.supplier.installation, source="1c-main", keys=["1", "2", "9"], now=LATER
    )

    # then
    assert len(void) == 2
    assert Document.objects.filter(voided_at=LATER).count() == 2
