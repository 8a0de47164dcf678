"""What a debt and an advance consist of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.models import Document, DocumentKind, Origin
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.balance import queries
from saleor_b2b_docs.settlements.balance.queries import (
    aging,
    open_document_rows,
    open_documents,
)
from saleor_b2b_docs.settlements.balance.rows import OpenDocument, OpenDocumentsTotal
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.movements.queries import balance_on
from saleor_b2b_docs.settlements.panel.queries import contract_panel
from saleor_b2b_docs.settlements.services import post, unpost
from tests.builders.orders import make_order, order_global_id
from tests.builders.parties import make_contract
from tests.builders.settlements import make_books, post_credit, post_debit
from tests.examples import EXAMPLES
from tests.settlements.histories import Line, distinct_lines

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


def day(number: int, month: int = 3) -> dt.date:
    """A day of 2026, of March unless said otherwise."""
    return dt.date(2026, month, number)


def uah(minor: int) -> Money:
    return Money.from_minor(minor, "UAH")


def test_a_debit_is_a_row_with_what_settled_it_and_what_is_left() -> None:
    # given
    contract = make_books()
    installation = contract.supplier.installation
    order = make_order(installation, number="1042")
    paper = Document.objects.create(
        installation=installation,
        supplier=contract.supplier,
        kind=DocumentKind.WAYBILL,
        origin=Origin.RECEIVED,
        contract=contract,
        counterparty=contract.counterparty,
        number="Н-00017",
        issued_on=day(1),
        issued_at=timezone.now(),
    )
    waybill = post_debit(
        contract,
        10_000,
        on=day(1, month=2),  # and so due on 15 February
        number="Н-00017",
        orders=[(order.saleor_id, None), (order_global_id(), None)],
        document=paper,
    )
    post_credit(contract, 1_500, on=day(2), kind=EntryKind.RETURN, settles=[waybill])
    post_credit(contract, 500, on=day(2), kind=EntryKind.DOWNWARD_CORRECTION, settles=[waybill])
    post_credit(contract, 3_000, on=day(3))

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert found.rows == (
        OpenDocument(
            kind="waybill",
            number="Н-00017",
            date=day(1, month=2),
            document=paper,
            order_number="1042",
            amount=uah(10_000),
            returned=uah(2_000),
            paid=uah(3_000),
            residual=uah(5_000),
            deferral_days=14,
            pay_by=day(15, month=2),
            days_overdue=23,
            overdue=uah(5_000),
            is_advance=False,
            is_reserved=False,
        ),
    )
    assert found.total == OpenDocumentsTotal(
        amount=uah(10_000),
        residual=uah(5_000),
        overdue=uah(5_000),
        debt=uah(5_000),
        advance=uah(0),
    )
    assert not found.is_cut


def test_each_open_instalment_is_a_row() -> None:
    # given
    contract = make_books()
    post_debit(
        contract,
        9_000,
        on=day(1),
        due_parts=[(day(5), 2_000), (day(9), 3_000), (day(20), 4_000)],
    )
    post_credit(contract, 2_500, on=day(2))

    # when
    rows = open_documents(contract, today=TODAY).rows

    # then
    assert [(row.amount, row.paid, row.residual, row.pay_by, row.overdue) for row in rows] == [
        (uah(3_000), uah(500), uah(2_500), day(9), uah(2_500)),
        (uah(4_000), uah(0), uah(4_000), day(20), uah(0)),
    ]
    assert [row.deferral_days for row in rows] == [None, None]


def test_the_longest_due_is_first_then_unknown_days_then_advances() -> None:
    # given
    contract = make_books()
    post_debit(contract, 50, on=day(1, month=1), kind=EntryKind.OPENING_DEBT, number="?")
    post_debit(contract, 100, on=day(3), due_on=day(25), number="c")
    post_debit(contract, 100, on=day(2), due_on=day(8), number="a")
    post_debit(contract, 100, on=day(4), due_on=TODAY, number="b")
    post_credit(contract, 70, on=day(1), orders=[("T3JkZXI6MQ==", None)], number="advance")

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert [(row.number, row.days_overdue, row.is_advance) for row in found.rows] == [
        ("a", 2, False),
        ("b", 0, False),
        ("c", 0, False),
        ("?", 0, False),
        ("advance", 0, True),
    ]
    assert found.rows[3].pay_by is None


def test_an_advance_is_a_negative_row_that_adds_up() -> None:
    # given
    contract = make_books()
    post_debit(contract, 600, on=day(1))
    post_credit(contract, 1_000, on=day(2), number="П-1")

    # when
    found = open_documents(contract, today=TODAY)

    # then
    [row] = found.rows
    assert (row.kind, row.number, row.is_advance, row.is_reserved) == (
        "payment",
        "П-1",
        True,
        False,
    )
    assert (row.amount, row.returned, row.paid, row.residual) == (
        uah(-1_000),
        uah(0),
        uah(-600),
        uah(-400),
    )
    assert (row.overdue, row.pay_by) == (uah(0), None)
    assert found.total == OpenDocumentsTotal(
        amount=uah(-1_000), residual=uah(-400), overdue=uah(0), debt=uah(0), advance=uah(400)
    )


def test_an_advance_that_waits_in_part_is_two_rows() -> None:
    # given
    contract = make_books()
    post_debit(contract, 600, on=day(1))
    post_credit(contract, 1_000, on=day(2), orders=[("T3JkZXI6MQ==", 300)])

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert [
        (row.amount, row.paid, row.residual, row.is_reserved, row.is_advance) for row in found.rows
    ] == [
        (uah(-900), uah(-600), uah(-300), True, True),
        (uah(-100), uah(0), uah(-100), False, True),
    ]
    assert found.total.amount == uah(-1_000)


def test_a_reversed_debit_and_a_settled_one_are_not_there() -> None:
    # given
    contract = make_books()
    gone = post_debit(contract, 600, on=day(1))
    unpost(contract.supplier.installation, [gone.reference], now=NOW)
    settled = post_debit(contract, 700, on=day(1))
    post_credit(contract, 700, on=day(2), settles=[settled])

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert found.rows == ()
    assert found.total.amount == uah(0)


def test_only_overdue_leaves_out_what_is_not_and_advances() -> None:
    # given
    contract = make_books()
    post_debit(contract, 100, on=day(1), due_on=day(5))
    post_debit(contract, 200, on=day(1), due_on=TODAY)
    post_debit(contract, 400, on=day(1), kind=EntryKind.OPENING_DEBT)
    post_credit(contract, 50, on=day(1), orders=[("T3JkZXI6MQ==", None)])

    # when
    found = open_documents(contract, today=TODAY, only_overdue=True)

    # then
    assert [row.residual for row in found.rows] == [uah(100)]
    assert found.total == OpenDocumentsTotal(
        amount=uah(100), residual=uah(100), overdue=uah(100), debt=uah(700), advance=uah(50)
    )


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("17", ["AB-00017", "АВ-00170"]),
        ("ав-17", ["AB-00017", "АВ-00170"]),  # Cyrillic, as the first is Latin
        ("ab-00170", ["АВ-00170"]),
        ("1042", ["Н-5"]),
        ("П-17", ["П-17"]),
        ("99", []),
        ("—", []),
        ("   ", ["AB-00017", "АВ-00170", "Н-5", "П-17"]),
    ],
)
def test_numbers_of_papers_and_orders_are_found(search: str, numbers: list[str]) -> None:
    # given
    contract = make_books()
    order = make_order(contract.supplier.installation, number="1042")
    post_debit(contract, 100, on=day(1), due_on=day(5), number="AB-00017")
    post_debit(contract, 200, on=day(1), due_on=day(6), number="АВ-00170")
    post_debit(
        contract, 400, on=day(1), due_on=day(7), number="Н-5", orders=[(order.saleor_id, None)]
    )
    post_credit(contract, 50, on=day(1), orders=[("T3JkZXI6OQ==", None)], number="П-17")
    amounts = {"AB-00017": 100, "АВ-00170": 200, "Н-5": 400, "П-17": -50}

    # when
    found = open_documents(contract, today=TODAY, search=search)

    # then
    shown = [row.number for row in found.rows]
    if search == "17":
        assert shown == [*numbers, "П-17"]
        numbers = shown
    assert shown == numbers
    assert found.total.residual == uah(sum(amounts[number] for number in numbers))
    assert found.total.debt == uah(700)
    assert found.total.advance == uah(50)


def test_a_search_and_no_search_have_the_same_sums() -> None:
    # given
    contract = make_books()
    for number in range(1, 6):
        post_debit(contract, number * 100, on=day(number), due_on=day(number + 6), number="Н-1")
    post_credit(contract, 150, on=day(7), number="П-1")
    post_credit(contract, 70, on=day(7), number="П-1", orders=[("T3JkZXI6OQ==", 30)])
    post_credit(contract, 90, on=day(7), number="П-1", orders=[("T3JkZXI6OQ==", None)])

    # when / then
    assert open_documents(contract, today=TODAY, search="1") == open_documents(
        contract, today=TODAY
    )


@pytest.mark.parametrize("search", ["", "1"])
def test_a_cut_list_has_the_sums_of_all(search: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(queries, "MAX_ROWS", 3)
    contract = make_books()
    for number in range(1, 4):
        post_debit(contract, 100, on=day(number), due_on=day(number), number="1")
    whole = open_documents(contract, today=TODAY, search=search)
    post_debit(contract, 100, on=day(9), due_on=day(20), number="1")
    post_credit(contract, 70, on=day(1), number="1", orders=[("T3JkZXI6OQ==", None)])

    # when
    cut = open_documents(contract, today=TODAY, search=search)

    # then
    assert not whole.is_cut
    assert cut.is_cut
    assert cut.rows == whole.rows
    assert cut.total == OpenDocumentsTotal(
        amount=uah(330), residual=uah(330), overdue=uah(300), debt=uah(400), advance=uah(70)
    )
    assert [row.residual.minor for row in open_document_rows(contract, today=TODAY)] == [
        100,
        100,
        100,
        100,
        -70,
    ]


def test_a_half_reserved_advance_may_be_what_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(queries, "MAX_ROWS", 1)
    contract = make_books()
    post_credit(contract, 100, on=day(1), orders=[("T3JkZXI6OQ==", 30)])

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert (len(found.rows), found.is_cut) == (1, True)


def test_other_contracts_are_not_there() -> None:
    # given
    contract = make_books()
    other = make_contract(contract.supplier, contract.counterparty, is_main=False, number="Д-2")
    post_debit(other, 100, on=day(1))
    post_credit(other, 50, on=day(1), orders=[("T3JkZXI6OQ==", None)])

    # when
    found = open_documents(contract, today=TODAY)

    # then
    assert found.rows == ()
    assert found.total == OpenDocumentsTotal(uah(0), uah(0), uah(0), uah(0), uah(0))


@pytest.mark.parametrize("search", ["", "1"])
def test_the_number_of_statements_does_not_grow(search: str) -> None:
    # given
    contract = make_books()
    order = make_order(contract.supplier.installation, number="1")
    _fill(contract, order.saleor_id, 1)
    few = _statements(contract, search)

    # when
    _fill(contract, order.saleor_id, 20)

    # then
    assert few == (12 if search else 11)
    assert _statements(contract, search) == few


def _fill(contract: Contract, order_id: str, count: int) -> None:
    for _ in range(count):
        post_debit(contract, 500, on=day(1), number="1", orders=[(order_id, None)])
        post_credit(contract, 100, on=day(2), number="1")
        post_credit(contract, 50, on=day(2), number="1", orders=[("T3JkZXI6OQ==", None)])


def _statements(contract: Contract, search: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        found = open_documents(contract, today=TODAY, search=search)
        assert {row.document for row in found.rows} == {None}
    return len(captured)


@pytest.fixture
def contract(db: None) -> Contract:
    """One for all examples of a property."""
    return make_books()


@pytest.mark.properties
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(distinct_lines(), st.integers(0, 60))
def test_rows_footer_panel_aging_and_balance_agree(
    contract: Contract, history: list[Line], days: int
) -> None:
    with transaction.atomic():
        # given
        now = NOW + dt.timedelta(days=days - 30)
        today = now.date()
        installation = contract.supplier.installation
        post(installation, [line.of(contract) for line in history], now=NOW)

        # when
        found = open_documents(contract, today=today)
        panel = contract_panel(contract, now=now)
        buckets = aging(contract, today=today).buckets

        # then
        total, zero = found.total, uah(0)
        assert (total.debt, total.advance, total.overdue) == (
            panel.debt,
            panel.advance,
            panel.overdue,
        )
        assert total.residual == total.debt - total.advance == balance_on(contract, dt.date.max)
        assert total.residual == sum((row.residual for row in found.rows), zero)
        assert total.amount == sum((row.amount for row in found.rows), zero)
        assert total.overdue == sum((row.overdue for row in found.rows), zero)
        for row in found.rows:
            assert row.amount - row.returned - row.paid == row.residual
            assert row.is_advance is (row.residual < zero)
            assert bool(row.overdue) is (row.days_overdue > 0)
        reserved = sum((row.residual for row in found.rows if row.is_reserved), zero)
        assert -reserved == panel.reserved
        assert sum((bucket.amount for bucket in buckets), zero) == total.debt
        assert sum((bucket.amount for bucket in buckets[1:]), zero) == total.overdue
        assert list(open_document_rows(contract, today=today)) == list(found.rows)
        transaction.set_rollback(True)
