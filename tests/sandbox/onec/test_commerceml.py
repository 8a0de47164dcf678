"""The base's own reader and writer beside the app's: each reads what the other one wrote."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from saleor_sandbox.onec.commerceml import (
    ToldOrder,
    ToldPaper,
    UnreadableOrders,
    order_with_papers,
    orders_in,
)
from saleor_sandbox.onec.orders import DELIVERY, OrderedLine, OrderParty, shipped_lines

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.channels.commerceml import writing
from saleor_b2b_docs.onec.channels.commerceml.reading import read
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import Container, DocumentFact, OrderStatusFact, PaymentFact
from saleor_b2b_docs.onec.orders_out.context import (
    OutgoingDelivery,
    OutgoingLine,
    OutgoingOrder,
    OutgoingParty,
    OutgoingSeller,
)

NOW = dt.datetime(2026, 3, 20, 12, 0, tzinfo=dt.UTC)
ORDER_ID = "7f0f4a3e-0d5c-4b7e-9a51-1d2f3a4b5c6d"
WAYBILL, PAYMENT = "0d5c0000-0000-4000-8000-000000000001", "0d5c0000-0000-4000-8000-000000000002"


def outgoing(*, is_cancelled: bool = False) -> OutgoingOrder:
    return OutgoingOrder(
        id=ORDER_ID,
        number="1001",
        placed_at=NOW,
        changed_at=NOW,
        currency="UAH",
        status="CANCELED" if is_cancelled else "UNFULFILLED",
        is_cancelled=is_cancelled,
        is_paid=False,
        buyer=OutgoingParty(
            id="b-1", name="ТОВ «Їжак & Ко»", tax_id="38451232", vat_id="384512326587"
        ),
        seller=OutgoingSeller(code="kashtan", name="Каштан", tax_id="41234567", is_ukrainian=True),
        contract=None,
        lines=(
            OutgoingLine(
                id="g-1",
                name="Рулетка 5 м",
                sku="KSH-1",
                unit="шт",
                quantity=3,
                price=Decimal("40.00"),
                gross=Decimal("120.00"),
                tax=Decimal("20.00"),
                tax_rate=Decimal("0.2"),
                discount=Decimal("0.00"),
            ),
        ),
        delivery=OutgoingDelivery(
            name="Кур'єр",
            address="",
            gross=Decimal("60.00"),
            tax=Decimal("10.00"),
            tax_rate=Decimal("0.2"),
        ),
        discount=Decimal("9.99"),
        surplus=Decimal("0.00"),
        gross=Decimal("170.01"),
        tax=Decimal("28.34"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("version", ["2.05", "2.10", "3.1"])
def test_base_reads_what_the_app_offers(version: str, encoding: str) -> None:
    content = b"".join(writing.orders([outgoing()], version=version, encoding=encoding, now=NOW))

    (order,) = orders_in(content)

    assert (order.id, order.number, order.placed_on) == (ORDER_ID, "1001", dt.date(2026, 3, 20))
    assert (order.gross, order.discount) == (Decimal("170.01"), Decimal("9.99"))
    assert order.buyer == OrderParty("b-1", "ТОВ «Їжак & Ко»", "38451232", "384512326587")
    assert order.seller == OrderParty("kashtan", "Каштан", "41234567")
    assert [(line.id, line.gross, line.tax_rate) for line in order.lines] == [
        ("g-1", Decimal("120.00"), Decimal("0.2")),
        (DELIVERY, Decimal("60.00"), Decimal("0.2")),
    ]
    assert sum(line.gross for line in shipped_lines(order.content())) == Decimal("170.01")


def test_base_sees_that_an_order_is_cancelled() -> None:
    content = b"".join(
        writing.orders([outgoing(is_cancelled=True)], version="2.10", encoding="utf-8", now=NOW)
    )

    assert [order.is_cancelled for order in orders_in(content)] == [True]


def test_base_reads_an_answer_without_orders() -> None:
    content = b"".join(writing.orders([], version="2.10", encoding="utf-8", now=NOW))

    assert orders_in(content) == []


@pytest.mark.parametrize("content", [b"", b"failure\nno", b"<html/>", "<КоммерческаяИн".encode()])
def test_what_is_no_document_of_orders_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableOrders):
        orders_in(content)


def told(*papers: ToldPaper) -> bytes:
    line = OrderedLine(
        id="g-1",
        sku="KSH-1",
        name="Рулетка 5 м",
        unit="шт",
        quantity=Decimal(3),
        gross=Decimal("120.01"),
        tax=Decimal("20.00"),
        tax_rate=Decimal("0.2"),
    )
    order = ToldOrder(
        id=ORDER_ID,
        shop_number="1001",
        number="ТДЦУ-000142",
        on=dt.date(2026, 3, 20),
        currency="UAH",
        gross=Decimal("120.01"),
        buyer=OrderParty("b-1", "ТОВ «Затишок»", "38451232", "384512326587"),
        seller=OrderParty("kashtan", "Каштан", "41234567"),
        lines=(line,),
    )
    return order_with_papers(order, papers, now=NOW)


def paper(kind: str, key: str, amount: str, *, is_posted: bool = True) -> ToldPaper:
    return ToldPaper(
        kind=kind,
        key=key,
        version=1,
        number="ТДЦУ-000001",
        on=dt.date(2026, 3, 21),
        amount=Decimal(amount),
        is_posted=is_posted,
    )


def facts_of(content: bytes) -> Container:
    context = ReadingContext(
        base_code="1c", own_supplier_key="", currencies={}, default_currency="UAH", profile="UA"
    )
    (container,) = (
        said for said in read(io.BytesIO(content), context) if isinstance(said, Container)
    )
    return container


def test_app_reads_what_the_base_tells_of_an_order() -> None:
    container = facts_of(
        told(paper("waybill", WAYBILL, "120.01"), paper("payment", PAYMENT, "40.00"))
    )

    status, waybill, payment = container.facts
    assert container.key == ORDER_ID
    assert isinstance(status, OrderStatusFact)
    assert (status.number, status.gross, status.is_shipped) == (
        "ТДЦУ-000142",
        Decimal("120.01"),
        True,
    )
    assert isinstance(waybill, DocumentFact)
    assert (waybill.key, waybill.kind, waybill.gross, waybill.currency) == (
        WAYBILL,
        DocumentKind.WAYBILL,
        Decimal("120.01"),
        "UAH",
    )
    assert [(line.sku, line.gross, line.vat) for line in waybill.lines] == [
        ("KSH-1", Decimal("120.01"), Decimal("20.00"))
    ]
    assert [ref.id for ref in waybill.orders] == [ORDER_ID]
    assert isinstance(payment, PaymentFact)
    assert (payment.key, payment.amount, payment.method) == (PAYMENT, Decimal("40.00"), "bank")
    assert [ref.id for ref in payment.orders] == [ORDER_ID]


def test_app_reads_that_a_paper_is_not_posted_any_more() -> None:
    container = facts_of(told(paper("waybill", WAYBILL, "120.01", is_posted=False)))

    status, waybill = container.facts
    assert isinstance(waybill, DocumentFact)
    assert waybill.is_posted is False
    assert isinstance(status, OrderStatusFact)
    assert status.is_shipped is False
