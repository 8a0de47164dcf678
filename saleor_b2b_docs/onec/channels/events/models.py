"""All events, told apart by `type`, and the message that carries several.

Their JSON Schemas are served at `/api/1c/schemas/events.json`, and docs/1c-events.md has an example
of each.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from saleor_b2b_docs.onec.channels.events.accounts import (
    ContractEvent,
    CounterpartyEvent,
    GroupEvent,
    SupplierEvent,
)
from saleor_b2b_docs.onec.channels.events.books import (
    AdjustmentEvent,
    BalanceEvent,
    EnteredThroughEvent,
    OpeningEvent,
)
from saleor_b2b_docs.onec.channels.events.event import MAX_EVENTS, Event, Sequence
from saleor_b2b_docs.onec.channels.events.fields import Short
from saleor_b2b_docs.onec.channels.events.papers import DocumentEvent, PaymentEvent
from saleor_b2b_docs.onec.channels.events.parts import Part
from saleor_b2b_docs.onec.channels.events.statuses import DeletionEvent, OrderStatusEvent

MODELS: tuple[type[Event], ...] = (
    SupplierEvent,
    GroupEvent,
    CounterpartyEvent,
    ContractEvent,
    DocumentEvent,
    PaymentEvent,
    AdjustmentEvent,
    OpeningEvent,
    BalanceEvent,
    EnteredThroughEvent,
    OrderStatusEvent,
    DeletionEvent,
)


def _types(model: type[Event]) -> tuple[str, ...]:
    return get_args(model.model_fields["type"].annotation)


BY_TYPE: dict[str, type[Event]] = {name: model for model in MODELS for name in _types(model)}
"""The model of each `type`."""

AnyEvent: TypeAlias = Annotated[
    SupplierEvent
    | GroupEvent
    | CounterpartyEvent
    | ContractEvent
    | DocumentEvent
    | PaymentEvent
    | AdjustmentEvent
    | OpeningEvent
    | BalanceEvent
    | EnteredThroughEvent
    | OrderStatusEvent
    | DeletionEvent,
    Field(discriminator="type"),
]


class Envelope(Part):
    """Several events in one message: what holds for all of them."""

    epoch: Short = ""
    sequence: Sequence | None = None


class Batch(Envelope):
    """Several events in one message, as its JSON Schema says it. When one is read, each event is
    judged by itself: see reading.py."""

    events: list[AnyEvent] = Field(min_length=1, max_length=MAX_EVENTS)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a message: one event, or several (JSON Schema 2020-12)."""
    adapter: TypeAdapter[Any] = TypeAdapter(Batch | AnyEvent)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A message to /api/1c/events",
        **adapter.json_schema(),
    }
