"""Ids of ours as others write them: a plain UUID, or a global id in Saleor's manner."""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass

CONTRACT_TYPE = "B2BContract"
COUNTERPARTY_TYPE = "B2BCounterparty"


@dataclass(frozen=True, slots=True)
class Reference:
    """An id, and the type that it names; the type is empty for a plain UUID."""

    type_name: str
    id: uuid.UUID

    def may_be(self, type_name: str) -> bool:
        """Whether it may name something of this type."""
        return self.type_name in ("", type_name)


def read_reference(text: str) -> Reference | None:
    """The id that a text is, or None for a text that is none."""
    text = text.strip()
    try:
        return Reference("", uuid.UUID(text))
    except ValueError:
        pass
    try:
        decoded = base64.b64decode(text.encode(), validate=True).decode()
        type_name, _, key = decoded.partition(":")
        return Reference(type_name, uuid.UUID(key)) if type_name else None
    except (binascii.Error, ValueError):  # UnicodeError is a ValueError
        return None


def user_key(global_id: str) -> str | None:
    """The key of a Saleor user's global id, or None for anything else."""
    try:
        decoded = base64.b64decode(global_id.encode(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    type_name, _, key = decoded.partition(":")
    return key if type_name == "User" and key.isdecimal() else None
