"""The page for programmers and the schemas, against the models."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from saleor_b2b_docs.onec.channels.events.models import BY_TYPE, json_schema
from saleor_b2b_docs.onec.channels.events.reading import read_message
from saleor_b2b_docs.onec.facts import Unreadable

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "1c-events.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page_is_taken(example: str) -> None:
    said = read_message(example.encode()).said

    assert [one for one in said if isinstance(one, Unreadable)] == []


def test_each_event_has_an_example() -> None:
    shown = [json.loads(example) for example in EXAMPLES]

    assert {event["type"] for event in shown if "type" in event} == set(BY_TYPE)


def test_the_examples_show_every_field() -> None:
    shown: dict[Any, set[str]] = {}
    for event in map(json.loads, EXAMPLES):
        if "type" in event:
            shown.setdefault(BY_TYPE[event["type"]], set()).update(event)
    everywhere = {"epoch", "sequence", "version", "pdf", "pdf_part"}
    party = {"supplier_key", "counterparty_key", "counterparty_name", "counterparty_tax_id"}

    for model, names in shown.items():
        hidden = set(model.model_fields) - names - everywhere - party - {"contract_key"}
        assert hidden <= {"paper", "settles", "due", "manager", "lines", "is_posted"}, model


def test_the_schema_names_every_event() -> None:
    schema = json_schema()

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    types: set[str] = set()
    for definition in schema["$defs"].values():
        named = definition["properties"].get("type", {})
        types |= set(named.get("enum", [named["const"]] if "const" in named else []))
        assert definition["additionalProperties"] is False
    assert types == set(BY_TYPE)
