"""Global ids in Saleor's manner: base64 of `Type:key`. The type is always checked."""

from __future__ import annotations

import base64
import binascii
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
