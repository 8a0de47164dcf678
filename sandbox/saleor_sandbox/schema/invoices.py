"""Writing invoices."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import INVOICE_ERRORS
from saleor_sandbox.schema.base import (
    MetadataInput,
    SaleorMutation,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import saleor_enum
from saleor_sandbox.schema.order_parts import Invoice
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.services import invoices

InvoiceError = error_type("InvoiceError", saleor_enum("InvoiceErrorCode", INVOICE_ERRORS))
_MANAGE = ("MANAGE_ORDERS",)


class InvoiceCreateInput(graphene.InputObjectType):
    """A finished invoice."""

    number = graphene.String(required=True)
    url = graphene.String(required=True)
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)


class UpdateInvoiceInput(graphene.InputObjectType):
    """What may be changed of an invoice."""

    number = graphene.String()
    url = graphene.String()
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)


class InvoiceCreate(SaleorMutation):
    """Creates a ready to send invoice."""

    class Meta:
        error = InvoiceError
        old_errors = "invoice_errors"
        permissions = _MANAGE

    class Arguments:
        order_id = graphene.ID(required=True)
        input = InvoiceCreateInput(required=True)

    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        return {"invoice": invoices.create(arguments["order_id"], arguments["input"])}


class InvoiceRequest(SaleorMutation):
    """Request an invoice for the order; the answer's invoice is null until an app made it."""

    class Meta:
        error = InvoiceError
        old_errors = "invoice_errors"
        permissions = _MANAGE

    class Arguments:
        order_id = graphene.ID(required=True)
        number = graphene.String()

    order = graphene.Field(Order)
    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Ask the apps."""
        order = invoices.request(
            arguments["order_id"],
            number=arguments.get("number"),
            requestor=requestor_of(info),
        )
        return {"order": order}


class InvoiceUpdate(SaleorMutation):
    """Updates an invoice."""

    class Meta:
        error = InvoiceError
        old_errors = "invoice_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = UpdateInvoiceInput(required=True)

    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        return {"invoice": invoices.update(arguments["id"], arguments["input"])}


class InvoiceDelete(SaleorMutation):
    """Deletes an invoice."""

    class Meta:
        error = InvoiceError
        old_errors = "invoice_errors"
        permissions = _MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Delete."""
        return {"invoice": invoices.delete(arguments["id"])}


class InvoiceMutations(graphene.ObjectType):
    """Mutations about invoices."""

    invoice_create = InvoiceCreate.Field()
    invoice_request = InvoiceRequest.Field()
    invoice_update = InvoiceUpdate.Field()
    invoice_delete = InvoiceDelete.Field()
