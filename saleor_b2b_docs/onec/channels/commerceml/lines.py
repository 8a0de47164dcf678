"""`Товары`: the lines of a document. CommerceML 1 calls one `ТоварнаяПозиция`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue, read_decimal, read_flag

_PRICE_UNIT = Decimal("0.0001")
_HUNDRED = Decimal(100)
_MAX_FIGURE = Decimal(10) ** 15
_NAME_LENGTH = 500
_CODE_LENGTH = 100


def lines_of(node: Node, names: Mapping[str, str]) -> tuple[ReceivedLine, ...]:
    """The lines of a document. `names` are the catalogue's, by id, for lines that name nothing.

    Raises BadValue.
    """
    includes_vat = _document_includes_vat(node)
    return tuple(_line(goods, names, includes_vat=includes_vat) for goods in _goods(node))


def _goods(node: Node) -> Iterator[Node]:
    yield from node.all("Товары", "Товар")
    yield from node.all("ТоварнаяПозиция")


def _line(node: Node, names: Mapping[str, str], *, includes_vat: bool) -> ReceivedLine:
    own_id = node.text("Ид", "Товар")
    name = node.line("Наименование", "ПолноеНаименование") or names.get(own_id, "") or own_id
    total = _figure(node.text("Сумма"), name)
    price = _figure(node.text("Цена", "ЦенаЗаЕдиницу"), name)
    quantity = _figure(node.text("Количество"), name)
    if quantity is None:
        quantity = Decimal(1)
    if price is None:
        price = _price(total, quantity, name)
    tax = _vat(node)
    vat = _figure(tax.text("Сумма"), name) if tax is not None else None
    is_within = read_flag(tax.text("УчтеноВСумме")) if tax is not None else None
    net, gross = _sums(total, vat, includes_vat=includes_vat if is_within is None else is_within)
    return ReceivedLine(
        name=name[:_NAME_LENGTH],
        sku=node.line("Артикул")[:_CODE_LENGTH] or own_id[:_CODE_LENGTH],
        unit=_unit(node)[:_CODE_LENGTH],
        quantity=quantity,
        price=price,
        net=net,
        vat_rate=_rate(node, tax),
        vat=vat,
        gross=gross,
    )


def _price(total: Decimal | None, quantity: Decimal, name: str) -> Decimal:
    if total is None or not quantity:
        return Decimal(0)
    try:
        return (total / quantity).quantize(_PRICE_UNIT)
    except InvalidOperation as error:
        raise BadValue("INVALID_NUMBER", f"Строка «{name[:80]}»: такой цены не бывает") from error


def _sums(
    total: Decimal | None, vat: Decimal | None, *, includes_vat: bool
) -> tuple[Decimal | None, Decimal | None]:
    """Net and gross of a line whose total is with or without its tax."""
    if total is None or vat is None:
        return None, total
    return (total - vat, total) if includes_vat else (total, total + vat)


def _document_includes_vat(node: Node) -> bool:
    for tax in node.all("Налоги", "Налог"):
        stated = read_flag(tax.text("УчтеноВСумме"))
        if stated is not None:
            return stated
    return True


def _vat(node: Node) -> Node | None:
    taxes = list(node.all("Налоги", "Налог"))
    named = [tax for tax in taxes if _is_vat(tax.text("Наименование"))]
    return named[0] if named else taxes[0] if len(taxes) == 1 else None


def _rate(node: Node, tax: Node | None) -> Decimal | None:
    """A fraction; None for "without VAT" and for nothing."""
    text = tax.text("Ставка") if tax is not None else ""
    if not text:
        rates = [
            rate.text("Ставка")
            for rate in node.all("СтавкиНалогов", "СтавкаНалога")
            if _is_vat(rate.text("Наименование"))
        ]
        text = rates[0] if rates else ""
    try:
        percent = read_decimal(text.replace("%", ""))
    except BadValue:
        return None  # «Без НДС», «без налога», in as many words as there are configurations
    return None if percent is None or not 0 <= percent < _HUNDRED else percent / _HUNDRED


def _unit(node: Node) -> str:
    for unit in (node.first("Единица"), node.first("БазоваяЕдиница")):
        if unit is None:
            continue
        value = " ".join(unit.value.split())
        # Some write nothing but the code of the classifier as the element's text.
        words = "" if value.isdigit() else value
        name = unit.line("НаименованиеКраткое") or words or unit.line("НаименованиеПолное") or value
        if name:
            return name
    return node.line("Единица")


def _is_vat(name: str) -> bool:
    return name.strip().casefold() in {"ндс", "пдв", "vat", "ққс", ""}


def _figure(text: str, name: str) -> Decimal | None:
    try:
        figure = read_decimal(text)
    except BadValue as error:
        raise BadValue(error.code, f"Строка «{name[:80]}»: {error}") from error
    if figure is not None and abs(figure) > _MAX_FIGURE:
        raise BadValue("INVALID_NUMBER", f"Строка «{name[:80]}»: такого числа не бывает")
    return figure
