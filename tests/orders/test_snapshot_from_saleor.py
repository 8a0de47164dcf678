"""Orders placed in a shop, as the snapshot keeps them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from saleor_sandbox.buyer import PlacedOrder

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.services import take_snapshot
from saleor_b2b_docs.saleor.client import client_of
from tests.sandboxes import DRILL, EU_BUYER, GLOVES, HAMMER, PAINT, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

_BERLIN = {
    "firstName": "Anna",
    "lastName": "Weber",
    "companyName": "Nordhaus Baumarkt GmbH",
    "streetAddress1": "Brooktorkai 18",
    "city": "Hamburg",
    "postalCode": "20457",
    "country": "DE",
    "metadata": [{"key": "vatId", "value": "DE298457163"}],
}


def _snapshot(shop: Shop, placed: PlacedOrder) -> Order:
    with client_of(shop.installation) as saleor:
        shown = saleor.order_snapshot(placed.id).order
    assert shown is not None
    return take_snapshot(shop.installation, shown, now=timezone.now())


def test_prices_with_tax_and_a_sale_in_uah(shop: Shop) -> None:
    # given
    placed = shop.place(DRILL, PAINT, GLOVES, quantity=2)

    # when
    order = _snapshot(shop, placed)

    # then
    assert (order.number, order.status, order.currency) == (placed.number, "UNCONFIRMED", "UAH")
    assert (order.net, order.tax, order.gross) == (679_683, 130_737, 810_420)
    drill, paint, gloves = order.lines.all()
    assert (drill.net, drill.tax, drill.gross) == (524_850, 104_970, 629_820)
    assert drill.undiscounted_gross == 699_800
    assert (paint.net, paint.tax, paint.gross) == (114_833, 22_967, 137_800)
    assert paint.name.endswith(", 4,2 кг")
    assert (gloves.tax_rate, gloves.unit) == (Decimal("0.070000"), "уп")
    assert (gloves.net, gloves.tax, gloves.gross) == (40_000, 2_800, 42_800)


def test_prices_without_tax_and_delivery_in_eur(shop: Shop) -> None:
    # given
    placed = shop.place(HAMMER, GLOVES, channel="eu", who=EU_BUYER, address=_BERLIN)

    # when
    order = _snapshot(shop, placed)

    # then
    assert (order.currency, order.channel_slug) == ("EUR", "eu")
    assert (order.net, order.tax, order.gross) == (7_885, 1_343, 9_228)
    assert (order.shipping_net, order.shipping_tax, order.shipping_gross) == (4_990, 948, 5_938)
    assert order.shipping_tax_rate == Decimal("0.190000")
    assert order.buyer_name == "Nordhaus Baumarkt GmbH"
    assert order.buyer_vat_id == "DE298457163"
    assert order.user_email == "anna.weber@nordhaus.example"
    hammer, gloves = order.lines.all()
    assert (hammer.unit_net, hammer.net, hammer.tax, hammer.gross) == (535, 1_605, 305, 1_910)
    assert (gloves.unit_net, gloves.net, gloves.tax, gloves.gross) == (430, 1_290, 90, 1_380)


def test_a_guest_s_order(shop: Shop) -> None:
    # given
    placed = shop.place(who=None, email="Guest@Example.com")

    # when
    order = _snapshot(shop, placed)

    # then
    assert (order.user_id, order.user_email) == ("", "guest@example.com")
    assert (order.net, order.tax, order.gross) == (72_250, 14_450, 86_700)
