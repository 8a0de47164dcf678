"""What users of other systems complained of, each as a test with its report's number."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import money_contract
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.aging import Aging
from saleor_b2b_docs.settlements.balance.queries import aging, open_documents
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.panel.figures import ContractPanel
from saleor_b2b_docs.settlements.panel.queries import contract_panel
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.services import order_changed, unpost
from tests.builders.orders import LineFigures, make_order
from tests.builders.parties import make_supplier
from tests.settlements.books import (
    NOW,
    TODAY,
    a_contract,
    book,
    day,
    payment,
    posting,
    sales_return,
    waybill,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2026, 1, 5)


@pytest.fixture
def contract(db: None) -> Contract:
    return a_contract()


def _panel(contract: Contract) -> ContractPanel:
    viewer = Viewer(
        ViewerKind.STAFF,
        installation_id=contract.supplier.installation_id,
        user_id="VXNlcjo5",
        permissions=frozenset({"MANAGE_ORDERS"}),
    )
    found = money_contract(viewer, contract.pk)
    assert found is not None
    return contract_panel(found, now=NOW)


def _uah(minor: int) -> Money:
    return Money.from_minor(minor, "UAH")


def test_overdue_counts_the_residual_and_not_the_gross_odoo_210702(contract: Contract) -> None:
    # given a waybill of January, most of which is paid
    book(
        waybill(contract, "w", 10_000, LONG_AGO),
        payment(contract, "p", 9_500, day(1, 2)),
    )

    # then
    assert _panel(contract).overdue == _uah(500)
    [row] = open_documents(contract, today=TODAY).rows
    assert (row.amount, row.paid, row.residual, row.overdue) == (
        _uah(10_000),
        _uah(9_500),
        _uah(500),
        _uah(500),
    )


def test_a_reversed_waybill_is_not_overdue_odoo_189465(contract: Contract) -> None:
    # given
    book(waybill(contract, "w", 10_000, LONG_AGO), waybill(contract, "v", 7_000, LONG_AGO))

    # when one is unposted and the other taken back
    unpost(contract.supplier.installation, ["w"], now=NOW)
    book(sales_return(contract, "r", 7_000, day(1), stated=["v"]))

    # then
    assert _panel(contract).overdue == _uah(0)
    assert open_documents(contract, today=TODAY).rows == ()


def test_only_the_instalment_that_is_due_is_overdue_odoo_181197(contract: Contract) -> None:
    # given 1,000.00 in four instalments, the first of which is due
    instalments = tuple((day(7, month), 25_000) for month in (3, 4, 5, 6))
    book(
        NewPosting(
            reference="w",
            contract=contract,
            kind=EntryKind.WAYBILL,
            amount=100_000,
            effective_on=day(7, 2),
            due_parts=instalments,
        )
    )

    # then
    panel = _panel(contract)
    assert (panel.debt, panel.overdue) == (_uah(100_000), _uah(25_000))
    found: Aging = aging(contract, today=TODAY)
    assert sum(bucket.amount.minor for bucket in found.buckets) == 100_000


def test_a_cancelled_refund_is_not_counted_oca_568(contract: Contract) -> None:
    # given
    book(
        payment(contract, "p", 5_000, day(1)),
        posting(contract, EntryKind.REFUND, "refund", 5_000, day(2)),
    )
    assert (_panel(contract).debt, _panel(contract).advance) == (_uah(0), _uah(0))

    # when
    unpost(contract.supplier.installation, ["refund"], now=NOW)

    # then
    assert _panel(contract).advance == _uah(5_000)


@pytest.mark.parametrize(("counts", "available"), [(True, 68_000), (False, 80_000)])
def test_whether_open_orders_count_is_a_setting_erpnext_10861(
    contract: Contract, counts: bool, available: int
) -> None:
    # given
    contract.credit_limit = 100_000
    contract.save()
    contract.supplier.counts_open_orders = counts
    contract.supplier.save()
    order: Order = make_order(
        contract.supplier.installation,
        supplier=contract.supplier,
        lines=(LineFigures(quantity=1, unit_net=10_000),),
    )
    order.contract = contract
    order.save()

    # when
    order_changed(order, now=NOW)
    book(waybill(contract, "w", 20_000, day(1)))

    # then
    panel = _panel(contract)
    assert panel.available == _uah(available)
    assert panel.open_orders == _uah(12_000)


def test_limits_and_balances_are_per_supplier_oro_1065(contract: Contract) -> None:
    # given the same buyer at another supplier
    other = Contract.objects.create(
        supplier=make_supplier(
            contract.supplier.installation, code="other", is_default=False, legal_name="ТОВ «Мак»"
        ),
        counterparty=contract.counterparty,
        currency="UAH",
        is_main=True,
        credit_limit=50_000,
        created_at=NOW,
    )
    contract.credit_limit = 10_000
    contract.save()

    # when
    book(waybill(contract, "w", 4_000, day(1)))
    book(waybill(other, "v", 7_000, day(1)))

    # then
    first, second = _panel(contract), _panel(other)
    assert (first.debt, first.available) == (_uah(4_000), _uah(6_000))
    assert (second.debt, second.available) == (_uah(7_000), _uah(43_000))
