"""How the Journal is sorted, and where in it a page begins."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Collate, Length

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.pages import InvalidCursor, decode_cursor, encode_cursor


class SortField(Enum):
    DATE = "date"
    NUMBER = "number"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class JournalSort:
    """By what the Journal is sorted; the newest first unless said otherwise."""

    field: SortField = SortField.DATE
    is_descending: bool = True


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class _Part:
    """One column of the order, and how its value is written into a cursor."""

    name: str
    is_descending: bool
    kind: type
    read: Callable[[Any], Any] = _as_it_is
    write: Callable[[Any], str | int] = _as_it_is


class SortKey:
    """A total order of documents: no two are equal in it, so a page can begin after any.

    By date it is the order of the index `document_of_counterparty`, forwards or backwards. By
    number, shorter keys come first, so that 9 is before 12. By total, currencies are kept apart,
    since their amounts can't be compared, and papers without a sum come last.
    """

    def __init__(self, sort: JournalSort) -> None:
        self._sort = sort
        self._parts = _parts(sort)

    def sorted(self, documents: QuerySet[Document]) -> QuerySet[Document]:
        """The documents in this order, with the columns that it is made of."""
        return _with_columns(documents, self._sort.field).order_by(
            *(f"-{part.name}" if part.is_descending else part.name for part in self._parts)
        )

    def after(self, cursor: str) -> Q:
        """The condition for what comes after a cursor. Raises InvalidCursor."""
        name, *written = decode_cursor(cursor, str, *(part.kind for part in self._parts))
        if name != self._name:
            raise InvalidCursor("a cursor of another sorting")
        try:
            values = [part.read(value) for part, value in zip(self._parts, written, strict=True)]
        except ValueError as error:
            raise InvalidCursor("not a cursor of this list") from error
        later = Q()
        for part, value in reversed(list(zip(self._parts, values, strict=True))):
            beyond = Q(**{f"{part.name}__{'lt' if part.is_descending else 'gt'}": value})
            later = beyond | (Q(**{part.name: value}) & later) if later else beyond
        # Says nothing new, but is what an index can be entered with.
        first, value = self._parts[0], values[0]
        return Q(**{f"{first.name}__{'lte' if first.is_descending else 'gte'}": value}) & later

    def cursor(self, document: Document) -> str:
        """The cursor of a document that `sorted` brought."""
        return encode_cursor(
            self._name, *(part.write(getattr(document, part.name)) for part in self._parts)
        )

    def rank(self, document: Document) -> tuple[Any, ...]:
        """Compares documents of several queries as the database compares those of one."""
        return tuple(
            _Reversed(value) if part.is_descending else value
            for part in self._parts
            for value in (getattr(document, part.name),)
        )

    @property
    def _name(self) -> str:
        return f"{self._sort.field.value}{'-' if self._sort.is_descending else '+'}"


@dataclass(frozen=True, slots=True)
class _Reversed:
    value: Any

    def __lt__(self, other: _Reversed) -> bool:
        return bool(other.value < self.value)


def _parts(sort: JournalSort) -> Sequence[_Part]:
    down = sort.is_descending
    last = _Part("id", is_descending=not down, kind=str, read=uuid.UUID, write=str)
    if sort.field is SortField.NUMBER:
        return (_Part("number_length", down, int), _Part("number_key", down, str), last)
    if sort.field is SortField.TOTAL:
        return (
            _Part("is_sum_unknown", False, int),
            _Part("sum_currency", False, str),
            _Part("sum_or_zero", down, int),
            last,
        )
    return (
        _Part("issued_on", down, str, dt.date.fromisoformat, dt.date.isoformat),
        _Part("issued_at", down, str, _moment, dt.datetime.isoformat),
        last,
    )


def _with_columns(documents: QuerySet[Document], field: SortField) -> QuerySet[Document]:
    if field is SortField.NUMBER:
        return documents.annotate(
            number_length=Length("search_key"), number_key=_by_code_points("search_key")
        )
    if field is SortField.TOTAL:
        return documents.annotate(
            is_sum_unknown=Case(
                When(gross=None, then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
            sum_currency=_by_code_points("currency"),
            sum_or_zero=Coalesce(F("gross"), Value(0)),
        )
    return documents


def _by_code_points(column: str) -> Collate:
    """The column compared as Python compares texts: pages of several queries are merged."""
    return Collate(F(column), "C" if connection.vendor == "postgresql" else "BINARY")


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment
