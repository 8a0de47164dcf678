"""Orders on their way to a base: offered until it confirmed that very offer."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.onec.models import Base, OrderExport
from saleor_b2b_docs.onec.orders_out.services import (
    NotHeld,
    confirm,
    note_order,
    offer,
    release,
)
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from tests.builders.onec import NOW, make_base
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation
from tests.builders.viewers import customer, staff

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def base() -> Base:
    return make_base()


def _order(base: Base, number: str = "1001", status: str = Order.Status.UNFULFILLED) -> Order:
    supplier = base.installation.supplier_set.get()
    return make_order(base.installation, number=number, status=status, supplier=supplier)


def _offered(base: Base, offered_in: str = "session:1") -> list[str]:
    return [order.number for order in offer(base, offered_in=offered_in, limit=100, now=NOW)]


def _states() -> list[tuple[str, str]]:
    return list(OrderExport.objects.order_by("pk").values_list("order__number", "state"))


def test_a_confirmed_order_is_offered_to_the_base_of_its_supplier(base: Base) -> None:
    note_order(_order(base), now=NOW)

    assert _offered(base) == ["1001"]


@pytest.mark.parametrize(
    "status", ["UNCONFIRMED", "DRAFT", "EXPIRED", "CANCELED", "A_STATUS_OF_TOMORROW"]
)
def test_an_order_that_nobody_confirmed_is_not_offered(base: Base, status: str) -> None:
    note_order(_order(base, status=status), now=NOW)

    assert _offered(base) == []
    assert not OrderExport.objects.exists()


def test_an_order_of_another_supplier_goes_to_his_base(base: Base) -> None:
    # given
    other = make_supplier(base.installation, code="other", is_default=False)
    theirs = Base.objects.create(
        installation=base.installation, code="theirs", supplier=other, created_at=NOW
    )
    order = make_order(base.installation, supplier=other)

    # when
    note_order(order, now=NOW)

    # then
    assert (_offered(base), _offered(theirs)) == ([], ["1001"])


def test_an_order_of_another_installation_goes_to_no_base_of_ours(base: Base) -> None:
    # given
    elsewhere = make_installation(api_url="https://elsewhere.example/graphql/")
    order = make_order(elsewhere, supplier=make_supplier(elsewhere))

    # when
    note_order(order, now=NOW)

    # then
    assert _offered(base) == []


def test_only_a_confirmation_marks_orders_as_sent(base: Base) -> None:
    # given
    note_order(_order(base), now=NOW)

    # when
    first, second = _offered(base), _offered(base)

    # then
    assert (first, second) == (["1001"], ["1001"])
    assert _states() == [("1001", "waiting")]
    assert confirm(base, offered_in="session:1", now=LATER) == 1
    assert _states() == [("1001", "sent")]
    assert OrderExport.objects.get().sent_at == LATER
    assert _offered(base) == []


def test_a_confirmation_is_of_what_its_own_session_was_offered_last(base: Base) -> None:
    # given
    note_order(_order(base), now=NOW)
    _offered(base, "session:1")
    note_order(_order(base, "1002"), now=LATER)

    # when
    confirmed = confirm(base, offered_in="session:2", now=LATER)

    # then
    assert confirmed == 0
    assert confirm(base, offered_in="session:1", now=LATER) == 1
    assert _states() == [("1001", "sent"), ("1002", "waiting")]


def test_a_repeated_confirmation_confirms_nothing_more(base: Base) -> None:
    # given
    note_order(_order(base), now=NOW)
    _offered(base)
    confirm(base, offered_in="session:1", now=NOW)
    note_order(_order(base, "1002"), now=LATER)

    # when
    again = confirm(base, offered_in="session:1", now=LATER)

    # then
    assert again == 0
    assert _states() == [("1001", "sent"), ("1002", "waiting")]


def test_an_order_that_changed_after_it_was_sent_is_offered_again(base: Base) -> None:
    # given
    order = _order(base)
    note_order(order, now=NOW)
    _offered(base)
    confirm(base, offered_in="session:1", now=NOW)

    # when
    order.lines.update(quantity=7)
    note_order(Order.objects.get(), now=LATER)

    # then
    (again,) = offer(base, offered_in="session:2", limit=100, now=LATER)
    assert [line.quantity for line in again.lines] == [7]


def test_an_order_that_changed_between_offer_and_confirmation_is_offered_again(base: Base) -> None:
    # given
    order = _order(base)
    note_order(order, now=NOW)
    _offered(base)

    # when
    order.lines.update(quantity=7)
    note_order(Order.objects.get(), now=LATER)
    confirmed = confirm(base, offered_in="session:1", now=LATER)

    # then
    assert confirmed == 0
    assert _offered(base) == ["1001"]


def test_what_the_base_itself_shipped_is_not_sent_back_to_it(base: Base) -> None:
    # given
    order = _order(base)
    note_order(order, now=NOW)
    _offered(base)
    confirm(base, offered_in="session:1", now=NOW)

    # when
    order.status = Order.Status.FULFILLED
    note_order(order, now=LATER)

    # then
    assert _offered(base) == []


def test_a_cancelled_order_is_told_to_the_base_that_has_it(base: Base) -> None:
    # given
    order = _order(base)
    note_order(order, now=NOW)
    _offered(base)
    confirm(base, offered_in="session:1", now=NOW)

    # when
    order.status = Order.Status.CANCELED
    order.save()
    note_order(order, now=LATER)

    # then
    (told,) = offer(base, offered_in="session:2", limit=100, now=LATER)
    assert (told.number, told.is_cancelled) == ("1001", True)


def test_a_cancelled_order_that_was_never_offered_waits_no_more(base: Base) -> None:
    # given
    order = _order(base)
    note_order(order, now=NOW)

    # when
    order.status = Order.Status.CANCELED
    order.save()
    note_order(order, now=LATER)

    # then
    assert _offered(base) == []


def test_an_order_with_goods_that_the_base_cannot_know_is_held(base: Base) -> None:
    # given
    Base.objects.update(holds_unmapped_orders=True)
    order = _order(base)

    # when
    note_order(order, now=NOW)

    # then
    held = OrderExport.objects.get()
    assert _offered(base) == []
    assert (held.state, held.reason) == (
        "held",
        "the base can't know the goods of these lines: COFFEE-250",
    )


def test_a_held_order_goes_when_its_goods_get_their_reference(base: Base) -> None:
    # given
    Base.objects.update(holds_unmapped_orders=True)
    order = _order(base)
    note_order(order, now=NOW)

    # when
    order.lines.update(external_reference="goods-1")
    note_order(Order.objects.get(), now=LATER)

    # then
    assert OrderExport.objects.get().reason == ""
    assert _offered(base) == ["1001"]


def test_staff_release_a_held_order(base: Base) -> None:
    # given
    Base.objects.update(holds_unmapped_orders=True)
    order = _order(base)
    note_order(order, now=NOW)

    # when
    release(staff(base.installation, "MANAGE_SETTINGS"), OrderExport.objects.get().pk, now=LATER)
    note_order(order, now=LATER)

    # then
    assert _offered(base) == ["1001"]


@pytest.mark.parametrize("caller", ["anonymous", "customer", "staff without", "staff elsewhere"])
def test_nobody_else_releases_a_held_order(base: Base, caller: str) -> None:
    # given
    Base.objects.update(holds_unmapped_orders=True)
    note_order(_order(base), now=NOW)
    elsewhere = make_installation(api_url="https://elsewhere.example/graphql/")
    viewers: dict[str, Viewer] = {
        "anonymous": ANONYMOUS,
        "customer": customer(base.installation),
        "staff without": staff(base.installation, "MANAGE_ORDERS"),
        "staff elsewhere": staff(elsewhere, "MANAGE_SETTINGS"),
    }

    # when
    with pytest.raises(NotHeld):
        release(viewers[caller], OrderExport.objects.get().pk, now=LATER)

    # then
    assert _states() == [("1001", "held")]
