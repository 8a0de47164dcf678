"""Contexts as JSON and back, without loss, so that a paper can be frozen with its revision.

Amounts and quantities are strings, dates ISO 8601. Pictures are bytes that their owner keeps: they
are left out, and handed to `from_json` again.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from saleor_b2b_docs.documents.forms.context import InvoiceContext, Picture
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.money import Money, MoneyError

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_PICTURES = frozenset({"stamp", "signature", "logo"})
_Value = TypeVar("_Value")


def to_json(context: InvoiceContext) -> dict[str, Json]:
    """`context` as plain JSON values, its pictures left out."""
    return cast("dict[str, Json]", _plain(context))


def from_json(
    data: Mapping[str, object],
    *,
    stamp: Picture | None = None,
    signature: Picture | None = None,
    logo: Picture | None = None,
) -> InvoiceContext:
    """The context that `to_json` made `data` of, with the pictures given.

    A field that `data` lacks takes its default, so papers frozen before a field existed stay
    readable. Raises FormError CONTEXT_INVALID for anything else that does not fit.
    """
    context = _typed(data, InvoiceContext, "")
    for name, picture in (("stamp", stamp), ("signature", signature), ("logo", logo)):
        # The object is new and nobody else has seen it, so it may still be completed.
        object.__setattr__(context, name, picture)
    return context


def _plain(value: object) -> Json:
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {
            item.name: _plain(getattr(value, item.name))
            for item in fields(value)
            if item.name not in _PICTURES
        }
    if value is None or isinstance(value, bool | int | str):
        return value
    raise AssertionError(f"a context holds no {type(value).__name__}")


def _typed(data: object, kind: type[_Value], path: str) -> _Value:
    """`data` as a value of the dataclass `kind`; `path` says where, for the error."""
    values = _object(data, path)
    known = {item.name: item for item in fields(cast("Any", kind))}
    unknown = sorted(set(values) - set(known) | set(values) & _PICTURES)
    if unknown:
        raise _invalid(path, f"unknown field {unknown[0]!r}")
    arguments = {}
    for name, hint in _hints(cast("Any", kind)).items():
        place = f"{path}.{name}" if path else name
        if name in values:
            arguments[name] = _value(values[name], hint, place)
        elif known[name].default is MISSING:
            raise _invalid(place, "missing")
    return kind(**arguments)


@cache
def _hints(kind: object) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(data: object, hint: Any, path: str) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        if data is None:
            return None
        (hint,) = (option for option in get_args(hint) if option is not types.NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(data, list):
            raise _invalid(path, "not a list")
        item = get_args(hint)[0]
        return tuple(_value(entry, item, f"{path}[{i}]") for i, entry in enumerate(data))
    if hint is Money:
        return _money(data, path)
    if hint in (Decimal, dt.date):
        return _parsed(data, hint, path)
    if is_dataclass(hint):
        return _typed(data, cast("type[object]", hint), path)
    if type(data) is not hint:
        raise _invalid(path, f"not of type {hint.__name__}")
    return data


def _money(data: object, path: str) -> Money:
    values = _object(data, path)
    if set(values) != {"amount", "currency"}:
        raise _invalid(path, "not an amount with a currency")
    amount = _parsed(values["amount"], Decimal, f"{path}.amount")
    currency = values["currency"]
    if not isinstance(currency, str):
        raise _invalid(path, "the currency is not a text")
    try:
        return Money(cast("Decimal", amount), currency)
    except (MoneyError, InvalidOperation) as error:
        raise _invalid(path, str(error)) from error


def _parsed(data: object, kind: type[Decimal] | type[dt.date], path: str) -> Decimal | dt.date:
    if not isinstance(data, str):
        raise _invalid(path, "not a text")
    try:
        value = Decimal(data) if kind is Decimal else dt.date.fromisoformat(data)
    except (InvalidOperation, ValueError) as error:
        raise _invalid(path, f"{data!r} cannot be read") from error
    if isinstance(value, Decimal) and not value.is_finite():
        raise _invalid(path, f"{data!r} is not a number")
    return value


def _object(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise _invalid(path, "not an object")
    return data


def _invalid(path: str, problem: str) -> FormError:
    return FormError("CONTEXT_INVALID", f"{path or 'The context'}: {problem}")
