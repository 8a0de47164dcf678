"""What resolvers know of the request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from graphql import GraphQLError

from saleor_b2b_docs.saleor.callers import client_address, request_viewer
from saleor_b2b_docs.saleor.errors import InvalidToken, SaleorUnavailable
from saleor_b2b_docs.saleor.viewers import Viewer


@dataclass
class Context:
    """One request: its time, and who makes it."""

    request: HttpRequest
    now: dt.datetime

    @cached_property
    def viewer(self) -> Viewer:
        """Who asks. Raises a GraphQLError UNAUTHENTICATED for a token that is no good."""
        try:
            return request_viewer(self.request, now=self.now)
        except InvalidToken as error:
            raise refusal(error.code, str(error)) from error
        except SaleorUnavailable as error:
            raise refusal("UNAVAILABLE", "the token cannot be checked now") from error

    @cached_property
    def client_address(self) -> str:
        """The caller's network address, for limits."""
        return client_address(self.request)


def refusal(code: str, message: str, **extensions: object) -> GraphQLError:
    """An error for the caller, with its code where Saleor's clients look for one."""
    return GraphQLError(message, extensions={"code": code, **extensions})
