"""Pages, periods, selections and searches that make no sense, or look as if they made none."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.graphql.global_ids import to_global_id
from tests.builders.saleor import (
    OTHER_BUYER_ID,
    bearer,
    customer_token,
)
from tests.graphql.world import NOW, World, ask, buyer, codes, kept, make_world, staff

pytestmark = pytest.mark.django_db

UNKNOWN = uuid.UUID("7d1c7f0a-52b4-4a5e-9f0a-0d9a2f2f7a11")
_ERRORS = "errors { field code }"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


PAGED: dict[str, Callable[[], dict[str, str]]] = {
    "b2bJournal(first: $first, after: $after)": buyer,
    "b2bPayments(first: $first, after: $after)": buyer,
    "b2bCounterparties(first: $first, after: $after)": staff,
    "b2bMatches(first: $first, after: $after)": staff,
    "b2bExchangeLog(first: $first, after: $after)": staff,
    "b2bHeldOrders(first: $first, after: $after)": staff,
}
_MOVEMENTS = """query($id: ID!, $first: Int, $after: String) { b2bBalance(contractId: $id) {
  movements(dateFrom: "2026-01-01", dateTo: "2026-12-31", first: $first, after: $after) {
    edges { node { number } cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""


def _page(name: str, world: World, **page: Any) -> dict[str, Any]:
    if name == "movements":
        return ask(_MOVEMENTS, {"id": world.ids()["contract"], **page}, headers=buyer())
    return ask(
        f"query($first: Int, $after: String) {{ {name} {{ edges {{ cursor }} pageInfo {{"
        " hasNextPage hasPreviousPage startCursor endCursor } } }",
        page,
        headers=PAGED[name](),
    )


@pytest.mark.parametrize("name", [*PAGED, "movements"])
@pytest.mark.parametrize("first", [0, -1, 101, 150])
def test_a_page_has_1_to_100_rows(world: World, name: str, first: int) -> None:
    assert codes(_page(name, world, first=first)) == ["INVALID_PAGE"]


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize("name", [*PAGED, "movements"])
def test_a_cursor_is_one_that_the_list_gave_out(world: World, name: str) -> None:
    for cursor in (
        "garbage",
        "ї",
        "\ud83d",
        _cursor("[]"),
        _cursor("{}"),
        _cursor('["date-", "2026-02-30", "x", "y"]'),
        _cursor('["", ""]'),
        _cursor('["2026-03-01", "w1", "7"]'),
        _cursor('["2026-03-01", 7]'),
        _cursor("[" * 5000),
        _cursor(str(2**70)),
    ):
        answer = _page(name, world, first=5, after=cursor)

        assert codes(answer) == ["INVALID_CURSOR"], cursor


@pytest.mark.parametrize("name", [*PAGED, "movements"])
def test_null_asks_for_the_usual_page(world: World, name: str) -> None:
    assert "errors" not in _page(name, world, first=None, after=None)


def test_a_period_does_not_end_before_it_begins(world: World) -> None:
    for asked in (
        'movements(dateFrom: "2026-03-02", dateTo: "2026-03-01") { edges { cursor } }',
        'exportUrl(format: CSV, table: MOVEMENTS, dateFrom: "2026-03-02", dateTo: "2026-03-01")',
    ):
        query = f"query($id: ID!) {{ b2bBalance(contractId: $id) {{ {asked} }} }}"

        assert codes(ask(query, {"id": world.ids()["contract"]}, headers=buyer())) == [
            "INVALID_PERIOD"
        ]


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13-01", "yesterday", "", "10000-01-01"])
def test_a_day_that_there_is_not_is_no_query(world: World, day: str) -> None:
    answer = ask(
        """query($id: ID!, $day: Date!) { b2bBalance(contractId: $id) {
          movements(dateFrom: $day, dateTo: $day) { edges { cursor } } } }""",
        {"id": world.ids()["contract"], "day": day},
        headers=buyer(),
    )

    assert "Date" in answer["errors"][0]["message"]


@pytest.mark.parametrize("day", ["0001-01-01", "2028-02-29", "9999-12-31"])
def test_a_day_far_away_is_a_day(world: World, day: str) -> None:
    answer = ask(
        """query($id: ID!, $day: Date!) { b2bBalance(contractId: $id) {
          movements(dateFrom: $day, dateTo: $day) { edges { cursor } opening { amount } } } }""",
        {"id": world.ids()["contract"], "day": day},
        headers=buyer(),
    )

    opening = 0.0 if day < "2026" else 700.0
    movements = {"edges": [], "opening": {"amount": opening}}
    assert answer == {"data": {"b2bBalance": {"movements": movements}}}


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([], "TOO_MANY_DOCUMENTS"),
        ([to_global_id("B2BDocument", uuid.UUID(int=n)) for n in range(201)], "TOO_MANY_DOCUMENTS"),
        ([to_global_id("B2BContract", UNKNOWN)], "NOT_FOUND"),
        (["garbage"], "NOT_FOUND"),
    ],
)
def test_a_selection_for_export_is_of_1_to_200_documents(
    world: World, ids: list[str], code: str
) -> None:
    query = "query($ids: [ID!]!) { b2bJournal { exportUrl(format: ZIP, ids: $ids) } }"

    assert codes(ask(query, {"ids": ids}, headers=buyer())) == [code]


@pytest.mark.parametrize("secret", ["", "garbage", "\0", "\ud83d", "x" * 10_000])
def test_a_secret_of_no_invitation_makes_nobody_a_member(world: World, secret: str) -> None:
    before = kept()

    answer = ask(
        f"mutation($secret: String!) {{ b2bInvitationAccept(secret: $secret) {{ {_ERRORS} }} }}",
        {"secret": secret},
        headers=bearer(customer_token(user_id=OTHER_BUYER_ID)),
    )

    errors = [{"field": "secret", "code": "NOT_FOUND"}]
    assert answer == {"data": {"b2bInvitationAccept": {"errors": errors}}}
    assert kept() == before


@pytest.mark.parametrize("search", ["\0", "\ud83d", "%", "_", "' OR 1=1 --", "я" * 10_000])
def test_any_text_may_be_searched(world: World, search: str) -> None:
    for query, headers in (
        ("b2bJournal(filter: {search: $text})", buyer()),
        ("b2bPayments(filter: {search: $text})", buyer()),
        ("b2bCounterparties(search: $text)", staff()),
    ):
        answer = ask(
            f"query($text: String) {{ {query} {{ edges {{ cursor }} }} }}",
            {"text": search},
            headers=headers,
        )

        assert "errors" not in answer, query
