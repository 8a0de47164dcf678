"""What of a paper that somebody may see he is shown of other things."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Role
from saleor_b2b_docs.parties.queries import MONEY_ROLES
from saleor_b2b_docs.saleor.viewers import Viewer


def orders_of(
    document: Document, *, viewer: Viewer, seats: Mapping[uuid.UUID, Role]
) -> Iterator[Order]:
    """The orders of a paper that its viewer may see, in the sequence in which they were placed.

    Reads `order_links` with their orders. `seats` are the viewer's. Whoever sees the paper as a
    guest sees the guests' orders of it.
    """
    sees_all = (
        viewer.may_read_orders or seats.get(document.counterparty_id or _NOBODY) in MONEY_ROLES
    )
    orders = [link.order for link in document.order_links.all()]
    for order in sorted(orders, key=lambda order: (order.placed_at, order.pk)):
        if sees_all or order.user_id == viewer.user_id:
            yield order


_NOBODY = uuid.UUID(int=0)
