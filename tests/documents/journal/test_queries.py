"""The Journal: what is in it for whom, found how, in pages that miss and repeat nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.journal.keys import JournalSort, SortField
from saleor_b2b_docs.documents.journal.queries import JournalFilters, journal
from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.pages import InvalidCursor, InvalidPageSize, encode_cursor
from saleor_b2b_docs.parties.models import Contract, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.documents import PDF, issue_invoice, make_received, receive_paper
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import BUYER_ID, OTHER_BUYER_ID, make_installation
from tests.conftest import is_postgres
from tests.examples import EXAMPLES

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    contract = make_contract(make_supplier(installation), make_counterparty(installation))
    make_member(contract.counterparty)
    return contract


def _customer(contract: Contract, user_id: str = BUYER_ID) -> Viewer:
    return Viewer(ViewerKind.CUSTOMER, contract.supplier.installation_id, user_id)


def _staff(contract: Contract) -> Viewer:
    return Viewer(
        ViewerKind.STAFF,
        contract.supplier.installation_id,
        "VXNlcjo5",
        frozenset({"MANAGE_ORDERS"}),
    )


def _numbers(viewer: Viewer, filters: JournalFilters | None = None, **options: Any) -> list[str]:
    page = journal(viewer, filters=filters, first=100, **options)
    return [document.number for document in page.rows]


def _receive(contract: Contract, number: str, **changes: Any) -> Document:
    received = make_received(contract, key=number, number=number)
    return receive_paper(dataclasses.replace(received, **changes), now=NOW)


def _order_invoice(contract: Contract, number: str, *, user_id: str = BUYER_ID) -> Document:
    order = make_order(
        contract.supplier.installation, supplier=contract.supplier, number=number, user_id=user_id
    )
    order.contract = contract
    order.save()
    return issue_invoice(order, now=NOW)


def test_newest_come_first_and_void_ones_are_in_it(contract: Contract) -> None:
    # given
    for day in (3, 1, 2):
        _receive(contract, str(day), issued_on=dt.date(2026, 3, day), is_void=day == 2)

    # when / then
    assert _numbers(_customer(contract)) == ["3", "2", "1"]
    assert _numbers(_customer(contract), JournalFilters(is_void=False)) == ["3", "1"]
    assert _numbers(_customer(contract), JournalFilters(is_void=True)) == ["2"]


def test_an_owner_sees_all_papers_a_buyer_those_of_his_orders(contract: Contract) -> None:
    # given
    _order_invoice(contract, "1")
    _order_invoice(contract, "2", user_id=OTHER_BUYER_ID)
    _receive(contract, "3")
    make_member(contract.counterparty, user_id=OTHER_BUYER_ID, role=Role.BUYER)

    # when / then
    assert sorted(_numbers(_customer(contract))) == ["1", "2", "3"]
    assert _numbers(_customer(contract, OTHER_BUYER_ID)) == ["2"]
    assert sorted(_numbers(_staff(contract))) == ["1", "2", "3"]
    assert _numbers(_customer(contract, "VXNlcjoz")) == []
    assert _numbers(ANONYMOUS) == []


def test_papers_of_several_companies_and_of_own_orders_are_one_list(contract: Contract) -> None:
    # given
    installation = contract.supplier.installation
    second = make_contract(contract.supplier, make_counterparty(installation, name="Б"))
    make_member(second.counterparty, role=Role.ACCOUNTANT)
    third = make_contract(contract.supplier, make_counterparty(installation, name="В"))
    for day, owner in enumerate(itertools.islice(itertools.cycle((contract, second)), 6), 1):
        _receive(owner, str(day), issued_on=dt.date(2026, 3, day))
    own = make_order(installation, supplier=contract.supplier, number="own")
    _receive(third, "7", issued_on=dt.date(2026, 2, 1), orders=((own.saleor_id, None),))
    _receive(third, "8", issued_on=dt.date(2026, 3, 30))

    # when / then
    assert _numbers(_customer(contract)) == ["6", "5", "4", "3", "2", "1", "7"]
    chosen = JournalFilters(counterparty_id=second.counterparty.pk)
    assert _numbers(_customer(contract), chosen) == ["6", "4", "2"]
    chosen = JournalFilters(counterparty_id=third.counterparty.pk)
    assert _numbers(_customer(contract), chosen) == ["7"]


def test_twins_are_one_row_found_by_either_number(contract: Contract) -> None:
    # given
    ours = _order_invoice(contract, "1001")
    order = ours.order
    assert order
    twin = _receive(
        contract,
        "К-26/00012",
        kind=DocumentKind.INVOICE,
        orders=((order.saleor_id, None),),
    )
    _receive(contract, "К-26/00013")

    # when / then
    assert sorted(_numbers(_customer(contract))) == ["1001", "К-26/00013"]
    for search in ("1001", "k26/12", "26/12", "00012", "К26-12"):
        (row,) = journal(_customer(contract), filters=JournalFilters(search=search), first=5).rows
        assert (row, row.twin) == (ours, twin)


@pytest.mark.parametrize("search", ["—", "99", "%", "_", "2612"])
def test_what_no_number_contains_is_not_found(contract: Contract, search: str) -> None:
    # given
    _receive(contract, "К-26/00012")

    # when / then
    assert _numbers(_customer(contract), JournalFilters(search=search)) == []


def test_filters_narrow(contract: Contract) -> None:
    # given
    euro = make_contract(contract.supplier, contract.counterparty, number="Д-2", currency="EUR")
    order = make_order(contract.supplier.installation, supplier=contract.supplier, number="7")
    _receive(contract, "1", issued_on=dt.date(2026, 1, 31), kind=DocumentKind.RETURN)
    _receive(contract, "2", issued_on=dt.date(2026, 2, 1), orders=((order.saleor_id, None),))
    _receive(contract, "3", issued_on=dt.date(2026, 2, 28), pdf=PDF)
    _receive(euro, "4", issued_on=dt.date(2026, 3, 1))
    viewer = _customer(contract)

    # when / then
    assert _numbers(viewer, JournalFilters(kinds={"return"})) == ["1"]
    assert _numbers(viewer, JournalFilters(kinds={"return", "waybill"})) == ["4", "3", "2", "1"]
    assert _numbers(viewer, JournalFilters(contract_id=euro.pk)) == ["4"]
    assert _numbers(viewer, JournalFilters(order_saleor_id=order.saleor_id)) == ["2"]
    assert _numbers(viewer, JournalFilters(has_pdf=True)) == ["3"]
    assert _numbers(viewer, JournalFilters(has_pdf=False)) == ["4", "2", "1"]
    february = JournalFilters(date_from=dt.date(2026, 2, 1), date_to=dt.date(2026, 2, 28))
    assert _numbers(viewer, february) == ["3", "2"]


def test_what_is_not_the_viewer_s_is_as_good_as_not_there(contract: Contract) -> None:
    # given
    installation = contract.supplier.installation
    strange = make_contract(contract.supplier, make_counterparty(installation, name="Б"))
    order = make_order(installation, supplier=contract.supplier, number="7", user_id=OTHER_BUYER_ID)
    _receive(strange, "1", orders=((order.saleor_id, None),))
    viewer = _customer(contract)

    # when / then
    for filters in (
        JournalFilters(contract_id=strange.pk),
        JournalFilters(counterparty_id=strange.counterparty.pk),
        JournalFilters(order_saleor_id=order.saleor_id),
        JournalFilters(order_saleor_id="T3JkZXI6bm9uZQ=="),
        JournalFilters(contract_id=uuid.uuid4()),
    ):
        assert _numbers(viewer, filters) == []


def test_numbers_are_sorted_as_people_count(contract: Contract) -> None:
    # given
    for number in ("12", "9", "К-2", "К-10"):
        _receive(contract, number)

    # when / then
    by_number = JournalSort(SortField.NUMBER, is_descending=False)
    assert _numbers(_customer(contract), sort=by_number) == ["9", "12", "К-2", "К-10"]


def test_totals_are_sorted_by_currency_with_unknown_ones_last(contract: Contract) -> None:
    # given
    euro = make_contract(contract.supplier, contract.counterparty, number="Д-2", currency="EUR")
    _receive(contract, "1", gross=500)
    _receive(contract, "2", gross=None)
    _receive(contract, "3", gross=900)
    _receive(euro, "4", gross=700)

    # when / then
    viewer = _customer(contract)
    falling, rising = (
        JournalSort(SortField.TOTAL, is_descending=is_descending) for is_descending in (True, False)
    )
    assert _numbers(viewer, sort=falling) == ["4", "3", "1", "2"]
    assert _numbers(viewer, sort=rising) == ["4", "1", "3", "2"]


_SORTS = [
    JournalSort(field, is_descending=is_descending)
    for field in SortField
    for is_descending in (True, False)
]


@pytest.mark.parametrize("sort", _SORTS, ids=str)
def test_pages_miss_and_repeat_nothing(contract: Contract, sort: JournalSort) -> None:
    # given
    second = make_contract(
        contract.supplier, make_counterparty(contract.supplier.installation, name="Б")
    )
    make_member(second.counterparty)
    for number in range(11):
        _receive(
            second if number % 3 else contract,
            f"{'АBї'[number % 3]}-{number}",
            issued_on=dt.date(2026, 3, 1 + number // 4),
            gross=None if number % 5 == 0 else number // 2,
        )
    viewer = _customer(contract)

    # when
    whole = journal(viewer, sort=sort, first=100)
    pages = []
    after = ""
    while True:
        page = journal(viewer, sort=sort, first=3, after=after)
        assert page.has_previous is bool(after)
        pages.append([document.number for document in page.rows])
        if not page.has_next:
            break
        after = page.cursors[-1]

    # then
    assert (whole.has_next, whole.has_previous) == (False, False)
    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert list(itertools.chain(*pages)) == [document.number for document in whole.rows]
    assert len({document.pk for document in whole.rows}) == 11


@pytest.mark.properties
@settings(
    max_examples=max(20, EXAMPLES // 20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    papers=st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(1, 4),
            st.text("АAбz019-/", min_size=1, max_size=4),
            st.none() | st.integers(0, 3),
        ),
        max_size=8,
    ),
    sort=st.sampled_from(_SORTS),
    size=st.integers(1, 4),
)
def test_any_page_size_gives_the_same_list(
    contract: Contract,
    papers: Sequence[tuple[int, int, str, int | None]],
    sort: JournalSort,
    size: int,
) -> None:
    # given
    installation = contract.supplier.installation
    Document.objects.all().delete()
    user_id = f"VXNlcj{uuid.uuid4().hex}"
    contracts = [
        make_contract(contract.supplier, make_counterparty(installation)) for _ in range(3)
    ]
    for company in contracts:
        make_member(company.counterparty, user_id=user_id)
    Document.objects.bulk_create(
        Document(
            installation=installation,
            supplier=contract.supplier,
            kind="waybill",
            origin="received",
            counterparty=contracts[owner].counterparty,
            number=number,
            search_key=number,
            issued_on=dt.date(2026, 3, day),
            issued_at=NOW,
            currency="UAH",
            gross=gross,
        )
        for owner, day, number, gross in papers
    )
    viewer = _customer(contract, user_id)

    # when
    whole = [document.pk for document in journal(viewer, sort=sort, first=100).rows]
    paged: list[uuid.UUID] = []
    after = ""
    while True:
        page = journal(viewer, sort=sort, first=size, after=after)
        paged += [document.pk for document in page.rows]
        if not page.has_next:
            break
        after = page.cursors[-1]

    # then
    assert paged == whole
    assert len(whole) == len(papers)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "Щ",
        "\ud83d",
        encode_cursor("date-"),
        encode_cursor("date-", "2026-03-02", "2026-03-02T09:30:00+00:00", "no uuid"),
        encode_cursor("date-", "2026-03-99", "2026-03-02T09:30:00+00:00", str(uuid.uuid4())),
        encode_cursor("date-", "2026-03-02", "2026-03-02T09:30:00", str(uuid.uuid4())),
        encode_cursor("date+", "2026-03-02", "2026-03-02T09:30:00+00:00", str(uuid.uuid4())),
        encode_cursor("date-", 1, "2026-03-02T09:30:00+00:00", str(uuid.uuid4())),
    ],
)
def test_a_cursor_that_no_page_gave_out_is_refused(contract: Contract, cursor: str) -> None:
    with pytest.raises(InvalidCursor) as refused:
        journal(_customer(contract), first=10, after=cursor)

    assert refused.value.code == "INVALID_CURSOR"


@pytest.mark.parametrize("first", [0, -1, 101])
def test_a_page_has_1_to_100_rows(contract: Contract, first: int) -> None:
    with pytest.raises(InvalidPageSize):
        journal(_customer(contract), first=first)


def _used_queries(contract: Contract, viewer: Viewer) -> Sequence[dict[str, str]]:
    with CaptureQueriesContext(connection) as queries:
        for document in journal(viewer, first=100).rows:
            assert document.contract
            assert document.contract.counterparty.name
            assert document.contract.supplier.legal_name
            assert document.twin is None or document.twin.number
            assert all(link.order.number for link in document.order_links.all())
            assert [revision.pdf_name for revision in document.revisions.all()]
    return list(queries.captured_queries)


@pytest.mark.parametrize("who", ["owner", "staff", "buyer"])
def test_a_page_takes_the_same_queries_for_any_number_of_rows(contract: Contract, who: str) -> None:
    # given
    viewers = {
        "owner": _customer(contract),
        "staff": _staff(contract),
        "buyer": _customer(contract, OTHER_BUYER_ID),
    }

    def add(count: int, start: int) -> None:
        for number in range(start, start + count):
            ours = _order_invoice(contract, str(number), user_id=OTHER_BUYER_ID)
            assert ours.order
            orders = ((ours.order.saleor_id, None),)
            _receive(contract, f"i{number}", kind=DocumentKind.INVOICE, orders=orders)

    add(3, 0)
    few = len(_used_queries(contract, viewers[who]))

    # when
    add(27, 3)
    many = len(_used_queries(contract, viewers[who]))

    # then
    assert few == many == {"owner": 6, "staff": 4, "buyer": 5}[who]


def test_the_first_page_of_a_company_is_read_by_its_index(contract: Contract) -> None:
    # given
    for number in range(5):
        _receive(contract, str(number))
    page = journal(_customer(contract), first=2)

    # when
    with CaptureQueriesContext(connection) as queries:
        journal(_customer(contract), first=2)
        journal(_customer(contract), first=2, after=page.cursors[-1])

    # then
    paged = [
        query["sql"]
        for query in queries.captured_queries
        if '"counterparty_id" = ' in query["sql"] and "LIMIT 3" in query["sql"]
    ]
    assert len(paged) == 2
    with connection.cursor() as cursor:
        if is_postgres():
            # A handful of rows is read whole, whatever indexes there are.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        for sql in paged:
            explain = "EXPLAIN " if is_postgres() else "EXPLAIN QUERY PLAN "
            cursor.execute(explain + sql)
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "document_of_counterparty" in plan
            assert "Sort" not in plan
            assert "TEMP B-TREE" not in plan
