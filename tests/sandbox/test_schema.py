"""The sandbox's schema is Saleor's own, as far as it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    get_introspection_query,
    parse,
    validate,
)
from saleor_sandbox.process import SandboxProcess

from saleor_b2b_docs.webhooks.saleor_events.registry import definitions

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = sorted((ROOT / "saleor_b2b_docs" / "saleor" / "operations").glob("*.graphql"))


@pytest.fixture(scope="module")
def schema(sandbox: SandboxProcess) -> GraphQLSchema:
    """As introspection gives it."""
    answer = httpx.post(
        sandbox.api_url, json={"query": get_introspection_query()}, timeout=30, trust_env=False
    )
    return build_client_schema(answer.json()["data"])


@pytest.fixture
def saleor(shared_folder: Path) -> GraphQLSchema:
    """Saleor 3.23's own schema, where it is at hand."""
    path = shared_folder / "saleor" / "schema-3.23.graphql"
    if not path.exists():
        pytest.skip("Saleor's schema is not beside this checkout")
    return build_schema(path.read_text())


def test_operations_of_the_app_are_valid(schema: GraphQLSchema) -> None:
    # Fragments are shared between files.
    document = parse("\n".join(path.read_text() for path in OPERATIONS))

    assert [error.message for error in validate(schema, document)] == []


@pytest.mark.parametrize("definition", definitions(), ids=lambda entry: str(entry.name))
def test_subscriptions_of_the_app_are_valid(schema: GraphQLSchema, definition: Any) -> None:
    assert [error.message for error in validate(schema, parse(definition.query))] == []


def test_every_type_field_and_argument_is_saleors(
    schema: GraphQLSchema, saleor: GraphQLSchema
) -> None:
    differences = [
        difference
        for name, ours in schema.type_map.items()
        if not name.startswith("__")
        for difference in _differences(name, ours, saleor.type_map.get(name))
    ]

    assert differences == []


def _differences(name: str, ours: Any, theirs: Any) -> list[str]:
    if type(ours) is not type(theirs):
        return [f"{name} is no {type(ours).__name__} of Saleor's"]
    if isinstance(ours, GraphQLEnumType):
        return [] if set(ours.values) == set(theirs.values) else [f"{name} has other values"]
    if isinstance(ours, GraphQLInputObjectType):
        return _input_differences(name, ours, theirs)
    if isinstance(ours, (GraphQLObjectType, GraphQLInterfaceType)):
        return _output_differences(name, ours, theirs)
    return []


def _input_differences(
    name: str, ours: GraphQLInputObjectType, theirs: GraphQLInputObjectType
) -> list[str]:
    differences = [
        f"{name}.{field} is {entry.type} = {entry.default_value}"
        for field, entry in ours.fields.items()
        if field not in theirs.fields
        or str(theirs.fields[field].type) != str(entry.type)
        or theirs.fields[field].default_value != entry.default_value
    ]
    missing = [
        f"{name}.{field} is required and missing"
        for field, entry in theirs.fields.items()
        if str(entry.type).endswith("!") and field not in ours.fields
    ]
    return differences + missing


def _output_differences(name: str, ours: Any, theirs: Any) -> list[str]:
    differences = []
    for field, entry in ours.fields.items():
        other = theirs.fields.get(field)
        if other is None or str(other.type) != str(entry.type):
            differences.append(f"{name}.{field} is {entry.type}")
            continue
        for argument, given in entry.args.items():
            if argument not in other.args or str(other.args[argument].type) != str(given.type):
                differences.append(f"{name}.{field}({argument}) is {given.type}")
        for argument, asked in other.args.items():
            if str(asked.type).endswith("!") and argument not in entry.args:
                differences.append(f"{name}.{field}({argument}) is required and missing")
    foreign = {entry.name for entry in ours.interfaces} - {
        entry.name for entry in theirs.interfaces
    }
    return differences + [f"{name} implements {interface}" for interface in foreign]
