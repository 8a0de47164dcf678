"""What a gateway asks: the schema, and users and orders by their ids.

As Saleor does, in the manner of Federation 1. What a caller may not see is not there.
"""

from __future__ import annotations

import re
from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo, print_schema

from saleor_sandbox import global_ids
from saleor_sandbox.models import Order as OrderModel
from saleor_sandbox.models import User as UserModel
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.schema.accounts import User
from saleor_sandbox.schema.base import requestor_of
from saleor_sandbox.schema.orders import Order
from saleor_sandbox.services import orders

_MAX_REPRESENTATIONS = 100
_KEYS = {"User": ("id", "email"), "Order": ("id",)}
_OWN_FIELD = re.compile(
    r'(\n  """(?:(?!""").)*""")?\n  (_entities\([^)]*\)|_service): [^\n]*', re.DOTALL
)


class _AnyRepresentation(graphene.Scalar):
    """_Any value scalar as defined by Federation spec."""

    class Meta:
        name = "_Any"

    @staticmethod
    def parse_value(value: Any) -> Any:
        """As it came."""
        return value


class _Entity(graphene.Union):
    """_Entity union as defined by Federation spec."""

    class Meta:
        types = (User, Order)

    @classmethod
    def resolve_type(cls, instance: Any, _info: GraphQLResolveInfo) -> Any:
        """By the model."""
        return User if isinstance(instance, UserModel) else Order


class _Service(graphene.ObjectType):
    """_Service manifest as defined by Federation spec."""

    sdl = graphene.String()

    @staticmethod
    def resolve_sdl(_root: object, info: GraphQLResolveInfo) -> str:
        """The schema without the two fields below, and with the keys of its entities."""
        sdl = _OWN_FIELD.sub("", print_schema(info.schema))
        for name, keys in _KEYS.items():
            directives = "".join(f' @key(fields: "{key}")' for key in keys)
            sdl = re.sub(rf"(?m)^(type {name}\b[^{{]*?) \{{$", rf"\1{directives} {{", sdl)
        return sdl


class FederationQueries(graphene.ObjectType):
    """Queries of gateways."""

    entities = graphene.List(
        _Entity,
        name="_entities",
        representations=graphene.List(graphene.NonNull(_AnyRepresentation), required=True),
    )
    service = graphene.Field(_Service, name="_service")

    @staticmethod
    def resolve_entities(
        _root: object, info: GraphQLResolveInfo, representations: list[dict[str, Any]]
    ) -> list[UserModel | OrderModel | None]:
        """One for each representation."""
        if len(representations) > _MAX_REPRESENTATIONS:
            raise GraphQLError(f"At most {_MAX_REPRESENTATIONS} representations.")
        requestor = requestor_of(info)
        return [_find(representation, requestor) for representation in representations]

    @staticmethod
    def resolve_service(_root: object, _info: GraphQLResolveInfo) -> _Service:
        """The schema."""
        return _Service()


def _find(representation: dict[str, Any], requestor: Requestor) -> UserModel | OrderModel | None:
    name = representation.get("__typename")
    if name == "Order":
        order = orders.by_key(_key(representation, name))
        visible = order and (requestor.owns(order.user) or requestor.holds(("MANAGE_ORDERS",)))
        return order if visible else None
    if name != "User":
        raise GraphQLError(f"{name} is no entity here.")
    found = (
        UserModel.objects.filter(email=representation["email"])
        if "email" in representation
        else UserModel.objects.filter(pk=_key(representation, name))
    )
    user = found.first()
    staff = ("MANAGE_STAFF",) if user and user.is_staff else ("MANAGE_USERS",)
    return user if user and (requestor.owns(user) or requestor.holds(staff)) else None


def _key(representation: dict[str, Any], type_name: str) -> str:
    try:
        return global_ids.decode_as(str(representation.get("id")), type_name)
    except global_ids.InvalidGlobalId as error:
        raise GraphQLError(str(error)) from error
