"""What telling Saleor of one order needs at hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor import mutations
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.api.order_for_report import OrderForReportOrder
from saleor_b2b_docs.saleor.models import Installation, MutationIntent
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure

NO_ORDER = "NO_ORDER"
"""Code of a job for an order that Saleor does not have."""


@dataclass(slots=True)
class Talk:
    """One order, as Saleor shows it, and the line to Saleor."""

    saleor: SaleorOperations
    installation: Installation
    order: Order
    shown: OrderForReportOrder
    reads_payments: bool
    now: dt.datetime

    def look_again(self) -> None:
        """Read what the order has become."""
        self.shown = look(self.saleor, self.order.saleor_id, reads_payments=self.reads_payments)

    def wait_for(self, intent: MutationIntent) -> None:
        """Raises TemporaryFailure while an earlier request may still be carried out."""
        if intent.sent_at is not None and self.now - intent.sent_at < mutations.IN_FLIGHT:
            raise TemporaryFailure(
                f"waiting to see whether an earlier {intent.operation} arrived",
                retry_after=mutations.IN_FLIGHT - (self.now - intent.sent_at),
            )


def look(saleor: SaleorOperations, order_id: str, *, reads_payments: bool) -> OrderForReportOrder:
    """The order as Saleor shows it. Raises PermanentFailure NO_ORDER."""
    shown = saleor.order_for_report(order_id, reads_payments).order
    if shown is None:
        raise PermanentFailure(NO_ORDER, f"Saleor has no order {order_id}")
    return shown
