"""The log of the exchange, as staff read it."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.onec.deliveries.log.queries import (
    MOST_SET_ASIDE,
    deliveries_page,
    open_set_aside_counts,
    set_aside_of,
)
from saleor_b2b_docs.onec.models import Base, Delivery, SetAside
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from tests.builders.onec import NOW, make_base, make_delivery
from tests.builders.onec_events import manager_of
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def _set_aside(delivery: Delivery, key: str, *, settled_at: dt.datetime | None = None) -> None:
    SetAside.objects.create(
        base=delivery.base,
        delivery=delivery,
        kind="waybill",
        key=key,
        code="X",
        reason="x",
        at=NOW,
        settled_at=settled_at,
    )


def test_the_newest_come_first_and_pages_meet(base: Base) -> None:
    deliveries = [make_delivery(base) for _ in range(5)]
    viewer = manager_of(base.installation)

    first = deliveries_page(viewer, first=3)
    second = deliveries_page(viewer, first=3, after=first.cursors[-1])

    assert [*first.rows, *second.rows] == deliveries[::-1]
    assert (first.has_next, second.has_next, second.has_previous) == (True, False, True)


def test_the_log_is_narrowed(base: Base) -> None:
    viewer = manager_of(base.installation)
    events = make_delivery(base)
    file = make_delivery(base, channel=Delivery.Channel.FILE)
    other = make_delivery(
        Base.objects.create(installation=base.installation, code="other", created_at=NOW)
    )
    _set_aside(file, "W1")
    _set_aside(other, "W2", settled_at=NOW)

    def found(**narrowed: object) -> set[Delivery]:
        return set(deliveries_page(viewer, first=10, **narrowed).rows)  # type: ignore[arg-type]  # each by its name

    assert found(base_code="other") == {other}
    assert found(base_code="\0") == set()
    assert found(channel=Delivery.Channel.FILE) == {file}
    assert found(state=Delivery.State.FAILED) == set()
    assert found(has_set_aside=True) == {file}
    assert found(has_set_aside=False) == {events, other}


def test_set_aside_facts_are_listed_up_to_a_hundred_and_counted(base: Base) -> None:
    viewer, delivery = manager_of(base.installation), make_delivery(base)
    for number in range(MOST_SET_ASIDE + 5):
        _set_aside(delivery, f"W{number}")
    _set_aside(delivery, "mended", settled_at=NOW)

    listed = set_aside_of(viewer, [delivery.pk])[delivery.pk]

    assert [one.key for one in listed] == [f"W{number}" for number in range(MOST_SET_ASIDE)]
    assert open_set_aside_counts(viewer) == {base.pk: MOST_SET_ASIDE + 5}


def test_others_see_nothing(base: Base) -> None:
    delivery = make_delivery(base)
    _set_aside(delivery, "W1")
    elsewhere = make_supplier(make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID))
    powerless = Viewer(
        ViewerKind.STAFF,
        installation_id=base.installation_id,
        permissions=frozenset({"MANAGE_ORDERS", "MANAGE_USERS"}),
    )

    for viewer in (manager_of(elsewhere.installation), powerless):
        assert deliveries_page(viewer, first=10).rows == []
        assert set_aside_of(viewer, [delivery.pk]) == {}
        assert open_set_aside_counts(viewer) == {}
