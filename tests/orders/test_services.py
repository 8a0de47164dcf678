"""Keeping snapshots: the newest wins, the supplier stays, a forgotten person stays forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import known_order
from saleor_b2b_docs.orders.services import forget_guest, forget_person, set_status, take_snapshot
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation
from tests.builders.snapshots import UPDATED_AT, address, line, shown_order, taxed

pytestmark = pytest.mark.django_db

LATER = UPDATED_AT + dt.timedelta(seconds=1)
EARLIER = UPDATED_AT - dt.timedelta(seconds=1)


def test_the_first_snapshot_makes_the_order() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation)
    now = timezone.now()

    # when
    order = take_snapshot(installation, shown_order(), now=now)

    # then
    assert Order.objects.get() == order
    assert (order.number, order.gross, order.supplier) == ("1001", 28_900, supplier)
    assert order.taken_at == now
    assert order.lines.get().gross == 28_900


def test_a_newer_snapshot_replaces_the_lines_whole() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(), now=timezone.now())

    # when
    take_snapshot(
        installation,
        shown_order(
            updatedAt=LATER,
            lines=[line(productSku="A"), line(productSku="B", id="T3JkZXJMaW5lOjI=")],
            total=taxed(481.66, 578.0),
        ),
        now=timezone.now(),
    )

    # then
    order.refresh_from_db()
    assert order.gross == 57_800
    assert [(kept.position, kept.sku) for kept in order.lines.all()] == [(1, "A"), (2, "B")]


def test_the_same_state_twice_changes_nothing() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(), now=timezone.now())
    before = Order.objects.values().get(pk=order.pk)

    # when
    take_snapshot(installation, shown_order(), now=order.taken_at)

    # then
    assert Order.objects.values().get(pk=order.pk) == before
    assert order.lines.count() == 1


def test_an_older_state_from_a_lagging_replica_is_ignored() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(
        installation, shown_order(updatedAt=LATER, status="CANCELED"), now=timezone.now()
    )
    before = Order.objects.values().get(pk=order.pk)

    # when
    shown = shown_order(updatedAt=EARLIER, status="UNFULFILLED", lines=[])
    kept = take_snapshot(installation, shown, now=timezone.now())

    # then
    assert kept.status == "CANCELED"
    assert Order.objects.values().get(pk=order.pk) == before
    assert order.lines.count() == 1


def test_one_global_id_at_two_installations_is_two_orders() -> None:
    # given
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL)
    take_snapshot(here, shown_order(), now=timezone.now())

    # when
    take_snapshot(there, shown_order(status="CANCELED"), now=timezone.now())

    # then
    assert [(order.installation, order.status) for order in Order.objects.order_by("pk")] == [
        (here, "UNFULFILLED"),
        (there, "CANCELED"),
    ]


def test_a_status_that_saleor_answered_is_kept_and_nothing_else() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(status="UNCONFIRMED"), now=timezone.now())
    before = Order.objects.values().get(pk=order.pk)

    # when
    set_status(order, "UNFULFILLED")

    # then
    assert Order.objects.values().get(pk=order.pk) == {**before, "status": "UNFULFILLED"}


def test_the_supplier_is_fixed_when_the_order_is_first_seen() -> None:
    # given
    installation = make_installation()
    first = make_supplier(installation, code="first")
    take_snapshot(installation, shown_order(), now=timezone.now())
    first.is_default = False
    first.save()
    make_supplier(installation, code="second")

    # when
    order = take_snapshot(installation, shown_order(updatedAt=LATER), now=timezone.now())

    # then
    assert order.supplier == first


def test_the_channel_s_supplier_comes_before_the_default_one() -> None:
    # given
    installation = make_installation()
    make_supplier(installation, code="main")
    of_channel = make_supplier(
        installation, code="channel", is_default=False, channels=["default-channel"]
    )

    # when
    order = take_snapshot(installation, shown_order(), now=timezone.now())

    # then
    assert order.supplier == of_channel


def test_an_order_without_a_supplier_gets_the_first_that_is_set() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(), now=timezone.now())
    assert order.supplier is None
    supplier = make_supplier(installation)

    # when
    order = take_snapshot(installation, shown_order(), now=timezone.now())

    # then
    assert order.supplier == supplier


def test_a_supplier_of_another_installation_sells_nothing_here() -> None:
    # given
    installation = make_installation()
    make_supplier(make_installation(api_url=OTHER_API_URL), channels=["default-channel"])

    # when
    order = take_snapshot(installation, shown_order(), now=timezone.now())

    # then
    assert order.supplier is None


def test_forgetting_a_person_takes_what_leads_to_him_and_leaves_what_is_on_papers() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(), now=timezone.now())

    # when
    forgotten = forget_person(installation, user_id="VXNlcjox")

    # then
    order.refresh_from_db()
    assert forgotten == 1
    assert (order.user_id, order.user_email, order.billing_phone) == ("", "", "")
    assert order.is_person_forgotten
    assert order.buyer_name == "ТОВ «Магазин Затишок»"
    assert order.billing_address == "04073, Київ, вул. Кирилівська, 102"


def test_later_snapshots_do_not_bring_a_forgotten_person_back() -> None:
    # given
    installation = make_installation()
    order = take_snapshot(installation, shown_order(), now=timezone.now())
    forget_person(installation, user_id="VXNlcjox")

    # when
    take_snapshot(installation, shown_order(updatedAt=LATER, number="1002"), now=timezone.now())

    # then
    order.refresh_from_db()
    assert (order.user_id, order.user_email, order.billing_phone) == ("", "", "")
    assert order.number == "1002"


def test_an_email_that_stood_in_for_a_name_does_not_come_back_either() -> None:
    # given
    nameless = address(companyName="", firstName="", lastName="")
    shown: dict[str, Any] = {
        "user": None,
        "userEmail": "Guest@example.com",
        "billingAddress": nameless,
        "shippingAddress": nameless,
    }
    installation = make_installation()
    order = take_snapshot(installation, shown_order(**shown), now=timezone.now())
    assert order.buyer_name == "Guest@example.com"
    assert forget_guest(installation, email="guest@example.com") == 1

    # when
    take_snapshot(installation, shown_order(updatedAt=LATER, **shown), now=timezone.now())

    # then
    order.refresh_from_db()
    assert (order.buyer_name, order.user_email) == ("", "")


def test_forgetting_touches_nobody_else() -> None:
    # given
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL)
    take_snapshot(there, shown_order(), now=timezone.now())
    other = {"id": "VXNlcjoy", "email": "other@example.com", "externalReference": None}
    take_snapshot(here, shown_order(user=other), now=timezone.now())
    before = list(Order.objects.order_by("pk").values())

    # when
    forgotten = forget_person(here, user_id="VXNlcjox")

    # then
    assert forgotten == 0
    assert list(Order.objects.order_by("pk").values()) == before


def test_nobody_is_not_a_person_to_forget() -> None:
    # given
    installation = make_installation()
    take_snapshot(installation, shown_order(user=None), now=timezone.now())
    before = list(Order.objects.values())

    # when / then
    with pytest.raises(ValueError, match="whose orders"):
        forget_person(installation, user_id="")
    assert list(Order.objects.values()) == before


def test_a_known_order_is_known_at_its_installation_only() -> None:
    # given
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL)
    order = take_snapshot(here, shown_order(), now=timezone.now())

    # when / then
    assert known_order(here, order.saleor_id) == order
    assert known_order(there, order.saleor_id) is None
