"""Which payments a viewer sees, and what each of them settled."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.documents.pages import InvalidCursor, InvalidPageSize, encode_cursor
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.settlements.models import EntryKind, Payment
from saleor_b2b_docs.settlements.payments.queries import payments
from saleor_b2b_docs.settlements.payments.rows import PaymentFilters, PaymentRow, Settled
from saleor_b2b_docs.settlements.services import unpost
from tests.builders.parties import make_contract, make_counterparty, make_member
from tests.builders.saleor import OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.settlements import (
    customer,
    make_books,
    make_payment,
    post_credit,
    post_debit,
    staff,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
ALL = PaymentFilters()


def day(number: int) -> dt.date:
    """A day of March 2026."""
    return dt.date(2026, 3, number)


def uah(minor: int) -> Money:
    return Money.from_minor(minor, "UAH")


@pytest.fixture
def contract(db: None) -> Contract:
    """Of the usual buyer, its counterparty's owner."""
    contract = make_books()
    make_member(contract.counterparty)
    return contract


def _paid(contract: Contract, amount: int, *, on: dt.date, number: str = "") -> Payment:
    entry = post_credit(contract, amount, on=on, number=number)
    return make_payment(
        contract, amount, on=on, number=number, search_key=search_key(number), entry=entry
    )


def _rows(viewer: Viewer, filters: PaymentFilters = ALL) -> list[PaymentRow]:
    return list(payments(viewer, filters=filters, first=100).rows)


def _shown(viewer: Viewer, filters: PaymentFilters = ALL) -> list[str]:
    return [row.payment.number for row in _rows(viewer, filters)]


def test_a_payment_says_what_it_settled_and_what_is_left(contract: Contract) -> None:
    # given
    post_debit(
        contract,
        3_000,
        on=day(1),
        number="Н-1",
        due_parts=[(day(2), 1_000), (day(3), 2_000)],
    )
    post_debit(contract, 500, on=day(2), number="А-2", kind=EntryKind.SERVICE_ACT)
    payment = _paid(contract, 10_000, on=day(5), number="П-1")

    # when
    [row] = _rows(customer(contract))

    # then
    assert row.payment == payment
    assert (row.amount, row.is_refund) == (uah(10_000), False)
    assert row.settled == (
        Settled("waybill", "Н-1", day(1), uah(3_000)),
        Settled("service_act", "А-2", day(2), uah(500)),
    )
    assert row.unallocated == uah(6_500)


def test_money_paid_back_is_negative_and_settles_nothing(contract: Contract) -> None:
    # given
    post_credit(contract, 900, on=day(1))
    entry = post_debit(contract, 400, on=day(2), kind=EntryKind.REFUND)
    make_payment(contract, -400, on=day(2), entry=entry)

    # when
    [row] = _rows(customer(contract))

    # then
    assert (row.amount, row.is_refund) == (uah(-400), True)
    assert (row.settled, row.unallocated) == ((), uah(0))


def test_a_provisional_payment_is_shown_until_it_is_matched(contract: Contract) -> None:
    # given
    provisional = make_payment(contract, 700, on=day(3), number="банк", is_provisional=True)

    # when
    [row] = _rows(customer(contract))

    # then
    assert row.payment.is_provisional
    assert (row.settled, row.unallocated) == ((), uah(0))

    # when
    provisional.matched = _paid(contract, 700, on=day(3), number="П-1")
    provisional.save()

    # then
    assert _shown(customer(contract)) == ["П-1"]


def test_an_unposted_payment_is_not_shown(contract: Contract) -> None:
    # given
    payment = _paid(contract, 700, on=day(3), number="П-1")
    assert _shown(customer(contract)) == ["П-1"]
    assert payment.entry is not None

    # when
    unpost(contract.supplier.installation, [payment.entry.reference], now=NOW)
    payment.entry = None
    payment.save()

    # then
    assert _shown(customer(contract)) == []


