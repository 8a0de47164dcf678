"""What the accounting system says of an order appears in the live Saleor, and goes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import PlacedOrder, find_goods

from tests.live.buying import buy, eventually, ready_document
from tests.live.saleors import LiveSaleor

pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.xdist_group("live")]

_SETTINGS = "fulfillmentAllowUnpaid fulfillmentAutoApprove"
_ORDER = """query($id: ID!) { order(id: $id) {
  status chargeStatus totalCharged { amount }
  lines { productSku quantity quantityFulfilled
    variant { externalReference trackInventory
      stocks { quantity quantityAllocated warehouse { slug } } } }
  fulfillments { status privateMetafield(key: "b2b-docs.waybill") lines { quantity } }
  transactions { pspReference chargedAmount { amount } } } }"""

_PREPARE = """
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.services import refresh
from django.utils import timezone
Supplier.objects.update(reports_shipments=True, reports_payments=True)
refresh(Installation.objects.get(uninstalled_at=None), now=timezone.now())
"""

_SAY = """
import datetime as dt
from decimal import Decimal
from django.utils import timezone
from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec.facts import *
from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.saleor.models import Installation
now = timezone.now()
base, _ = Base.objects.get_or_create(
    installation=Installation.objects.get(uninstalled_at=None), code="live",
    defaults=dict(created_at=now))
party = PartyRef(counterparty_key="LIVE", counterparty_name="ТОВ «Магазин»", contract_key="K")
order = (OrderRef(id=ORDER),)
def waybill(goods, gross):
    return DocumentFact(key="W-" + ORDER, kind=DocumentKind.WAYBILL, number="РН-1",
        issued_on=now.date(), party=party, currency=CURRENCY, gross=Decimal(gross), orders=order,
        lines=tuple(ReceivedLine(name="?", sku=sku, unit="шт", quantity=Decimal(quantity),
            price=Decimal(1), net=None, vat_rate=None, vat=None, gross=None)
            for sku, quantity in goods.items()))
def payment(amount):
    return PaymentFact(key="P-" + ORDER, received_on=now.date(), party=party, currency=CURRENCY,
        amount=Decimal(amount), number="П-1", orders=order)
def gone(kind, key):
    return DeletionFact(key=key + ORDER, of_kind=kind, is_deleted=False)
