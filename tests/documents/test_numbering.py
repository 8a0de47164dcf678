"""Numbers: the order's own, or the next of a series that has no gap and no repeat."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document, NumberSeries, Revision
from saleor_b2b_docs.documents.services import ensure_invoice
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.errors import PermanentFailure
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def installation(db: None) -> Installation:
    return make_installation()


def _issue(supplier: Supplier, number: str, *, now: dt.datetime = NOON) -> str:
    order = make_order(supplier.installation, number=number, supplier=supplier, placed_at=now)
    return ensure_invoice(order, now=now).number


def test_the_order_s_number_by_default(installation: Installation) -> None:
    # given
    supplier = make_supplier(installation)

    # when / then
    assert _issue(supplier, "1001") == "1001"
    assert _issue(supplier, "1003") == "1003"
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("R-{order}/{yy}", ["R-1001/26", "R-1002/26"]),
        ("{sequence}", ["1", "2"]),
        ("{year}-{sequence:05}", ["2026-00001", "2026-00002"]),
        ("{yy}/{sequence:03}-{order}", ["26/001-1001", "26/002-1002"]),
    ],
)
def test_a_pattern_of_the_supplier(
    installation: Installation, pattern: str, numbers: list[str]
) -> None:
    # given
    supplier = make_supplier(installation, number_pattern=pattern)

    # when
    issued = [_issue(supplier, "1001"), _issue(supplier, "1002")]

    # then
    assert issued == numbers


def test_suppliers_have_series_of_their_own(installation: Installation) -> None:
    # given
    first = make_supplier(installation, code="a", number_pattern="A{sequence}")
    second = make_supplier(installation, code="b", is_default=False, number_pattern="B{sequence}")

    # when
    issued = [_issue(first, "1"), _issue(second, "2"), _issue(first, "3"), _issue(second, "4")]

    # then
    assert issued == ["A1", "B1", "A2", "B2"]


@pytest.mark.parametrize(
    ("time_zone", "moment", "number", "day"),
    [
        # Kyiv is two hours ahead in winter: half past eleven in UTC is half past one there.
        ("Europe/Kyiv", (2026, 12, 31, 21, 59), "2026-00002", dt.date(2026, 12, 31)),
        ("Europe/Kyiv", (2026, 12, 31, 23, 30), "2027-00001", dt.date(2027, 1, 1)),
        ("UTC", (2026, 12, 31, 23, 30), "2026-00002", dt.date(2026, 12, 31)),
        ("America/New_York", (2027, 1, 1, 4, 30), "2026-00002", dt.date(2026, 12, 31)),
    ],
)
def test_the_year_is_the_supplier_s(
    installation: Installation,
    time_zone: str,
    moment: tuple[int, int, int, int, int],
    number: str,
    day: dt.date,
) -> None:
    # given
    supplier = make_supplier(
        installation, time_zone=time_zone, number_pattern="{year}-{sequence:05}"
    )
    _issue(supplier, "1")

    # when
    issued = _issue(supplier, "2", now=dt.datetime(*moment, tzinfo=dt.UTC))

    # then
    assert issued == number
    assert Document.objects.get(number=number).issued_on == day


def test_a_series_without_a_year_goes_on_in_the_next_one(installation: Installation) -> None:
    # given
    supplier = make_supplier(installation, number_pattern="{sequence}")
    _issue(supplier, "1")

    # when / then
    assert _issue(supplier, "2", now=NOON.replace(year=2027)) == "2"


def test_a_number_that_was_rolled_back_goes_to_the_next_paper(installation: Installation) -> None:
    # given
    supplier = make_supplier(installation, number_pattern="{sequence}")
    _issue(supplier, "1")
    order = make_order(installation, number="2", supplier=supplier)

    # when
    with transaction.atomic():
        assert ensure_invoice(order, now=NOON).number == "2"
        transaction.set_rollback(True)

    # then
    assert _issue(supplier, "3") == "2"
    assert ensure_invoice(order, now=NOON).number == "3"


def test_a_number_that_is_taken_is_refused_and_nothing_is_kept(
    installation: Installation,
) -> None:
    # given
    supplier = make_supplier(installation)
    _issue(supplier, "1001")
    second = make_order(installation, number="1001", supplier=supplier)

    # when
    with pytest.raises(PermanentFailure, match="already has an invoice 1001") as refusal:
        ensure_invoice(second, now=timezone.now())

    # then
    assert refusal.value.code == "NUMBER_TAKEN"
    assert Document.objects.count() == Revision.objects.count() == 1


def test_a_taken_number_leaves_no_gap_in_the_series(installation: Installation) -> None:
    # given
    supplier = make_supplier(installation)
    _issue(supplier, "1")
    supplier.number_pattern = "{sequence}"
    supplier.save()
    order = make_order(installation, number="2", supplier=supplier)

    # when
    with pytest.raises(PermanentFailure):
        ensure_invoice(order, now=NOON)

    # then
    assert not NumberSeries.objects.filter(last__gt=0).exists()
