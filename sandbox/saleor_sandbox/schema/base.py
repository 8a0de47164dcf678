"""What all types of the schema are built from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.context import Context
from saleor_sandbox.models.base import Node as NodeModel
from saleor_sandbox.models.base import WithMetadata
from saleor_sandbox.refusals import PermissionDenied, Refusal, RefusalEntry, Refusals
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.schema.enums import AddressTypeEnum, OrderDirection
from saleor_sandbox.schema.scalars import Metadata
from saleor_sandbox.writes import writing

# The GraphQL type of an object of ours, by the name it gives itself; each type registers.
TYPES: dict[str, Any] = {}

# Who may read an object's private metadata; what is not named here, only staff with
# MANAGE_SETTINGS.
_PRIVATE_METADATA = {
    "Order": ("MANAGE_ORDERS", "HANDLE_TAXES"),
    "OrderLine": ("MANAGE_ORDERS",),
    "Invoice": ("MANAGE_ORDERS",),
    "Fulfillment": ("MANAGE_ORDERS",),
    "Warehouse": ("MANAGE_PRODUCTS",),
    "Checkout": ("MANAGE_CHECKOUTS",),
    "CheckoutLine": ("MANAGE_CHECKOUTS",),
    "User": ("MANAGE_USERS",),
    "Address": ("MANAGE_USERS",),
    "App": ("MANAGE_APPS",),
    "Channel": ("MANAGE_CHANNELS",),
    "Product": ("MANAGE_PRODUCTS",),
    "ProductVariant": ("MANAGE_PRODUCTS",),
    "Category": ("MANAGE_PRODUCTS",),
    "ShippingMethod": ("MANAGE_SHIPPING",),
    "TransactionItem": ("HANDLE_PAYMENTS",),
}


def non_null_list(of: Any, **options: Any) -> Any:
    """`[Of!]`."""
    return graphene.List(graphene.NonNull(of), **options)


def context_of(info: GraphQLResolveInfo) -> Context:
    """The context, typed."""
    context: Context = info.context
    return context


def requestor_of(info: GraphQLResolveInfo) -> Requestor:
    """The caller."""
    return context_of(info).requestor


class Node(graphene.Interface):
    """An object with an ID"""

    id = graphene.ID(required=True)

    @staticmethod
    def resolve_id(root: NodeModel, _info: GraphQLResolveInfo) -> str:
        """The global id."""
        return global_ids.of(root)

    @classmethod
    def resolve_type(cls, instance: Any, _info: GraphQLResolveInfo) -> Any:
        """By the name that the object gives itself."""
        return TYPES[instance.graphql_type]


class MetadataItem(graphene.ObjectType):
    """A key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


def _items(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in sorted(values.items())]


def _private(root: WithMetadata, info: GraphQLResolveInfo) -> dict[str, str]:
    name: str = getattr(root, "graphql_type", "")
    requestor = requestor_of(info)
    # An app reads its own, whatever it is permitted.
    own = requestor.app is not None and name == "App" and requestor.app.pk == root.pk
    if not own and not requestor.holds(_PRIVATE_METADATA.get(name, ("MANAGE_SETTINGS",))):
        raise PermissionDenied()
    values: dict[str, str] = root.private_metadata
    return values


def _some(values: Mapping[str, str], keys: Iterable[str] | None) -> dict[str, str]:
    return {key: value for key, value in values.items() if keys is None or key in keys}


