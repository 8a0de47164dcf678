"""CommerceML as the base reads and writes it. It shares nothing with the app's own reader and
writer: what both understand is the format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from saleor_sandbox.onec.orders import IncomingOrder, OrderedLine, OrderParty

_ORDER, _WAYBILL, _PAYMENT = "Заказ товара", "Отпуск товара", "Выплата безналичных денег"
_OPERATIONS = {"waybill": _WAYBILL, "payment": _PAYMENT}
_HUNDRED = Decimal(100)


class UnreadableOrders(ValueError):
    """The document is none that this base can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOrder:
    """An order as the base tells of it, with its own number."""

    id: str
    shop_number: str
    number: str
    on: dt.date
    currency: str
    gross: Decimal
    buyer: OrderParty
    seller: OrderParty
    lines: tuple[OrderedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPaper:
    """A waybill or a payment, posted or not."""

    kind: str
    key: str
    version: int
    number: str
    on: dt.date
    amount: Decimal
    is_posted: bool


def orders_in(content: bytes) -> list[IncomingOrder]:
    """The orders of an answer to `mode=query`, alone or in containers. Raises UnreadableOrders."""
    # The answer comes from another machine: no entities, no network.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableOrders(str(error)) from error
    if _name(root) != "КоммерческаяИнформация":
        raise UnreadableOrders(f"the root is {_name(root)}")
    documents = [
        *_all(root, "Документ"),
        *(
            document
            for container in _all(root, "Контейнер")
            for document in _all(container, "Документ")
        ),
    ]
    return [_order(document) for document in documents if _text(document, "ХозОперация") == _ORDER]


def order_with_papers(order: ToldOrder, papers: Iterable[ToldPaper], *, now: dt.datetime) -> bytes:
    """A document that says how an order stands, and everything that was posted for it: 2.10, with
    subordinate documents, in UTF-8 with a byte order mark."""
    root = etree.Element(
        "КоммерческаяИнформация",
        {"ВерсияСхемы": "2.10", "ДатаФормирования": f"{now:%Y-%m-%dT%H:%M:%S}"},
    )
    papers = list(papers)
    document = etree.SubElement(root, "Документ")
    _heading(document, key=order.id, number=order.shop_number, on=order.on, operation=_ORDER)
    _add(document, "Номер1С", order.number)
    _add(document, "Дата1С", order.on.isoformat())
    _sum(document, order.currency, order.gross)
    _parties(document, order)
    _goods(document, order.lines)
    subordinate = etree.SubElement(document, "ПодчиненныеДокументы")
    for paper in papers:
        _paper(etree.SubElement(subordinate, "ПодчиненныйДокумент"), paper, order)
    _requisites(
        document,
        {
            "Проведен": "true",
            "Отменен": "false",
            "Отгружен": _flag(any(p.is_posted and p.kind == "waybill" for p in papers)),
        },
    )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return b"\xef\xbb\xbf" + written


def _paper(document: etree._Element, paper: ToldPaper, order: ToldOrder) -> None:
    _heading(
        document,
        key=paper.key,
        number=paper.number,
        on=paper.on,
        operation=_OPERATIONS[paper.kind],
    )
    _add(document, "НомерВерсии", str(paper.version))
    _add(document, "Основание", order.id)
    _sum(document, order.currency, paper.amount)
    _parties(document, order)
    if paper.kind == "waybill":
        _goods(document, order.lines)
    _requisites(document, {"Проведен": _flag(paper.is_posted)})


def _heading(
    document: etree._Element, *, key: str, number: str, on: dt.date, operation: str
) -> None:
    for name, text in (
        ("Ид", key),
        ("Номер", number),
        ("Дата", on.isoformat()),
        ("Время", "12:00:00"),
        ("ХозОперация", operation),
        ("Роль", "Продавец"),
    ):
        _add(document, name, text)


def _sum(document: etree._Element, currency: str, amount: Decimal) -> None:
    _add(document, "Валюта", currency)
    _add(document, "Курс", "1")
    _add(document, "Сумма", f"{amount:.2f}")


def _parties(document: etree._Element, order: ToldOrder) -> None:
    parties = etree.SubElement(document, "Контрагенты")
    for party, role in ((order.buyer, "Покупатель"), (order.seller, "Продавец")):
        element = etree.SubElement(parties, "Контрагент")
        _add(element, "Ид", party.id)
        _add(element, "Наименование", party.name)
        _add(element, "ОфициальноеНаименование", party.name)
        _add(element, "Роль", role)
        if party.vat_id:
            _add(element, "ИНН", party.vat_id)
        if party.tax_id:
            _add(element, "ЕДРПОУ", party.tax_id)


def _goods(document: etree._Element, lines: Iterable[OrderedLine]) -> None:
    goods = etree.SubElement(document, "Товары")
    for line in lines:
        element = etree.SubElement(goods, "Товар")
        _add(element, "Ид", line.id)
        if line.sku:
            _add(element, "Артикул", line.sku)
        _add(element, "Наименование", line.name)
        _add(element, "БазоваяЕдиница", line.unit)
        _add(element, "ЦенаЗаЕдиницу", f"{line.gross_price:f}")
        _add(element, "Количество", f"{line.quantity.normalize():f}")
        _add(element, "Сумма", f"{line.gross:.2f}")
        tax = etree.SubElement(etree.SubElement(element, "Налоги"), "Налог")
        _add(tax, "Наименование", "НДС")
        _add(tax, "УчтеноВСумме", "true")
        _add(tax, "Сумма", f"{line.tax:.2f}")
        _add(tax, "Ставка", f"{(line.tax_rate * _HUNDRED).normalize():f}")


def _requisites(document: etree._Element, said: Mapping[str, str]) -> None:
    listed = etree.SubElement(document, "ЗначенияРеквизитов")
    for name, value in said.items():
        requisite = etree.SubElement(listed, "ЗначениеРеквизита")
        _add(requisite, "Наименование", name)
        _add(requisite, "Значение", value)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _order(document: etree._Element) -> IncomingOrder:
    parties = {
        _text(party, "Роль"): party for party in _under(document, "Контрагенты", "Контрагент")
    }
    if not {"Покупатель", "Продавец"} <= parties.keys():
        raise UnreadableOrders("an order has a buyer and a seller")
    requisites = {
        _text(requisite, "Наименование"): _text(requisite, "Значение")
        for requisite in _under(document, "ЗначенияРеквизитов", "ЗначениеРеквизита")
    }
    discount = sum(
        (
            Decimal(_text(entry, "Сумма"))
            for entry in _under(document, "Скидки", "Скидка")
            if _text(entry, "УчтеноВСумме") == "false"
        ),
        Decimal(0),
    )
    return IncomingOrder(
        id=_text(document, "Ид"),
        number=_text(document, "Номер"),
        placed_on=dt.date.fromisoformat(_text(document, "Дата")),
        currency=_text(document, "Валюта"),
        gross=Decimal(_text(document, "Сумма")),
        discount=discount,
        is_cancelled=requisites.get("Отменен") == "true",
        buyer=_party(parties["Покупатель"]),
        seller=_party(parties["Продавец"]),
        lines=tuple(_line(line) for line in _under(document, "Товары", "Товар")),
    )


def _party(element: etree._Element) -> OrderParty:
    register = _text(element, "ЕДРПОУ")
    number = _text(element, "ИНН")
    return OrderParty(
        id=_text(element, "Ид"),
        name=_text(element, "ОфициальноеНаименование") or _text(element, "Наименование"),
        tax_id=register or number,
        vat_id=number if register else "",
    )


def _line(element: etree._Element) -> OrderedLine:
    tax = next(iter(_under(element, "Налоги", "Налог")), None)
    return OrderedLine(
        id=_text(element, "Ид"),
        sku=_text(element, "Артикул"),
        name=_text(element, "Наименование"),
        unit=_text(element, "БазоваяЕдиница"),
        quantity=Decimal(_text(element, "Количество")),
        gross=Decimal(_text(element, "Сумма")),
        tax=Decimal(_text(tax, "Сумма")) if tax is not None else Decimal(0),
        tax_rate=Decimal(_text(tax, "Ставка")) / _HUNDRED if tax is not None else Decimal(0),
    )


def _name(element: etree._Element) -> str:
    name: str = etree.QName(element).localname
    return name


def _all(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str) and _name(child) == name)


def _under(parent: etree._Element, group: str, name: str) -> list[etree._Element]:
    return [child for found in _all(parent, group) for child in _all(found, name)]


def _text(parent: etree._Element, name: str) -> str:
    found = next(iter(_all(parent, name)), None)
    return (found.text or "").strip() if found is not None else ""
