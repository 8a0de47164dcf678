"""Real files, with their exact figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from saleor_b2b_docs.onec.channels.commerceml.reading import read, version_of
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import (
    Container,
    CounterpartyFact,
    DocumentFact,
    Fact,
    OrderRef,
    OrderStatusFact,
    PaymentFact,
    Unreadable,
    kind_of,
)

CONTEXT = ReadingContext("1c", "", {}, "")
DAY = dt.date(2015, 6, 29)


def _read(shared_folder: Path, name: str) -> list[Fact]:
    with (shared_folder / "samples" / "onec" / name).open("rb") as file:
        said = list(read(file, CONTEXT))
    facts = [item for item in said if not isinstance(item, Container | Unreadable)]
    assert len(facts) == len(said)
    return facts


def test_documents_of_a_real_base(shared_folder: Path) -> None:
    facts = _read(shared_folder, "cml209_documents_from_1c.xml")

    assert Counter(map(kind_of, facts)) == {
        "order_status": 2,
        "counterparty": 2,
        "payment": 2,
        "waybill": 1,
    }
    orders = [fact for fact in facts if isinstance(fact, OrderStatusFact)]
    assert [(order.order, order.number, order.gross) for order in orders] == [
        (OrderRef(id="142", number="142"), "ТДЦУ-000001", Decimal("8186.84")),
        (OrderRef(id="235", number="235"), "ТДЦУ-000002", Decimal("4100")),
    ]
    assert [(order.currency, order.status, order.version) for order in orders] == [
        ("RUB", "P", "AAAAEAAAAAA="),
        ("RUB", "P", "AAAAMAAAAAA="),
    ]
    assert [(order.paid_on, order.shipped_on) for order in orders] == [(DAY, DAY), (DAY, None)]
    assert not any(order.is_deleted or order.is_cancelled for order in orders)


def test_payments_and_the_shipment_of_a_real_base_have_no_sum(shared_folder: Path) -> None:
    facts = _read(shared_folder, "cml209_documents_from_1c.xml")

    payments = [fact for fact in facts if isinstance(fact, PaymentFact)]
    assert [(payment.number, payment.received_on, payment.amount) for payment in payments] == [
        ("ТДЦУ-000001", DAY, None),
        ("ТДЦУ-000002", DAY, None),
    ]
    assert [payment.orders[0].number for payment in payments] == ["142", "235"]
    (waybill,) = (fact for fact in facts if isinstance(fact, DocumentFact))
    assert (waybill.number, waybill.issued_on, waybill.gross) == ("ТДЦУ-000003", DAY, None)
    assert waybill.orders == (OrderRef(id="142", number="142"),)
    assert waybill.party.counterparty_key == "4a65ecb6-8b1b-11df-be16-e0cb4ed5f70f"


def test_both_orders_of_a_real_base_name_the_same_counterparty(shared_folder: Path) -> None:
    facts = _read(shared_folder, "cml209_documents_from_1c.xml")

    counterparties = [fact for fact in facts if isinstance(fact, CounterpartyFact)]
    assert [(fact.key, fact.name) for fact in counterparties] == [
        ("4a65ecb6-8b1b-11df-be16-e0cb4ed5f70f", "Kikinda (Сербия)")
    ] * 2


def test_counterparties_of_a_real_base(shared_folder: Path) -> None:
    facts = _read(shared_folder, "cml209_contragents_from_1c.xml")

    counterparties = [fact for fact in facts if isinstance(fact, CounterpartyFact)]
    assert len(facts) == len(counterparties) == 4
    assert [(fact.name, fact.tax_id) for fact in counterparties] == [
        ('Удаленный отдел "Уют"', ""),
        ('ТОО "Алтай"', "181310839110"),
        ('ТОО "ТД Уют"', "181620360057"),
        ('ОАО "Банк ТуранАлем"', "600520144856"),
    ]
    described = counterparties[2]
    assert described.key == "021e0e3f-e329-11db-95d9-505054503030"
    assert described.email == "Uyt@komp.kz"
    assert described.address == (
        "005897, Города Республиканского значения: Алматы, Тохтарова, дом № 18"
    )
    assert described.version == "AAAAAQAAAAk="


def test_orders_of_a_site_in_windows_1251(shared_folder: Path) -> None:
    facts = _read(shared_folder, "cml205_bitrix_query_response.xml")

    assert Counter(map(kind_of, facts)) == {"order_status": 2, "counterparty": 2}
    orders = [fact for fact in facts if isinstance(fact, OrderStatusFact)]
    assert [(order.key, order.dated_on, order.gross, order.currency) for order in orders] == [
        ("132", dt.date(2021, 2, 11), Decimal("231.74"), "RUB"),
        ("133", dt.date(2021, 2, 12), Decimal("14380.58"), "RUB"),
    ]
    assert [order.status for order in orders] == ["[N] Принят, ожидается оплата"] * 2
    assert [order.is_paid for order in orders] == [False, False]
    names = [fact.name for fact in facts if isinstance(fact, CounterpartyFact)]
    assert names == ["38#catalog_exchange#", "5#content-manager# Контент менджер"]


def test_an_empty_answer_says_nothing(shared_folder: Path) -> None:
    assert _read(shared_folder, "cml205_bitrix_query_response_empty.xml") == []


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("cml209_documents_from_1c.xml", "2.09"),
        ("cml209_contragents_from_1c.xml", "2.09"),
        ("cml205_bitrix_query_response.xml", "2.05"),
        ("cml205_bitrix_query_response_empty.xml", "2.05"),
    ],
)
def test_a_real_files_version_is_told(shared_folder: Path, name: str, version: str) -> None:
    with (shared_folder / "samples" / "onec" / name).open("rb") as file:
        assert version_of(file) == version


@pytest.mark.parametrize(
    "name", ["commerceml_2.10.xsd", "EnterpriseData_1.8.6_xdto.xml", "ExchangeMessage_xdto.xml"]
)
def test_descriptions_of_formats_are_no_files_of_ours(shared_folder: Path, name: str) -> None:
    with (
        (shared_folder / "samples" / "onec" / name).open("rb") as file,
        pytest.raises(UnreadableFile) as refusal,
    ):
        list(read(file, CONTEXT))

    assert refusal.value.code == "UNKNOWN_ROOT"