class ObjectWithMetadata(graphene.Interface):
    """An object with public and private key-value pairs."""

    private_metadata = non_null_list(MetadataItem, required=True)
    private_metafield = graphene.String(key=graphene.String(required=True))
    private_metafields = graphene.Field(Metadata, keys=non_null_list(graphene.String))
    metadata = non_null_list(MetadataItem, required=True)
    metafield = graphene.String(key=graphene.String(required=True))
    metafields = graphene.Field(Metadata, keys=non_null_list(graphene.String))

    @staticmethod
    def resolve_metadata(root: WithMetadata, _info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """All public pairs."""
        return _items(root.metadata)

    @staticmethod
    def resolve_metafield(root: WithMetadata, _info: GraphQLResolveInfo, key: str) -> str | None:
        """One public value."""
        value: str | None = root.metadata.get(key)
        return value

    @staticmethod
    def resolve_metafields(
        root: WithMetadata, _info: GraphQLResolveInfo, keys: list[str] | None = None
    ) -> dict[str, str]:
        """Some public values."""
        return _some(root.metadata, keys)

    @staticmethod
    def resolve_private_metadata(
        root: WithMetadata, info: GraphQLResolveInfo
    ) -> list[dict[str, str]]:
        """All private pairs."""
        return _items(_private(root, info))

    @staticmethod
    def resolve_private_metafield(
        root: WithMetadata, info: GraphQLResolveInfo, key: str
    ) -> str | None:
        """One private value."""
        return _private(root, info).get(key)

    @staticmethod
    def resolve_private_metafields(
        root: WithMetadata, info: GraphQLResolveInfo, keys: list[str] | None = None
    ) -> dict[str, str]:
        """Some private values."""
        return _some(_private(root, info), keys)

    @classmethod
    def resolve_type(cls, instance: Any, _info: GraphQLResolveInfo) -> Any:
        """By the name that the object gives itself."""
        return TYPES[instance.graphql_type]


class MetadataInput(graphene.InputObjectType):
    """A key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class DateTimeRangeInput(graphene.InputObjectType):
    """From, until, both included."""

    gte = graphene.DateTime()
    lte = graphene.DateTime()


class PageInfo(graphene.ObjectType):
    """Where a page of a list stands."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


class SortInput(graphene.InputObjectType):
    """Direction of a sort; what is sorted by stands in the subclass."""

    direction = graphene.Field(OrderDirection, required=True)


def plain(value: Any) -> Any:
    """Input as dicts, lists and texts: graphene hands over enum members and its own containers."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def error_type(name: str, code: Any, **fields: Any) -> Any:
    """The error type `name` of mutations: field, message, code and `fields`."""

    def resolve_field(root: RefusalEntry, _info: GraphQLResolveInfo) -> str | None:
        return root.field

    def resolve_message(root: RefusalEntry, _info: GraphQLResolveInfo) -> str:
        return root.message

    def resolve_code(root: RefusalEntry, _info: GraphQLResolveInfo) -> str:
        return root.code

    def resolve_extra(root: RefusalEntry, info: GraphQLResolveInfo) -> object:
        return root.extra.get(_snake_case(info.field_name))

    body: dict[str, Any] = {
        "field": graphene.String(),
        "message": graphene.String(),
        "code": graphene.Field(code, required=True),
        "resolve_field": staticmethod(resolve_field),
        "resolve_message": staticmethod(resolve_message),
        "resolve_code": staticmethod(resolve_code),
        "__doc__": "What was refused, where and why.",
    }
    for field, kind in fields.items():
        body[field] = kind
        body[f"resolve_{field}"] = staticmethod(resolve_extra)
    return type(name, (graphene.ObjectType,), body)


def _snake_case(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def address_type_field() -> Any:
    """Which of two addresses an error is about."""
    return graphene.Field(AddressTypeEnum)


class SaleorMutation(graphene.Mutation):
    """A mutation as Saleor's are: permissions first, refusals in `errors`, one transaction.

    A subclass implements `perform` and returns the payload's fields.
    """

    class Meta:
        abstract = True

    permissions: tuple[str, ...] = ()

    @classmethod
    def __init_subclass_with_meta__(
        cls,
        error: Any = None,
        old_errors: str | None = None,
        permissions: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        cls.permissions = permissions
        if error is not None:
            cls.errors = non_null_list(error, required=True)
            if old_errors:
                setattr(cls, old_errors, non_null_list(error, required=True))
                cls._old_errors = old_errors
        super().__init_subclass_with_meta__(**options)

    _old_errors: str | None = None

    @classmethod
    def mutate(cls, _root: object, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        """Check, perform, and put refusals into the payload."""
        requestor = requestor_of(info)
        if cls.permissions:
            requestor.require(*cls.permissions)
        try:
            with writing():
                payload = cls.perform(info, **plain(arguments))
        except Refusal as refusal:
            return cls.refused([refusal])
        except Refusals as refusals:
            return cls.refused(refusals.refusals)
        return cls(**payload, **cls._errors([]))

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Do it and return the payload. Raises Refusal or Refusals."""
        raise NotImplementedError

    @classmethod
    def refused(cls, refusals: Iterable[Refusal]) -> Any:
        """The payload of what was refused."""
        return cls(**cls._errors([refusal.entry for refusal in refusals]))

    @classmethod
    def _errors(cls, refusals: list[RefusalEntry]) -> dict[str, Any]:
        names = ["errors", *([cls._old_errors] if cls._old_errors else [])]
        return dict.fromkeys(names, refusals)
