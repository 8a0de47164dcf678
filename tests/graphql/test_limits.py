from __future__ import annotations

import pytest
from graphql import GraphQLError, build_schema, parse, specified_rules, validate

from saleor_b2b_docs.graphql import limits
from saleor_b2b_docs.graphql.limits import LimitsRule

SCHEMA = build_schema(
    """
    scalar Any
    type Query {
      node: Node
      nodes(first: Int, last: Int): [Node!]!
      entities(representations: [Any!]!): [Node!]!
      openDocuments: [Node!]!
      leaf: Int
    }
    type Node { node: Node nodes(first: Int, last: Int): [Node!]! leaf: Int }
    """
)


def problems(query: str, **variables: object) -> list[str]:
    """What our rule says of a query, one text per limit."""
    rule = type("Rule", (LimitsRule,), {"variables": variables})
    return [error.message for error in validate(SCHEMA, parse(query), [rule])]


def too_complex(name: str, value: int, limit: int) -> list[str]:
    """That one limit, and no other, is exceeded."""
    return [f"The query is too complex: {name} {value}, at most {limit}."]


def nested(depth: int) -> str:
    """Selections this deep."""
    return "{ node " * (depth - 1) + "{ leaf }" + "}" * (depth - 1)


def fields(count: int, *, prefix: str = "a") -> str:
    """So many fields with aliases."""
    return " ".join(f"{prefix}{number}: leaf" for number in range(count))


def test_a_query_at_all_limits_is_let_through() -> None:
    assert problems(nested(limits.MAX_DEPTH)) == []
    assert problems("{ node { " + fields(limits.MAX_ALIASES) + " } }") == []
    assert problems("{ " + fields(limits.MAX_ROOT_FIELDS) + " }") == []
    assert problems("{ nodes(first: 4999) { leaf } }") == []


DEEP = limits.MAX_DEPTH + 1


@pytest.mark.parametrize(
    "query",
    [
        nested(DEEP),
        f"{{ ...on Query {nested(DEEP)} }}",
        f"{{ ...deep }} fragment deep on Query {nested(DEEP)}",
        "{ node { ...a } } fragment a on Node { node { ...b } } "
        f"fragment b on Node {nested(DEEP - 2)}",
        f"{{ node {{ ...on Node {{ ... {{ ...deep }} }} }} }} fragment deep on Node "
        f"{nested(DEEP - 1)}",
        f"query Small {{ leaf }} query Large {nested(DEEP)}",
        f"query Large {{ ...deep }} query Small {{ leaf }} fragment deep on Query {nested(DEEP)}",
    ],
    ids=[
        "plain",
        "inline fragment",
        "fragment",
        "fragment in fragment",
        "mixed fragments",
        "second operation",
        "first operation, by fragment",
    ],
)
def test_depth_is_counted_through_fragments(query: str) -> None:
    assert problems(query) == too_complex("depth", DEEP, limits.MAX_DEPTH)


MANY = limits.MAX_ALIASES + 1


@pytest.mark.parametrize(
    "query",
    [
        f"{{ node {{ {fields(MANY)} }} }}",
        f"{{ node {{ ...on Node {{ {fields(MANY)} }} }} }}",
        f"{{ node {{ ...a }} }} fragment a on Node {{ {fields(MANY)} }}",
        f"{{ node {{ ...a }} }} fragment a on Node {{ ...b {fields(1)} }} "
        f"fragment b on Node {{ {fields(MANY - 1, prefix='b')} }}",
        f"{{ node {{ {fields(1)} ...on Node {{ {fields(MANY - 1, prefix='b')} }} }} }}",
        f"query Large {{ node {{ ...a }} }} query Small {{ leaf }} "
        f"fragment a on Node {{ {fields(MANY)} }}",
    ],
    ids=["plain", "inline", "fragment", "fragment in fragment", "shared out", "two operations"],
)
def test_aliases_are_counted_through_fragments(query: str) -> None:
    assert problems(query) == too_complex("aliases", MANY, limits.MAX_ALIASES)


def test_a_fragment_counts_as_often_as_it_is_used() -> None:
    query = (
        "{ x: node { ...a } y: node { ...a } z: node { ...a } } "
        f"fragment a on Node {{ {fields(10)} }}"
    )

    assert problems(query) == too_complex("aliases", 33, limits.MAX_ALIASES)


