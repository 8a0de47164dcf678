"""Global ids: base64 of `Type:key`."""

from __future__ import annotations

import base64
import binascii

from saleor_sandbox.models.base import Node


class InvalidGlobalId(ValueError):
    """Text that is no global id; its message is what Saleor answers."""


def encode(type_name: str, key: object) -> str:
    """The global id of the object of `type_name` with primary key `key`."""
    return base64.b64encode(f"{type_name}:{key}".encode()).decode()


def of(node: Node) -> str:
    """The global id of `node`."""
    return encode(node.graphql_type, node.pk)


def decode(global_id: str) -> tuple[str, str]:
    """Type name and key in `global_id`. Raises InvalidGlobalId."""
    try:
        type_name, separator, key = (
            base64.b64decode(global_id, validate=True).decode().partition(":")
        )
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InvalidGlobalId(f"Invalid ID: {global_id}.") from error
    if not separator or not type_name or not key:
        raise InvalidGlobalId(f"Invalid ID: {global_id}.")
    return type_name, key


def decode_as(global_id: str, expected: str) -> str:
    """The key in `global_id`, which must be of type `expected`. Raises InvalidGlobalId."""
    try:
        type_name, key = decode(global_id)
    except InvalidGlobalId as error:
        raise InvalidGlobalId(f"Invalid ID: {global_id}. Expected: {expected}.") from error
    if type_name != expected:
        raise InvalidGlobalId(
            f"Invalid ID: {global_id}. Expected: {expected}, received: {type_name}."
        )
    return key
