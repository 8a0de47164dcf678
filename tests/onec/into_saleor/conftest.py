"""A shop whose supplier has Saleor told of shipments and payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from saleor_sandbox.buyer import PlacedOrder

from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec.facts import DeletionFact
from saleor_b2b_docs.onec.into_saleor.services import report_order
from saleor_b2b_docs.onec.models import Base, OrderReport
from saleor_b2b_docs.saleor.manifest import PERMISSIONS
from saleor_b2b_docs.saleor.mutations import IN_FLIGHT
from tests.builders.onec import make_base, payment_fact, say, waybill_fact
from tests.builders.parties import make_supplier
from tests.sandboxes import HAMMER, Shop
from tests.sandboxes import sandbox as sandbox
from tests.sandboxes import shop as shop

_ORDER = """query($id: ID!) { order(id: $id) { status chargeStatus totalCharged { amount }
  lines { productSku quantityFulfilled }
  fulfillments { status warehouse { slug } privateMetafield(key: "b2b-docs.waybill")
    lines { quantity orderLine { productSku } } }
  transactions { pspReference chargedAmount { amount } } } }"""


@dataclass
class Desk:
    """The accounting system and Saleor, of one order at a time."""

    shop: Shop
    base: Base
    now: dt.datetime = field(default_factory=timezone.now)

    def place(self, *skus: str, **more: Any) -> PlacedOrder:
        """An order that is confirmed and known here."""
        placed = self.shop.place(*skus, **more)
        self.shop.process(placed.id)
        return placed

    def waybill(
        self,
        placed: PlacedOrder,
        goods: Mapping[str, str | int] | None = None,
        *,
        key: str = "W1",
        gross: str | None = None,
        orders: Sequence[str] = (),
    ) -> None:
        """A posted waybill of these goods, by article; without goods a sum only."""
        say(
            self.base,
            waybill_fact(
                key,
                gross if gross is not None or goods is not None else str(placed.gross),
                orders=[placed.id, *orders],
                lines=tuple(line(sku, quantity) for sku, quantity in (goods or {}).items()),
            ),
            now=self.now,
        )

    def payment(self, placed: PlacedOrder, amount: str, *, key: str = "P1") -> None:
        """Money for an order."""
        say(self.base, payment_fact(key, amount, orders=[placed.id]), now=self.now)

    def unpost(self, kind: Any, key: str) -> None:
        """The posting of a thing is undone."""
        say(self.base, DeletionFact(key=key, of_kind=kind, is_deleted=False), now=self.now)

    def report(self, placed: PlacedOrder) -> None:
        """What the job does."""
        self.shop.installation.refresh_from_db()
        report_order(self.shop.installation, placed.id, now=self.now)

    def wait(self) -> None:
        """So long that no earlier request may still be carried out."""
        self.now += IN_FLIGHT

    def at_saleor(self, placed: PlacedOrder) -> dict[str, Any]:
        """The order as staff see it."""
        order: dict[str, Any] = self.shop.sandbox.ask(_ORDER, id=placed.id)["order"]
        return order

    def fulfilled(self, placed: PlacedOrder) -> dict[str, int]:
        """How many went out, by SKU."""
        return {
            line["productSku"]: line["quantityFulfilled"]
            for line in self.at_saleor(placed)["lines"]
        }

    def charged(self, placed: PlacedOrder) -> dict[str, float]:
        """What was charged, by pspReference."""
        return {
            entry["pspReference"]: entry["chargedAmount"]["amount"]
            for entry in self.at_saleor(placed)["transactions"]
        }

    def notes(self, placed: PlacedOrder) -> list[str]:
        """What staff are told was not told."""
        report = OrderReport.objects.get(order__saleor_id=placed.id)
        return [note["code"] for note in report.notes]

    def stock(self, sku: str = HAMMER) -> dict[str, tuple[int, int]]:
        """In each warehouse: how much lies there, and how much of it orders hold."""
        variant = self.shop.sandbox.ask(
            "query($id: ID!) { productVariant(id: $id) { stocks {"
            " warehouse { slug } quantity quantityAllocated } } }",
            id=self.shop.sandbox.variant(sku),
        )["productVariant"]
        return {
            stock["warehouse"]["slug"]: (stock["quantity"], stock["quantityAllocated"])
            for stock in variant["stocks"]
        }

    def fulfil_by_staff(self, placed: PlacedOrder, sku: str, quantity: int) -> None:
        """Staff send goods by hand, out of the first warehouse."""
        order = self.shop.sandbox.ask(
            "query($id: ID!) { order(id: $id) { lines { id productSku }"
            " channel { warehouses { id } } } }",
            id=placed.id,
        )["order"]
        (line_id,) = [entry["id"] for entry in order["lines"] if entry["productSku"] == sku]
        stocks = [{"quantity": quantity, "warehouse": order["channel"]["warehouses"][0]["id"]}]
        self.shop.sandbox.ask(
            "mutation($id: ID!, $input: OrderFulfillInput!) {"
            " orderFulfill(order: $id, input: $input) { errors { code message } } }",
            id=placed.id,
            input={"lines": [{"orderLineId": line_id, "stocks": stocks}]},
        )

    def set_shop(self, **settings: bool) -> None:
        """Change Saleor's settings of fulfilment."""
        self.shop.sandbox.ask(
            "mutation($input: ShopSettingsInput!) {"
            " shopSettingsUpdate(input: $input) { errors { code } } }",
            input=settings,
        )

    def grant(self, *permissions: str, is_known: bool = True) -> None:
        """Let the app have these permissions and no others, at Saleor and, if we know, here."""
        self.shop.sandbox.ask(
            "mutation($id: ID!, $codes: [PermissionEnum!]) {"
            " appUpdate(id: $id, input: {permissions: $codes}) { errors { code } } }",
            id=self.shop.sandbox.app_id,
            codes=sorted(permissions),
        )
        if is_known:
            self.shop.installation.granted_permissions = sorted(permissions)
            self.shop.installation.save()


def line(sku: str, quantity: str | int) -> ReceivedLine:
    """A line of a waybill."""
    return ReceivedLine(
        name="Інша назва",
        sku=sku,
        unit="шт",
        quantity=Decimal(quantity),
        price=Decimal(1),
        net=None,
        vat_rate=None,
        vat=None,
        gross=None,
    )


@pytest.fixture
def desk(shop: Shop) -> Iterator[Desk]:
    """A shop whose supplier has everything told, and that lets the app do it."""
    supplier = make_supplier(shop.installation)
    supplier.reports_shipments = True
    supplier.reports_payments = True
    supplier.save()
    found = Desk(shop, make_base(supplier=supplier))
    found.grant(*PERMISSIONS, "HANDLE_PAYMENTS")
    yield found
    shop.sandbox.process.clear_faults()
    found.grant(*PERMISSIONS)
    found.set_shop(fulfillmentAllowUnpaid=True, fulfillmentAutoApprove=True)
