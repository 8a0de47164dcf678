"""What staff and apps do to orders."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import ORDER_ERRORS
from saleor_sandbox.schema.addresses import AddressInput
from saleor_sandbox.schema.base import (
    MetadataInput,
    SaleorMutation,
    address_type_field,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import LanguageCodeEnum, saleor_enum
from saleor_sandbox.schema.order_parts import OrderLine
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.schema.scalars import PositiveDecimal
from saleor_sandbox.services import orders, payments

OrderError = error_type(
    "OrderError",
    saleor_enum("OrderErrorCode", ORDER_ERRORS),
    warehouse=graphene.ID(),
    order_lines=non_null_list(graphene.ID),
    variants=non_null_list(graphene.ID),
    address_type=address_type_field(),
)
_MANAGE = ("MANAGE_ORDERS",)


class OrderConfirm(SaleorMutation):
    """Confirms an unconfirmed order by changing status to unfulfilled."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Confirm."""
        return {"order": orders.confirm(arguments["id"], requestor=requestor_of(info))}


class OrderCancel(SaleorMutation):
    """Cancel an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Cancel."""
        return {"order": orders.cancel(arguments["id"], requestor=requestor_of(info))}


class OrderUpdateInput(graphene.InputObjectType):
    """What may be changed of an order."""

    billing_address = AddressInput()
    user_email = graphene.String()
    shipping_address = AddressInput()
    external_reference = graphene.String()
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    language_code = LanguageCodeEnum()


class OrderUpdate(SaleorMutation):
    """Updates an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID()
        input = OrderUpdateInput(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        order = orders.update(
            arguments.get("id") or "", arguments["input"], requestor=requestor_of(info)
        )
        return {"order": order}


class OrderMarkAsPaid(SaleorMutation):
    """Mark order as manually paid."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        transaction_reference = graphene.String()

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Take as paid."""
        order = payments.mark_as_paid(
            arguments["id"],
            reference=arguments.get("transaction_reference"),
            requestor=requestor_of(info),
        )
        return {"order": order}


class OrderLineInput(graphene.InputObjectType):
    """How many."""

    quantity = graphene.Int(required=True)


class OrderLineCreateInput(graphene.InputObjectType):
    """What is added, and how many."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    force_new_line = graphene.Boolean(default_value=False)
    price = PositiveDecimal()


class OrderLineUpdate(SaleorMutation):
    """Updates an order line of an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = OrderLineInput(required=True)

    order = graphene.Field(Order)
    order_line = graphene.Field(OrderLine)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        order, line = orders.update_line(
            arguments["id"],
            quantity=arguments["input"]["quantity"],
            requestor=requestor_of(info),
        )
        return {"order": order, "order_line": line}


class OrderLinesCreate(SaleorMutation):
    """Create order lines for an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = non_null_list(OrderLineCreateInput, required=True)

    order = graphene.Field(Order)
    order_lines = non_null_list(OrderLine)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Add."""
        order, lines = orders.create_lines(
            arguments["id"], arguments["input"], requestor=requestor_of(info)
        )
        return {"order": order, "order_lines": lines}


class OrderLineDelete(SaleorMutation):
    """Deletes an order line from an order."""

    class Meta:
        error = OrderError
        old_errors = "order_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)
    order_line = graphene.Field(OrderLine)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Take off."""
        order, line = orders.delete_line(arguments["id"], requestor=requestor_of(info))
        return {"order": order, "order_line": line}


class OrderMutations(graphene.ObjectType):
    """Mutations about orders."""

    order_confirm = OrderConfirm.Field()
    order_cancel = OrderCancel.Field()
    order_update = OrderUpdate.Field()
    order_mark_as_paid = OrderMarkAsPaid.Field()
    order_line_update = OrderLineUpdate.Field()
    order_lines_create = OrderLinesCreate.Field()
    order_line_delete = OrderLineDelete.Field()
