"""Lists in pages, with cursors made as Saleor makes them: the values that are sorted by."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import graphene
from django.db import models
from django.db.models import Q
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox.schema.base import PageInfo, non_null_list

_LIMIT = 100


def connection(node: Any, name: str) -> tuple[Any, dict[str, Any]]:
    """The type `<name>CountableConnection` of `node`, and its paging arguments."""
    edge = type(
        f"{name}CountableEdge",
        (graphene.ObjectType,),
        {
            "node": graphene.Field(node, required=True),
            "cursor": graphene.String(required=True),
            "__doc__": "An entry of a list.",
        },
    )
    connection_type = type(
        f"{name}CountableConnection",
        (graphene.ObjectType,),
        {
            "page_info": graphene.Field(PageInfo, required=True),
            "edges": non_null_list(edge, required=True),
            "total_count": graphene.Int(),
            "__doc__": "A page of a list.",
        },
    )
    arguments = {
        "before": graphene.String(),
        "after": graphene.String(),
        "first": graphene.Int(),
        "last": graphene.Int(),
    }
    return connection_type, arguments


def paginate(
    queryset: models.QuerySet[Any],
    info: GraphQLResolveInfo,
    paging: Mapping[str, Any],
    *,
    sort_fields: Sequence[str],
    descending: bool = False,
) -> dict[str, Any]:
    """The page that `paging` (first, last, after, before) asks for. Raises GraphQLError."""
    first, last = paging.get("first"), paging.get("last")
    _check(info, first=first, last=last, paging=paging)
    count = first or last or 0
    cursor = _decode(paging.get("after") or paging.get("before"), len(sort_fields))
    backwards = descending != bool(last)
    ordered = queryset.order_by(*(f"-{name}" if backwards else name for name in sort_fields))
    if cursor:
        ordered = ordered.filter(_beyond(sort_fields, cursor, backwards=backwards))
    found = list(ordered[: count + 1])
    more = len(found) > count
    page = found[:count]
    if last:
        page.reverse()
    edges = [{"node": node, "cursor": _encode(node, sort_fields)} for node in page]
    return {
        "edges": edges,
        "total_count": queryset.count(),
        "page_info": {
            "has_next_page": more if first else bool(cursor),
            "has_previous_page": bool(cursor) if first else more,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _check(
    info: GraphQLResolveInfo, *, first: int | None, last: int | None, paging: Mapping[str, Any]
) -> None:
    name = info.field_name
    if not first and not last:
        raise GraphQLError(
            "You must provide a `first` or `last` value to properly paginate "
            f"the `{name}` connection."
        )
    for label, value in (("first", first), ("last", last)):
        if value is not None and value > _LIMIT:
            raise GraphQLError(
                f"Requesting {value} records on the `{name}` connection exceeds "
                f"the `{label}` limit of {_LIMIT} records."
            )
        if value is not None and value < 0:
            raise GraphQLError(f"Argument `{label}` must be a non-negative integer.")
    if first and last:
        raise GraphQLError("Argument `last` cannot be combined with `first`.")
    if first and paging.get("before"):
        raise GraphQLError("Argument `first` cannot be combined with `before`.")
    if last and paging.get("after"):
        raise GraphQLError("Argument `last` cannot be combined with `after`.")


def _encode(node: models.Model, sort_fields: Sequence[str]) -> str:
    values = [_text(getattr(node, name)) for name in sort_fields]
    return base64.b64encode(json.dumps(values).encode()).decode()


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


def _decode(cursor: str | None, length: int) -> list[str]:
    if not cursor:
        return []
    try:
        values = json.loads(base64.b64decode(cursor))
    except (binascii.Error, ValueError) as error:
        raise GraphQLError("Received cursor is invalid.") from error
    if not isinstance(values, list) or len(values) != length:
        raise GraphQLError("Received cursor is invalid.")
    return [str(value) for value in values]


def _beyond(names: Sequence[str], values: Sequence[str], *, backwards: bool) -> Q:
    """All that is sorted behind `values`: greater in one column, equal in those before it."""
    comparison = "lt" if backwards else "gt"
    condition = Q()
    for index, name in enumerate(names):
        equal = dict(zip(names[:index], values[:index], strict=True))
        condition |= Q(**equal, **{f"{name}__{comparison}": values[index]})
    return condition
