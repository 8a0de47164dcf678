"""`ХозОперация`: what a document is. Source: CommerceML 2.10, ХозОперацияТип; Bitrix for cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.facts import FactKind


@dataclass(frozen=True, slots=True)
class Operation:
    """What a document of this operation is to us."""

    kind: FactKind
    document: DocumentKind | None = None
    is_refund: bool = False
    method: Literal["bank", "cash", "other"] = "other"


ORDER = Operation("order_status")
WAYBILL = Operation("waybill", DocumentKind.WAYBILL)
PAYMENT = Operation("payment")

_OPERATIONS = {
    "заказтовара": ORDER,
    "счетнаоплату": Operation("invoice", DocumentKind.INVOICE),
    "отпусктовара": WAYBILL,
    "счетфактура": Operation("tax_invoice", DocumentKind.TAX_INVOICE),
    "возвраттовара": Operation("return", DocumentKind.RETURN),
    "выплатаналичныхденег": Operation("payment", method="cash"),
    "возвратналичныхденег": Operation("payment", is_refund=True, method="cash"),
    "выплатабезналичныхденег": Operation("payment", method="bank"),
    "возвратбезналичныхденег": Operation("payment", is_refund=True, method="bank"),
    "эквайринговаяоперация": PAYMENT,
    # CommerceML 1.
    "order": ORDER,
    "sale": WAYBILL,
}

_BUYING = frozenset({"покупатель", "buyer"})
_PAYING = frozenset({"плательщик", "payer"})


def operation_of(words: str) -> Operation | None:
    """The operation of these words, however they are spaced and spelt; None for an unknown one."""
    plain = "".join(letter for letter in words.casefold() if letter.isalpha())
    # The schema's own text writes «CчетНаОплату» with a Latin C.
    plain = plain.replace("ё", "е").replace("cчет", "счет")
    return _OPERATIONS.get(plain)


def is_purchase(operation: Operation, own_role: str) -> bool:
    """Whether it is the base's own firm that buys or pays: no business of a buyer here. Money that
    goes back to a buyer the firm pays, too, and that is one."""
    role = own_role.strip().casefold()
    is_money_in = operation.kind == "payment" and not operation.is_refund
    return role in _BUYING or (is_money_in and role in _PAYING)
