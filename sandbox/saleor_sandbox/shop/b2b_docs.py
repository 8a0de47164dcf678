"""The way from the shop's server to B2B Docs: one fixed address, the buyer's token added here."""

from __future__ import annotations

import threading

import httpx

from saleor_sandbox import configuration
from saleor_sandbox.shop.visitor import Visitor

_TIMEOUT = httpx.Timeout(20, connect=3)

_client_lock = threading.Lock()
_clients: list[httpx.Client] = []


def ask(question: bytes, visitor: Visitor, *, address: str) -> httpx.Response:
    """Post a GraphQL question in the visitor's name. Raises httpx.HTTPError.

    `address` is the visitor's: guests are limited by it, and all of them come from this server.
    """
    headers = {
        "Content-Type": "application/json",
        "Saleor-Api-Url": configuration.current().api_url,
        "X-Forwarded-For": address,
    }
    if token := visitor.access_token():
        headers["Authorization"] = f"Bearer {token}"
    return _client().post(
        f"{configuration.current().app_inside_url}/graphql/", content=question, headers=headers
    )


def _client() -> httpx.Client:
    """One pool of connections, made after the server has forked."""
    with _client_lock:
        if not _clients:
            _clients.append(httpx.Client(timeout=_TIMEOUT, trust_env=False))
        return _clients[0]
