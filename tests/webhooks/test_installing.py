from __future__ import annotations

import json

import httpx
import pytest
import respx
from django.test import Client

from saleor_b2b_docs.saleor.manifest import manifest
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions
from saleor_b2b_docs.work.models import Job
from tests.builders.logs import captured_log
from tests.builders.saleor import API_URL, APP_ID, key_set

pytestmark = pytest.mark.django_db

JWKS_URL = "https://shop.example/.well-known/jwks.json"
TOKEN = "the-apps-token"


def accepting(saleor: respx.MockRouter, identifier: str = "saleor.b2b-docs") -> respx.Route:
    """Saleor knows the token and shows its keys."""
    app = {
        "id": APP_ID,
        "identifier": identifier,
        "name": "B2B Docs",
        "version": "0.1.0",
        "isActive": True,
        "permissions": [],
    }
    saleor.get(JWKS_URL).respond(json=key_set())
    return saleor.post(API_URL).respond(json={"data": {"app": app, "shop": {"version": "3.23.1"}}})


def register(
    body: bytes = json.dumps({"auth_token": TOKEN}).encode(), *, api_url: str = API_URL
) -> tuple[int, dict[str, object]]:
    """Status and answer of the door."""
    headers = {"Saleor-Api-Url": api_url, "Saleor-Domain": "shop.example"}
    response = Client().generic(
        "POST",
        "/api/register",
        body,
        content_type="application/json",
        headers={name: value for name, value in headers.items() if value},
    )
    return response.status_code, json.loads(response.content)


def test_the_manifest_is_for_everybody() -> None:
    response = Client().get("/api/manifest", headers={"Saleor-Schema-Version": "3.23"})

    assert response.status_code == 200
    assert response.json() == manifest(definitions())


@pytest.mark.parametrize(
    ("version", "knows"),
    [
        ("3.22", False),
        ("3.22.17", False),
        ("3.23", True),
        ("3.24.0-a.0", True),
        ("4.0", True),
        ("", False),
        ("new", False),
    ],
)
def test_the_manifest_asks_a_saleor_for_nothing_that_it_does_not_know(
    version: str, knows: bool
) -> None:
    headers = {"Saleor-Schema-Version": version} if version else {}

    webhooks = Client().get("/api/manifest", headers=headers).json()["webhooks"]

    assert len(webhooks) == (16 if knows else 15)
    assert any(webhook["asyncEvents"] == ["CUSTOMER_DELETED"] for webhook in webhooks) is knows


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_manifest_is_only_read(method: str) -> None:
    assert Client().generic(method, "/api/manifest").status_code == 405


def test_a_handshake_is_accepted(saleor: respx.MockRouter) -> None:
    accepting(saleor)

    assert register() == (200, {"success": True})

    assert Installation.objects.get().api_url == API_URL


def refused(code: str, message: str) -> dict[str, object]:
    """What Saleor shows the merchant."""
    return {"success": False, "error": {"code": code, "message": message}}


def test_a_saleor_that_is_not_on_the_list_is_told_which_setting_lacks_it(
    saleor: respx.MockRouter,
) -> None:
    anywhere = saleor.route()

    assert register(api_url="https://evil.example/graphql/") == (
        403,
        refused(
            "NOT_ALLOWED",
            "https://evil.example/graphql/ is not on this app's list of allowed Saleors "
            "(B2B_DOCS_SALEOR_API_URLS).",
        ),
    )
    assert register(api_url="")[0] == 403

    assert not anywhere.called
    assert_nothing_was_kept()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"[]",
        b"{}",
        b'{"auth_token": null}',
        b'{"auth_token": 7}',
        b'{"auth_token": ""}',
        '{"auth_token": "жетон"}'.encode(),
        b"\xff",
    ],
)
def test_a_handshake_without_a_usable_token_is_refused(
    saleor: respx.MockRouter, body: bytes
) -> None:
    anywhere = saleor.route()

    status, answer = register(body)

    assert (status, answer["success"]) == (400, False)
    assert isinstance(answer["error"], dict)
    assert answer["error"]["code"] == "NO_TOKEN"
    assert not anywhere.called
    assert_nothing_was_kept()


def test_another_apps_token_is_refused(saleor: respx.MockRouter) -> None:
    accepting(saleor, identifier="some.other.app")

    assert register() == (
        401,
        refused(
            "TOKEN_REFUSED",
            "The token is not this app's, or the app is inactive: install it active.",
        ),
    )
    assert_nothing_was_kept()


def test_a_token_that_saleor_refuses_is_refused(saleor: respx.MockRouter) -> None:
    accepting(saleor)
    saleor.post(API_URL).respond(400, json={"errors": [{"message": "Invalid token"}]})

    assert register() == (
        401,
        refused("TOKEN_REFUSED", "Saleor refuses the token: Invalid token"),
    )
    assert_nothing_was_kept()


def test_a_saleor_out_of_reach_is_told_so(saleor: respx.MockRouter) -> None:
    accepting(saleor).mock(side_effect=httpx.ConnectTimeout("no answer"))

    status, answer = register()

    assert status == 503
    assert answer == refused(
        "UNREACHABLE",
        f"The app cannot reach Saleor at {API_URL} to check the token: "
        f"AppIdentity: cannot connect to {API_URL}",
    )
    assert_nothing_was_kept()


def test_the_token_is_told_to_nobody(saleor: respx.MockRouter) -> None:
    accepting(saleor)

    with captured_log() as log:
        register()
        accepting(saleor, identifier="some.other.app")
        _, answer = register()
        accepting(saleor).mock(side_effect=httpx.ReadTimeout("lost"))
        _, other_answer = register()

    assert TOKEN not in log.getvalue()
    assert TOKEN not in json.dumps([answer, other_answer])
    assert TOKEN not in Installation.objects.get().encrypted_token


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_only_post_registers(method: str) -> None:
    response = Client().generic(method, "/api/register", headers={"Saleor-Api-Url": API_URL})

    assert response.status_code == 405
    assert_nothing_was_kept()


def assert_nothing_was_kept() -> None:
    assert not Installation.objects.exists()
    assert not Job.objects.exists()
