"""A base that is made when a shop has orders already is offered those that are worked on."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.onec.bases.services import keep_base
from saleor_b2b_docs.onec.models import Base, OrderExport
from saleor_b2b_docs.onec.orders_out.services import confirm, offer, offer_recent
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.runner import run_next
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.onec import NOW
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture
def supplier(installation: Installation) -> Supplier:
    return make_supplier(installation)


def _order(supplier: Supplier, number: str = "1001", *, days: float = 1, status: str = "") -> Order:
    return make_order(
        supplier.installation,
        number=number,
        supplier=supplier,
        status=status or Order.Status.UNFULFILLED,
        placed_at=NOW - days * DAY,
    )


def _base(installation: Installation, supplier: Supplier | None = None, code: str = "1c") -> Base:
    return Base.objects.create(
        installation=installation, code=code, supplier=supplier, created_at=NOW
    )


def _waiting(base: Base) -> list[str]:
    return [order.number for order in offer(base, offered_in="session:1", limit=100, now=NOW)]


def test_a_job_offers_a_new_base_what_is_open(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    _order(supplier)

    # when
    base = keep_base(installation, code="1c", now=NOW)
    assert _waiting(base) == []
    run_next(Lane.DEFAULT, worker=WorkerId.mine())

    # then
    assert Job.objects.get().state == "done"
    assert _waiting(base) == ["1001"]


def test_a_base_that_is_known_is_offered_nothing_again(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    keep_base(installation, code="1c", now=NOW)
    Job.objects.all().delete()
    _order(supplier)

    # when
    keep_base(installation, code="1c", name="УТ 11", now=NOW)

    # then
    assert not Job.objects.exists()
    assert not OrderExport.objects.exists()


def test_orders_are_offered_in_the_sequence_in_which_they_were_placed(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    for number, days in (("1002", 2), ("1001", 29), ("1003", 1)):
        _order(supplier, number, days=days)
    base = _base(installation)

    # when
    offered = offer_recent(base.pk, now=NOW)

    # then
    assert offered == 3
    assert _waiting(base) == ["1001", "1002", "1003"]


@pytest.mark.parametrize(
    ("status", "numbers"),
    [
        ("UNFULFILLED", ["1001"]),
        ("PARTIALLY_FULFILLED", ["1001"]),
        ("DRAFT", []),
        ("UNCONFIRMED", []),
        ("FULFILLED", []),
        ("PARTIALLY_RETURNED", []),
        ("RETURNED", []),
        ("CANCELED", []),
        ("EXPIRED", []),
        ("A_STATUS_OF_TOMORROW", []),
    ],
)
def test_only_an_open_order_is_offered_afterwards(
    installation: Installation, supplier: Supplier, status: str, numbers: list[str]
) -> None:
    _order(supplier, status=status)
    base = _base(installation)

    offered = offer_recent(base.pk, now=NOW)

    assert offered == len(numbers)
    assert _waiting(base) == numbers


def test_a_month_before_the_base_is_the_bound_whenever_the_job_runs(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    _order(supplier, "1001", days=30.001)
    _order(supplier, "1002", days=30)
    base = _base(installation)

    # when
    offered = offer_recent(base.pk, now=NOW + 10 * DAY)

    # then
    assert offered == 1
    assert _waiting(base) == ["1002"]


def test_a_repeated_offer_offers_nothing_twice(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    _order(supplier)
    base = _base(installation)
    offer_recent(base.pk, now=NOW)
    _waiting(base)
    confirm(base, offered_in="session:1", now=NOW)
    before = list(OrderExport.objects.values())

    # when
    again = offer_recent(base.pk, now=NOW + DAY)

    # then
    assert again == 0
    assert list(OrderExport.objects.values()) == before
    assert _waiting(base) == []


def test_others_orders_and_other_bases_are_left_alone(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    other = make_supplier(installation, code="other", is_default=False)
    elsewhere = make_supplier(make_installation(api_url=OTHER_API_URL))
    _order(supplier, "1001")
    _order(other, "2001")
    _order(elsewhere, "3001")
    ours, theirs = _base(installation), _base(installation, other, "theirs")

    # when
    offered = offer_recent(theirs.pk, now=NOW)

    # then
    assert offered == 1
    assert (_waiting(ours), _waiting(theirs)) == ([], ["2001"])


def test_unmapped_orders_are_held_for_a_base_that_wants_it(
    installation: Installation, supplier: Supplier
) -> None:
    # given
    _order(supplier)
    base = _base(installation)
    Base.objects.update(holds_unmapped_orders=True)

    # when
    offer_recent(base.pk, now=NOW)

    # then
    assert OrderExport.objects.get().state == "held"
    assert _waiting(base) == []


def test_a_base_that_is_no_more_is_offered_nothing(db: None) -> None:
    assert offer_recent(1, now=NOW) == 0
