"""Pages by key: a page begins after the row that its cursor names, whatever stands before it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MAX_PAGE_SIZE = 100

Row = TypeVar("Row")


class InvalidCursor(ValueError):
    """A cursor that no page of this list gave out."""

    code = "INVALID_CURSOR"


class InvalidPageSize(ValueError):
    """A page of no rows, or of more than are given at once."""

    code = "INVALID_PAGE_SIZE"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, each with its cursor."""

    rows: Sequence[Row]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


def check_page_size(first: int) -> None:
    """Raises InvalidPageSize for anything but 1 to 100 rows."""
    if not 1 <= first <= MAX_PAGE_SIZE:
        raise InvalidPageSize(f"a page has 1 to {MAX_PAGE_SIZE} rows")


def encode_cursor(*key: str | int) -> str:
    """The cursor of the row with this key. No secret: it is only meant not to be composed."""
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode_cursor(cursor: str, *types: type) -> tuple[str | int, ...]:
    """The key that the cursor holds, of these types. Raises InvalidCursor."""
    try:
        key = json.loads(base64.b64decode(cursor.encode(), altchars=b"-_", validate=True))
        json.dumps(key, ensure_ascii=False).encode()  # refuses halves of characters
    except (binascii.Error, ValueError, RecursionError) as error:
        raise InvalidCursor("not a cursor") from error
    if not isinstance(key, list) or [type(value) for value in key] != list(types):
        raise InvalidCursor("not a cursor of this list")
    if not all(_is_comparable(value) for value in key):
        raise InvalidCursor("not a cursor of this list")
    return tuple(key)


def _is_comparable(value: str | int) -> bool:
    """Whether every database can compare it with what it keeps."""
    return "\0" not in value if isinstance(value, str) else abs(value) < 2**63
