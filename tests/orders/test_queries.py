"""Who sees which orders."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from saleor_b2b_docs.orders.queries import (
    guest_order,
    guest_order_ids,
    is_known,
    seen_updates,
    untaxed_orders,
    visible_order,
    visible_orders,
)
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.orders import LineFigures, make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation

pytestmark = pytest.mark.django_db


def _customer(installation_id: int, user_id: str = BUYER_ID) -> Viewer:
    return Viewer(ViewerKind.CUSTOMER, installation_id=installation_id, user_id=user_id)


def _staff(installation_id: int, *permissions: str) -> Viewer:
    return Viewer(
        ViewerKind.STAFF,
        installation_id=installation_id,
        user_id="VXNlcjo5",
        permissions=frozenset(permissions),
    )


def test_each_viewer_sees_his_orders_and_no_others() -> None:
    # given
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL)
    mine = make_order(here, number="1")
    other = make_order(here, number="2", user_id=OTHER_BUYER_ID)
    guests = make_order(here, number="3", user_id="")
    foreign = make_order(there, number="4")

    # when / then
    assert set(visible_orders(_customer(here.pk))) == {mine}
    assert set(visible_orders(_customer(there.pk))) == {foreign}
    assert set(visible_orders(_customer(here.pk, ""))) == set()
    assert set(visible_orders(_staff(here.pk, "MANAGE_ORDERS"))) == {mine, other, guests}
    assert set(visible_orders(_staff(here.pk, "MANAGE_USERS"))) == set()
    assert set(visible_orders(_staff(here.pk))) == set()
    assert set(visible_orders(ANONYMOUS)) == set()
    assert set(visible_orders(Viewer(ViewerKind.CUSTOMER, user_id=BUYER_ID))) == set()


def test_a_customer_with_a_staff_permission_in_his_token_is_still_a_customer() -> None:
    # given
    installation = make_installation()
    make_order(installation, user_id=OTHER_BUYER_ID)
    viewer = Viewer(
        ViewerKind.CUSTOMER,
        installation_id=installation.pk,
        user_id=BUYER_ID,
        permissions=frozenset({"MANAGE_ORDERS"}),
    )

    # when / then
    assert not visible_orders(viewer).exists()


def test_a_foreign_order_is_not_there() -> None:
    # given
    installation = make_installation()
    mine = make_order(installation, number="1")
    other = make_order(installation, number="2", user_id=OTHER_BUYER_ID)
    viewer = _customer(installation.pk)

    # when / then
    assert visible_order(viewer, mine.saleor_id) == mine
    assert visible_order(viewer, other.saleor_id) is None
    assert is_known(other.installation_id, other.saleor_id)
    assert not is_known(other.installation_id, "T3JkZXI6bm9uZQ==")


@pytest.mark.parametrize(
    ("email", "opens"),
    [
        ("guest@example.com", True),
        (" Guest@EXAMPLE.com ", True),
        ("other@example.com", False),
        ("", False),
        ("   ", False),
        ("guest@example.com\x00", False),
    ],
)
def test_a_guest_s_order_opens_by_its_email(email: str, opens: bool) -> None:
    # given
    order = make_order(make_installation(), user_id="", user_email="guest@example.com")

    # when / then
    assert guest_order(order.installation_id, order.saleor_id, email=email) == (
        order if opens else None
    )


@pytest.mark.parametrize("email", ["", " "])
def test_an_order_without_an_email_opens_by_none(email: str) -> None:
    # given
    order = make_order(make_installation(), user_id="", user_email="")

    # when / then
    assert guest_order(order.installation_id, order.saleor_id, email=email) is None


def test_an_order_of_an_account_never_opens_by_email() -> None:
    # given
    order = make_order(make_installation(), user_id=BUYER_ID, user_email="buyer@example.com")

    # when / then
    assert guest_order(order.installation_id, order.saleor_id, email="buyer@example.com") is None


def test_seen_updates_and_guest_orders_are_of_one_installation() -> None:
    # given
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL)
    guests = make_order(here, number="1", user_id="")
    mine = make_order(here, number="2")
    foreign = make_order(there, number="3", user_id="")
    ids = [guests.saleor_id, mine.saleor_id, foreign.saleor_id, "T3JkZXI6bm9uZQ=="]

    # when / then
    assert seen_updates(here, ids) == {
        guests.saleor_id: guests.saleor_updated_at,
        mine.saleor_id: mine.saleor_updated_at,
    }
    assert guest_order_ids(here, ids) == [guests.saleor_id]


def test_untaxed_orders_are_those_that_cost_something_and_still_stand() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation)
    now = timezone.now()
    untaxed = (LineFigures(tax_rate=LineFigures().tax_rate * 0),)
    free = (LineFigures(unit_net=0),)
    day = dt.timedelta(days=1)
    older = make_order(
        installation, number="1", supplier=supplier, lines=untaxed, placed_at=now - 2 * day
    )
    newer = make_order(
        installation, number="2", supplier=supplier, lines=untaxed, placed_at=now - day
    )
    make_order(installation, number="3", supplier=supplier, placed_at=now - day)
    make_order(installation, number="4", supplier=supplier, lines=free, placed_at=now - day)
    make_order(installation, number="5", supplier=supplier, lines=untaxed, placed_at=now - 40 * day)
    make_order(
        installation,
        number="6",
        supplier=supplier,
        lines=untaxed,
        status="CANCELED",
        placed_at=now - day,
    )

    # when
    found = untaxed_orders(supplier, since=now - 30 * day)

    # then
    assert list(found) == [newer, older]
