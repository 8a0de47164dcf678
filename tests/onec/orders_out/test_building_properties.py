"""Whatever an order costs, its parts come to its sum, here and in the file that goes out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from saleor_b2b_docs.onec.channels.commerceml import writing
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.onec.orders_out.building import build
from saleor_b2b_docs.onec.orders_out.context import Names
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.models import Supplier

NOW = dt.datetime(2026, 3, 10, 9, 30, tzinfo=dt.UTC)
_AMOUNTS = st.integers(min_value=0, max_value=10**12)


@st.composite
def _lines(draw: st.DrawFn) -> list[OrderLine]:
    lines = []
    for position in range(draw(st.integers(min_value=0, max_value=6))):
        gross = draw(_AMOUNTS)
        lines.append(
            OrderLine(
                position=position,
                name="Кава",
                sku=f"SKU-{position}",
                quantity=draw(st.integers(min_value=0, max_value=10_000)),
                tax_rate=Decimal("0.2"),
                gross=gross,
                tax=gross // 6,
                undiscounted_gross=gross + draw(_AMOUNTS),
            )
        )
    return lines


@given(
    lines=_lines(),
    shipping=_AMOUNTS,
    total=_AMOUNTS,
    currency=st.sampled_from(["UAH", "JPY", "KWD"]),
)
def test_the_parts_come_to_the_total(
    lines: list[OrderLine], shipping: int, total: int, currency: str
) -> None:
    # given
    order = Order(
        saleor_id="T3JkZXI6MQ==",
        number="1001",
        status=Order.Status.UNFULFILLED,
        currency=currency,
        placed_at=NOW,
        saleor_updated_at=NOW,
        gross=total,
        tax=total // 6,
        shipping_gross=shipping,
        shipping_tax=0,
        shipping_tax_rate=Decimal(0),
    )
    order.supplier = Supplier(time_zone="Europe/Kyiv", profile="UA")

    # when
    outgoing = build(order, lines, base=Base(), names=Names({}, {}), paid=0)
    content = b"".join(writing.orders([outgoing], version="2.10", encoding="utf-8", now=NOW))

    # then
    document = etree.fromstring(content).find("Документ")
    assert document is not None
    sums = sum(
        (Decimal(node.text or "") for node in document.iterfind("Товары/Товар/Сумма")), Decimal(0)
    )
    discount = Decimal(document.findtext("Скидки/Скидка/Сумма", "0"))
    assert outgoing.parts == outgoing.gross
    assert sums - discount == Decimal(document.findtext("Сумма", "")) == outgoing.gross
