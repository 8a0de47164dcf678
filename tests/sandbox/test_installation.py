"""Apps come, are switched off and on, and go."""

from __future__ import annotations

from typing import Any

import pytest
from saleor_sandbox.install_client import InstallError
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import data, place
from tests.sandbox.receivers import EVENTS, PERMISSIONS, Receiver


def test_handshake_carries_token_and_address(sandbox: SandboxProcess, app: Receiver) -> None:
    headers, body = app.handshakes[-1]

    me = data(sandbox.call("query { app { identifier version isActive } }", token=app.token), "app")

    assert headers["Saleor-Api-Url"] == sandbox.api_url
    assert headers["Saleor-Domain"] == f"127.0.0.1:{sandbox.port}"
    assert headers["Saleor-Schema-Version"] == "3.23"
    # Saleor leaves the port out of the Host header.
    assert headers["Host"] == "127.0.0.1"
    assert "Saleor-Signature" not in headers
    assert set(body) == {"auth_token"}
    assert me == {"identifier": app.identifier, "version": "1.0", "isActive": True}


def test_app_reads_its_own_webhooks(sandbox: SandboxProcess, app: Receiver) -> None:
    answer = sandbox.call(
        """
        query {
          app {
            permissions { code }
            webhooks { targetUrl isActive subscriptionQuery asyncEvents { eventType } }
          }
        }
        """,
        token=app.token,
    )

    found = data(answer, "app")
    assert [entry["code"] for entry in found["permissions"]] == sorted(PERMISSIONS)
    assert found["webhooks"] == [
        {
            "targetUrl": f"{app.url}/webhooks",
            "isActive": True,
            "subscriptionQuery": app.query,
            "asyncEvents": [{"eventType": name} for name in EVENTS],
        }
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"query": "subscription { event { ... on OrderCreated { order { nope } } } }"},
            "webhooks: [\"Subscription query is not valid: Cannot query field 'nope' on type "
            "'Order'.\"]",
        ),
        (
            {"query": "query { shop { name } }"},
            "webhooks: [\"Subscription query is not valid: Subscription operation can't be "
            'found."]',
        ),
        (
            {"handshake_answer": (403, b'{"error": {"message": "not on the list"}}')},
            "not on the list",
        ),
        (
            {"handshake_answer": (500, b"oops")},
            "App internal error (500). Try later or contact with app support.",
        ),
        (
            {"changes": {"tokenTargetUrl": "http://127.0.0.1:9/register"}},
            "Failed to connect to app. Try later or contact with app support.",
        ),
        (
            {"changes": {"requiredSaleorVersion": ">=3.24"}},
            "requiredSaleorVersion: ['Saleor version 3.23.28 is not supported by the app.']",
        ),
        (
            {"changes": {"permissions": ["MANAGE_ORDERS"], "extensions": [
                {"label": "x", "url": "/x", "mount": "X", "permissions": ["MANAGE_USERS"]}]}},
            "extensions: [\"Extension permission must be listed in App's permissions.\"]",
        ),
    ],
    ids=["field", "no subscription", "refused", "broken", "no answer", "version", "extension"],
)  # fmt: skip
def test_failed_installation_says_why_and_leaves_nothing(
    sandbox: SandboxProcess, receiver: Receiver, staff: str, changes: dict[str, Any], message: str
) -> None:
    for name, value in changes.items():
        setattr(receiver, name, value)

    with pytest.raises(InstallError) as failure:
        sandbox.install(receiver.manifest_url)

    assert str(failure.value) == message
    apps = sandbox.call("query { apps(first: 100) { edges { node { identifier } } } }", token=staff)
    assert receiver.identifier not in str(apps)


def test_same_app_is_not_installed_twice(sandbox: SandboxProcess, app: Receiver) -> None:
    with pytest.raises(InstallError, match="App with the same identifier is already installed"):
        sandbox.install(app.manifest_url)


def test_inactive_app_has_no_access_and_gets_no_orders(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    app_id = data(sandbox.call("query { app { id } }", token=app.token), "app")["id"]
    switch = "mutation($id: ID!) { %s(id: $id) { app { isActive } errors { code } } }"

    sandbox.call(switch % "appDeactivate", {"id": app_id}, token=staff)
    told = app.wait_for(lambda it: it.event == "app_status_changed")[0].payload
    refused = sandbox.call("query { app { id } }", token=app.token)
    missed = place(sandbox)
    sandbox.call(switch % "appActivate", {"id": app_id}, token=staff)
    seen = place(sandbox)

    assert told["app"] == {"id": app_id, "isActive": False}
    assert refused["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}
    app.wait_for(lambda it: it.is_about(seen), count=2)
    assert not [it for it in app.deliveries if it.is_about(missed)]


def test_removed_app_is_told_and_its_token_is_dead(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    app_id = data(sandbox.call("query { app { id } }", token=app.token), "app")["id"]

    sandbox.call(
        "mutation($id: ID!) { appDelete(id: $id) { errors { code } } }", {"id": app_id}, token=staff
    )

    told = app.wait_for(lambda it: it.event == "app_deleted")[0].payload
    assert told["app"]["id"] == told["recipient"]["id"] == app_id
    refused = sandbox.call("query { app { id } }", token=app.token)
    assert refused["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}


def test_app_changes_its_own_webhooks(sandbox: SandboxProcess, app: Receiver) -> None:
    query = "subscription { event { ... on OrderCreated { order { id } } } }"
    created = sandbox.call(
        """
        mutation($input: WebhookCreateInput!) {
          webhookCreate(input: $input) { webhook { id } errors { field code } }
        }
        """,
        {
            "input": {
                "name": "Second",
                "targetUrl": f"{app.url}/second",
                "asyncEvents": ["ORDER_CREATED"],
                "query": query,
                "isActive": True,
            }
        },
        token=app.token,
    )
    webhook_id = data(created, "webhookCreate")["webhook"]["id"]
    update = """
    mutation($id: ID!, $input: WebhookUpdateInput!) {
      webhookUpdate(id: $id, input: $input) { errors { field code } }
    }
    """

    broken = sandbox.call(
        update, {"id": webhook_id, "input": {"query": "subscription {"}}, token=app.token
    )
    muted = sandbox.call(update, {"id": webhook_id, "input": {"isActive": False}}, token=app.token)
    deleted = sandbox.call(
        "mutation($id: ID!) { webhookDelete(id: $id) { errors { code } } }",
        {"id": webhook_id},
        token=app.token,
    )

    assert data(broken, "webhookUpdate")["errors"] == [{"field": "query", "code": "SYNTAX"}]
    assert data(muted, "webhookUpdate")["errors"] == []
    assert data(deleted, "webhookDelete")["errors"] == []
