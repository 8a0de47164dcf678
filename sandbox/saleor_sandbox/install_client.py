"""Installing an app over the API, as staff do it in the Dashboard."""

from __future__ import annotations

import time
from typing import Any

import httpx

STAFF_EMAIL = "admin@example.com"
STAFF_PASSWORD = "admin"  # noqa: S105  the make-believe shop's public password


class InstallError(RuntimeError):
    """The app is not installed; the message says why."""


def install(
    *,
    api_url: str,
    manifest_url: str,
    app_name: str,
    timeout: float,
    email: str = STAFF_EMAIL,
    password: str = STAFF_PASSWORD,
) -> str:
    """Install the app of `manifest_url` with the permissions that its manifest asks for.

    Waits for `timeout` seconds at most and returns the app's global id. Raises InstallError.
    """
    with httpx.Client(timeout=30, trust_env=False) as client:
        try:
            manifest = client.get(manifest_url).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise InstallError(f"no manifest at {manifest_url}: {error}") from error
        api = _Api(client, api_url)
        api.sign_in(email, password)
        started = api.call(
            """
            mutation($input: AppInstallInput!) {
              appInstall(input: $input) {
                appInstallation { id }
                errors { field message code }
              }
            }
            """,
            {
                "input": {
                    "appName": app_name,
                    "manifestUrl": manifest_url,
                    "permissions": manifest.get("permissions", []),
                }
            },
        )["appInstall"]
        if started["errors"]:
            raise InstallError("; ".join(error["message"] for error in started["errors"]))
        return _wait(api, started["appInstallation"]["id"], manifest["id"], timeout)


class _Api:
    def __init__(self, client: httpx.Client, url: str) -> None:
        self._client = client
        self._url = url
        self._headers: dict[str, str] = {}

    def sign_in(self, email: str, password: str) -> None:
        answer = self.call(
            """
            mutation($email: String!, $password: String!) {
              tokenCreate(email: $email, password: $password) {
                token
                errors { message }
              }
            }
            """,
            {"email": email, "password": password},
        )["tokenCreate"]
        if not answer["token"]:
            raise InstallError("; ".join(error["message"] for error in answer["errors"]))
        self._headers = {"Authorization": f"Bearer {answer['token']}"}

    def call(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            answer = self._client.post(
                self._url,
                json={"query": query, "variables": variables or {}},
                headers=self._headers,
            ).json()
        except (httpx.HTTPError, ValueError) as error:
            raise InstallError(f"no answer from {self._url}: {error}") from error
        if answer.get("errors"):
            raise InstallError("; ".join(error["message"] for error in answer["errors"]))
        data: dict[str, Any] = answer["data"]
        return data


def _wait(api: _Api, installation_id: str, identifier: str, timeout: float) -> str:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        data = api.call(
            """
            query {
              appsInstallations { id status message }
              apps(first: 100) { edges { node { id identifier } } }
            }
            """
        )
        under_way = {entry["id"]: entry for entry in data["appsInstallations"]}
        entry = under_way.get(installation_id)
        if entry is None:
            for edge in data["apps"]["edges"]:
                if edge["node"]["identifier"] == identifier:
                    app_id: str = edge["node"]["id"]
                    return app_id
        elif entry["status"] == "FAILED":
            raise InstallError(entry["message"] or "failed without a reason")
        time.sleep(0.2)
    raise InstallError(f"not finished after {timeout:g} s")
