"""Subscription queries of webhooks: checked when they come in, executed when an event happens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    parse,
    validate,
)

from saleor_sandbox import requestor
from saleor_sandbox.context import Context
from saleor_sandbox.errors import as_json
from saleor_sandbox.models import Webhook

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from saleor_sandbox.event_types import Occurrence


class InvalidSubscription(ValueError):
    """A query that no webhook can have; `code` is a name of WebhookErrorCode."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Subscription:
    """A good query and the events that it selects, in lower case."""

    document: DocumentNode
    events: tuple[str, ...]


def _schema() -> GraphQLSchema:
    # The schema's mutations cause events, which are shaped by queries on the schema: one end of
    # the circle has to be imported late.
    from saleor_sandbox.schema.root import schema

    return schema


def check(query: str) -> Subscription:
    """The subscription in `query`. Raises InvalidSubscription."""
    try:
        document = parse(query)
    except GraphQLSyntaxError as error:
        raise InvalidSubscription(str(error.message), "SYNTAX") from error
    if errors := validate(_schema(), document):
        messages = sorted({error.message for error in errors})
        raise InvalidSubscription(";".join(messages), "GRAPHQL_ERROR")
    operation = next(
        (
            node
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
            and node.operation is OperationType.SUBSCRIPTION
        ),
        None,
    )
    if operation is None:
        raise InvalidSubscription("Subscription operation can't be found.", "MISSING_SUBSCRIPTION")
    return Subscription(document, _events(document, operation))


def _events(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[str, ...]:
    fields = [node for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    if not any(field.name.value == "event" for field in fields):
        raise InvalidSubscription("Event field can't be found.", "UNABLE_TO_PARSE")
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    names: set[str] = set()
    for field in fields:
        _collect(field.selection_set, fragments, names)
    if not names:
        raise InvalidSubscription("Can't find a single event.", "MISSING_EVENT")
    return tuple(sorted(names))


def _collect(
    selections: SelectionSetNode | None,
    fragments: dict[str, FragmentDefinitionNode],
    names: set[str],
) -> None:
    for node in selections.selections if selections else ():
        if isinstance(node, InlineFragmentNode) and node.type_condition:
            names.add(snake_case(node.type_condition.name.value))
        elif isinstance(node, FragmentSpreadNode):
            fragment = fragments[node.name.value]
            condition = fragment.type_condition.name.value
            if condition == "Event":
                _collect(fragment.selection_set, fragments, names)
            else:
                names.add(snake_case(condition))


@lru_cache(maxsize=100)
def _parsed(query: str) -> DocumentNode:
    return parse(query)


def snake_case(name: str) -> str:
    """`OrderCreated` as `order_created`."""
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and index else letter.lower()
        for index, letter in enumerate(name)
    )


def payload(occurrence: Occurrence, webhook: Webhook) -> str | None:
    """The body of `occurrence` for `webhook`; None where its query selects nothing of it.

    The event's fields stand at the top level. What the app may not see is null, with an entry in
    `errors`, as in Saleor.
    """
    context = Context(
        requestor=requestor.of_app(webhook.app),
        now=occurrence.issued_at,
        occurrence=occurrence,
        recipient=webhook.app,
    )
    result = execute_sync(
        _schema(), _parsed(webhook.subscription_query), root_value=occurrence, context_value=context
    )
    event: dict[str, Any] = (result.data or {}).get("event") or {}
    if result.errors:
        event = {**event, "errors": [as_json(error) for error in result.errors]}
    return json.dumps(event) if event else None
