"""Orders as the app keeps them."""

from __future__ import annotations

import datetime as dt
import uuid
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.saleor import BUYER_ID


def order_global_id(key: uuid.UUID | None = None) -> str:
    """A Saleor order's global id."""
    return b64encode(f"Order:{key or uuid.uuid4()}".encode()).decode()


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What a line costs. `unit_net` is in minor units; the tax is rounded down per line."""

    name: str = "Кава мелена, 250 г"
    sku: str = "COFFEE-250"
    quantity: int = 10
    unit_net: int = 10_000
    tax_rate: Decimal = Decimal("0.2")

    @property
    def net(self) -> int:
        """Of the whole line."""
        return self.unit_net * self.quantity

    @property
    def tax(self) -> int:
        """Of the whole line."""
        return int(self.net * self.tax_rate)


def make_order(
    installation: Installation,
    *,
    saleor_id: str | None = None,
    number: str = "1001",
    status: str = Order.Status.UNFULFILLED,
    supplier: Supplier | None = None,
    user_id: str = BUYER_ID,
    user_email: str = "buyer@example.com",
    channel_slug: str = "default-channel",
    currency: str = "UAH",
    language_code: str = "UK",
    placed_at: dt.datetime | None = None,
    lines: Sequence[LineFigures] = (LineFigures(),),
) -> Order:
    """A stored snapshot whose totals are the sums of its lines; no delivery, no discount."""
    placed_at = placed_at or timezone.now()
    net = sum(line.net for line in lines)
    tax = sum(line.tax for line in lines)
    order = Order.objects.create(
        installation=installation,
        saleor_id=saleor_id or order_global_id(),
        number=number,
        status=status,
        channel_slug=channel_slug,
        currency=currency,
        language_code=language_code,
        placed_at=placed_at,
        saleor_updated_at=placed_at,
        taken_at=placed_at,
        supplier=supplier,
        user_id=user_id,
        user_email=user_email,
        buyer_name="ТОВ «Покупець»",
        buyer_tax_id="87654321",
        billing_address="01001, Київ, вул. Хрещатик, 1, Україна",
        net=net,
        tax=tax,
        gross=net + tax,
        undiscounted_gross=net + tax,
        shipping_net=0,
        shipping_tax=0,
        shipping_gross=0,
        shipping_tax_rate=Decimal(0),
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=position,
            saleor_id=f"OrderLine:{position}",
            name=line.name,
            sku=line.sku,
            quantity=line.quantity,
            tax_rate=line.tax_rate,
            unit_net=line.unit_net,
            unit_gross=line.unit_net + int(line.unit_net * line.tax_rate),
            net=line.net,
            tax=line.tax,
            gross=line.net + line.tax,
            undiscounted_gross=line.net + line.tax,
        )
        for position, line in enumerate(lines, start=1)
    )
    return order
