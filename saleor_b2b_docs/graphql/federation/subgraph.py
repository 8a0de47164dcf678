"""The door of a gateway: `_service` and `_entities`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strawberry import federation
from strawberry.federation.schema import FederationAny
from strawberry.types import Info

from saleor_b2b_docs.graphql.errors import refusal
from saleor_b2b_docs.graphql.federation.entities import OrderEntity, UserEntity

MAX_REPRESENTATIONS = 100
"""As Saleor allows."""
_ENTITIES: Mapping[str, type[UserEntity] | type[OrderEntity]] = {
    "User": UserEntity,
    "Order": OrderEntity,
}


class Subgraph(federation.Schema):
    """A federation schema that takes nothing for granted of what it is sent."""

    def entities_resolver(self, info: Info, representations: list[FederationAny]) -> list[Any]:
        """The things that a gateway names, one for each; an error in the place of what is no
        representation. Raises a GraphQLError TOO_MANY_REPRESENTATIONS."""
        if len(representations) > MAX_REPRESENTATIONS:
            raise refusal(
                "TOO_MANY_REPRESENTATIONS", f"At most {MAX_REPRESENTATIONS} representations."
            )
        return [_entity(info, representation) for representation in representations]


def _entity(info: Info, representation: object) -> UserEntity | OrderEntity | Exception:
    if isinstance(representation, dict):
        entity = _ENTITIES.get(str(representation.get("__typename")))
        key = representation.get("id")
        if entity and isinstance(key, str):
            return entity.resolve_reference(info, key)
    return refusal(
        "INVALID_REPRESENTATION", "A representation has a __typename, User or Order, and an id."
    )
