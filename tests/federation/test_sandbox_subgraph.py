"""The sandbox as a subgraph: what a real Saleor answers to a gateway."""

from __future__ import annotations

from typing import Any

from graphql import build_schema

from tests.sandboxes import BUYER, EU_BUYER, STAFF, Shop

ENTITIES = """query($all: [_Any!]!) { _entities(representations: $all) {
  ... on User { email } ... on Order { number } } }"""


def _entities(shop: Shop, *representations: dict[str, str], who: Any = None) -> Any:
    token = shop.sandbox.token_of(who) if who else None
    answer = shop.sandbox.process.call(ENTITIES, {"all": list(representations)}, token=token)
    return answer["data"]["_entities"]


def test_its_schema_names_the_keys_and_not_the_gateways_own_fields(shop: Shop) -> None:
    sdl = shop.sandbox.process.call("{ _service { sdl } }")["data"]["_service"]["sdl"]

    schema = build_schema(sdl, assume_valid=True)
    assert schema.query_type is not None
    assert {"me", "order"} < set(schema.query_type.fields)
    assert {"_entities", "_service"}.isdisjoint(schema.query_type.fields)
    assert 'ObjectWithMetadata @key(fields: "id") @key(fields: "email") {' in sdl


def test_entities_are_shown_to_whom_they_concern(shop: Shop) -> None:
    # given
    order = shop.place()
    me = shop.sandbox.api.call("{ me { id } }", {}, token=shop.sandbox.token_of(BUYER))["me"]
    asked = (
        {"__typename": "User", "id": me["id"]},
        {"__typename": "User", "email": BUYER[0]},
        {"__typename": "Order", "id": order.id},
    )

    # then
    mine = [{"email": BUYER[0]}, {"email": BUYER[0]}, {"number": order.number}]
    assert _entities(shop, *asked, who=BUYER) == mine
    assert _entities(shop, *asked, who=STAFF) == mine
    assert _entities(shop, *asked, who=EU_BUYER) == [None, None, None]
    assert _entities(shop, *asked) == [None, None, None]