def test_pages_go_from_the_newest_to_the_oldest(contract: Contract) -> None:
    # given
    other = make_contract(contract.supplier, contract.counterparty, currency="USD")
    for number in (1, 2, 3, 3, 3, 4):
        _paid(contract if number % 2 else other, 100, on=day(number), number=f"{number}")
    whole = _rows(customer(contract))

    # when
    rows: list[PaymentRow] = []
    after, pages = "", 0
    while True:
        page = payments(customer(contract), filters=ALL, first=2, after=after)
        assert page.has_previous is bool(after)
        rows += page.rows
        pages += 1
        if not page.has_next:
            break
        after = page.cursors[-1]

    # then
    assert rows == whole
    assert [row.payment.number for row in rows] == ["4", "3", "3", "3", "2", "1"]
    assert pages == 3


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        encode_cursor("2026-03-01"),
        encode_cursor("2026-03-01", "1"),
        encode_cursor("", 1),
    ],
)
def test_what_no_page_gave_out_is_no_cursor(contract: Contract, cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        payments(customer(contract), filters=ALL, first=2, after=cursor)


@pytest.mark.parametrize("first", [-1, 0, 101])
def test_a_page_has_one_to_a_hundred_rows(contract: Contract, first: int) -> None:
    with pytest.raises(InvalidPageSize):
        payments(customer(contract), filters=ALL, first=first)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (ALL, ["банк", "5", "3", "1"]),
        (PaymentFilters(date_from=day(3)), ["банк", "5", "3"]),
        (PaymentFilters(date_to=day(3)), ["3", "1"]),
        (PaymentFilters(date_from=day(2), date_to=day(4)), ["3"]),
        (PaymentFilters(date_from=day(4), date_to=day(2)), []),
        (PaymentFilters(is_provisional=True), ["банк"]),
        (PaymentFilters(is_provisional=False), ["5", "3", "1"]),
    ],
)
def test_filters_narrow(contract: Contract, filters: PaymentFilters, numbers: list[str]) -> None:
    # given
    for number in (1, 3, 5):
        _paid(contract, 100, on=day(number), number=str(number))
    make_payment(contract, 100, on=day(6), number="банк", is_provisional=True)

    # when / then
    assert _shown(customer(contract), filters) == numbers


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("П-00017", ["П-17"]),
        ("17", ["П-17"]),
        ("ab12", ["АВ-0012"]),  # Latin, as the number is Cyrillic
        ("1234", ["тисяча", "рівно", "назад"]),
        ("1 234,50", ["тисяча"]),
        ("1234.5", ["тисяча"]),
        ("1 234,00", ["рівно", "назад"]),
        ("-1234,00", ["рівно", "назад"]),
        ("1234.505", []),
        ("999999999999999", []),
        ("9999999999999999999999", []),
        ("%", []),
        ("—", []),
        ("  ", ["тисяча", "рівно", "назад", "АВ-0012", "П-17"]),
    ],
)
def test_a_search_is_for_a_number_or_an_amount(
    contract: Contract, search: str, numbers: list[str]
) -> None:
    # given
    _paid(contract, 100, on=day(1), number="П-17")
    _paid(contract, 200, on=day(2), number="АВ-0012")
    refund = post_debit(contract, 123_400, on=day(3), kind=EntryKind.REFUND)
    make_payment(contract, -123_400, on=day(3), number="назад", entry=refund)
    _paid(contract, 123_400, on=day(4), number="рівно")
    _paid(contract, 123_450, on=day(5), number="тисяча")

    # when / then
    assert _shown(customer(contract), PaymentFilters(search=search)) == numbers


