"""Running an operation: for the HTTP door and, without HTTP, for the shop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from saleor_sandbox.context import Context
from saleor_sandbox.errors import as_json
from saleor_sandbox.schema.root import schema


@dataclass(frozen=True, slots=True)
class Request:
    """An operation as it came in."""

    query: str | None
    variables: dict[str, Any]
    operation_name: str | None = None

    @classmethod
    def from_json(cls, entry: object) -> Request:
        """From one JSON object; what has a wrong type is left out, as Saleor does."""
        body = entry if isinstance(entry, dict) else {}
        query, variables, name = (body.get(key) for key in ("query", "variables", "operationName"))
        return cls(
            query=query if isinstance(query, str) else None,
            variables=variables if isinstance(variables, dict) else {},
            operation_name=name if isinstance(name, str) else None,
        )


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered, and with which HTTP status."""

    body: dict[str, Any]
    status: int


def _refused(*errors: GraphQLError) -> Response:
    # Saleor answers 400 exactly when there is no data at all.
    return Response({"errors": [as_json(error) for error in errors]}, 400)


def root_fields(request: Request) -> tuple[str, ...]:
    """The fields that the operation asks for at its root; none for what cannot be parsed."""
    try:
        document, _ = _prepared(request.query or "")
    except GraphQLError:
        return ()
    operation = get_operation_ast(document, request.operation_name)
    return _field_names(operation) if operation else ()


def _field_names(operation: OperationDefinitionNode) -> tuple[str, ...]:
    return tuple(
        node.name.value
        for node in operation.selection_set.selections
        if isinstance(node, FieldNode)
    )


@lru_cache(maxsize=500)
def _prepared(query: str) -> tuple[DocumentNode, tuple[GraphQLError, ...]]:
    """The document and what is wrong with it; clients send the same few over and over."""
    document = parse(query)
    return document, tuple(validate(schema, document))


def run(request: Request, context: Context) -> Response:
    """Parse, validate and execute."""
    if not request.query:
        return _refused(GraphQLError("Must provide a query string."))
    try:
        document, errors = _prepared(request.query)
    except GraphQLError as error:
        return _refused(error)
    if errors:
        return _refused(*errors)
    if _is_subscription(document, request.operation_name):
        return _refused(GraphQLError("Subscriptions are executed for webhooks only."))
    result = execute_sync(
        schema,
        document,
        context_value=context,
        variable_values=request.variables,
        operation_name=request.operation_name,
    )
    failures = result.errors or []
    if result.data is None and failures and all(error.path is None for error in failures):
        return _refused(*failures)
    body: dict[str, Any] = {"errors": [as_json(error) for error in failures]} if failures else {}
    return Response({**body, "data": result.data}, 200)


def _is_subscription(document: DocumentNode, name: str | None) -> bool:
    operation = get_operation_ast(document, name)
    return operation is not None and operation.operation is OperationType.SUBSCRIPTION
