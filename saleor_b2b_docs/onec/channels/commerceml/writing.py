"""CommerceML on its way out: orders, and the dictionaries that a base asks for.

Source: CommerceML 2.10's schema; where stock configurations read something else, what Bitrix
writes (a site's answer to `mode=query` that every configuration is tried on).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from saleor_b2b_docs.onec.channels.commerceml.order_elements import order_element, text_under
from saleor_b2b_docs.onec.channels.commerceml.statuses import STATUSES
from saleor_b2b_docs.onec.orders_out.context import OutgoingOrder

_UTF_8_MARK = b"\xef\xbb\xbf"
_NAMESPACE_3 = "urn:1C.ru:commerceml_3"
NEWEST_2 = "2.10"
_MINORS_2 = range(3, 11)
NEWEST_3 = "3.1"


def version_for(wanted: str) -> str:
    """The version to write for a base that speaks `wanted`: that one, if it is 2.03 to 2.10, 3.1
    for any 3, else 2.10, of which the older ones skip what they don't know."""
    major, _, minor = wanted.strip().partition(".")
    if major == "3":
        return NEWEST_3
    if major == "2" and minor.isdecimal() and int(minor) in _MINORS_2:
        return f"2.{int(minor):02d}"
    return NEWEST_2


def orders(
    outgoing: Iterable[OutgoingOrder], *, version: str, encoding: str, now: dt.datetime
) -> Iterator[bytes]:
    """A file of orders, an order at a time; without any it is still a whole document.

    `version` is one of `version_for`; `encoding` is `utf-8`, which gets a byte order mark, or
    `windows-1251`, in which characters that it lacks are written as references.
    """
    is_third = version.startswith("3")
    namespace = f' xmlns="{_NAMESPACE_3}"' if is_third else ""
    yield _beginning(encoding)
    yield (
        f'<КоммерческаяИнформация{namespace} ВерсияСхемы="{version}"'
        f' ДатаФормирования="{now:%Y-%m-%dT%H:%M:%S}">\n'
    ).encode(encoding)
    for order in outgoing:
        element = order_element(order)
        if is_third:
            container = etree.Element("Контейнер")
            container.append(element)
            element = container
        yield _bytes(element, encoding)
    yield "</КоммерческаяИнформация>\n".encode(encoding)


def dictionaries(delivery_services: Iterable[str], *, encoding: str) -> bytes:
    """The answer to `mode=info`: what a base may map its own statuses and services to."""
    root = etree.Element("Справочник")
    _dictionary(root, "Статусы", {str(key): name for key, name in STATUSES.items()})
    _dictionary(root, "ПлатежныеСистемы", PAYMENT_SYSTEMS)
    _dictionary(root, "СлужбыДоставки", {name: name for name in delivery_services})
    return _beginning(encoding) + _bytes(root, encoding)


PAYMENT_SYSTEMS: Mapping[str, str] = {
    "bank": "Безналичный расчёт",
    "cash": "Наличный расчёт",
    "other": "Иная оплата",
}


def _dictionary(root: etree._Element, name: str, entries: Mapping[str, str]) -> None:
    listed = etree.SubElement(root, name)
    for key, title in entries.items():
        entry = etree.SubElement(listed, "Элемент")
        text_under(entry, "Ид", key)
        text_under(entry, "Название", title)


def _beginning(encoding: str) -> bytes:
    mark = _UTF_8_MARK if encoding == "utf-8" else b""
    return mark + f'<?xml version="1.0" encoding="{encoding}"?>\n'.encode(encoding)


def _bytes(element: etree._Element, encoding: str) -> bytes:
    written: bytes = etree.tostring(
        element, encoding=encoding, xml_declaration=False, pretty_print=True
    )
    return written