def test_an_amount_is_searched_in_each_currencys_own_units(contract: Contract) -> None:
    # given
    yen = make_contract(contract.supplier, contract.counterparty, currency="JPY")
    dinar = make_contract(contract.supplier, contract.counterparty, currency="KWD")
    _paid(contract, 1_250, on=day(1), number="гривні")
    _paid(yen, 12, on=day(2), number="єни")
    _paid(dinar, 12_505, on=day(3), number="динари")

    # when / then
    assert _shown(customer(contract), PaymentFilters(search="12")) == ["динари", "єни", "гривні"]
    assert _shown(customer(contract), PaymentFilters(search="12.5")) == ["гривні"]
    assert _shown(customer(contract), PaymentFilters(search="12.505")) == ["динари"]


def test_each_viewer_sees_the_payments_whose_money_he_may_see(contract: Contract) -> None:
    # given
    installation = contract.supplier.installation
    _paid(contract, 100, on=day(1), number="mine")
    make_member(contract.counterparty, user_id="VXNlcjoz", role=Role.ACCOUNTANT)
    make_member(contract.counterparty, user_id="VXNlcjo0", role=Role.BUYER)
    other = make_counterparty(installation, name="Інша", tax_id="2")
    make_member(other, user_id=OTHER_BUYER_ID)
    of_another = make_contract(contract.supplier, other)
    _paid(of_another, 200, on=day(2), number="other")
    elsewhere = make_installation(api_url=OTHER_API_URL)

    # when / then
    assert _shown(customer(contract)) == ["mine"]
    assert _shown(customer(contract, "VXNlcjoz")) == ["mine"]
    assert _shown(customer(contract, "VXNlcjo0")) == []
    assert _shown(customer(contract, OTHER_BUYER_ID)) == ["other"]
    assert _shown(customer(contract, "VXNlcjo1", "MANAGE_ORDERS")) == []
    assert _shown(customer(contract, "")) == []
    assert _shown(customer(elsewhere)) == []
    assert _shown(ANONYMOUS) == []
    assert _shown(staff(contract, "MANAGE_ORDERS")) == ["other", "mine"]
    assert _shown(staff(contract, "MANAGE_USERS")) == []
    assert _shown(staff(contract)) == []
    assert _shown(staff(elsewhere, "MANAGE_ORDERS")) == []


def test_a_foreign_contract_has_no_payments(contract: Contract) -> None:
    # given
    _paid(contract, 100, on=day(1), number="mine")
    installation = contract.supplier.installation
    other = make_contract(
        contract.supplier, make_counterparty(installation, name="Інша", tax_id="2")
    )
    _paid(other, 200, on=day(2), number="other")

    def shown(contract_id: uuid.UUID, viewer: Viewer) -> list[str]:
        return _shown(viewer, replace(ALL, contract_id=contract_id))

    # when / then
    assert shown(contract.pk, customer(contract)) == ["mine"]
    assert shown(other.pk, customer(contract)) == []
    assert shown(uuid.uuid4(), customer(contract)) == []
    assert shown(other.pk, staff(contract, "MANAGE_ORDERS")) == ["other"]
    assert shown(other.pk, staff(contract)) == []


def test_the_number_of_statements_does_not_grow(contract: Contract) -> None:
    # given
    _fill(contract, 1)
    few = _statements(contract)

    # when
    for currency in ("UAH", "USD", "EUR"):
        other = make_counterparty(contract.supplier.installation, name=currency, tax_id=currency)
        make_member(other)
        _fill(make_contract(contract.supplier, other, currency=currency), 4)

    # then
    assert few == 5
    assert _statements(contract) == few


def _fill(contract: Contract, count: int) -> None:
    for number in range(1, count + 1):
        for _ in range(number):
            post_debit(contract, 100, on=day(1), number="Н-1")
        _paid(contract, 120 * number, on=day(1), number="120")


def _statements(contract: Contract) -> int:
    with CaptureQueriesContext(connection) as captured:
        page = payments(customer(contract), filters=PaymentFilters(search="120"), first=100)
        for row in page.rows:
            assert row.payment.contract.counterparty.manager is None
            assert row.payment.contract.supplier.legal_name
            assert row.payment.document is None
            assert row.settled
    return len(captured)
