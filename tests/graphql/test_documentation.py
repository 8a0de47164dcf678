"""The examples of docs/api.md are valid, and every field of the root is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import parse, specified_rules, validate

from saleor_b2b_docs.graphql.limits import LimitsRule
from saleor_b2b_docs.graphql.schema import schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
OF_THE_GATEWAY = ("extend type", "{\n  me {")
EXAMPLES = [block for block in _BLOCKS if not block.startswith(OF_THE_GATEWAY)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_valid(example: str) -> None:
    problems = validate(schema._schema, parse(example), [*specified_rules, LimitsRule])

    assert [problem.message for problem in problems] == []


def test_every_field_of_the_root_is_described() -> None:
    definition = schema._schema
    assert len(EXAMPLES) + len(OF_THE_GATEWAY) == len(_BLOCKS)
    for root in (definition.query_type, definition.mutation_type):
        assert root is not None
        assert [name for name in root.fields if f"`{name}" not in PAGE and name[0] != "_"] == []
