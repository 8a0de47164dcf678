"""What we send to Saleor is valid on every version that we say we work with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLSchema, build_schema, parse, validate

import saleor_b2b_docs.saleor
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions

OPERATIONS = Path(saleor_b2b_docs.saleor.__file__).parent / "operations"

pytestmark = pytest.mark.parametrize("version", ["3.22", "3.23", "3.24"])


@lru_cache(maxsize=3)
def schema_of(path: Path) -> GraphQLSchema:
    """Saleor's schema; reading one takes seconds."""
    return build_schema(
        path.read_text(), assume_valid=True, assume_valid_sdl=True, no_location=True
    )


def test_all_operations_are_valid(shared_folder: Path, version: str) -> None:
    schema = schema_of(shared_folder / "saleor" / f"schema-{version}.graphql")
    text = "\n".join(path.read_text() for path in sorted(OPERATIONS.glob("*.graphql")))

    assert validate(schema, parse(text)) == []


def test_all_subscriptions_are_valid(shared_folder: Path, version: str) -> None:
    schema = schema_of(shared_folder / "saleor" / f"schema-{version}.graphql")

    problems = {
        webhook.event: validate(schema, parse(webhook.query)) for webhook in definitions(version)
    }

    assert {event: found for event, found in problems.items() if found} == {}


def test_all_events_exist(shared_folder: Path, version: str) -> None:
    schema = schema_of(shared_folder / "saleor" / f"schema-{version}.graphql")
    enum = schema.type_map["WebhookEventTypeAsyncEnum"]

    assert isinstance(enum, GraphQLEnumType)
    assert {webhook.event.upper() for webhook in definitions(version)} <= set(enum.values)
