"""A user as a membership knows him, and how he got there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """How somebody became a member."""

    EXTERNAL_REFERENCE = "external_reference"
    PRIVATE_METADATA = "private_metadata"
    EMAIL = "email"
    STAFF = "staff"
    INVITATION = "invitation"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Person:
    """A Saleor user as far as a membership needs it."""

    user_id: str
    """The global id."""
    email: str = ""
    name: str = ""


def plain(text: str) -> str:
    """A text as it may be compared and kept: databases know nothing of NULs and half characters."""
    return "".join(
        character for character in text.strip() if unicodedata.category(character)[0] != "C"
    )
