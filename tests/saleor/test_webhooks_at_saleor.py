from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import respx

from saleor_b2b_docs import __version__
from saleor_b2b_docs.saleor.errors import SaleorRefused
from saleor_b2b_docs.saleor.manifest import WebhookDefinition
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.webhooks_at_saleor import sync_webhooks
from tests.builders.saleor import API_URL, make_installation

pytestmark = pytest.mark.django_db

CREATED = WebhookDefinition("order_created", "subscription { event { ... on OrderCreated } }")
UPDATED = WebhookDefinition("order_updated", "subscription { event { ... on OrderUpdated } }")
WANTED = (CREATED, UPDATED)


def webhook(definition: WebhookDefinition, webhook_id: str, **changes: Any) -> dict[str, Any]:
    """A webhook of ours as Saleor shows it."""
    return {
        "id": webhook_id,
        "name": definition.name,
        "targetUrl": definition.target_url,
        "isActive": True,
        "subscriptionQuery": definition.query,
        "asyncEvents": [{"eventType": definition.event.upper()}],
        **changes,
    }


@dataclass
class Answers:
    """Saleor's answers on webhooks, and what it was asked to change."""

    webhooks: Sequence[Mapping[str, Any]]
    errors: Sequence[Mapping[str, Any]] = ()
    changes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        name = asked["operationName"]
        if name == "AppWebhooks":
            return _data({"app": {"id": "QXBwOjE=", "webhooks": list(self.webhooks)}})
        self.changes.append((name, asked["variables"]))
        payload = {"webhook": None if self.errors else {"id": "new"}, "errors": list(self.errors)}
        return _data({name[0].lower() + name[1:]: payload})


def _data(content: object) -> httpx.Response:
    return httpx.Response(200, json={"data": content})


def sync(saleor: respx.MockRouter, answers: Answers) -> list[str]:
    """Compare and mend, at a Saleor that answers so."""
    saleor.post(API_URL).mock(side_effect=answers)
    return sync_webhooks(make_installation(), WANTED)


def test_webhooks_as_they_should_be_are_left_alone(saleor: respx.MockRouter) -> None:
    query = CREATED.query.replace(" ", "\n  ")  # Saleor may keep it in another layout
    answers = Answers([webhook(CREATED, "1", subscriptionQuery=query), webhook(UPDATED, "2")])

    assert sync(saleor, answers) == []

    assert answers.changes == []
    assert Installation.objects.get().app_version == __version__


def test_a_missing_webhook_is_created(saleor: respx.MockRouter) -> None:
    answers = Answers([webhook(CREATED, "1")])

    assert sync(saleor, answers) == ["create order_updated"]

    assert answers.changes == [
        (
            "WebhookCreate",
            {
                "input": {
                    "name": "B2B Docs: order_updated",
                    "targetUrl": "https://docs.example/api/webhooks/saleor/order_updated",
                    "asyncEvents": ["ORDER_UPDATED"],
                    "query": UPDATED.query,
                    "isActive": True,
                }
            },
        )
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"targetUrl": "https://old.example/api/webhooks/saleor/order_updated"},
        {"subscriptionQuery": "subscription { event { issuedAt } }"},
        {"subscriptionQuery": None},
        {"isActive": False},
    ],
)
def test_a_changed_webhook_is_put_right(
    saleor: respx.MockRouter, change: dict[str, object]
) -> None:
    answers = Answers([webhook(CREATED, "1"), webhook(UPDATED, "2", **change)])

    assert sync(saleor, answers) == ["update order_updated"]

    assert answers.changes == [
        (
            "WebhookUpdate",
            {
                "id": "2",
                "input": {
                    "name": "B2B Docs: order_updated",
                    "targetUrl": "https://docs.example/api/webhooks/saleor/order_updated",
                    "query": UPDATED.query,
                    "isActive": True,
                },
            },
        )
    ]


def test_webhooks_of_ours_that_are_too_many_are_deleted(saleor: respx.MockRouter) -> None:
    dropped = WebhookDefinition("order_refunded", "subscription { event { issuedAt } }")
    several = [{"eventType": "ORDER_CREATED"}, {"eventType": "ORDER_EXPIRED"}]
    answers = Answers(
        [
            webhook(CREATED, "1"),
            webhook(CREATED, "2"),
            webhook(UPDATED, "3"),
            webhook(dropped, "4"),
            webhook(CREATED, "5", asyncEvents=several),
        ]
    )

    assert sync(saleor, answers) == [
        "delete a second order_created",
        "delete B2B Docs: order_refunded",
        "delete B2B Docs: order_created",
    ]

    assert answers.changes == [
        ("WebhookDelete", {"id": "2"}),
        ("WebhookDelete", {"id": "4"}),
        ("WebhookDelete", {"id": "5"}),
    ]


@pytest.mark.parametrize("name", ["our CRM", "", None, "B2B docs, copied by hand"])
def test_webhooks_that_staff_added_are_theirs(saleor: respx.MockRouter, name: str | None) -> None:
    theirs = dataclasses.replace(CREATED, query="subscription { event { issuedAt } }")
    answers = Answers(
        [
            webhook(theirs, "1", name=name, targetUrl="https://crm.example/"),
            webhook(CREATED, "2"),
            webhook(UPDATED, "3"),
        ]
    )

    assert sync(saleor, answers) == []

    assert answers.changes == []


def test_a_refusal_is_raised_and_the_version_not_noted(saleor: respx.MockRouter) -> None:
    refused = {"field": "query", "message": "Unknown type.", "code": "INVALID"}
    answers = Answers([webhook(CREATED, "1")], errors=[refused])

    with pytest.raises(SaleorRefused) as failure:
        sync(saleor, answers)

    assert (failure.value.code, str(failure.value)) == ("INVALID", "query: Unknown type.")
    assert Installation.objects.get().app_version == ""
