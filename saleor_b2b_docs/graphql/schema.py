"""The customer schema."""

from __future__ import annotations

from collections.abc import Callable

import strawberry
from django.conf import settings
from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaskErrors,
    MaxTokensLimiter,
    SchemaExtension,
)

from saleor_b2b_docs.graphql.customer.order_documents import (
    OrderDocumentsMutations,
    OrderDocumentsQueries,
)
from saleor_b2b_docs.graphql.limits import MAX_TOKENS, LimitsRule


@strawberry.type
class Query(OrderDocumentsQueries):
    """What a buyer may read."""


@strawberry.type
class Mutation(OrderDocumentsMutations):
    """What a buyer may do."""


def _is_unexpected(error: GraphQLError) -> bool:
    """Errors that we did not raise on purpose tell a caller nothing about the inside."""
    return error.original_error is not None and not isinstance(error.original_error, GraphQLError)


_ALWAYS: list[Callable[[], SchemaExtension]] = [
    lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
    lambda: AddValidationRules([LimitsRule]),
    lambda: MaskErrors(should_mask_error=_is_unexpected),
]

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    extensions=_ALWAYS if settings.INTROSPECTION else [*_ALWAYS, DisableIntrospection],
)
