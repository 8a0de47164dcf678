"""Orders as CommerceML, read back by our own reader and by lxml alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from saleor_b2b_docs.onec.channels.commerceml import writing
from saleor_b2b_docs.onec.channels.commerceml.reading import read, version_of
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import Container, CounterpartyFact, Fact, OrderStatusFact
from saleor_b2b_docs.onec.orders_out.context import (
    OutgoingContract,
    OutgoingDelivery,
    OutgoingLine,
    OutgoingOrder,
    OutgoingParty,
    OutgoingSeller,
)

NOW = dt.datetime(2026, 3, 10, 11, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
CONTEXT = ReadingContext("1c", "", {}, "UAH", profile="UA")
VERSIONS = ["2.03", "2.05", "2.08", "2.10", "3.1"]
ENCODINGS = ["utf-8", "windows-1251"]


def _line(gross: str = "120.00", **fields: object) -> OutgoingLine:
    values: dict[str, object] = {
        "id": "goods-1",
        "name": "Кава мелена, 250 г",
        "sku": "COFFEE-250",
        "unit": "шт",
        "quantity": 1,
        "price": Decimal(gross),
        "gross": Decimal(gross),
        "tax": Decimal("20.00"),
        "tax_rate": Decimal("0.2"),
        "discount": Decimal(0),
        **fields,
    }
    return OutgoingLine(**values)  # type: ignore[arg-type]  # defaults of a test, of many types


def _order(**fields: object) -> OutgoingOrder:
    values: dict[str, object] = {
        "id": "5f1c1a52-9d3b-4a58-9a55-6f0a3c1f7e11",
        "number": "1001",
        "placed_at": NOW,
        "changed_at": NOW,
        "currency": "UAH",
        "status": "UNFULFILLED",
        "is_cancelled": False,
        "is_paid": False,
        "buyer": OutgoingParty(
            id="C1",
            name="ТОВ «Магазин Затишок»",
            tax_id="87654321",
            vat_id="876543210987",
            address="01001, Київ, вул. Хрещатик, 1",
            email="buyer@example.com",
            phone="+380441234567",
        ),
        "seller": OutgoingSeller(
            code="main", name="ТОВ «Ромашка»", tax_id="12345678", is_ukrainian=True
        ),
        "contract": OutgoingContract(id="K1", number="Д-1", signed_on=dt.date(2026, 1, 15)),
        "lines": (_line(),),
        "delivery": OutgoingDelivery(
            name="Нова пошта",
            address="Київ, відділення 1",
            gross=Decimal("60.00"),
            tax=Decimal("10.00"),
            tax_rate=Decimal("0.2"),
        ),
        "discount": Decimal(0),
        "surplus": Decimal(0),
        "gross": Decimal("180.00"),
        "tax": Decimal("30.00"),
        **fields,
    }
    return OutgoingOrder(**values)  # type: ignore[arg-type]  # defaults of a test, of many types


def _written(*orders: OutgoingOrder, version: str = "2.10", encoding: str = "utf-8") -> bytes:
    return b"".join(writing.orders(orders, version=version, encoding=encoding, now=NOW))


def _facts(content: bytes) -> list[Fact]:
    found: list[Fact] = []
    for said in read(io.BytesIO(content), CONTEXT):
        if isinstance(said, Container):
            found.extend(said.facts)
        else:
            assert isinstance(said, Fact), said
            found.append(said)
    return found


def _sums(document: etree._Element, path: str) -> Decimal:
    return sum((Decimal(node.text or "0") for node in document.iterfind(path)), Decimal(0))


def _total_of_parts(document: etree._Element) -> Decimal:
    outside = [
        discount
        for discount in document.iterfind("Скидки/Скидка")
        if discount.findtext("УчтеноВСумме") == "false"
    ]
    return _sums(document, "Товары/Товар/Сумма") - sum(
        (Decimal(discount.findtext("Сумма", "0")) for discount in outside), Decimal(0)
    )


def _requisites(document: etree._Element) -> dict[str, str]:
    return {
        node.findtext("Наименование", ""): node.findtext("Значение", "")
        for node in document.iterfind("ЗначенияРеквизитов/ЗначениеРеквизита")
    }


def _documents(content: bytes) -> Iterable[etree._Element]:
    return list(etree.fromstring(content).iterfind("Документ"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_order_is_read_back_as_it_was(version: str, encoding: str) -> None:
    # when
    content = _written(_order(), version=version, encoding=encoding)

    # then
    facts = _facts(content)
    (status,) = (fact for fact in facts if isinstance(fact, OrderStatusFact))
    (buyer,) = (fact for fact in facts if isinstance(fact, CounterpartyFact))
    assert version_of(io.BytesIO(content)) == version
    assert (status.key, status.order.number) == ("5f1c1a52-9d3b-4a58-9a55-6f0a3c1f7e11", "1001")
    assert (status.gross, status.currency, status.status) == (
        Decimal("180.00"),
        "UAH",
        "Подтверждён",
    )
    assert (status.is_paid, status.is_cancelled, status.dated_on) == (
        False,
        False,
        dt.date(2026, 3, 10),
    )
    assert (buyer.key, buyer.name, buyer.tax_id, buyer.vat_id, buyer.email) == (
        "C1",
        "ТОВ «Магазин Затишок»",
        "87654321",
        "876543210987",
        "buyer@example.com",
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_without_orders_it_is_a_whole_document(version: str, encoding: str) -> None:
    content = _written(version=version, encoding=encoding)

    root = etree.fromstring(content)
    assert etree.QName(root).localname == "КоммерческаяИнформация"
    assert root.get("ВерсияСхемы") == version
    assert len(root) == 0
    assert _facts(content) == []


def test_a_third_version_wraps_each_order_in_a_container() -> None:
    root = etree.fromstring(_written(_order(), _order(id="2", number="1002"), version="3.1"))

    namespace = "{urn:1C.ru:commerceml_3}"
    assert [child.tag for child in root] == [f"{namespace}Контейнер"] * 2
    assert [
        node.text
        for node in root.iterfind(f"{namespace}Контейнер/{namespace}Документ/{namespace}Номер")
    ] == ["1001", "1002"]


def test_utf_8_begins_with_a_mark_and_windows_1251_does_not() -> None:
    assert _written().startswith(b"\xef\xbb\xbf<?xml")
    assert _written(encoding="windows-1251").startswith(b'<?xml version="1.0" encoding="windows')


def test_letters_that_windows_1251_lacks_survive() -> None:
    content = _written(_order(lines=(_line(name="Қағаз 甲 ☕"),)), encoding="windows-1251")

    (document,) = _documents(content)
    assert document.findtext("Товары/Товар/Наименование") == "Қағаз 甲 ☕"


def test_characters_that_xml_may_not_hold_are_left_out() -> None:
    (document,) = _documents(_written(_order(lines=(_line(name="Ка\x00ва\x0b <&> \ufffe"),))))

    assert document.findtext("Товары/Товар/Наименование") == "Кава <&> "


def test_delivery_is_a_service_line_and_a_discount_stands_apart() -> None:
    # when
    order = _order(discount=Decimal("30.00"), gross=Decimal("150.00"))
    (document,) = _documents(_written(order))

    # then
    lines = [
        (node.findtext("Ид"), node.findtext("Сумма")) for node in document.iterfind("Товары/Товар")
    ]
    assert lines == [("goods-1", "120.00"), ("ORDER_DELIVERY", "60.00")]
    assert document.findtext("Скидки/Скидка/Сумма") == "30.00"
    assert document.findtext("Сумма") == "150.00"
    assert _total_of_parts(document) == Decimal("150.00")


def test_a_cancelled_order_says_so_in_its_requisites() -> None:
    order = _order(status="CANCELED", is_cancelled=True)

    (document,) = _documents(_written(order))
    said = _requisites(document)
    assert (said["Отменен"], said["Доставка разрешена"], said["Финальный статус"]) == (
        "true",
        "false",
        "true",
    )
    assert (said["Статус заказа"], said["Статуса заказа ИД"]) == ("Отменён", "CANCELED")
    assert (said["Номер договора"], said["Дата договора"]) == ("Д-1", "2026-01-15")


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("", "2.10"),
        ("2.03", "2.03"),
        ("2.09", "2.09"),
        ("2.10", "2.10"),
        ("2.02", "2.10"),
        ("2.77", "2.10"),
        ("3.1", "3.1"),
        ("3.0", "3.1"),
        ("1.0", "2.10"),
        ("²", "2.10"),
        ("2.²", "2.10"),
    ],
)
def test_the_version_is_the_one_that_was_asked_for_if_there_is_such(
    wanted: str, written: str
) -> None:
    assert writing.version_for(wanted) == written


def test_dictionaries_name_statuses_and_delivery_services() -> None:
    root = etree.fromstring(writing.dictionaries(["Нова пошта"], encoding="windows-1251"))

    assert root.findtext("СлужбыДоставки/Элемент/Название") == "Нова пошта"
    assert [node.text for node in root.iterfind("Статусы/Элемент/Ид")][:2] == [
        "UNFULFILLED",
        "PARTIALLY_FULFILLED",
    ]


@given(name=st.text(max_size=40), encoding=st.sampled_from(ENCODINGS))
def test_any_name_makes_a_file_that_can_be_read(name: str, encoding: str) -> None:
    order = _order(lines=(_line(name=name),), number="1001")

    (document,) = _documents(_written(order, encoding=encoding))
    assert document.findtext("Номер") == "1001"
