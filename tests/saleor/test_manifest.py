from __future__ import annotations

import json
import re

import pytest
from pytest_django import Settings

from saleor_b2b_docs import __version__
from saleor_b2b_docs.saleor.manifest import manifest
from saleor_b2b_docs.webhooks.saleor_events.registry import EVENTS, definitions

SUBSCRIBED = {
    "order_created",
    "order_confirmed",
    "order_updated",
    "order_metadata_updated",
    "order_cancelled",
    "order_expired",
    "order_bulk_created",
    "invoice_requested",
    "customer_created",
    "customer_updated",
    "customer_metadata_updated",
    "customer_deleted",
    "account_confirmed",
    "channel_updated",
    "app_status_changed",
    "app_deleted",
}


def test_the_manifest_has_exactly_what_saleor_reads() -> None:
    shown = manifest(definitions())

    assert shown.keys() == {
        "id",
        "name",
        "version",
        "about",
        "author",
        "requiredSaleorVersion",
        "permissions",
        "tokenTargetUrl",
        "webhooks",
    }
    assert (shown["id"], shown["name"], shown["version"]) == (
        "saleor.b2b-docs",
        "B2B Docs",
        __version__,
    )
    assert shown["tokenTargetUrl"] == "https://docs.example/api/register"
    assert shown["permissions"] == [
        "MANAGE_ORDERS",
        "MANAGE_USERS",
        "MANAGE_CHANNELS",
        "MANAGE_SETTINGS",
    ]
    assert json.loads(json.dumps(shown)) == shown


def test_there_is_a_webhook_for_every_event_that_we_understand() -> None:
    webhooks = manifest(definitions())["webhooks"]

    assert set(EVENTS) == SUBSCRIBED
    assert [webhook["asyncEvents"] for webhook in webhooks] == [[event.upper()] for event in EVENTS]
    assert len({webhook["name"] for webhook in webhooks}) == len(webhooks)
    assert len({webhook["identifier"] for webhook in webhooks}) == len(webhooks)


@pytest.mark.parametrize("webhook", manifest(definitions())["webhooks"], ids=lambda w: w["name"])
def test_a_webhook_is_as_saleor_takes_it(webhook: dict[str, object]) -> None:
    assert webhook.keys() == {
        "name",
        "identifier",
        "asyncEvents",
        "query",
        "targetUrl",
        "isActive",
    }
    [event] = webhook["asyncEvents"] if isinstance(webhook["asyncEvents"], list) else []
    assert webhook["targetUrl"] == f"https://docs.example/api/webhooks/saleor/{event.lower()}"
    assert webhook["isActive"] is True
    query = str(webhook["query"])
    # Whom it is for, and what tells one delivery from another.
    assert re.search(r"issuedAt recipient \{ id \}", query)


def test_addresses_follow_the_public_address(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://elsewhere.example/b2b"

    shown = manifest(definitions())

    assert shown["tokenTargetUrl"] == "https://elsewhere.example/b2b/api/register"
    assert all(
        webhook["targetUrl"].startswith("https://elsewhere.example/b2b/api/webhooks/saleor/")
        for webhook in shown["webhooks"]
    )
