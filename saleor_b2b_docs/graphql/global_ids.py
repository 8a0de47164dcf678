"""Global ids in Saleor's manner: base64 of `Type:key`. The type is always checked."""

from __future__ import annotations

import base64
import binascii
import re
import uuid


def to_global_id(type_name: str, key: object) -> str:
    """The global id of this type and key."""
    return base64.b64encode(f"{type_name}:{key}".encode()).decode()


def from_global_id(global_id: str, type_name: str) -> str | None:
    """The key, or None for anything that is not an id of exactly this type."""
    try:
        decoded = base64.b64decode(global_id.encode(), validate=True).decode()
    except (binascii.Error, UnicodeError):
        return None
    name, _, key = decoded.partition(":")
    return key if name == type_name and key else None


def uuid_from_global_id(global_id: str, type_name: str) -> uuid.UUID | None:
    """The UUID that an id of this type holds, or None."""
    key = from_global_id(global_id, type_name)
    try:
        return uuid.UUID(key) if key else None
    except ValueError:
        return None


def int_from_global_id(global_id: str, type_name: str) -> int | None:
    """The whole number that an id of this type holds, or None for what no row can have."""
    key = from_global_id(global_id, type_name)
    if not key or not key.isascii() or not key.isdecimal() or len(key) > _MAX_DIGITS:
        return None
    return int(key)


def is_order_id(global_id: str) -> bool:
    """Whether this may be a Saleor order's id."""
    key = from_global_id(global_id, "Order")
    return key is not None and _ORDER_KEY.fullmatch(key) is not None


_MAX_DIGITS = 18
"""Of a key: what every database can compare with a row's."""
_ORDER_KEY = re.compile(r"[\w-]{1,64}")
