"""The shape that all Saleor events share here: a query, a payload, and what it causes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from saleor_b2b_docs.saleor.manifest import WebhookDefinition
from saleor_b2b_docs.saleor.models import Installation


class Payload(BaseModel):
    """Base of payloads: camelCase on the wire, unknown fields ignored."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class Node(Payload):
    """Anything that is named by its global id."""

    id: str


class EventPayload(Payload):
    """What every subscription asks for: whom Saleor means by it."""

    recipient: Node


P = TypeVar("P", bound=EventPayload)


@dataclass(frozen=True, slots=True)
class SaleorEvent(Generic[P]):
    """An event that we subscribe to.

    Payloads carry ids and times, no personal data: what is needed is read from Saleor when the
    job runs, so that the order of deliveries does not matter and the inbox holds nobody's data.
    """

    name: str
    """As in the `Saleor-Event` header."""
    type_name: str
    """The GraphQL type of the event."""
    fields: str
    """The selection on that type, besides issuedAt and recipient."""
    payload: type[P]
    handle: Callable[[Installation, P, dt.datetime], None]
    """Stores the jobs that the event makes necessary, in the caller's transaction."""
    since: tuple[int, int] = (3, 22)
    """The first Saleor that knows the type: a query for an unknown one fails the installation."""

    @property
    def definition(self) -> WebhookDefinition:
        """The webhook as Saleor is asked for it. `issuedAt` tells one delivery from another."""
        query = (
            f"subscription {{ event {{ ... on {self.type_name} "
            f"{{ issuedAt recipient {{ id }} {self.fields} }} }} }}"
        )
        return WebhookDefinition(self.name, query)