ROOTS = limits.MAX_ROOT_FIELDS + 1


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {fields(ROOTS)} }}",
        f"{{ ...on Query {{ {fields(ROOTS)} }} }}",
        f"{{ ...a }} fragment a on Query {{ {fields(ROOTS)} }}",
        f"{{ ...a leaf }} fragment a on Query {{ ...b ...on Query {{ {fields(5)} }} }} "
        f"fragment b on Query {{ {fields(ROOTS - 6, prefix='b')} }}",
        f"query Small {{ leaf }} query Large {{ {fields(ROOTS)} }}",
    ],
    ids=["plain", "inline", "fragment", "fragment in fragment", "second operation"],
)
def test_fields_of_the_root_are_counted_through_fragments(query: str) -> None:
    assert problems(query) == too_complex("root fields", ROOTS, limits.MAX_ROOT_FIELDS)


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ nodes(first: 5000) { leaf } }", 5001),
        ("{ nodes(last: 5000) { leaf } }", 5001),
        ("{ nodes(first: 100) { nodes(first: 100) { leaf } } }", 10_101),
        ("query($n: Int) { nodes(first: $n) { nodes(first: $n) { leaf } } }", 10_101),
        ("{ nodes(first: 5000) { ...a } } fragment a on Node { leaf }", 5001),
        ("{ ...a } fragment a on Query { nodes(first: 5000) { ...on Node { leaf } } }", 5001),
        ("{ nodes(first: 2500) { ...a ...b } } fragment a on Node { leaf } "
         "fragment b on Node { leaf }", 5001),
        ("query A { leaf } query B { nodes(first: 5000) { leaf } }", 5001),
        ("{ nodes(first: 99999999999999999999) { leaf } }", 10**20),
    ],
)  # fmt: skip
def test_a_list_costs_its_page_times_what_it_lists(query: str, cost: int) -> None:
    assert problems(query) == too_complex("cost", cost, limits.MAX_COST)


def test_a_negative_page_makes_nothing_cheaper() -> None:
    query = "{ nodes(first: -5000) { " + fields(20) + " } nodes(first: 250) { " + fields(0) + " } }"
    query = "{ a: nodes(first: -5000) { leaf } b: nodes(first: 5000) { leaf } }"

    assert problems(query) == too_complex("cost", 5003, limits.MAX_COST)


@pytest.mark.parametrize(
    ("count", "cost"),
    [(5000, 5001), (10**20, 10**20 + 1), (None, None), (-7, None), (True, None), ("5000", None)],
)
def test_a_page_costs_what_its_variable_says(count: object, cost: int | None) -> None:
    """And the largest page where the variable says nothing that is a number of rows."""
    query = "query($n: Int) { nodes(first: $n) { leaf } }"

    expected = [] if cost is None else too_complex("cost", cost, limits.MAX_COST)
    assert problems(query, n=count) == expected


def test_entities_cost_as_often_as_they_are_named() -> None:
    inner = "nodes(first: 50) { leaf }"  # costs 51
    query = f"query($all: [Any!]!) {{ entities(representations: $all) {{ {inner} }} }}"

    assert problems(query, all=[{}] * 98) == []
    assert problems(query, all=[{}] * 99) == too_complex("cost", 5050, limits.MAX_COST)
    assert problems(query) == too_complex("cost", 5101, limits.MAX_COST)
    literal = f"{{ entities(representations: [{'7 ' * 99}]) {{ {inner} }} }}"
    assert problems(literal) == too_complex("cost", 5050, limits.MAX_COST)


def test_a_list_that_comes_whole_costs_more_than_a_field() -> None:
    rows = "openDocuments { " + fields(25) + " }"

    assert problems(f"{{ a: {rows} b: openDocuments {{ leaf }} }}") == []
    assert problems("{ openDocuments { nodes(first: 100) { leaf } } }") == too_complex(
        "cost", 5051, limits.MAX_COST
    )


@pytest.mark.parametrize(
    "query",
    [
        "{ ...a } fragment a on Query { ...a }",
        "{ node { ...a } } fragment a on Node { node { ...b } } fragment b on Node { ...a leaf }",
        "{ ...a } fragment a on Query { node { ...b } leaf } fragment b on Node { node { ...b } }",
    ],
)
def test_fragments_in_a_circle_are_refused_and_not_followed(query: str) -> None:
    errors = validate(SCHEMA, parse(query), [*specified_rules, LimitsRule])

    assert any("Cannot spread fragment" in error.message for error in errors)


def test_a_fragment_that_is_not_there_is_somebody_elses_error() -> None:
    assert problems("{ ...missing leaf }") == []


def test_fragments_that_double_at_each_step_are_counted_at_once() -> None:
    steps = 190
    query = "{ ...f0 } " + " ".join(
        f"fragment f{step} on Query {{ ...f{step + 1} ...f{step + 1} }}" for step in range(steps)
    )
    query += f" fragment f{steps} on Query {{ leaf }}"

    assert problems(query) == [
        *too_complex("root fields", 2**steps, limits.MAX_ROOT_FIELDS),
        *too_complex("cost", 2**steps, limits.MAX_COST),
    ]


def test_the_code_tells_programs_what_is_wrong() -> None:
    [error] = validate(SCHEMA, parse(nested(DEEP)), [LimitsRule])

    assert isinstance(error, GraphQLError)
    assert error.extensions == {"code": "QUERY_TOO_COMPLEX"}
