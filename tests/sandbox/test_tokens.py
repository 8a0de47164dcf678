"""Tokens and keys, as an app sees them."""

from __future__ import annotations

import time
from typing import Any

import httpx
import jwt
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import OLENA, STAFF, data
from tests.sandbox.receivers import PERMISSIONS, Receiver

SIGN_IN = """
mutation($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) {
    token
    refreshToken
    errors { field code }
  }
}
"""


def keys(sandbox: SandboxProcess) -> jwt.PyJWKSet:
    answer = httpx.get(f"{sandbox.url}/.well-known/jwks.json", trust_env=False)
    return jwt.PyJWKSet.from_dict(answer.json())


def claims(sandbox: SandboxProcess, token: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    key = next(key for key in keys(sandbox).keys if key.key_id == header["kid"])
    verified: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], issuer=sandbox.api_url)
    return verified


def test_access_token_verifies_and_says_who(sandbox: SandboxProcess) -> None:
    found = claims(sandbox, sandbox.sign_in(*OLENA))

    assert found["exp"] - found["iat"] == 300
    assert found["owner"] == "saleor"
    assert found["type"] == "access"
    assert found["email"] == OLENA[0]
    assert found["is_staff"] is False
    assert set(found) == {
        "iat", "exp", "iss", "owner", "token", "email", "type", "user_id", "is_staff"
    }  # fmt: skip


def test_dashboard_token_is_cut_to_the_app(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    app_id = data(sandbox.call("query { app { id } }", token=app.token), "app")["id"]
    answer = sandbox.call(
        "query($id: ID) { app(id: $id) { accessToken } }", {"id": app_id}, token=staff
    )

    found = claims(sandbox, data(answer, "app")["accessToken"])

    assert found["type"] == "thirdparty"
    assert found["app"] == app_id
    assert sorted(found["permissions"]) == sorted(PERMISSIONS)
    assert "MANAGE_APPS" in found["user_permissions"]


def test_token_is_refreshed(sandbox: SandboxProcess) -> None:
    created = data(sandbox.call(SIGN_IN, {"email": OLENA[0], "password": OLENA[1]}), "tokenCreate")
    refresh = "mutation($t: String!) { tokenRefresh(refreshToken: $t) { token errors { code } } }"

    renewed = sandbox.call(refresh, {"t": created["refreshToken"]})
    refused = sandbox.call(refresh, {"t": created["token"]})

    assert claims(sandbox, data(renewed, "tokenRefresh")["token"])["email"] == OLENA[0]
    assert data(refused, "tokenRefresh")["errors"] == [{"code": "JWT_INVALID_TOKEN"}]


def test_wrong_password_is_refused(sandbox: SandboxProcess) -> None:
    answer = sandbox.call(SIGN_IN, {"email": OLENA[0], "password": "guess"})

    assert data(answer, "tokenCreate") == {
        "token": None,
        "refreshToken": None,
        "errors": [{"field": "email", "code": "INVALID_CREDENTIALS"}],
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda token: token[:-6] + "AAAAAA", "InvalidSignatureError"),
        (
            lambda token: jwt.encode(
                jwt.decode(token, options={"verify_signature": False}), "x" * 32, "HS256"
            ),
            "InvalidAlgorithmError",
        ),
    ],
    ids=["forged signature", "other algorithm"],
)
def test_forged_token_fails_where_the_caller_matters(
    sandbox: SandboxProcess, change: Any, code: str
) -> None:
    forged = change(sandbox.sign_in(*OLENA))

    answer = sandbox.call("query { me { id } }", token=forged)
    harmless = sandbox.call("query { shop { name } }", token=forged)

    assert answer["data"] == {"me": None}
    assert answer["errors"][0]["extensions"] == {"exception": {"code": code}}
    assert "errors" not in harmless


def test_deactivated_customer_loses_the_token_at_once(sandbox: SandboxProcess, staff: str) -> None:
    email = f"short-lived-{time.time_ns()}@example.com"
    created = sandbox.call(
        "mutation($i: UserCreateInput!) { customerCreate(input: $i) { user { id } } }",
        {"i": {"email": email, "firstName": "Короткий"}},
        token=staff,
    )
    user_id = data(created, "customerCreate")["user"]["id"]
    change = """
    mutation($id: ID!, $active: Boolean!) {
      customerUpdate(id: $id, input: { isActive: $active }) { errors { code } }
    }
    """
    token = sandbox.sign_in(*STAFF)

    sandbox.call(change, {"id": user_id, "active": False}, token=staff)
    found = sandbox.call(
        "query($email: String) { user(email: $email) { isActive } }", {"email": email}, token=token
    )

    assert data(found, "user") == {"isActive": False}


def test_rotated_key_makes_old_tokens_worthless(sandbox: SandboxProcess) -> None:
    token = sandbox.sign_in(*OLENA)
    before = {key.key_id for key in keys(sandbox).keys}

    answer = httpx.post(f"{sandbox.url}/sandbox/rotate-key", trust_env=False)

    after = {key.key_id for key in keys(sandbox).keys}
    assert after == {answer.json()["kid"]}
    assert not before & after
    assert sandbox.call("query { me { id } }", token=token)["data"] == {"me": None}
    assert data(sandbox.call("query { me { email } }", token=sandbox.sign_in(*OLENA)), "me")
