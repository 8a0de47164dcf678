"""What a gateway asks; test_matrix_of_reads.py says what it is answered for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.received.context import Received
from saleor_b2b_docs.documents.received.services import receive
from saleor_b2b_docs.documents.services import void_invoices
from saleor_b2b_docs.graphql.global_ids import to_global_id
from tests.builders.saleor import BUYER_ID, bearer, staff_token
from tests.graphql.world import NOW, World, ask, buyer, codes, make_world

pytestmark = pytest.mark.django_db

QUERY = """query($all: [_Any!]!) { _entities(representations: $all) {
  ... on User { id b2bDebtPanel { totals { debt { amount } } } b2bContracts { number } }
  ... on Order { id b2bDocuments { number isVoid } b2bInvoice { number isVoid } } } }"""


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def _entities(*representations: Any, headers: dict[str, str] | None = None) -> dict[str, Any]:
    return ask(QUERY, {"all": list(representations)}, headers=headers or buyer())


def _user(key: str) -> dict[str, Any]:
    return {"__typename": "User", "id": key}


def _order(key: str) -> dict[str, Any]:
    return {"__typename": "Order", "id": key}


def test_the_same_entity_may_be_named_twice(world: World) -> None:
    me, order = _user(BUYER_ID), _order(world.order.saleor_id)

    answer = _entities(me, order, me, order)["data"]["_entities"]

    assert answer[:2] == answer[2:]
    assert answer[0]["b2bContracts"] == [{"number": "Д-1"}]
    assert answer[1]["b2bDocuments"] == [{"number": "1001", "isVoid": False}]


def test_at_most_100_are_named(world: World) -> None:
    me = _user(BUYER_ID)

    assert len(_entities(*[me] * 100)["data"]["_entities"]) == 100
    assert codes(_entities(*[me] * 101)) == ["TOO_MANY_REPRESENTATIONS"]
    assert _entities() == {"data": {"_entities": []}}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"__typename": "User"},
        {"__typename": "User", "email": "buyer@example.com"},
        {"__typename": "User", "id": 1},
        {"__typename": "User", "id": None},
        {"__typename": ["User"], "id": BUYER_ID},
        {"__typename": "B2BContract", "id": BUYER_ID},
        {"__typename": "Query", "id": BUYER_ID},
        {"id": BUYER_ID},
        "User",
        7,
        [],
    ],
    ids=repr,
)
def test_what_is_no_representation_is_an_error_in_its_place(world: World, wrong: Any) -> None:
    answer = _entities(_user(BUYER_ID), wrong, _order(world.order.saleor_id))

    assert codes(answer) == ["INVALID_REPRESENTATION"]
    assert answer["errors"][0]["path"] == ["_entities", 1]
    me, nothing, order = answer["data"]["_entities"]
    assert me["b2bContracts"] == [{"number": "Д-1"}]
    assert nothing is None
    assert order["b2bDocuments"] == [{"number": "1001", "isVoid": False}]


def test_more_than_the_key_may_be_sent(world: World) -> None:
    answer = _entities({**_user(BUYER_ID), "email": "x", "info": 1, "cls": 2, "key": "VXNlcjoy"})

    assert answer["data"]["_entities"][0]["id"] == BUYER_ID


@pytest.mark.parametrize(
    "key",
    ["", "garbage", "\0", "\ud83d", to_global_id("Order", "\0"), to_global_id("User", 10**40)],
)
def test_what_is_no_id_of_saleors_is_an_id_of_nothing(world: World, key: str) -> None:
    everybody = bearer(staff_token(user_permissions=["MANAGE_ORDERS"]))
    for headers in (buyer(), everybody):
        answer = _entities(_user(key), _order(key), headers=headers)

        user, order = answer["data"]["_entities"]
        assert (user["b2bDebtPanel"], user["b2bContracts"]) == (None, [])
        assert (order["b2bDocuments"], order["b2bInvoice"]) == ([], None)


def test_a_void_invoice_is_named_only_while_there_is_no_other(world: World) -> None:
    # given
    void_invoices(world.order, now=NOW)
    order = _order(world.order.saleor_id)

    # then
    [asked] = _entities(order)["data"]["_entities"]
    assert asked["b2bInvoice"] == {"number": "1001", "isVoid": True}

    # when
    receive(
        world.installation,
        Received(
            key="7f0c",
            source="1c-main",
            kind=DocumentKind.INVOICE,
            number="К-12",
            issued_on=dt.date(2026, 3, 1),
            supplier=world.supplier,
            counterparty=world.company,
            contract=world.contract,
            currency="UAH",
            gross=None,
            orders=((world.order.saleor_id, None), ("T3JkZXI6OTk=", None)),
        ),
        now=NOW,
    )

    # then
    [asked] = _entities(order)["data"]["_entities"]
    assert asked["b2bInvoice"] == {"number": "К-12", "isVoid": False}
    assert asked["b2bDocuments"] == [
        {"number": "К-12", "isVoid": False},
        {"number": "1001", "isVoid": True},
    ]


def test_the_subgraph_tells_its_schema_to_anybody(world: World) -> None:
    """As Saleor's does: a gateway asks for it at its start, and it is no secret."""
    answer = ask("{ _service { sdl } }", headers={})

    assert 'type User @key(fields: "id")' in answer["data"]["_service"]["sdl"]
