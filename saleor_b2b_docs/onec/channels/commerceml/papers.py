"""The facts that a `Документ` says: orders, papers, payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.channels.commerceml import requisites as named
from saleor_b2b_docs.onec.channels.commerceml.currencies import currency_of
from saleor_b2b_docs.onec.channels.commerceml.headings import Heading, checked_key, is_guid
from saleor_b2b_docs.onec.channels.commerceml.lines import lines_of
from saleor_b2b_docs.onec.channels.commerceml.operations import ORDER
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue, read_date, read_decimal
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import (
    DeletionFact,
    DocumentFact,
    Fact,
    FactKind,
    OrderRef,
    OrderStatusFact,
    Paper,
    PaymentFact,
    Settled,
    Unreadable,
    keyless,
)

_COMMENT_LENGTH = 500
_STATUS_LENGTH = 200
_ONE = Decimal(1)


def order_facts(order: Heading, context: ReadingContext) -> Iterator[Fact | Unreadable]:
    """How an order stands, and the payments and shipments that its requisites name: those have
    neither a sum nor a GUID of their own. Raises BadValue."""
    said = order.requisites
    gross, currency = _sum(order, context)
    yield OrderStatusFact(
        key=order.key,
        version=order.version,
        order=order.order,
        status=said.first(named.STATUS, named.STATUS_ID, named.STATUS_ID_SPELT)[:_STATUS_LENGTH],
        number=order.number,
        dated_on=order.dated_on,
        currency=currency,
        gross=gross,
        paid_on=read_date(said.first(named.PAYMENT_DATE)),
        shipped_on=read_date(said.first(named.SHIPMENT_DATE)),
        is_paid=said.flag(*named.PAID),
        is_shipped=said.flag(*named.SHIPPED),
        is_cancelled=said.flag(named.CANCELLED) is True,
        is_deleted=order.is_deleted,
    )
    if order.is_deleted:
        return
    supplier = order.party.supplier_key or context.own_supplier_key
    for number, on in _numbered(order, named.PAYMENT_NUMBER, named.PAYMENT_DATE):
        if on is None:
            yield _undated("payment", number)
            continue
        yield PaymentFact(
            key=checked_key(keyless("payment", supplier=supplier, number=number, on=on)),
            received_on=on,
            party=order.party,
            number=number,
            method="other",
            orders=(order.order,),
        )
    for number, on in _numbered(order, named.SHIPMENT_NUMBER, named.SHIPMENT_DATE):
        if on is None:
            yield _undated("waybill", number)
            continue
        yield DocumentFact(
            key=checked_key(keyless("waybill", supplier=supplier, number=number, on=on)),
            kind=DocumentKind.WAYBILL,
            number=number,
            issued_on=on,
            party=order.party,
            orders=(order.order,),
        )


def paper_fact(
    heading: Heading,
    *,
    siblings: Mapping[str, Heading],
    order: OrderRef | None,
    names: Mapping[str, str],
    context: ReadingContext,
) -> Fact:
    """A paper or a payment. `siblings` are the documents around it, by id and number; `order` is
    the one that it is of where it names none. Raises BadValue."""
    operation = heading.operation
    if heading.is_deleted:
        return DeletionFact(key=heading.key, version=heading.version, of_kind=operation.kind)
    if heading.dated_on is None:
        raise BadValue("NO_DATE", "У документа нет даты")
    gross, currency = _sum(heading, context)
    orders, settles = _links(heading, siblings, order)
    is_posted = heading.requisites.flag(named.POSTED) is not False and not heading.requisites.flag(
        named.CANCELLED
    )
    if operation.document is None:
        return PaymentFact(
            key=heading.key,
            version=heading.version,
            received_on=heading.dated_on,
            party=heading.party,
            currency=currency,
            amount=gross,
            is_refund=operation.is_refund,
            paper=_paper(heading, gross, currency),
            number=heading.number,
            method=operation.method,
            purpose=_comment(heading),
            orders=orders,
            settles=settles,
            is_posted=is_posted,
        )
    due_on = read_date(heading.node.text("СрокПлатежа"))
    is_waybill = operation.document is DocumentKind.WAYBILL
    return DocumentFact(
        key=heading.key,
        version=heading.version,
        kind=operation.document,
        number=heading.number or heading.site_number,
        issued_on=heading.dated_on,
        party=heading.party,
        currency=currency,
        gross=gross,
        paper=_paper(heading, gross, currency),
        orders=orders,
        settles=settles if operation.document is DocumentKind.RETURN else (),
        due=((due_on, None),) if due_on and is_waybill and gross is not None else None,
        lines=lines_of(heading.node, names),
        is_posted=is_posted,
        comment=_comment(heading),
    )


def _numbered(order: Heading, numbers: str, dates: str) -> Iterator[tuple[str, dt.date | None]]:
    """Numbers with their dates; a single date is that of all."""
    found, days = order.requisites.all(numbers), order.requisites.all(dates)
    if len(days) == 1:
        days = days * len(found)
    for number, day in zip_longest(found, days[: len(found)], fillvalue=""):
        yield number, read_date(day)


def _undated(kind: FactKind, number: str) -> Unreadable:
    return Unreadable(
        kind=kind,
        key=number[:100],
        code="NO_DATE",
        reason=f"В реквизитах заказа есть номер «{number[:60]}», но нет его даты",
    )


def _sum(heading: Heading, context: ReadingContext) -> tuple[Decimal | None, str]:
    """The sum and its currency; a zero without lines is a sum that the base does not say."""
    node = heading.node
    amount = read_decimal(node.text("Сумма"))
    has_lines = node.has("Товары") or node.has("ТоварнаяПозиция")
    if amount is None or (not amount and (not has_lines or heading.operation.document is None)):
        return None, ""
    currency = currency_of(
        node.text("Валюта"), own=context.currencies, default=context.default_currency
    )
    return amount, currency


def _paper(heading: Heading, gross: Decimal | None, currency: str) -> Paper | None:
    rate = read_decimal(heading.node.text("Курс"))
    if gross is None or not rate or rate == _ONE:
        return None
    return Paper(amount=gross, currency=currency, rate=rate, rate_on=heading.dated_on)


def _links(
    heading: Heading, siblings: Mapping[str, Heading], order: OrderRef | None
) -> tuple[tuple[OrderRef, ...], tuple[Settled, ...]]:
    """The orders that a document is of, and the papers that it settles, from its `Основание`."""
    orders: list[OrderRef] = []
    settles: list[Settled] = []
    for text, amount in heading.bases:
        found = siblings.get(text) or siblings.get(text.lower())
        if found is None:
            number = "" if is_guid(text) else text
            orders.append(OrderRef(id=text, number=number, amount=amount))
        elif found.operation is ORDER:
            orders.append(OrderRef(id=found.id, number=found.site_number, amount=amount))
        elif found is not heading:
            if found.operation.kind == "waybill":
                settles.append(Settled(key=found.key, amount=amount))
            orders.extend(_orders_of(found, siblings))
    if not orders and order is not None:
        orders.append(order)
    return _once(orders), tuple({settled.key: settled for settled in settles}.values())


def _orders_of(paper: Heading, siblings: Mapping[str, Heading]) -> Iterator[OrderRef]:
    for text, _ in paper.bases:
        found = siblings.get(text)
        if found is not None and found.operation is ORDER:
            yield found.order


def _once(orders: Sequence[OrderRef]) -> tuple[OrderRef, ...]:
    return tuple({(order.id, order.number): order for order in orders}.values())


def _comment(heading: Heading) -> str:
    return heading.node.line("Комментарий")[:_COMMENT_LENGTH]
