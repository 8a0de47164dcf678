"""Orders, papers and payments in the three shapes in which bases tie them together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.facts import (
    Container,
    CounterpartyFact,
    DeletionFact,
    DocumentFact,
    Fact,
    OrderRef,
    OrderStatusFact,
    Paper,
    PaymentFact,
    Said,
    Settled,
    SupplierFact,
    Unreadable,
)
from tests.builders.commerceml import (
    BUYER,
    ORDER,
    PAYMENT,
    SELLER,
    WAYBILL,
    document,
    fields,
    file_of,
    order,
    party,
    requisites,
    said_in,
    tag,
)

DAY = dt.date(2026, 3, 2)
ORDER_142 = OrderRef(id="142", number="142")


def _said(*elements: str) -> list[Said]:
    """What a file says, but for its companies."""
    return [
        item
        for item in said_in(file_of(*elements))
        if not isinstance(item, CounterpartyFact | SupplierFact)
    ]


def _paper(*elements: str) -> DocumentFact:
    (said,) = _said(*elements)
    assert isinstance(said, DocumentFact)
    return said


def _payment(*elements: str) -> PaymentFact:
    (said,) = _said(*elements)
    assert isinstance(said, PaymentFact)
    return said


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("Счет на оплату", DocumentKind.INVOICE),
        ("Счёт на оплату", DocumentKind.INVOICE),
        ("Отпуск товара", DocumentKind.WAYBILL),
        ("ОтпускТовара", DocumentKind.WAYBILL),
        ("Счет-фактура", DocumentKind.TAX_INVOICE),
        ("Возврат товара", DocumentKind.RETURN),
    ],
)
def test_an_operation_is_a_kind_of_paper(operation: str, kind: DocumentKind) -> None:
    paper = _paper(document(operation))

    assert paper.kind is kind
    assert (paper.key, paper.number, paper.issued_on) == (WAYBILL, "РН-17", DAY)
    assert (paper.gross, paper.currency, paper.is_posted) == (Decimal("1200"), "UAH", True)
    assert paper.party.counterparty_key == BUYER


@pytest.mark.parametrize(
    ("operation", "method", "is_refund"),
    [
        ("Выплата наличных денег", "cash", False),
        ("Возврат наличных денег", "cash", True),
        ("Выплата безналичных денег", "bank", False),
        ("Возврат безналичных денег", "bank", True),
        ("Эквайринговая операция", "other", False),
    ],
)
def test_an_operation_is_a_payment_or_a_refund(
    operation: str, method: str, is_refund: bool
) -> None:
    payment = _payment(document(operation))

    assert (payment.method, payment.is_refund) == (method, is_refund)
    assert (payment.amount, payment.currency) == (Decimal("1200"), "UAH")


def test_an_order_makes_no_paper() -> None:
    (said,) = _said(order(Номер1С="ТД-1", Дата1С="2026-03-03"))

    assert said == OrderStatusFact(
        key="142",
        order=ORDER_142,
        number="ТД-1",
        dated_on=dt.date(2026, 3, 3),
        currency="UAH",
        gross=Decimal("1200"),
    )


def test_requisites_of_an_order_are_its_payments_and_shipments() -> None:
    said = _said(
        order(
            requisites(
                Номер_оплаты_по_1C="ПП-1",  # with a Latin C
                Дата_оплаты_по_1С="05.03.2026 10:00:00",
                Номер_отгрузки_по_1С="РН-1",
                Дата_отгрузки_по_1С="20260304",
                Проведён="true",
                Оплачен="true",
                Отгружен="false",
                Отменен="false",
                Статуса_заказа_ИД="P",
            )
        )
    )

    status, payment, waybill = said
    assert isinstance(status, OrderStatusFact)
    assert (status.status, status.is_paid, status.is_shipped) == ("P", True, False)
    assert (status.paid_on, status.shipped_on) == (dt.date(2026, 3, 5), dt.date(2026, 3, 4))
    assert isinstance(payment, PaymentFact)
    assert (payment.key, payment.amount) == ("payment::ПП-1:2026", None)
    assert payment.orders == (ORDER_142,)
    assert isinstance(waybill, DocumentFact)
    assert (waybill.key, waybill.gross, waybill.currency) == ("waybill::РН-1:2026", None, "")


def test_two_shipments_of_an_order_in_its_requisites_are_two() -> None:
    twice = requisites(Номер_отгрузки_по_1С="РН-1", Дата_отгрузки_по_1С="2026-03-04") + requisites(
        Номер_отгрузки_по_1С="РН-2", Дата_отгрузки_по_1С="2026-03-05"
    )

    said = _said(order(twice))

    assert [
        (item.number, item.issued_on.day) for item in said if isinstance(item, DocumentFact)
    ] == [
        ("РН-1", 4),
        ("РН-2", 5),
    ]


def test_a_number_in_the_requisites_without_its_date_costs_only_itself() -> None:
    status, refused = _said(order(requisites(Номер_оплаты_по_1С="ПП-1")))

    assert isinstance(status, OrderStatusFact)
    assert isinstance(refused, Unreadable)
    assert (refused.kind, refused.key, refused.code) == ("payment", "ПП-1", "NO_DATE")


def test_a_short_status_without_an_operation_is_an_order() -> None:
    (said,) = _said(
        document(
            "",
            requisites(Статус_заказа="Отгружен", Отменен="true"),
            parties="",
            Ид="142",
            Номер="142",
            Валюта="",
            Сумма="",
            Курс="",
        )
    )

    assert isinstance(said, OrderStatusFact)
    assert (said.gross, said.currency, said.status) == (None, "", "Отгружен")
    assert said.is_cancelled


def test_the_sites_number_is_taken_from_the_comment() -> None:
    (said,) = _said(
        order(Ид=ORDER, Номер="НФНФ-000007", Комментарий="срочно [Номер документа на сайте: 142]")
    )

    assert isinstance(said, OrderStatusFact)
    assert said.order == OrderRef(id=ORDER, number="142")
    assert said.number == "НФНФ-000007"


def test_subordinate_documents_are_of_their_order_and_its_buyer() -> None:
    said = _said(
        order(
            tag(
                "ПодчиненныеДокументы",
                *(
                    document(operation, parties="", Ид=key, Номер=number).replace(
                        "Документ>", "ПодчиненныйДокумент>"
                    )
                    for operation, key, number in (
                        ("Отпуск товара", WAYBILL, "РН-1"),
                        ("Выплата безналичных денег", PAYMENT, "ПП-1"),
                    )
                ),
            )
        )
    )

    (container,) = said
    assert isinstance(container, Container)
    assert container.key == "142"
    status, waybill, payment = container.facts
    assert isinstance(status, OrderStatusFact)
    assert isinstance(waybill, DocumentFact)
    assert isinstance(payment, PaymentFact)
    assert waybill.orders == payment.orders == (ORDER_142,)
    assert waybill.party.counterparty_key == payment.party.counterparty_key == BUYER


def test_related_documents_name_what_they_are_based_on() -> None:
    waybill = _paper(document("Отпуск товара", Основание="142"))

    assert waybill.orders == (ORDER_142,)


def test_a_shipment_of_several_orders_is_of_them_all() -> None:
    based = tag("Основание", fields({"Ид": "142", "Сумма": "700"})) + tag("Основание", ORDER)

    waybill = _paper(document("Отпуск товара", based))

    assert waybill.orders == (
        OrderRef(id="142", number="142", amount=Decimal(700)),
        OrderRef(id=ORDER),
    )


def test_one_shipment_split_into_several_documents_stays_several() -> None:
    said = _said(
        document("Отпуск товара", Основание="142"),
        document("Отпуск товара", Ид=PAYMENT, Номер="РН-18", Основание="142"),
    )

    assert [(item.number, item.orders) for item in said if isinstance(item, DocumentFact)] == [
        ("РН-17", (ORDER_142,)),
        ("РН-18", (ORDER_142,)),
    ]


def test_a_container_is_an_order_with_all_that_came_of_it() -> None:
    content = file_of(
        tag(
            "Контейнер",
            order(Ид=ORDER),
            document("Отпуск товара", Основание=ORDER.upper()),
            document("Эквайринговая операция", Ид=PAYMENT, Основание=""),
            document("Возврат товара", Ид=SELLER, Основание=WAYBILL, Сумма="100"),
        ),
        version="3.1",
        namespace="urn:1C.ru:commerceml_3",
    )

    company, container = said_in(content)

    assert isinstance(company, CounterpartyFact)
    assert isinstance(container, Container)
    assert container.key == ORDER
    _, waybill, payment, returned = container.facts
    of_the_order = (OrderRef(id=ORDER, number="142"),)
    assert isinstance(waybill, DocumentFact)
    assert isinstance(payment, PaymentFact)
    assert isinstance(returned, DocumentFact)
    assert waybill.orders == payment.orders == returned.orders == of_the_order
    assert returned.settles == (Settled(key=WAYBILL),)
    assert waybill.settles == ()


def test_a_payment_based_on_a_waybill_of_its_container_settles_it() -> None:
    (said,) = _said(
        tag(
            "Контейнер",
            order(Ид=ORDER),
            document("Отпуск товара", Основание=ORDER),
            document("Выплата наличных денег", Ид=PAYMENT, Основание=WAYBILL),
        )
    )

    assert isinstance(said, Container)
    payment = said.facts[2]
    assert isinstance(payment, PaymentFact)
    assert payment.settles == (Settled(key=WAYBILL),)
    assert payment.orders == (OrderRef(id=ORDER, number="142"),)


def test_a_container_that_can_not_be_read_whole_takes_nothing_back() -> None:
    said = _said(
        tag(
            "Контейнер",
            order(Ид=ORDER),
            document("Отпуск товара", Сумма="много"),
            document("Выплата наличных денег", Ид=PAYMENT),
        )
    )

    assert [type(item) for item in said] == [OrderStatusFact, PaymentFact, Unreadable]


def test_a_document_without_a_guid_is_known_by_its_number_and_year() -> None:
    waybill = _paper(document("Отпуск товара", Ид="17"))
    without_id = _paper(document("Отпуск товара", Ид=""))
    empty_id = _paper(document("Отпуск товара", Ид="00000000-0000-0000-0000-000000000000"))

    assert waybill.key == without_id.key == empty_id.key == "waybill::РН-17:2026"


def test_a_deleted_document_is_a_deletion() -> None:
    (said,) = _said(document("Отпуск товара", ПометкаУдаления="true", Сумма="", Валюта=""))

    assert said == DeletionFact(key=WAYBILL, of_kind="waybill")


def test_a_deleted_order_is_told_as_deleted() -> None:
    (said,) = _said(order(ПометкаУдаления="true"))

    assert isinstance(said, OrderStatusFact)
    assert said.is_deleted


def test_an_unposted_waybill_stands_for_nothing() -> None:
    waybill = _paper(document("Отпуск товара", requisites(Проведен="false")))

    assert not waybill.is_posted


@pytest.mark.parametrize("total", ["", "0", "0.00"])
def test_a_payment_without_its_own_sum_has_none(total: str) -> None:
    payment = _payment(document("Выплата безналичных денег", Сумма=total))

    assert (payment.amount, payment.currency) == (None, "")


def test_the_due_date_is_the_bases_own() -> None:
    waybill = _paper(document("Отпуск товара", СрокПлатежа="16.03.2026"))

    assert waybill.due == ((dt.date(2026, 3, 16), None),)


def test_the_rate_is_told_as_the_paper_has_it() -> None:
    waybill = _paper(document("Отпуск товара", Валюта="у.е.", Курс="41,5"))

    assert waybill.currency == "USD"
    assert waybill.paper == Paper(
        amount=Decimal(1200), currency="USD", rate=Decimal("41.5"), rate_on=DAY
    )


def test_an_empty_currency_is_the_usual_one() -> None:
    assert _paper(document("Отпуск товара", Валюта="")).currency == "UAH"


def test_the_version_is_kept_as_it_is() -> None:
    assert _paper(document("Отпуск товара", НомерВерсии="AAAAEAAAAAA=")).version == "AAAAEAAAAAA="


def test_both_of_a_guid_that_comes_twice_are_told_in_order() -> None:
    said = _said(document("Отпуск товара"), document("Отпуск товара", Сумма="900"))

    assert [(item.key, item.gross) for item in said if isinstance(item, DocumentFact)] == [
        (WAYBILL, Decimal(1200)),
        (WAYBILL, Decimal(900)),
    ]


def test_an_order_resent_with_another_sum_is_the_same_order() -> None:
    said = _said(order(), order(Сумма="900.50"))

    assert [(item.key, item.gross) for item in said if isinstance(item, OrderStatusFact)] == [
        ("142", Decimal(1200)),
        ("142", Decimal("900.5")),
    ]


@pytest.mark.parametrize(
    ("element", "kind", "code"),
    [
        (document("Переоценка товаров"), "document", "UNKNOWN_OPERATION"),
        (document(""), "document", "UNKNOWN_OPERATION"),
        (document("Отпуск товара", Роль="Покупатель"), "waybill", "NOT_A_SALE"),
        (document("Выплата наличных денег", Роль="Плательщик"), "payment", "NOT_A_SALE"),
        (document("Отпуск товара", Сумма="12 рублей"), "waybill", "INVALID_NUMBER"),
        (document("Отпуск товара", Дата="вчера"), "waybill", "INVALID_DATE"),
        (document("Отпуск товара", Дата=""), "waybill", "NO_DATE"),
        (document("Отпуск товара", Валюта="фантики"), "waybill", "UNMAPPED_CURRENCY"),
        (document("Отпуск товара", Ид="", Номер=""), "waybill", "NO_KEY"),
        (order(Ид="x" * 151), "order_status", "INVALID_KEY"),
        (document("Отпуск товара", parties=tag("Контрагент")), "waybill", "NO_KEY"),
    ],
)
def test_a_bad_document_costs_only_itself(element: str, kind: str, code: str) -> None:
    good = document("Отпуск товара", Ид=PAYMENT, Номер="РН-18")

    said = _said(element, good)

    refused = [item for item in said if isinstance(item, Unreadable)]
    assert [(item.kind, item.code) for item in refused] == [(kind, code)]
    assert [item.key for item in said if isinstance(item, Fact)] == [PAYMENT]


def test_money_that_the_firm_pays_back_is_a_buyers() -> None:
    said = _said(document("Возврат безналичных денег", Роль="Плательщик", Сумма="300"))

    (refund,) = (item for item in said if isinstance(item, PaymentFact))
    assert (refund.is_refund, refund.amount) == (True, Decimal(300))


def test_the_seller_is_a_supplier_and_the_papers_are_his() -> None:
    company, supplier, waybill = said_in(
        file_of(
            document(
                "Отпуск товара", parties=party() + party("Продавец", key=SELLER, name="ТОВ «Ми»")
            )
        )
    )

    assert isinstance(company, CounterpartyFact)
    assert supplier == SupplierFact(key=SELLER, name="ТОВ «Ми»")
    assert isinstance(waybill, DocumentFact)
    assert waybill.party.supplier_key == SELLER
    assert waybill.party.counterparty_key == BUYER
