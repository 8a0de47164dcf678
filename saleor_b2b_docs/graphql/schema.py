"""The schema that is served: for customers, for staff, and as a subgraph beside Saleor's own.

One schema serves all, since every field asks who the caller is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import strawberry
from django.conf import settings
from graphql import GraphQLError
from strawberry.extensions import (
    DisableIntrospection,
    MaskErrors,
    MaxTokensLimiter,
    SchemaExtension,
)
from strawberry.schema.config import StrawberryConfig

from saleor_b2b_docs.graphql.customer.accounts import AccountQueries
from saleor_b2b_docs.graphql.customer.journal import JournalQueries
from saleor_b2b_docs.graphql.customer.members import MemberMutations, MemberQueries
from saleor_b2b_docs.graphql.customer.order_documents import (
    OrderDocumentsMutations,
    OrderDocumentsQueries,
)
from saleor_b2b_docs.graphql.federation.entities import OrderEntity, UserEntity
from saleor_b2b_docs.graphql.federation.subgraph import Subgraph
from saleor_b2b_docs.graphql.limits import MAX_TOKENS, Limits
from saleor_b2b_docs.graphql.scalars import B2B_DECIMAL, ExactDecimal
from saleor_b2b_docs.graphql.staff.counterparties import (
    CounterpartyMutations,
    CounterpartyQueries,
)
from saleor_b2b_docs.graphql.staff.matches import MatchMutations, MatchQueries
from saleor_b2b_docs.graphql.staff.onec import ExchangeMutations, ExchangeQueries
from saleor_b2b_docs.graphql.staff.suppliers import SupplierMutations, SupplierQueries


@strawberry.type(name="Query")
class CustomerQuery(OrderDocumentsQueries, AccountQueries, JournalQueries, MemberQueries):
    """What a buyer may read."""


@strawberry.type(name="Query")
class Query(CustomerQuery, CounterpartyQueries, MatchQueries, SupplierQueries, ExchangeQueries):
    """What staff may read, and buyers."""


@strawberry.type(name="Mutation")
class CustomerMutation(OrderDocumentsMutations, MemberMutations):
    """What a buyer may do."""


@strawberry.type(name="Mutation")
class Mutation(
    CustomerMutation, CounterpartyMutations, MatchMutations, SupplierMutations, ExchangeMutations
):
    """What staff may do, and buyers."""


def _is_unexpected(error: GraphQLError) -> bool:
    """Errors that we did not raise on purpose tell a caller nothing about the inside."""
    return error.original_error is not None and not isinstance(error.original_error, GraphQLError)


_ALWAYS: list[Callable[[], SchemaExtension]] = [
    lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
    Limits,
    lambda: MaskErrors(should_mask_error=_is_unexpected),
]
_CONFIG = StrawberryConfig(scalar_map={ExactDecimal: B2B_DECIMAL})

schema = Subgraph(
    query=Query,
    mutation=Mutation,
    types=[UserEntity, OrderEntity],
    config=_CONFIG,
    extensions=_ALWAYS if settings.INTROSPECTION else [*_ALWAYS, DisableIntrospection],
    # The oldest that has all we use: every gateway of today knows it.
    federation_version="2.3",
)

_PRINTED: Mapping[str, Callable[[], strawberry.Schema]] = {
    "customer": lambda: strawberry.Schema(
        query=CustomerQuery, mutation=CustomerMutation, config=_CONFIG
    ),
    "staff": lambda: strawberry.Schema(query=Query, mutation=Mutation, config=_CONFIG),
    "federation": lambda: schema,
}
PARTS = tuple(_PRINTED)
"""The schemas by the name of who uses them; `staff` is all of it, for people and programs that ask
the app itself, and `federation` is the same for a gateway."""


def schema_definition(part: str) -> str:
    """The definition of one of PARTS in GraphQL's own language."""
    return _PRINTED[part]().as_str()
