"""Warehouses, stocks and what orders hold of them."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.models import Allocation as AllocationModel
from saleor_sandbox.models import Stock as StockModel
from saleor_sandbox.models import Warehouse as WarehouseModel
from saleor_sandbox.schema.base import TYPES, Node, ObjectWithMetadata, requestor_of


class Warehouse(graphene.ObjectType):
    """Represents warehouse."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)


class Stock(graphene.ObjectType):
    """Represents stock."""

    class Meta:
        interfaces = (Node,)

    warehouse = graphene.Field(Warehouse, required=True)
    quantity = graphene.Int(required=True)
    quantity_allocated = graphene.Int(required=True)

    @staticmethod
    def resolve_quantity(root: StockModel, info: GraphQLResolveInfo) -> int:
        """What lies there, for staff and apps that look after goods or orders."""
        requestor_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.quantity

    @staticmethod
    def resolve_quantity_allocated(root: StockModel, info: GraphQLResolveInfo) -> int:
        """What of it orders hold."""
        requestor_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return sum(held.quantity for held in root.allocations.all())


class Allocation(graphene.ObjectType):
    """Represents allocation."""

    class Meta:
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    warehouse = graphene.Field(Warehouse, required=True)

    @staticmethod
    def resolve_warehouse(root: AllocationModel, _info: GraphQLResolveInfo) -> WarehouseModel:
        """Where it is held."""
        return root.stock.warehouse


TYPES.update({"Warehouse": Warehouse, "Stock": Stock, "Allocation": Allocation})
