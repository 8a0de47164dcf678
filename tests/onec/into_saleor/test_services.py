"""When Saleor is to be told, and when nothing is asked of anybody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.into_saleor.queries import traces
from saleor_b2b_docs.onec.into_saleor.services import (
    note_contracts,
    note_orders,
    note_papers,
    report_contract,
)
from saleor_b2b_docs.onec.models import Base, OrderReport
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.work.models import Job
from tests.builders.onec import contract_called, make_base, payment_fact, say, waybill_fact
from tests.builders.orders import make_order

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def base() -> Base:
    """Of a supplier that wants payments told."""
    base = make_base()
    Supplier.objects.update(reports_payments=True)
    return base


def an_order(base: Base, number: str = "1001") -> Order:
    """An order of the base's supplier."""
    supplier = Supplier.objects.get()
    return make_order(base.installation, supplier=supplier, number=number)


def jobs(name: str) -> list[str]:
    """What waiting jobs of this name are about."""
    return sorted(next(iter(job.arguments.values())) for job in Job.objects.filter(name=name))


def test_where_nobody_wants_it_one_question_is_all(
    base: Base, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Supplier.objects.update(reports_payments=False)
    order = an_order(base)
    say(base, payment_fact("P1", "100", orders=[order.saleor_id]))
    contract = contract_called(base)

    with django_assert_num_queries(1):
        note_contracts({contract.pk}, now=NOW)
    with django_assert_num_queries(1):
        note_orders(base.installation, {order.saleor_id}, now=NOW)
    with django_assert_num_queries(1):
        note_papers(base, ["W1"], now=NOW)

    assert not Job.objects.filter(name__startswith="onec.report").exists()


def test_money_has_its_contract_looked_at(base: Base) -> None:
    order = an_order(base)

    say(base, payment_fact("P1", "100", orders=[order.saleor_id]))

    assert jobs("onec.report_contract") == [str(contract_called(base).pk)]


def test_a_waybill_without_a_sum_has_its_order_looked_at(base: Base) -> None:
    order = an_order(base)

    say(base, waybill_fact("W1", None, orders=[order.saleor_id]))

    assert jobs("onec.report_order") == [order.saleor_id]
    job = Job.objects.get(name="onec.report_order")
    assert job.serial_key == f"order:{base.installation.pk}:{order.saleor_id}"


def test_a_trial_run_tells_nobody(base: Base) -> None:
    order = an_order(base)

    apply(
        base,
        [payment_fact("P1", "100", orders=[order.saleor_id])],
        delivery=None,
        now=NOW,
        is_dry=True,
    )

    assert not Job.objects.filter(name__startswith="onec.report").exists()


def test_of_a_contract_only_what_saleor_does_not_know_is_told(base: Base) -> None:
    told, untold, silent = (an_order(base, number) for number in ("1", "2", "3"))
    say(base, payment_fact("P1", "100", orders=[told.saleor_id]))
    say(base, payment_fact("P2", "100", orders=[untold.saleor_id]))
    contract = contract_called(base)
    report_contract(base.installation, contract.pk, now=NOW)
    assert jobs("onec.report_order") == sorted([told.saleor_id, untold.saleor_id])
    Job.objects.filter(name="onec.report_order").delete()

    trace = traces(base.installation, [told.saleor_id])[told.saleor_id]
    OrderReport.objects.create(order=told, trace=trace, reported_at=timezone.now())
    report_contract(base.installation, contract.pk, now=NOW)

    assert jobs("onec.report_order") == [untold.saleor_id]
    assert silent.saleor_id not in jobs("onec.report_order")


def test_an_order_whose_money_went_is_told_again(base: Base) -> None:
    order = an_order(base)
    say(base, payment_fact("P1", "100", orders=[order.saleor_id]))
    contract = contract_called(base)
    OrderReport.objects.create(order=order, trace="0" * 64, reported_at=timezone.now())
    say(base, payment_fact("P1", None, orders=[order.saleor_id]))

    report_contract(base.installation, contract.pk, now=NOW)

    assert jobs("onec.report_order") == [order.saleor_id]


def test_an_order_without_a_supplier_is_not_looked_at(base: Base) -> None:
    order = an_order(base)
    say(base, payment_fact("P1", "100", orders=[order.saleor_id]))
    contract = contract_called(base)
    Order.objects.update(supplier=None)

    report_contract(base.installation, contract.pk, now=NOW)

    assert jobs("onec.report_order") == []
