"""Our invoice and the accounting system's for the same thing are one row."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from saleor_b2b_docs.documents.adoption.services import adopt_merged, adopt_order, adopt_orders
from saleor_b2b_docs.documents.jobs import adopt_merged as adopt_merged_job
from saleor_b2b_docs.documents.jobs import follow_contracts
from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.received.context import Received
from saleor_b2b_docs.documents.received.services import link_waiting_orders, void_received
from saleor_b2b_docs.documents.services import ensure_invoice
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.work.specs import JobContext
from tests.builders.documents import issue_invoice, make_received, receive_paper
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_supplier
from tests.builders.saleor import BUYER_ID, OTHER_BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    return make_contract(make_supplier(installation), make_counterparty(installation))


@pytest.fixture
def order(contract: Contract) -> Order:
    return _order(contract)


def _order(contract: Contract, *, number: str = "1001", is_settled: bool = True) -> Order:
    order = make_order(contract.supplier.installation, supplier=contract.supplier, number=number)
    if is_settled:
        order.contract = contract
        order.save()
    return order


def _invoice(
    contract: Contract, *orders: Order, key: str = "guid-1", number: str = "СФ-7"
) -> Received:
    return make_received(
        contract,
        key=key,
        kind=DocumentKind.INVOICE,
        number=number,
        orders=[(order.saleor_id, None) for order in orders],
    )


def _twin(document: Document) -> Document | None:
    return Document.objects.select_related("twin").get(pk=document.pk).twin


def test_an_invoice_of_ours_knows_its_sum_its_buyer_and_its_order(
    contract: Contract, order: Order
) -> None:
    # when
    document = ensure_invoice(order, now=NOW)

    # then
    document.refresh_from_db()
    assert (document.currency, document.gross) == ("UAH", 120_000)
    assert document.search_key == "1001"
    assert (document.contract, document.counterparty) == (contract, contract.counterparty)
    link = document.order_links.get()
    assert (link.order, link.amount) == (order, 120_000)


def test_a_revision_keeps_the_document_s_sum_current(order: Order) -> None:
    # given
    document = ensure_invoice(order, now=NOW)
    order.gross, order.net = 240_000, 200_000
    order.tax = 40_000
    order.save()

    # when
    ensure_invoice(order, now=LATER)

    # then
    document.refresh_from_db()
    assert document.gross == 240_000
    assert document.order_links.get().amount == 240_000


@pytest.mark.parametrize("ours_is_first", [True, False])
def test_invoices_of_one_order_are_twins_whichever_comes_first(
    contract: Contract, order: Order, ours_is_first: bool
) -> None:
    # when
    if ours_is_first:
        ours = issue_invoice(order, now=NOW)
        received = receive_paper(_invoice(contract, order), now=NOW)
    else:
        received = receive_paper(_invoice(contract, order), now=NOW)
        ours = issue_invoice(order, now=NOW)

    # then
    assert _twin(ours) == received


def test_invoices_of_an_order_that_comes_last_are_twins(contract: Contract, order: Order) -> None:
    # given
    saleor_id, order.saleor_id = order.saleor_id, "T3JkZXI6bm90LXlldA=="
    order.save()
    ours = issue_invoice(order, now=NOW)
    order.saleor_id = saleor_id
    received = receive_paper(_invoice(contract, order), now=NOW)
    assert _twin(ours) is None

    # when
    order.save()
    link_waiting_orders(order)

    # then
    assert _twin(ours) == received


@pytest.mark.parametrize("ours_is_first", [True, False])
def test_invoices_of_one_number_and_buyer_are_twins(
    contract: Contract, order: Order, ours_is_first: bool
) -> None:
    # when
    if ours_is_first:
        ours = issue_invoice(order, now=NOW)
        received = receive_paper(_invoice(contract, number="0001001"), now=NOW)
    else:
        received = receive_paper(_invoice(contract, number="0001001"), now=NOW)
        ours = issue_invoice(order, now=NOW)

    # then
    assert _twin(ours) == received


def test_the_same_number_is_no_twin_for_another_buyer_order_or_year(
    contract: Contract, order: Order
) -> None:
    # given
    ours = issue_invoice(order, now=NOW)
    stranger = make_contract(
        contract.supplier, make_counterparty(contract.supplier.installation, name="Б")
    )
    another_order = _order(contract, number="1002")

    # when
    receive_paper(_invoice(stranger, key="1", number="1001"))
    receive_paper(_invoice(contract, another_order, key="2", number="1001"))
    last_year = dataclasses.replace(
        _invoice(contract, key="3", number="1001"), issued_on=dt.date(2025, 3, 2)
    )
    receive_paper(last_year)

    # then
    assert _twin(ours) is None


def test_only_invoices_are_twins(contract: Contract, order: Order) -> None:
    # given
    ours = issue_invoice(order, now=NOW)

    # when
    receive_paper(make_received(contract, orders=[(order.saleor_id, None)], number="1001"))

    # then
    assert _twin(ours) is None


def test_an_invoice_of_several_orders_is_nobody_s_twin(contract: Contract, order: Order) -> None:
    # given
    ours = issue_invoice(order, now=NOW)

    # when
    receive_paper(_invoice(contract, order, _order(contract, number="1002")))

    # then
    assert _twin(ours) is None


def test_a_twin_whose_order_changes_is_parted(contract: Contract, order: Order) -> None:
    # given
    other_order = _order(contract, number="1002")
    ours, others = issue_invoice(order, now=NOW), issue_invoice(other_order, now=NOW)
    received = receive_paper(_invoice(contract, order), now=NOW)

    # when
    receive_paper(_invoice(contract, other_order), now=LATER)

    # then
    assert (_twin(ours), _twin(others)) == (None, received)


def test_the_first_twin_stays_until_it_is_void(contract: Contract, order: Order) -> None:
    # given
    ours = issue_invoice(order, now=NOW)
    first = receive_paper(_invoice(contract, order, key="first"), now=NOW)
    second = receive_paper(_invoice(contract, order, key="second"), now=NOW)
    assert _twin(ours) == first

    # when
    void_received(contract.supplier.installation, source="1c-main", key="first", now=LATER)
    receive_paper(_invoice(contract, order, key="second"), now=LATER)

    # then
    assert _twin(ours) == second


def test_a_twin_tells_whose_an_invoice_is(contract: Contract) -> None:
    # given
    ours = issue_invoice(order := _order(contract, is_settled=False), now=NOW)
    assert ours.counterparty_id is None

    # when
    receive_paper(_invoice(contract, order))

    # then
    ours.refresh_from_db()
    assert (ours.counterparty, ours.contract) == (contract.counterparty, contract)


def test_an_order_s_late_contract_is_its_invoice_s(contract: Contract) -> None:
    # given
    order = _order(contract, is_settled=False)
    ours = issue_invoice(order, now=NOW)
    adopt_order(order)
    assert Document.objects.get().contract is None

    # when
    order.contract = contract
    order.save()
    adopt_order(order)

    # then
    ours.refresh_from_db()
    assert (ours.counterparty, ours.contract) == (contract.counterparty, contract)


def test_a_member_s_orders_bring_their_invoices_along(contract: Contract) -> None:
    # given
    orders = [_order(contract, number=str(number), is_settled=False) for number in range(3)]
    for order in orders:
        issue_invoice(order, now=NOW)
    Order.objects.filter(pk=orders[2].pk).update(user_id=OTHER_BUYER_ID)
    Order.objects.update(contract=contract)
    installation = contract.supplier.installation

    # when
    adopt_orders(installation.pk, user_id=BUYER_ID)
    adopt_orders(installation.pk, user_id="")

    # then
    owned = Document.objects.order_by("number").values_list("number", "contract")
    assert list(owned) == [("0", contract.pk), ("1", contract.pk), ("2", None)]


def test_a_split_contract_takes_its_papers_along(contract: Contract, order: Order) -> None:
    # given
    ours = issue_invoice(order, now=NOW)
    installation = contract.supplier.installation
    part = make_counterparty(installation, name="Частина")
    contract.counterparty = part
    contract.save()
    job = JobContext(installation.pk, {"contracts": [str(contract.pk)]}, attempt=1, now=NOW)

    # when
    follow_contracts(job)

    # then
    ours.refresh_from_db()
    assert (ours.counterparty, ours.contract) == (part, contract)


def test_a_merged_counterparty_s_papers_are_the_survivor_s(
    contract: Contract, order: Order
) -> None:
    # given
    installation = contract.supplier.installation
    duplicate = make_counterparty(installation, name="Дубль")
    of_duplicate = make_contract(contract.supplier, duplicate)
    ours = issue_invoice(order, now=NOW)
    received = receive_paper(_invoice(of_duplicate, order), now=NOW)
    assert _twin(ours) is None
    job = JobContext(
        installation.pk,
        arguments={"from": str(duplicate.pk), "to": str(contract.counterparty.pk)},
        attempt=1,
        now=NOW,
    )

    # when
    adopt_merged_job(job)
    adopt_merged_job(job)

    # then
    received.refresh_from_db()
    assert (received.counterparty, received.contract) == (contract.counterparty, of_duplicate)
    assert _twin(ours) == received


def test_a_merge_elsewhere_moves_nothing_here(contract: Contract, order: Order) -> None:
    # given
    ours = issue_invoice(order, now=NOW)
    survivor = make_counterparty(contract.supplier.installation)

    # when
    adopt_merged(
        contract.supplier.installation_id + 1,
        duplicate_id=contract.counterparty.pk,
        survivor_id=survivor.pk,
    )

    # then
    ours.refresh_from_db()
    assert ours.counterparty == contract.counterparty
