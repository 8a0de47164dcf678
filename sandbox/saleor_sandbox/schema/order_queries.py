"""Finding orders.

`order(id:)` needs no permission, as in Saleor; `orders` is for staff and apps.
"""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import Q
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Order as OrderModel
from saleor_sandbox.schema.base import (
    DateTimeRangeInput,
    SortInput,
    non_null_list,
    plain,
    requestor_of,
)
from saleor_sandbox.schema.connections import paginate
from saleor_sandbox.schema.enums import (
    OrderChargeStatusEnum,
    OrderSortField,
    OrderStatusFilter,
)
from saleor_sandbox.schema.orders import Order, OrderConnection, order_paging
from saleor_sandbox.services import orders

_SORT_FIELDS = {
    "NUMBER": ("number",),
    "CREATED_AT": ("created_at", "status", "number"),
    "CREATION_DATE": ("created_at", "status", "number"),
    "LAST_MODIFIED_AT": ("updated_at", "status", "number"),
    "STATUS": ("status", "number"),
    "FULFILLMENT_STATUS": ("status", "user_email", "number"),
}


class OrderFilterInput(graphene.InputObjectType):
    """Which orders."""

    status = non_null_list(OrderStatusFilter)
    customer = graphene.String()
    search = graphene.String()
    channels = non_null_list(graphene.ID)
    charge_status = non_null_list(OrderChargeStatusEnum)
    updated_at = DateTimeRangeInput()
    ids = non_null_list(graphene.ID)
    numbers = non_null_list(graphene.String)


class OrderSortingInput(SortInput):
    """How orders are sorted."""

    field = graphene.Field(OrderSortField, required=True)


class OrderQueries(graphene.ObjectType):
    """Queries about orders."""

    order = graphene.Field(Order, id=graphene.ID(), external_reference=graphene.String())
    orders = graphene.Field(
        OrderConnection,
        sort_by=OrderSortingInput(),
        filter=OrderFilterInput(),
        channel=graphene.String(),
        search=graphene.String(),
        **order_paging,
    )

    @staticmethod
    def resolve_order(
        _root: object,
        info: GraphQLResolveInfo,
        id: str | None = None,  # noqa: A002  the API's own name
        external_reference: str | None = None,
    ) -> OrderModel | None:
        """One order; by its id for everyone."""
        if id is None:
            requestor_of(info).require("MANAGE_ORDERS")
            return OrderModel.objects.filter(external_reference=external_reference or "").first()
        try:
            _, key = global_ids.decode(id)
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(f"Invalid ID: {id}. Expected: Order.") from error
        return orders.by_key(key)

    @staticmethod
    def resolve_orders(
        _root: object,
        info: GraphQLResolveInfo,
        sort_by: Any = None,
        filter: Any = None,  # noqa: A002  the API's own name
        channel: str | None = None,
        search: str | None = None,
        **paging: Any,
    ) -> Any:
        """Orders for staff and apps, newest first unless sorted."""
        requestor_of(info).require("MANAGE_ORDERS")
        wanted = plain(filter or {})
        found = OrderModel.objects.exclude(status="DRAFT").filter(
            _conditions(wanted, search or wanted.get("search"))
        )
        if channel:
            found = found.filter(channel__slug=channel)
        if wanted.get("charge_status"):
            keys = [order.pk for order in found if order.charge_status in wanted["charge_status"]]
            found = found.filter(pk__in=keys)
        sorting = plain(sort_by or {"field": "NUMBER", "direction": "DESC"})
        if sorting["field"] not in _SORT_FIELDS:
            raise GraphQLError(f"Sorting by {sorting['field']} is not available here.")
        related = ("channel", "user", "billing_address", "shipping_address", "shipping_method")
        return paginate(
            found.select_related(*related),
            info,
            paging,
            sort_fields=_SORT_FIELDS[sorting["field"]],
            descending=sorting["direction"] == "DESC",
        )


def _conditions(wanted: dict[str, Any], search: str | None) -> Q:
    condition = Q()
    if span := wanted.get("updated_at"):
        if span.get("gte"):
            condition &= Q(updated_at__gte=span["gte"])
        if span.get("lte"):
            condition &= Q(updated_at__lte=span["lte"])
    if wanted.get("ids"):
        try:
            keys = [global_ids.decode_as(key, "Order") for key in wanted["ids"]]
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(str(error)) from error
        condition &= Q(pk__in=keys)
    if wanted.get("numbers"):
        condition &= Q(number__in=wanted["numbers"])
    if wanted.get("channels"):
        channels = [global_ids.decode_as(key, "Channel") for key in wanted["channels"]]
        condition &= Q(channel__in=channels)
    if wanted.get("status"):
        condition &= _status_condition(wanted["status"])
    if wanted.get("customer"):
        condition &= Q(user_email__icontains=wanted["customer"])
    if search:
        text = Q(user_email__icontains=search) | Q(invoices__number__icontains=search)
        if search.isdigit():
            text |= Q(number=int(search))
        condition &= text
    return condition


def _status_condition(names: list[str]) -> Q:
    condition = Q(status__in=names)
    if "READY_TO_FULFILL" in names:
        condition |= Q(status__in=("UNFULFILLED", "PARTIALLY_FULFILLED"), total_charged__gt=0)
    if "READY_TO_CAPTURE" in names:
        condition |= Q(total_authorized__gt=0)
    return condition
