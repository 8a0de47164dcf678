"""Facts as lines of JSON, for people and scripts to look at."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from saleor_b2b_docs.onec.facts import Container, Fact, Said, Unreadable, kind_of
from saleor_b2b_docs.parties.terms import Terms


def to_lines(said: Said) -> Iterator[str]:
    """One line a fact: `kind` and its fields. Amounts are decimal texts, days ISO 8601; of a PDF
    only the size is told. What could not be read is a line with `refused`, its code and reason."""
    if isinstance(said, Container):
        for fact in said.facts:
            yield _line({"kind": kind_of(fact), "container": said.key, **_fields(fact)})
    elif isinstance(said, Unreadable):
        refused = {"code": said.code, "reason": said.reason}
        yield _line({"kind": said.kind, "key": said.key, "refused": refused})
    else:
        yield _line({"kind": kind_of(said), **_fields(said)})


def _fields(fact: Fact) -> dict[str, Any]:
    fields: dict[str, Any] = _plain(fact)
    # `kind` is the fact's own word already, as the summary counts it.
    fields.pop("kind", None)
    return fields


def _plain(value: Any) -> Any:
    if isinstance(value, Terms):
        return value.to_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"bytes": len(value)}
    return value


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)
