"""`b2b-docs manage sync_webhooks`: what it mends at every Saleor, and what it says."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.sandboxes import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]


def _sync() -> str:
    output = StringIO()
    call_command("sync_webhooks", stdout=output)
    return output.getvalue()


def _targets(shop: Shop) -> set[str]:
    app = shop.sandbox.ask(
        "query($id: ID!) { app(id: $id) { webhooks { targetUrl } } }", id=shop.sandbox.app_id
    )["app"]
    return {webhook["targetUrl"].split("/api/")[0] for webhook in app["webhooks"]}


def test_webhooks_follow_the_app_to_its_address(shop: Shop, settings: Settings) -> None:
    # given
    name = shop.installation.api_url
    settings.PUBLIC_URL = "https://moved.example"

    # when
    moved, again = _sync(), _sync()

    # then
    assert moved.startswith(f"{name}: update order_created, ")
    assert again == f"{name}: as they should be\n"
    assert _targets(shop) == {"https://moved.example"}

    # when
    settings.PUBLIC_URL = shop.sandbox.door_url
    _sync()

    # then
    assert _targets(shop) == {shop.sandbox.door_url}
