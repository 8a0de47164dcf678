"""The kinds of values that events are made of: what JSON may hold in their places, and how much."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from saleor_b2b_docs.documents.received.context import MAX_PDF_BYTES

_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", re.ASCII)
_MAX_DIGITS, _MAX_DECIMALS = 15, 10
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ANY = r"^[^\u0000]*$"
"""Databases keep no NUL; halves of characters are refused by pydantic itself."""
_SOME = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"


def _exact(value: Any) -> Decimal:
    """A text such as "1200.50", or a number of JSON, which is read as a decimal and never as a
    binary fraction: see reading.py."""
    if isinstance(value, str):
        if not _AMOUNT.fullmatch(value):
            raise ValueError('an amount is a text such as "1200.50", or a number')
        return Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError('an amount is a text such as "1200.50", or a number')
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if (
        not isinstance(exponent, int)
        or exponent < -_MAX_DECIMALS
        or (number and number.adjusted() >= _MAX_DIGITS)
        or exponent > _MAX_DIGITS
    ):
        raise ValueError(
            f"a number has at most {_MAX_DIGITS} digits before the point and {_MAX_DECIMALS} after"
        )
    return Decimal(f"{number:f}")


def _day(value: Any) -> dt.date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"there is no day {value}") from error
    raise ValueError('a day is a text such as "2026-03-20"')


def _file(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValueError("a PDF is a text in base64")
    if len(value) > (MAX_PDF_BYTES + 2) // 3 * 4:
        raise ValueError(f"a PDF has at most {MAX_PDF_BYTES} bytes")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the text is no base64") from error


Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    WithJsonSchema(
        {
            "description": "Exact, in major units. A text is safest: some programs write numbers "
            "as binary fractions.",
            "anyOf": [
                {"type": "string", "pattern": f"^{_AMOUNT.pattern}$"},
                {"type": "number", "exclusiveMinimum": -1e15, "exclusiveMaximum": 1e15},
            ],
        }
    ),
]
Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "description": "The supplier's day."}),
]
Pdf = Annotated[
    bytes,
    BeforeValidator(_file),
    WithJsonSchema({"type": "string", "contentEncoding": "base64", "description": "Of 20 MB."}),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=150, pattern=_SOME)]
OptionalKey = Annotated[str, StringConstraints(max_length=150, pattern=_ANY)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
OptionalCurrency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Number = Annotated[str, StringConstraints(max_length=80, pattern=_ANY)]
GivenNumber = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_SOME)]
Name = Annotated[str, StringConstraints(max_length=250, pattern=_ANY)]
GivenName = Annotated[str, StringConstraints(min_length=1, max_length=250, pattern=_SOME)]
Short = Annotated[str, StringConstraints(max_length=100, pattern=_ANY)]
Long = Annotated[str, StringConstraints(max_length=1000, pattern=_ANY)]
