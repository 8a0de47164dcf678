"""A `Документ` that is an order of the shop."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from saleor_b2b_docs.onec.channels.commerceml.statuses import FINAL, status_name
from saleor_b2b_docs.onec.orders_out.context import (
    OutgoingLine,
    OutgoingOrder,
    OutgoingParty,
    OutgoingSeller,
)

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DELIVERY = "ORDER_DELIVERY"
"""The id by which stock configurations know the service line of a delivery."""
SURPLUS = "ORDER_SURPLUS"
_GOODS, _SERVICE = "Товар", "Услуга"


def order_element(order: OutgoingOrder) -> etree._Element:
    """The order with everything that it says. Its sum is that of its lines, delivery included,
    less the discounts that are not in them (`УчтеноВСумме` false)."""
    document = etree.Element("Документ")
    text_under(document, "Ид", order.id)
    text_under(document, "Номер", order.number)
    text_under(document, "Дата", f"{order.placed_at:%Y-%m-%d}")
    text_under(document, "Время", f"{order.placed_at:%H:%M:%S}")
    text_under(document, "ХозОперация", "Заказ товара")
    text_under(document, "Роль", "Продавец")
    text_under(document, "Валюта", order.currency)
    text_under(document, "Курс", "1")
    text_under(document, "Сумма", _figure(order.gross))
    parties = etree.SubElement(document, "Контрагенты")
    _buyer(parties, order.buyer, is_ukrainian=order.seller.is_ukrainian)
    _seller(parties, order.seller)
    if order.tax:
        _tax(etree.SubElement(document, "Налоги"), order.tax, rate=None)
    if order.discount:
        _discount(document, order.discount, is_within=False)
    goods = etree.SubElement(document, "Товары")
    for line in order.lines:
        _line(goods, line)
    if order.delivery.gross:
        _service(
            goods,
            DELIVERY,
            f"Доставка: {order.delivery.name}" if order.delivery.name else "Доставка",
            gross=order.delivery.gross,
            tax=order.delivery.tax,
            tax_rate=order.delivery.tax_rate,
        )
    if order.surplus:
        _service(
            goods,
            SURPLUS,
            "Прочие начисления",
            gross=order.surplus,
            tax=Decimal(0),
            tax_rate=Decimal(0),
        )
    _requisites(document, _said_of(order))
    return document


def text_under(parent: etree._Element, name: str, text: str) -> None:
    """A child with a text; characters that no XML may hold are left out."""
    etree.SubElement(parent, name).text = _NOT_IN_XML.sub("", text)


def _buyer(parent: etree._Element, buyer: OutgoingParty, *, is_ukrainian: bool) -> None:
    party = etree.SubElement(parent, "Контрагент")
    text_under(party, "Ид", buyer.id)
    text_under(party, "Наименование", buyer.name)
    text_under(party, "ПолноеНаименование", buyer.name)
    text_under(party, "ОфициальноеНаименование", buyer.name)
    text_under(party, "Роль", "Покупатель")
    _tax_ids(party, buyer.tax_id, buyer.vat_id, is_ukrainian=is_ukrainian)
    if buyer.address:
        address = etree.SubElement(party, "АдресРегистрации")
        text_under(address, "Представление", buyer.address)
    contacts = [("Почта", buyer.email), ("ТелефонРабочий", buyer.phone)]
    if any(value for _, value in contacts):
        listed = etree.SubElement(party, "Контакты")
        for kind, value in contacts:
            if value:
                contact = etree.SubElement(listed, "Контакт")
                text_under(contact, "Тип", kind)
                text_under(contact, "Значение", value)


def _seller(parent: etree._Element, seller: OutgoingSeller) -> None:
    party = etree.SubElement(parent, "Контрагент")
    text_under(party, "Ид", seller.code)
    text_under(party, "Наименование", seller.name)
    text_under(party, "ОфициальноеНаименование", seller.name)
    text_under(party, "Роль", "Продавец")
    _tax_ids(party, seller.tax_id, "", is_ukrainian=seller.is_ukrainian)


def _tax_ids(party: etree._Element, tax_id: str, vat_id: str, *, is_ukrainian: bool) -> None:
    if is_ukrainian:
        # In Ukraine ЄДРПОУ tells the company, and ИНН is its number as a payer of VAT.
        if vat_id:
            text_under(party, "ИНН", vat_id)
        if tax_id:
            text_under(party, "ЕДРПОУ", tax_id)
            text_under(party, "КодПоОКПО", tax_id)
    elif tax_id or vat_id:
        text_under(party, "ИНН", tax_id or vat_id)


def _line(parent: etree._Element, line: OutgoingLine) -> None:
    goods = etree.SubElement(parent, "Товар")
    text_under(goods, "Ид", line.id)
    if line.sku:
        text_under(goods, "Артикул", line.sku)
    text_under(goods, "Наименование", line.name)
    text_under(goods, "БазоваяЕдиница", line.unit or "шт")
    text_under(goods, "ЦенаЗаЕдиницу", _figure(line.price))
    text_under(goods, "Количество", str(line.quantity))
    text_under(goods, "Сумма", _figure(line.gross))
    _rates(goods, line.tax, line.tax_rate)
    if line.discount:
        _discount(goods, line.discount, is_within=True)
    _requisites(goods, {"ВидНоменклатуры": _GOODS, "ТипНоменклатуры": _GOODS})


def _service(
    parent: etree._Element,
    key: str,
    name: str,
    *,
    gross: Decimal,
    tax: Decimal,
    tax_rate: Decimal,
) -> None:
    service = etree.SubElement(parent, "Товар")
    text_under(service, "Ид", key)
    text_under(service, "Наименование", name)
    text_under(service, "БазоваяЕдиница", "шт")
    text_under(service, "ЦенаЗаЕдиницу", _figure(gross))
    text_under(service, "Количество", "1")
    text_under(service, "Сумма", _figure(gross))
    _rates(service, tax, tax_rate)
    _requisites(service, {"ВидНоменклатуры": _SERVICE, "ТипНоменклатуры": _SERVICE})


def _rates(parent: etree._Element, tax: Decimal, rate: Decimal) -> None:
    if not tax and not rate:
        return
    listed = etree.SubElement(parent, "СтавкиНалогов")
    entry = etree.SubElement(listed, "СтавкаНалога")
    text_under(entry, "Наименование", "НДС")
    text_under(entry, "Ставка", _percent(rate))
    _tax(etree.SubElement(parent, "Налоги"), tax, rate=rate)


def _tax(parent: etree._Element, amount: Decimal, *, rate: Decimal | None) -> None:
    tax = etree.SubElement(parent, "Налог")
    text_under(tax, "Наименование", "НДС")
    text_under(tax, "УчтеноВСумме", "true")
    text_under(tax, "Сумма", _figure(amount))
    if rate is not None:
        text_under(tax, "Ставка", _percent(rate))


def _discount(parent: etree._Element, amount: Decimal, *, is_within: bool) -> None:
    discount = etree.SubElement(etree.SubElement(parent, "Скидки"), "Скидка")
    text_under(discount, "Наименование", "Скидка")
    text_under(discount, "Сумма", _figure(amount))
    text_under(discount, "УчтеноВСумме", _flag(is_within))


def _said_of(order: OutgoingOrder) -> dict[str, str]:
    said = {
        "Статус заказа": status_name(order.status),
        "Статуса заказа ИД": order.status,
        "Дата изменения статуса": f"{order.changed_at:%d.%m.%Y %H:%M:%S}",
        "Отменен": _flag(order.is_cancelled),
        "Финальный статус": _flag(order.status in FINAL),
        "Заказ оплачен": _flag(order.is_paid),
        "Доставка разрешена": _flag(not order.is_cancelled),
        "Способ доставки": order.delivery.name,
        "Адрес доставки": order.delivery.address,
    }
    if order.contract is not None:
        said["Ид договора"] = order.contract.id
        said["Номер договора"] = order.contract.number
        if order.contract.signed_on:
            said["Дата договора"] = f"{order.contract.signed_on:%Y-%m-%d}"
    return {name: value for name, value in said.items() if value}


def _requisites(parent: etree._Element, said: dict[str, str]) -> None:
    listed = etree.SubElement(parent, "ЗначенияРеквизитов")
    for name, value in said.items():
        requisite = etree.SubElement(listed, "ЗначениеРеквизита")
        text_under(requisite, "Наименование", name)
        text_under(requisite, "Значение", value)


def _figure(amount: Decimal) -> str:
    return f"{amount:f}"


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}"


def _flag(value: bool) -> str:
    return "true" if value else "false"
