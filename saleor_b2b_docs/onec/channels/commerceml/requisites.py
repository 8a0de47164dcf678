"""`ЗначенияРеквизитов`: what a document says beside its own elements."""

from __future__ import annotations

from collections.abc import Mapping

from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.values import read_flag

STATUS_ID = "статуса заказа ид"  # sic
STATUS_ID_SPELT = "статус заказа ид"
STATUS = "статус заказа"
PAYMENT_NUMBER = "номер оплаты по 1с"
PAYMENT_DATE = "дата оплаты по 1с"
SHIPMENT_NUMBER = "номер отгрузки по 1с"
SHIPMENT_DATE = "дата отгрузки по 1с"
POSTED = "проведен"
CANCELLED = "отменен"
PAID = ("оплачен", "заказ оплачен")
SHIPPED = ("отгружен", "заказ отгружен")

_ORDERS_OWN = frozenset(
    {STATUS_ID, STATUS, STATUS_ID_SPELT, PAYMENT_NUMBER, SHIPMENT_NUMBER, *PAID, *SHIPPED}
)


class Requisites:
    """A document's requisites by name; names are compared without case, and with either С."""

    def __init__(self, node: Node) -> None:
        found: dict[str, list[str]] = {}
        for requisite in node.all("ЗначенияРеквизитов", "ЗначениеРеквизита"):
            value = requisite.line("Значение")
            if value:
                found.setdefault(_plain(requisite.text("Наименование")), []).append(value)
        self._values: Mapping[str, list[str]] = found

    def all(self, name: str) -> list[str]:
        """Every value of a name, in the file's order."""
        return self._values.get(name, [])

    def first(self, *names: str) -> str:
        """The first value of the first name that has one; else empty."""
        return next((self._values[name][0] for name in names if name in self._values), "")

    def flag(self, *names: str) -> bool | None:
        """Yes or no; None where nothing is said."""
        return read_flag(self.first(*names))

    @property
    def are_of_an_order(self) -> bool:
        """Whether only an order has such."""
        return not _ORDERS_OWN.isdisjoint(self._values)


def _plain(name: str) -> str:
    words = " ".join(name.split()).casefold().replace("ё", "е")
    # «1C» is written with the Latin letter as often as with the Cyrillic one.
    return words.replace("1c", "1с")
