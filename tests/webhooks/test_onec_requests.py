"""The door where an accounting system asks what the shop wants."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from saleor_b2b_docs.onec.models import OrderExport
from saleor_b2b_docs.onec.orders_out.services import note_order
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from tests.builders.onec import make_base
from tests.builders.onec_events import Sender, make_sender
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db

REQUESTS = "/api/1c/requests"
NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def sender(db: None) -> Sender:
    base = make_base()
    sender = make_sender(base)
    for number in ("1001", "1002"):
        order = make_order(
            base.installation,
            number=number,
            supplier=Supplier.objects.get(installation=base.installation),
            status=Order.Status.UNFULFILLED,
        )
        note_order(order, now=NOW)
    return sender


def _ask(sender: Sender, **query: Any) -> Any:
    return Client().get(REQUESTS, query, headers=sender.with_bearer())


def _acknowledge(sender: Sender, page_id: str) -> Any:
    return Client().post(f"{REQUESTS}/{page_id}/ack", headers=sender.with_bearer())


def _states() -> list[str]:
    return list(OrderExport.objects.order_by("pk").values_list("state", flat=True))


def test_orders_are_told_until_they_are_acknowledged(sender: Sender) -> None:
    first = _ask(sender).json()
    again = _ask(sender).json()
    assert [one["order"]["number"] for one in again["requests"]] == ["1001", "1002"]
    assert first["requests"] == again["requests"]
    assert _states() == ["waiting", "waiting"]

    answer = _acknowledge(sender, again["id"])

    assert answer.json() == {"status": "acknowledged", "count": 2}
    assert _states() == ["sent", "sent"]
    assert _ask(sender).json()["requests"] == []


def test_amounts_of_an_order_are_texts(sender: Sender) -> None:
    response = _ask(sender, limit=1)

    (request,) = response.json()["requests"]
    assert response.headers["Cache-Control"] == "no-store"
    assert request["type"] == "order"
    assert isinstance(request["order"]["gross"], str)
    assert isinstance(request["order"]["lines"][0]["price"], str)


def test_only_the_newest_page_is_acknowledged(sender: Sender) -> None:
    older = _ask(sender).json()["id"]
    _ask(sender)

    assert _acknowledge(sender, older).json()["count"] == 0
    assert _states() == ["waiting", "waiting"]


def test_what_was_not_given_stays(sender: Sender) -> None:
    page = _ask(sender, limit=1).json()

    assert _acknowledge(sender, page["id"]).json()["count"] == 1
    assert _acknowledge(sender, page["id"]).json()["count"] == 0
    assert sorted(_states()) == ["sent", "waiting"]


def test_a_signature_over_nothing_asks_and_acknowledges(sender: Sender) -> None:
    key = f"?key={sender.signing_secret.lookup}"

    page = Client().get(f"{REQUESTS}{key}", headers=sender.signed(b"")).json()
    answer = Client().post(
        f"{REQUESTS}/{page['id']}/ack{key}",
        b"",
        content_type="application/json",
        headers=sender.signed(b""),
    )

    assert answer.json()["count"] == 2


@pytest.mark.parametrize("limit", ["0", "501", "-1", "x", "", "9" * 50, "١"])
def test_a_limit_is_1_to_500(sender: Sender, limit: str) -> None:
    response = _ask(sender, limit=limit)

    assert (response.status_code, response.json()["error"]) == (400, "INVALID_LIMIT")


def test_another_base_neither_sees_nor_acknowledges(sender: Sender) -> None:
    page = _ask(sender).json()
    shop = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    other = make_sender(make_base(supplier=make_supplier(shop)))

    assert _ask(other).json()["requests"] == []
    assert _acknowledge(other, page["id"]).json()["count"] == 0
    assert _states() == ["waiting", "waiting"]


def test_who_proves_nothing_is_told_nothing(sender: Sender) -> None:
    page = _ask(sender).json()

    asked = Client().get(REQUESTS)
    acknowledged = Client().post(f"{REQUESTS}/{page['id']}/ack")

    assert (asked.status_code, acknowledged.status_code) == (401, 401)
    assert _states() == ["waiting", "waiting"]


@pytest.mark.parametrize("page_id", ["x", "0" * 32, "f" * 64])
def test_an_id_of_nothing_acknowledges_nothing(sender: Sender, page_id: str) -> None:
    _ask(sender)

    assert _acknowledge(sender, page_id).json()["count"] == 0
    assert _states() == ["waiting", "waiting"]
