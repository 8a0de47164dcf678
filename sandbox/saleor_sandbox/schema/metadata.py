"""Writing metadata."""

from __future__ import annotations

from typing import Any

import graphene
from django.core.exceptions import ValidationError
from graphql import GraphQLResolveInfo

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.enum_values import METADATA_ERRORS
from saleor_sandbox.event_types import EventType
from saleor_sandbox.models import (
    Address,
    App,
    Category,
    Channel,
    Checkout,
    CheckoutLine,
    Fulfillment,
    Invoice,
    Order,
    OrderLine,
    Product,
    ProductVariant,
    ShippingMethod,
    TransactionItem,
    User,
)
from saleor_sandbox.models.base import WithMetadata
from saleor_sandbox.refusals import PermissionDenied, Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.schema.base import (
    MetadataInput,
    ObjectWithMetadata,
    SaleorMutation,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import saleor_enum
from saleor_sandbox.services import metadata

MetadataError = error_type("MetadataError", saleor_enum("MetadataErrorCode", METADATA_ERRORS))

_MODELS: dict[str, type[WithMetadata]] = {
    model.graphql_type: model
    for model in (
        Address,
        App,
        Category,
        Channel,
        Checkout,
        CheckoutLine,
        Fulfillment,
        Invoice,
        Order,
        OrderLine,
        Product,
        ProductVariant,
        ShippingMethod,
        TransactionItem,
        User,
    )
}
_WRITERS = {
    "Address": ("MANAGE_USERS",),
    "App": ("MANAGE_APPS",),
    "Category": ("MANAGE_PRODUCTS",),
    "Channel": ("MANAGE_CHANNELS",),
    "Checkout": ("MANAGE_CHECKOUTS",),
    "CheckoutLine": ("MANAGE_CHECKOUTS",),
    "Fulfillment": ("MANAGE_ORDERS",),
    "Invoice": ("MANAGE_ORDERS",),
    "Order": ("MANAGE_ORDERS", "HANDLE_TAXES"),
    "OrderLine": ("MANAGE_ORDERS", "HANDLE_TAXES"),
    "Product": ("MANAGE_PRODUCTS",),
    "ProductVariant": ("MANAGE_PRODUCTS",),
    "ShippingMethod": ("MANAGE_SHIPPING",),
    "TransactionItem": ("HANDLE_PAYMENTS",),
    "User": ("MANAGE_USERS",),
}
# Public metadata of a checkout may be written by whoever has its id.
_PUBLIC_FOR_ALL = ("Checkout", "CheckoutLine")
_EVENTS: dict[str, EventType] = {
    "Order": event_types.ORDER_METADATA_UPDATED,
    "User": event_types.CUSTOMER_METADATA_UPDATED,
    "Channel": event_types.CHANNEL_METADATA_UPDATED,
}


def _find(object_id: str) -> WithMetadata:
    try:
        type_name, key = global_ids.decode(object_id)
    except global_ids.InvalidGlobalId as error:
        raise Refusal("Couldn't resolve to a node.", code="GRAPHQL_ERROR", field="id") from error
    model = _MODELS.get(type_name)
    if model is None:
        raise Refusal(
            f"Couldn't resolve to a item with meta: {object_id}", code="NOT_FOUND", field="id"
        )
    try:
        found = model._default_manager.filter(pk=key).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise Refusal(f"Couldn't resolve to a node: {object_id}", code="NOT_FOUND", field="id")
    return found


def _may_write(holder: WithMetadata, requestor: Requestor, *, private: bool) -> None:
    type_name = str(getattr(holder, "graphql_type", ""))
    if not private:
        if type_name in _PUBLIC_FOR_ALL:
            return
        if isinstance(holder, User) and requestor.owns(holder):
            return
        if isinstance(holder, Address) and requestor.owns(holder.owner):
            return
    if isinstance(holder, App) and requestor.app is not None and requestor.app.pk == holder.pk:
        return
    permissions = _WRITERS[type_name]
    if isinstance(holder, User) and holder.is_staff:
        permissions = ("MANAGE_STAFF",)
    if not requestor.holds(permissions):
        raise PermissionDenied(permissions)


def _tell(holder: WithMetadata, requestor: Requestor) -> None:
    event = _EVENTS.get(str(getattr(holder, "graphql_type", "")))
    if event is not None:
        events.emit(event, holder, requestor=requestor)


class _WriteMetadata(SaleorMutation):
    class Meta:
        abstract = True

    private = False

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Set the pairs."""
        requestor = requestor_of(info)
        holder = _find(arguments["id"])
        _may_write(holder, requestor, private=cls.private)
        changes = metadata.pairs(arguments["input"], field="input")
        if metadata.merge(holder, changes, private=cls.private):
            _tell(holder, requestor)
        return {"item": holder}


class _RemoveMetadata(SaleorMutation):
    class Meta:
        abstract = True

    private = False

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Take the keys off."""
        requestor = requestor_of(info)
        holder = _find(arguments["id"])
        _may_write(holder, requestor, private=cls.private)
        if metadata.remove(holder, arguments["keys"], private=cls.private):
            _tell(holder, requestor)
        return {"item": holder}


class UpdateMetadata(_WriteMetadata):
    """Updates metadata of an object."""

    class Meta:
        error = MetadataError
        old_errors = "metadata_errors"

    class Arguments:
        id = graphene.ID(required=True)
        input = non_null_list(MetadataInput, required=True)

    item = graphene.Field(ObjectWithMetadata)


class UpdatePrivateMetadata(_WriteMetadata):
    """Updates private metadata of an object."""

    class Meta:
        error = MetadataError
        old_errors = "metadata_errors"

    class Arguments:
        id = graphene.ID(required=True)
        input = non_null_list(MetadataInput, required=True)

    item = graphene.Field(ObjectWithMetadata)
    private = True


class DeleteMetadata(_RemoveMetadata):
    """Delete metadata of an object."""

    class Meta:
        error = MetadataError
        old_errors = "metadata_errors"

    class Arguments:
        id = graphene.ID(required=True)
        keys = non_null_list(graphene.String, required=True)

    item = graphene.Field(ObjectWithMetadata)


class DeletePrivateMetadata(_RemoveMetadata):
    """Delete private metadata of an object."""

    class Meta:
        error = MetadataError
        old_errors = "metadata_errors"

    class Arguments:
        id = graphene.ID(required=True)
        keys = non_null_list(graphene.String, required=True)

    item = graphene.Field(ObjectWithMetadata)
    private = True


class MetadataMutations(graphene.ObjectType):
    """Mutations about metadata."""

    update_metadata = UpdateMetadata.Field()
    update_private_metadata = UpdatePrivateMetadata.Field()
    delete_metadata = DeleteMetadata.Field()
    delete_private_metadata = DeletePrivateMetadata.Field()
