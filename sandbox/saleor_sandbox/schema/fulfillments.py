"""Fulfilments, and the history that tells who made them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.models import Fulfillment as FulfillmentModel
from saleor_sandbox.models import FulfillmentLine as FulfillmentLineModel
from saleor_sandbox.models import OrderEvent as OrderEventModel
from saleor_sandbox.models import Warehouse as WarehouseModel
from saleor_sandbox.schema.apps import App
from saleor_sandbox.schema.base import (
    TYPES,
    Node,
    ObjectWithMetadata,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import FulfillmentStatusEnum
from saleor_sandbox.schema.order_parts import OrderLine
from saleor_sandbox.schema.warehouses import Warehouse


class FulfillmentLine(graphene.ObjectType):
    """Represents line of the fulfillment."""

    class Meta:
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    order_line = graphene.Field(OrderLine)


class Fulfillment(graphene.ObjectType):
    """Represents order fulfillment."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    status = graphene.Field(FulfillmentStatusEnum, required=True)
    tracking_number = graphene.String(required=True)
    created = graphene.DateTime(required=True)
    lines = non_null_list(FulfillmentLine)
    warehouse = graphene.Field(Warehouse)

    @staticmethod
    def resolve_created(root: FulfillmentModel, _info: GraphQLResolveInfo) -> object:
        """When it was made."""
        return root.created_at

    @staticmethod
    def resolve_lines(
        root: FulfillmentModel, _info: GraphQLResolveInfo
    ) -> list[FulfillmentLineModel]:
        """What went out."""
        return list(root.lines.select_related("order_line__order", "order_line__variant__product"))

    @staticmethod
    def resolve_warehouse(
        root: FulfillmentModel, _info: GraphQLResolveInfo
    ) -> WarehouseModel | None:
        """Where the first line came from."""
        first = root.lines.select_related("stock__warehouse").first()
        return first.stock.warehouse if first and first.stock else None


class OrderEvent(graphene.ObjectType):
    """History log of the order."""

    class Meta:
        interfaces = (Node,)

    date = graphene.DateTime()
    app = graphene.Field(App)
    fulfilled_items = non_null_list(FulfillmentLine)

    @staticmethod
    def resolve_date(root: OrderEventModel, _info: GraphQLResolveInfo) -> object:
        """When it happened."""
        return root.created_at

    @staticmethod
    def resolve_app(root: OrderEventModel, info: GraphQLResolveInfo) -> Any:
        """Which app did it, for who looks after orders or apps."""
        requestor_of(info).require("MANAGE_APPS", "MANAGE_ORDERS")
        return root.app

    @staticmethod
    def resolve_fulfilled_items(
        root: OrderEventModel, _info: GraphQLResolveInfo
    ) -> list[FulfillmentLineModel] | None:
        """The goods of a fulfilment."""
        return list(root.fulfilled_items.all()) or None


TYPES.update(
    {"FulfillmentLine": FulfillmentLine, "Fulfillment": Fulfillment, "OrderEvent": OrderEvent}
)
