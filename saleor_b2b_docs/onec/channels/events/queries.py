"""Messages of events that were kept and not applied yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saleor_b2b_docs.onec.models import Delivery

_AT_ONCE = 1000
"""The next run takes the rest."""


def waiting(*, before: dt.datetime) -> Sequence[Delivery]:
    """Those that were received before an instant and whose request never came to its end."""
    return list(
        Delivery.objects.select_related("base")
        .filter(
            channel=Delivery.Channel.EVENTS,
            state=Delivery.State.RECEIVED,
            received_at__lt=before,
        )
        .order_by("received_at", "pk")[:_AT_ONCE]
    )


def stored_name(delivery_id: int) -> str | None:
    """Where the bytes of a delivery are kept, if there is such a delivery."""
    return Delivery.objects.filter(pk=delivery_id).values_list("stored_as", flat=True).first()
