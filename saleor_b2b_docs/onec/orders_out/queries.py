"""Reads of orders on their way to accounting bases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet, Sum

from saleor_b2b_docs.documents.pages import Page, check_page_size, decode_cursor, encode_cursor
from saleor_b2b_docs.onec.credentials.queries import visible_bases
from saleor_b2b_docs.onec.models import Base, OrderExport
from saleor_b2b_docs.onec.orders_out.context import OPEN, Names
from saleor_b2b_docs.onec.queries import keys_of
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.models import Payment

_ORDERS_AT_ONCE = 200


def visible_exports(viewer: Viewer) -> QuerySet[OrderExport]:
    """Those of the installation's bases, the newest first, for who manages its settings; nothing
    for others."""
    return (
        OrderExport.objects.filter(base__in=visible_bases(viewer))
        .select_related("base", "order")
        .order_by("-pk")
    )


def held_page(viewer: Viewer, *, first: int, after: str = "") -> Page[OrderExport]:
    """A page of the orders that are held, the newest first. Raises InvalidCursor,
    InvalidPageSize."""
    check_page_size(first)
    found = visible_exports(viewer).filter(state=OrderExport.State.HELD)
    if after:
        (key,) = decode_cursor(after, int)
        found = found.filter(pk__lt=key)
    rows = list(found[: first + 1])
    return Page(
        rows=rows[:first],
        cursors=[encode_cursor(row.pk) for row in rows[:first]],
        has_next=len(rows) > first,
        has_previous=bool(after),
    )


def bases_of(order: Order) -> Sequence[Base]:
    """The bases that an order goes to: those of its supplier."""
    supplier = order.supplier
    if supplier is None:
        return []
    bases = Base.objects.filter(installation=order.installation_id).order_by("pk")
    return [
        base
        for base in bases
        if base.supplier_id == supplier.pk or (base.supplier_id is None and supplier.is_default)
    ]


def base_by_id(base_id: int) -> Base | None:
    """A base by its key; for jobs."""
    return Base.objects.select_related("installation", "supplier").filter(pk=base_id).first()


def open_orders(base: Base, *, placed_from: dt.datetime) -> Iterator[Order]:
    """The orders of the base's supplier that are open, with their lines, read bit by bit."""
    orders = Order.objects.filter(
        installation=base.installation_id, status__in=OPEN, placed_at__gte=placed_from
    )
    if base.supplier_id is None:
        orders = orders.filter(supplier__is_default=True)
    else:
        orders = orders.filter(supplier=base.supplier_id)
    return orders.prefetch_related("lines").order_by("placed_at", "pk").iterator(_ORDERS_AT_ONCE)


def waiting_exports(base: Base, *, limit: int) -> QuerySet[OrderExport]:
    """What waits for a base, the longest first."""
    return (
        OrderExport.objects.filter(base=base, state=OrderExport.State.WAITING)
        .select_related("order__supplier", "order__contract__counterparty")
        .prefetch_related("order__lines")
        .order_by("changed_at", "pk")[:limit]
    )


def names_for(base: Base, orders: Collection[Order]) -> Names:
    """What the base calls the parties of these orders."""
    contracts = [order.contract for order in orders if order.contract is not None]
    companies = keys_of(
        base, Alias.Kind.COUNTERPARTY, {contract.counterparty_id for contract in contracts}
    )
    own = keys_of(base, Alias.Kind.CONTRACT, {contract.pk for contract in contracts})
    return Names(
        counterparties={str(pk): name for pk, name in companies.items()},
        contracts={str(pk): name for pk, name in own.items()},
    )


def paid_for(base: Base, orders: Iterable[Order]) -> dict[str, int]:
    """Money for each of these orders by its id at Saleor, posted or provisional, in minor units of
    the contract's currency, which is the order's."""
    rows = (
        Payment.objects.filter(
            contract__supplier__installation=base.installation_id,
            order_id__in=[order.saleor_id for order in orders],
            matched=None,
        )
        .order_by()
        .values_list("order_id")
        .annotate(paid=Sum("amount"))
    )
    return dict(rows)


def delivery_names(base: Base, *, limit: int) -> list[str]:
    """The delivery methods of the orders that went to a base, by name."""
    names = (
        OrderExport.objects.filter(base=base)
        .exclude(order__shipping_name="")
        .order_by("order__shipping_name")
        .values_list("order__shipping_name", flat=True)
        .distinct()
    )
    return list(names[:limit])
