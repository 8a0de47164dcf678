"""What bases sent and what became of it, for staff who manage the settings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from saleor_b2b_docs.documents.pages import (
    InvalidCursor,
    Page,
    check_page_size,
    decode_cursor,
    encode_cursor,
)
from saleor_b2b_docs.onec.credentials.queries import visible_bases
from saleor_b2b_docs.onec.models import Delivery, SetAside
from saleor_b2b_docs.saleor.viewers import Viewer

MOST_SET_ASIDE = 100
"""Of a delivery, that are listed; all are counted."""


def deliveries_page(
    viewer: Viewer,
    *,
    base_code: str = "",
    channel: Delivery.Channel | None = None,
    state: Delivery.State | None = None,
    has_set_aside: bool | None = None,
    first: int,
    after: str = "",
) -> Page[Delivery]:
    """A page of deliveries, the newest first. `has_set_aside`: whether facts of it are set aside
    and not settled since. Raises InvalidCursor, InvalidPageSize."""
    check_page_size(first)
    found = Delivery.objects.filter(base__in=visible_bases(viewer)).select_related("base")
    if base_code:
        found = found.filter(base__code=base_code.replace("\0", ""))
    if channel is not None:
        found = found.filter(channel=channel)
    if state is not None:
        found = found.filter(state=state)
    if has_set_aside is not None:
        open_ones = SetAside.objects.filter(settled_at__isnull=True, delivery__isnull=False)
        matching = Q(pk__in=open_ones.values("delivery"))
        found = found.filter(matching if has_set_aside else ~matching)
    if after:
        moment, key = decode_cursor(after, str, int)
        received_at = _moment(str(moment))
        found = found.filter(
            Q(received_at__lt=received_at) | Q(received_at=received_at, pk__lt=key)
        )
    rows = list(found.order_by("-received_at", "-pk")[: first + 1])
    return Page(
        rows=rows[:first],
        cursors=[encode_cursor(row.received_at.isoformat(), row.pk) for row in rows[:first]],
        has_next=len(rows) > first,
        has_previous=bool(after),
    )


def set_aside_of(viewer: Viewer, delivery_ids: Sequence[int]) -> Mapping[int, Sequence[SetAside]]:
    """The facts of each that could not be applied, the first hundred, as they came."""
    numbered = (
        SetAside.objects.filter(base__in=visible_bases(viewer), delivery__in=delivery_ids)
        .annotate(place=Window(RowNumber(), partition_by=F("delivery"), order_by=F("pk").asc()))
        .filter(place__lte=MOST_SET_ASIDE)
        .order_by("pk")
    )
    found: dict[int, list[SetAside]] = defaultdict(list)
    for one in numbered:
        if one.delivery_id is not None:
            found[one.delivery_id].append(one)
    return found


def open_set_aside_counts(viewer: Viewer) -> Mapping[int, int]:
    """How many facts of each base are set aside and not settled since."""
    counted = (
        SetAside.objects.filter(base__in=visible_bases(viewer), settled_at__isnull=True)
        .values_list("base")
        .annotate(count=Count("pk"))
    )
    return dict(counted)


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidCursor("not a cursor of this list") from error
    if moment.tzinfo is None:
        raise InvalidCursor("not a cursor of this list")
    return moment
