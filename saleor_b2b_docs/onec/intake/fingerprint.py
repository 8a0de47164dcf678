"""What a fact says as one short text: equal means that it says the same again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from decimal import Decimal
from enum import Enum

from saleor_b2b_docs.onec.facts import Fact
from saleor_b2b_docs.onec.intake.refusals import Refused

_NOT_SAID = frozenset({"key", "version", "stamp"})


def fingerprint(fact: Fact) -> str:
    """SHA-256 of everything that a fact says but its key, its stamp and the base's own version.

    A figure is the same with however many zeros it came; a file counts by its hash. Raises Refused
    INVALID_TEXT for a text that no database keeps.
    """
    names = _names(type(fact))
    said = [
        type(fact).__name__,
        *(getattr(fact, name) for name in names if name not in _NOT_SAID),
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_plain)
    if "\\u0000" in text and "\0" in "".join(_texts(json.loads(text))):
        raise Refused("INVALID_TEXT", "a text with a NUL character")
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise Refused("INVALID_TEXT", "a text with half a character") from error


def _names(of: type[object]) -> tuple[str, ...]:
    """The fields of a dataclass, looked up once."""
    names = _NAMES.get(of)
    if names is None:
        fields = dataclasses.fields(of)  # type: ignore[arg-type]  # it is one: see the callers
        names = _NAMES[of] = tuple(field.name for field in fields)
    return names


_NAMES: dict[type[object], tuple[str, ...]] = {}


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, Decimal):
        return _figure(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return [getattr(value, name) for name in _names(type(value))]
    raise TypeError(f"a fact doesn't say {type(value)}")


def _figure(value: Decimal) -> str:
    # Facts come in long columns of the same zeros and round sums: a text ends in no zero after
    # its point, and a plain one is returned as it is.
    text = str(value)
    if "E" in text or "e" in text:
        return (
            f"{value.normalize():f}" if value.is_finite() and abs(value.adjusted()) < 40 else text
        )
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
