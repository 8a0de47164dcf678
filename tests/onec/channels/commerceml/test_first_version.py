"""CommerceML 1, which 1C 7.7 speaks: figures as attributes, companies and goods apart."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.channels.commerceml.reading import version_of
from saleor_b2b_docs.onec.facts import (
    CounterpartyFact,
    DocumentFact,
    OrderStatusFact,
    SupplierFact,
    Unreadable,
)
from tests.builders.commerceml import file_of, said_in

CATALOGUE = """
<Каталог Идентификатор="2014" Владелец="S" Наименование="Товары">
  <Товар Идентификатор="ID1" ИдентификаторВКаталоге="100" Наименование="Молоток" Единица="шт"/>
</Каталог>"""
COMPANIES = """
<Контрагент Идентификатор="B" Наименование="ООО Магазин" ИНН="7701234567" Адрес="Москва"/>
<Контрагент Идентификатор="S" Наименование="ООО Мы" ИНН="7709999999"/>
<Контрагент Идентификатор="X" Наименование="ООО Прочие"/>"""
SALE = """
<Документ Дата="2026-03-02" Номер="17" Время="01:00:00" ХозОперация="Sale" Сумма="1 000,00"
  Валюта="РУБ" Курс="1" Кратность="1" СрокПлатежа="2026-03-16">
  <ПредприятиеВДокументе Контрагент="B" Роль="Buyer"/>
  <ПредприятиеВДокументе Контрагент="S" Роль="Saler"/>
  <ТоварнаяПозиция Каталог="2014" Товар="100" Единица="шт" Количество="4" Цена="250"
    Сумма="1000"/>
</Документ>"""


def _file(*elements: str) -> bytes:
    return file_of(*elements, version="", namespace="", encoding="windows-1251")


def test_a_sale_of_1c_7_7_is_a_waybill() -> None:
    said = said_in(_file(CATALOGUE, COMPANIES, SALE))

    (waybill,) = (item for item in said if isinstance(item, DocumentFact))
    assert waybill.kind is DocumentKind.WAYBILL
    assert (waybill.key, waybill.number) == ("waybill:S:17:2026", "17")
    assert (waybill.gross, waybill.currency) == (Decimal(1000), "RUB")
    assert waybill.due == ((dt.date(2026, 3, 16), None),)
    assert (waybill.party.counterparty_key, waybill.party.supplier_key) == ("B", "S")
    assert waybill.party.counterparty_tax_id == "7701234567"
    (line,) = waybill.lines
    assert (line.name, line.sku, line.unit) == ("Молоток", "100", "шт")
    assert (line.quantity, line.price, line.gross) == (Decimal(4), Decimal(250), Decimal(1000))


def test_the_companies_of_a_document_are_what_it_calls_them() -> None:
    said = said_in(_file(COMPANIES, SALE))

    companies = [item for item in said if isinstance(item, CounterpartyFact | SupplierFact)]
    assert companies == [
        CounterpartyFact(key="B", name="ООО Магазин", tax_id="7701234567", address="Москва"),
        SupplierFact(key="S", name="ООО Мы", tax_id="7709999999"),
        CounterpartyFact(key="X", name="ООО Прочие"),
    ]


def test_an_order_of_1c_7_7_is_an_order() -> None:
    said = said_in(_file(COMPANIES, SALE.replace('"Sale"', '"Order"')))

    (order,) = (item for item in said if isinstance(item, OrderStatusFact))
    assert (order.order.number, order.gross) == ("17", Decimal(1000))


def test_an_operation_that_is_not_known_is_set_aside() -> None:
    said = said_in(_file(COMPANIES, SALE.replace('"Sale"', '"Quota"')))

    (refused,) = (item for item in said if isinstance(item, Unreadable))
    assert (refused.code, refused.key) == ("UNKNOWN_OPERATION", "17")


def test_companies_that_nobody_describes_are_only_pointed_at() -> None:
    (waybill,) = said_in(_file(SALE))

    assert isinstance(waybill, DocumentFact)
    assert waybill.party.counterparty_key == "B"
    assert waybill.lines[0].name == "100"


def test_the_version_is_told_by_its_attributes() -> None:
    assert version_of(io.BytesIO(_file(CATALOGUE, SALE))) == "1"
    assert version_of(io.BytesIO(_file(SALE))) == "1"
    assert version_of(io.BytesIO(_file("<Документ><Ид>1</Ид></Документ>"))) == "2"
