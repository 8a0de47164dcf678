from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from saleor_sandbox.onec.orders import (
    IncomingOrder,
    OrderedLine,
    OrderParty,
    party_in,
    shipped_lines,
)

BUYER = OrderParty("b-1", "ТОВ «Магазин Затишок»", "38451232", "384512326587")
SELLER = OrderParty("kashtan", "ТОВ «Каштан»", "41234567")


def line(gross: str, *, quantity: str = "1", rate: str = "0.2") -> OrderedLine:
    amount = Decimal(gross)
    tax = (amount * Decimal(rate) / (1 + Decimal(rate))).quantize(Decimal("0.01"))
    return OrderedLine(
        id="g-1",
        sku="KSH-1",
        name="Рулетка",
        unit="шт",
        quantity=Decimal(quantity),
        gross=amount,
        tax=tax,
        tax_rate=Decimal(rate),
    )


def order(*lines: OrderedLine, discount: str = "0.00") -> IncomingOrder:
    off = Decimal(discount)
    return IncomingOrder(
        id="o-1",
        number="1001",
        placed_on=dt.date(2026, 3, 20),
        currency="UAH",
        gross=sum((one.gross for one in lines), Decimal(0)) - off,
        discount=off,
        is_cancelled=False,
        buyer=BUYER,
        seller=SELLER,
        lines=lines,
    )


def test_lines_and_parties_are_kept_as_they_came() -> None:
    content = order(line("120.00", quantity="3"), line("60.00")).content()

    assert shipped_lines(content) == [line("120.00", quantity="3"), line("60.00")]
    assert (party_in(content, "buyer"), party_in(content, "seller")) == (BUYER, SELLER)


def test_discount_of_the_order_is_spread_over_the_lines() -> None:
    content = order(line("120.00"), line("60.00"), discount="10.00").content()

    lines = shipped_lines(content)

    assert [(one.gross, one.tax) for one in lines] == [
        (Decimal("113.33"), Decimal("18.89")),
        (Decimal("56.67"), Decimal("9.45")),
    ]


def test_net_price_is_that_of_a_unit() -> None:
    assert line("100.00", quantity="3").net == Decimal("83.33")
    assert line("100.00", quantity="3").net_price == Decimal("27.7767")
    assert line("100.00", quantity="3").gross_price == Decimal("33.3333")


kopecks = st.integers(min_value=0, max_value=10**9)


@given(st.lists(kopecks, min_size=1, max_size=20), st.integers(min_value=0, max_value=100))
def test_waybill_comes_to_the_orders_sum_to_the_kopeck(grosses: list[int], percent: int) -> None:
    off = sum(grosses) * percent // 100
    told = order(*(line(f"{gross / 100:.2f}") for gross in grosses), discount=f"{off / 100:.2f}")

    lines = shipped_lines(told.content())

    assert sum(one.gross for one in lines) == told.gross
    assert all(0 <= one.tax <= one.gross for one in lines)