summary = apply(base, [FACT], delivery=None, now=now)
assert not summary.refused, summary.refused
"""


@pytest.fixture
def reporting(saleor: LiveSaleor, app: AppProcess) -> Iterator[None]:
    """Everything is told, and may be: unpaid orders go out at once, and the app handles money."""
    shop = saleor.ask(f"{{ shop {{ {_SETTINGS} }} }}")["shop"]
    _set(saleor, {"fulfillmentAllowUnpaid": True, "fulfillmentAutoApprove": True})
    (ours,) = [
        edge["node"]
        for edge in saleor.ask(
            "{ apps(first: 50) { edges { node { id identifier permissions { code } } } } }"
        )["apps"]["edges"]
        if edge["node"]["identifier"] == "saleor.b2b-docs"
    ]
    codes = [permission["code"] for permission in ours["permissions"]]
    saleor.ask(
        "mutation($id: ID!, $codes: [PermissionEnum!]) {"
        " appUpdate(id: $id, input: {permissions: $codes}) { errors { field message code } } }",
        id=ours["id"],
        codes=sorted({*codes, "HANDLE_PAYMENTS"}),
    )
    app.manage("shell", "-c", _PREPARE)
    yield
    _set(saleor, shop)


def _set(saleor: LiveSaleor, settings: dict[str, bool]) -> None:
    saleor.ask(
        "mutation($input: ShopSettingsInput!) {"
        " shopSettingsUpdate(input: $input) { errors { field message } } }",
        input=settings,
    )


def _say(app: AppProcess, placed: PlacedOrder, fact: str) -> None:
    facts = _SAY.replace("CURRENCY", repr(placed.currency)).replace("FACT]", f"{fact}]")
    app.manage("shell", "-c", f"ORDER = {placed.id!r}\n{facts}")


def _once(
    saleor: LiveSaleor, placed: PlacedOrder, holds: Callable[[dict[str, Any]], bool], what: str
) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        order: dict[str, Any] = saleor.ask(_ORDER, id=placed.id)["order"]
        return order if holds(order) else None

    return eventually(look, seconds=90, what=what)


def _name_goods(saleor: LiveSaleor) -> None:
    """Give the goods that have no SKU another name that the accounting system could know."""
    for variant in find_goods(saleor.api, saleor.channel).lines:
        found = saleor.ask(
            "query($id: ID!) { productVariant(id: $id) { sku externalReference } }", id=variant
        )["productVariant"]
        if not found["sku"] and not found["externalReference"]:
            saleor.ask(
                "mutation($id: ID!, $input: ProductVariantInput!) {"
                " productVariantUpdate(id: $id, input: $input) { errors { field message } } }",
                id=variant,
                input={"externalReference": f"live-{variant}"},
            )


def _by_code(order: dict[str, Any], figure: str) -> dict[str, int]:
    return {
        line["variant"]["externalReference"] or line["productSku"]: line[figure]
        for line in order["lines"]
    }


def _lying(order: dict[str, Any]) -> int:
    return sum(quantity for quantity, _ in _stock(order))


def _stock(order: dict[str, Any]) -> list[tuple[int, int]]:
    return [
        (stock["quantity"], stock["quantityAllocated"])
        for line in order["lines"]
        for stock in line["variant"]["stocks"]
    ]


def test_waybill_and_payment_appear_on_the_order_and_go_again(
    saleor: LiveSaleor, app: AppProcess, reporting: None
) -> None:
    # given an unpaid order
    _name_goods(saleor)
    placed = buy(saleor)
    ready_document(app, placed, saleor.buyer_token())
    before = _once(saleor, placed, lambda order: order["status"] == "UNFULFILLED", "confirmation")
    goods = _by_code(before, "quantity")
    first, *rest = goods
    part = {first: goods[first], **{sku: goods[sku] - 1 for sku in rest}}

    # when most of it is shipped, the rest of the lines stay open
    _say(app, placed, f"waybill({part!r}, '10')")
    order = _once(saleor, placed, lambda order: bool(order["fulfillments"]), "a fulfilment")
    assert order["status"] == "PARTIALLY_FULFILLED"
    assert _by_code(order, "quantityFulfilled") == part
    # Saleor counts no stock of goods that it does not track.
    sent = sum(
        line["quantityFulfilled"] for line in order["lines"] if line["variant"]["trackInventory"]
    )
    assert _lying(before) - _lying(order) == sent > 0

    # when the waybill is posted anew with everything
    _say(app, placed, f"waybill({goods!r}, '20')")
    order = _once(saleor, placed, lambda order: order["status"] == "FULFILLED", "all goods")
    _once(
        saleor,
        placed,
        lambda order: all(entry["privateMetafield"] for entry in order["fulfillments"]),
        "the marks",
    )

    # when money comes, and changes, each payment is there once
    _say(app, placed, "payment('15.50')")
    order = _once(saleor, placed, lambda order: bool(order["transactions"]), "a transaction")
    (transaction,) = order["transactions"]
    assert transaction["pspReference"] == f"live:P-{placed.id}"
    assert transaction["chargedAmount"]["amount"] == 15.5
    _say(app, placed, "payment('12.25')")
    order = _once(
        saleor, placed, lambda order: order["totalCharged"]["amount"] == 12.25, "the new amount"
    )
    assert len(order["transactions"]) == 1
    assert order["chargeStatus"] == "PARTIAL"

    # when both are unposted, both are taken back
    _say(app, placed, "gone('payment', 'P-')")
    _once(saleor, placed, lambda order: order["totalCharged"]["amount"] == 0, "no money")
    _say(app, placed, "gone('waybill', 'W-')")
    order = _once(saleor, placed, lambda order: order["status"] == "UNFULFILLED", "no goods")
    assert {entry["status"] for entry in order["fulfillments"]} == {"CANCELED"}
    assert _stock(order) == _stock(before)
    assert [entry["chargedAmount"]["amount"] for entry in order["transactions"]] == [0]
    assert order["chargeStatus"] == "NONE"
