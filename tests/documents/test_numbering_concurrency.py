"""The gapless series under many hands at once, each with a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document, NumberSeries, Revision
from saleor_b2b_docs.documents.services import ensure_invoice
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.models import Job
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HANDS = 8
ORDERS = 50


def _issue(order_id: int) -> str:
    try:
        order = Order.objects.select_related("supplier", "installation").get(pk=order_id)
        return ensure_invoice(order, now=timezone.now()).number
    finally:
        connections.close_all()


def test_fifty_issues_at_once_get_fifty_consecutive_numbers() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation, number_pattern="{sequence}")
    orders = [
        make_order(installation, number=str(number), supplier=supplier).pk
        for number in range(ORDERS)
    ]

    # when
    with ThreadPoolExecutor(HANDS) as hands:
        numbers = list(hands.map(_issue, orders))

    # then
    assert sorted(map(int, numbers)) == list(range(1, ORDERS + 1))
    assert NumberSeries.objects.get().last == ORDERS
    assert Job.objects.filter(name="documents.render").count() == ORDERS


def test_one_order_issued_by_many_hands_at_once_has_one_invoice() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation, number_pattern="{sequence}")
    order = make_order(installation, supplier=supplier)

    # when
    with ThreadPoolExecutor(HANDS) as hands:
        numbers = list(hands.map(_issue, [order.pk] * 24))

    # then
    assert numbers == ["1"] * 24
    assert Document.objects.count() == Revision.objects.count() == 1
    assert NumberSeries.objects.get().last == 1
