"""Errors of an operation as Saleor writes them: the exception's name stands in `extensions`."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError
from jwt import PyJWTError

from saleor_sandbox.refusals import PermissionDenied

_SHOWN = (GraphQLError, PermissionDenied, PyJWTError)
_HIDDEN_MESSAGE = "Internal Server Error"


def as_json(error: GraphQLError) -> dict[str, Any]:
    """`error` for the answer; of one that is a bug of ours, only the name is shown."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if not isinstance(cause, _SHOWN):
        formatted["message"] = _HIDDEN_MESSAGE
    name = "GraphQLSyntaxError" if isinstance(error, GraphQLSyntaxError) else type(cause).__name__
    formatted["extensions"] = {"exception": {"code": name}}
    return formatted
