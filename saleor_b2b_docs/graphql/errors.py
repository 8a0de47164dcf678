"""Refusals as callers are told of them: errors of the answer, and errors of a mutation's payload.

What somebody may not read is null or an empty list, as if it were not there. What only staff may
ask for is refused with PERMISSION_DENIED, as at Saleor. What a mutation refuses for the sake of its
arguments stands in its payload, with the code of the domain's own error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import strawberry
from graphql import GraphQLError

from saleor_b2b_docs.documents.pages import InvalidCursor, InvalidPageSize
from saleor_b2b_docs.money import MoneyError
from saleor_b2b_docs.parties.errors import PartiesError, PermissionDenied
from saleor_b2b_docs.parties.terms import TermsError
from saleor_b2b_docs.settlements.movements.rows import InvalidPeriod

Outcome = TypeVar("Outcome")

PERMISSION_DENIED = "PERMISSION_DENIED"
NOT_FOUND = "NOT_FOUND"


@strawberry.type(name="B2BError", description="Why a mutation did nothing.")
class ErrorType:
    field: str | None = strawberry.field(description="The argument that is wrong, if it is one.")
    message: str | None
    code: str


def refusal(code: str, message: str, **extensions: object) -> GraphQLError:
    """An error for the caller, with its code where Saleor's clients look for one."""
    return GraphQLError(message, extensions={"code": code, **extensions})


def require(is_allowed: bool, *, permission: str) -> None:
    """Raises a GraphQLError PERMISSION_DENIED unless the caller is allowed to ask."""
    if not is_allowed:
        raise refusal(PERMISSION_DENIED, f"This needs the permission {permission}.")


def not_found(field: str, what: str) -> ErrorType:
    """The payload's error for an id of nothing that the caller may see."""
    return ErrorType(field=field, message=f"There is no such {what}.", code=NOT_FOUND)


@contextmanager
def told_to_reader() -> Iterator[None]:
    """Turns what the domain refuses of a read's arguments into an error of the answer."""
    try:
        yield
    except InvalidPageSize as error:
        raise refusal("INVALID_PAGE", str(error)) from error
    except (InvalidCursor, InvalidPeriod) as error:
        raise refusal(error.code, str(error)) from error


def attempt(change: Callable[[], Outcome]) -> tuple[Outcome | None, list[ErrorType]]:
    """What a change came to, or None and why nothing was changed.

    Raises a GraphQLError PERMISSION_DENIED, as Saleor does, for who may not ask for it at all.
    """
    try:
        return change(), []
    except PermissionDenied as error:
        raise refusal(error.code, str(error)) from error
    except PartiesError as error:
        return None, [ErrorType(field=error.field or None, message=str(error), code=error.code)]
    except AmountRefused as error:
        return None, [ErrorType(field=error.field, message=str(error), code=MoneyError.code)]
    except TermsError as error:
        return None, [ErrorType(field="terms", message=str(error), code=error.code)]


class AmountRefused(Exception):
    """An amount in an argument that cannot be one."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field
