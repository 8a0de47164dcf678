"""Scalars of Saleor's schema."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

import graphene
from graphene.types.generic import GenericScalar as _GenericScalar
from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode


class PositiveDecimal(graphene.Scalar):
    """Nonnegative Decimal scalar implementation. Should be used in places where value must be
    nonnegative (0 or greater)."""

    @staticmethod
    def serialize(value: Any) -> float:
        """A decimal as a JSON number."""
        return float(value)

    @staticmethod
    def parse_value(value: Any) -> Decimal:
        """A number or its text. Raises GraphQLError."""
        try:
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise GraphQLError(f"Unsupported value: {value}") from error
        if not number.is_finite() or number < 0:
            raise GraphQLError(f"Value cannot be lower than 0. Unsupported value: {value}")
        return number

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: object = None) -> Decimal:
        """A literal in the query. Raises GraphQLError."""
        if isinstance(node, (FloatValueNode, IntValueNode, StringValueNode)):
            return cls.parse_value(node.value)
        raise GraphQLError("Unsupported value")


class PositiveInt(graphene.Int):
    """Nonnegative Integer scalar."""


class Minute(graphene.Int):
    """The `Minute` scalar type represents number of minutes by integer value."""


class Hour(graphene.Int):
    """The `Hour` scalar type represents number of hours by integer value."""


class Day(graphene.Int):
    """The `Day` scalar type represents number of days by integer value."""


class Metadata(_GenericScalar):
    """Metadata is a map of key-value pairs, both keys and values are `String`."""


class GenericScalar(_GenericScalar):
    """Any JSON value."""


class JSON(_GenericScalar):
    """Any JSON value."""


class JSONString(graphene.Scalar):
    """JSON written as a string."""

    @staticmethod
    def serialize(value: Any) -> str:
        """Any value as JSON text."""
        return json.dumps(value)

    @staticmethod
    def parse_value(value: Any) -> Any:
        """The value that a JSON text stands for. Raises GraphQLError."""
        try:
            return json.loads(value)
        except (TypeError, ValueError) as error:
            raise GraphQLError("Badly formed JSONString") from error

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: object = None) -> Any:
        """A literal in the query. Raises GraphQLError."""
        if isinstance(node, StringValueNode):
            return cls.parse_value(node.value)
        raise GraphQLError("Badly formed JSONString")
