"""What the storefront asks is valid, and within the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import parse, specified_rules, validate

from saleor_b2b_docs.graphql.limits import MAX_TOKENS, LimitsRule
from saleor_b2b_docs.graphql.schema import schema

API = Path(__file__).resolve().parents[2] / "storefront" / "src" / "api"
_CONSTANT = re.compile(r"const ([A-Z_]+) = (?:`([^`]*)`|\"([^\"\n]*)\")")
_LARGEST = {"first": 100}


def _texts() -> dict[Path, dict[str, str]]:
    """The constants of each file, with those of other files that they name written out."""
    own = {
        path: {name: long or short for name, long, short in _CONSTANT.findall(path.read_text())}
        for path in sorted(API.glob("*.ts"))
    }
    shared = {name: text for texts in own.values() for name, text in texts.items()}
    return {
        path: {name: _written_out(text, {**shared, **texts}) for name, text in texts.items()}
        for path, texts in own.items()
    }


def _written_out(text: str, texts: dict[str, str]) -> str:
    while "${" in text:
        text = re.sub(r"\$\{([A-Z_]+)\}", lambda found: texts[found[1]], text)
    return text


QUERIES = {
    f"{path.stem} {name}": text
    for path, texts in _texts().items()
    for name, text in texts.items()
    if text.startswith(("query ", "mutation "))
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_of_the_storefront(name: str) -> None:
    limits = type("LimitsRule", (LimitsRule,), {"variables": _LARGEST})

    document = parse(QUERIES[name], max_tokens=MAX_TOKENS)

    problems = validate(schema._schema, document, [*specified_rules, limits])
    assert [problem.message for problem in problems] == []


def test_the_storefront_asks_something() -> None:
    asked = " ".join(QUERIES.values())
    for field in ("b2bDebtPanel", "b2bBalance", "b2bJournal", "b2bPayments", "b2bOrderDocuments"):
        assert field in asked
