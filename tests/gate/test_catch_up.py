"""Finding the orders whose events never arrived: pages, the cursor, and what is skipped."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from saleor_b2b_docs.gate.services import catch_up
from saleor_b2b_docs.saleor.errors import SaleorUncertain
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import make_supplier
from tests.sandboxes import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

MINUTE = dt.timedelta(minutes=1)


def _start_from(shop: Shop, moment: dt.datetime | None) -> None:
    shop.installation.caught_up_to = moment
    shop.installation.save()


def _catch_up(shop: Shop) -> list[str]:
    """Catch up; the orders that were found, by their ids."""
    Job.objects.all().delete()
    shop.installation.refresh_from_db()
    catch_up(shop.installation, now=timezone.now())
    shop.installation.refresh_from_db()
    jobs = Job.objects.filter(name="gate.process_order").order_by("pk")
    return [job.arguments["order"] for job in jobs]


def _updated_at(shop: Shop, order_id: str) -> dt.datetime:
    return dt.datetime.fromisoformat(shop.order(order_id)["updatedAt"])


def _quiet_past(shop: Shop) -> None:
    """Put the other tests' orders out of the overlap's reach."""
    shop.sandbox.meddle("UPDATE saleor_sandbox_order SET updated_at = '2020-01-01 00:00:00'")


def test_orders_that_we_have_not_heard_of_are_found_oldest_change_first(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    first, second = shop.place(), shop.place()

    # when
    found = _catch_up(shop)

    # then
    assert found == [first.id, second.id]
    job = Job.objects.get(arguments__order=second.id)
    assert job.key == f"{shop.installation.pk}:{second.id}"
    assert job.serial_key == f"order:{job.key}"
    assert job.installation_id == shop.installation.pk
    updated_at = _updated_at(shop, second.id)
    assert dt.datetime.fromisoformat(job.arguments["updated_at"]) == updated_at
    assert shop.installation.caught_up_to == updated_at


def test_orders_that_we_know_as_they_are_now_are_skipped(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    make_supplier(shop.installation)
    known, changed = shop.place(paid=True), shop.place(paid=True)
    for order in (known, changed):
        shop.process(order.id)
        shop.process(order.id)  # our own invoiceCreate changed it
    shop.change("orderUpdate", changed.id, ', input: { externalReference: "x" }')

    # when
    found = _catch_up(shop)

    # then
    assert found == [changed.id]


def test_drafts_are_skipped(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    shop.place_in_bulk(1, status="DRAFT")
    (order_id,) = shop.place_in_bulk(1)

    # when
    found = _catch_up(shop)

    # then
    assert found == [order_id]


def test_all_pages_are_read_and_the_cursor_ends_at_the_last_change(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    orders = shop.place_in_bulk(103)

    # when
    found = _catch_up(shop)

    # then
    assert sorted(found) == sorted(orders)
    assert shop.calls()["orders"] == 2
    assert shop.installation.caught_up_to == max(
        _updated_at(shop, order_id) for order_id in found[-3:]
    )


def test_a_failure_at_the_second_page_keeps_the_first(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    shop.place_in_bulk(103)
    started_at = shop.installation.caught_up_to
    # The first call of `orders` succeeds: a fault that hangs for no time at all uses it up.
    shop.sandbox.process.set_fault(kind="hang", operation="orders", seconds=0)
    shop.sandbox.process.set_fault(kind="error", operation="orders", status=500)

    # when
    with pytest.raises(SaleorUncertain):
        _catch_up(shop)

    # then
    shop.installation.refresh_from_db()
    assert Job.objects.filter(name="gate.process_order").count() == 100
    assert started_at is not None
    assert shop.installation.caught_up_to is not None
    assert shop.installation.caught_up_to > started_at
    assert len(_catch_up(shop)) == 103


def test_the_cursor_never_goes_back(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    placed = shop.place()
    ahead = _updated_at(shop, placed.id) + MINUTE
    _start_from(shop, ahead)

    # when
    found = _catch_up(shop)

    # then
    assert found == [placed.id]
    assert shop.installation.caught_up_to == ahead


def test_changes_of_the_last_two_minutes_are_read_again(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    placed = shop.place()
    updated_at = _updated_at(shop, placed.id)

    # when / then
    _start_from(shop, updated_at + 2 * MINUTE)
    assert _catch_up(shop) == [placed.id]
    _start_from(shop, updated_at + 2 * MINUTE + dt.timedelta(milliseconds=1))
    assert _catch_up(shop) == []


def test_without_a_cursor_it_begins_at_the_installation_and_keeps_one(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    placed = shop.place()
    _start_from(shop, None)

    # when
    found = _catch_up(shop)

    # then
    assert found == [placed.id]
    assert shop.installation.caught_up_to == _updated_at(shop, placed.id)


def test_nothing_new_changes_nothing(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    before = shop.installation.caught_up_to

    # when
    found = _catch_up(shop)

    # then
    assert found == []
    assert shop.installation.caught_up_to == before


def test_an_order_of_the_catch_up_is_processed_like_any_other(shop: Shop) -> None:
    # given
    _quiet_past(shop)
    make_supplier(shop.installation)
    (order_id,) = shop.place_in_bulk(1)

    # when
    for found in _catch_up(shop):
        shop.process(found)

    # then
    assert len(shop.order(order_id)["invoices"]) == 1
    assert _catch_up(shop) == [order_id]  # invoiceCreate changed it; processing it changes nothing
    shop.process(order_id)
    assert _catch_up(shop) == []
