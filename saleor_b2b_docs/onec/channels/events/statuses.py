"""Events about orders, and about what stands no more."""

from __future__ import annotations

from typing import Literal

from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.event import Event
from saleor_b2b_docs.onec.channels.events.fields import Amount, Day, Number, OptionalCurrency, Short
from saleor_b2b_docs.onec.channels.events.parts import OrderPart


class OrderStatusEvent(Event):
    """How an order of the shop stands in the base."""

    type: Literal["order_status"]
    order: OrderPart
    status: Short = ""
    number: Number = ""
    dated_on: Day | None = None
    currency: OptionalCurrency = ""
    gross: Amount | None = None
    paid_on: Day | None = None
    shipped_on: Day | None = None
    is_paid: bool | None = None
    is_shipped: bool | None = None
    is_cancelled: bool = False
    is_deleted: bool = False

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.OrderStatusFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            order=self.order.read(),
            status=self.status,
            number=self.number,
            dated_on=self.dated_on,
            currency=self.currency,
            gross=self.gross,
            paid_on=self.paid_on,
            shipped_on=self.shipped_on,
            is_paid=self.is_paid,
            is_shipped=self.is_shipped,
            is_cancelled=self.is_cancelled,
            is_deleted=self.is_deleted,
        )


class DeletionEvent(Event):
    """What was said under the key stands no more: it was deleted, or its posting was undone. `of`
    is what it was; a refund is a `payment` here."""

    type: Literal["deletion", "unposting"]
    of: facts.FactKind

    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        return facts.DeletionFact(
            key=self.key,
            version=self.version,
            stamp=stamp,
            of_kind=self.of,
            is_deleted=self.type == "deletion",
        )
