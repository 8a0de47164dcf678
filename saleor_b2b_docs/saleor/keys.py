"""A Saleor's public keys: cached in the database, refetched once for an unknown key id."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import structlog

from saleor_b2b_docs.saleor.errors import SaleorUnavailable
from saleor_b2b_docs.saleor.models import Installation

log = structlog.get_logger(__name__)

REFETCH_AFTER = dt.timedelta(seconds=20)
"""At most one refetch in this time: forged key ids must not turn us into a hammer on Saleor."""
STALE_AFTER = dt.timedelta(hours=12)
"""A key that Saleor withdrew stops being trusted after this at the latest."""
_TIMEOUT = httpx.Timeout(10.0, connect=2.0)  # within the 18 s that Saleor waits for us


class UnknownKey(Exception):
    """Saleor itself does not know this key id."""


def jwks_url(api_url: str) -> str:
    """Where a Saleor publishes its keys."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}/.well-known/jwks.json"


def fetch_jwks(api_url: str) -> dict[str, Any]:
    """The key set as Saleor publishes it now. Raises SaleorUnavailable."""
    url = jwks_url(api_url)
    try:
        response = httpx.get(url, timeout=_TIMEOUT, follow_redirects=False)
        response.raise_for_status()
        key_set = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise SaleorUnavailable(f"no key set at {url} ({type(error).__name__})") from error
    if not isinstance(key_set, dict) or not isinstance(key_set.get("keys"), list):
        raise SaleorUnavailable(f"{url} is not a key set")
    return key_set


def signing_key(installation: Installation, key_id: str, *, now: dt.datetime) -> jwt.PyJWK:
    """The public key of this id.

    Raises UnknownKey when Saleor doesn't know it, SaleorUnavailable when it can't be asked.
    """
    fetched_at = installation.jwks_fetched_at
    key = _find(installation.jwks, key_id)
    if key and fetched_at and now - fetched_at < STALE_AFTER:
        return key
    if fetched_at is None or now - fetched_at >= REFETCH_AFTER:
        try:
            refresh_keys(installation, now=now)
        except SaleorUnavailable:
            if key is None:
                raise
            # A known key of a Saleor that is down for a moment is still its key.
            log.warning("key set could not be refreshed", installation=installation.pk)
            return key
        key = _find(installation.jwks, key_id)
    if key is None:
        raise UnknownKey(key_id)
    return key


def refresh_keys(installation: Installation, *, now: dt.datetime) -> None:
    """Fetch and keep the key set. Raises SaleorUnavailable and keeps the old one."""
    installation.jwks = fetch_jwks(installation.api_url)
    installation.jwks_fetched_at = now
    installation.save(update_fields=["jwks", "jwks_fetched_at"])


def _find(key_set: dict[str, Any], key_id: str) -> jwt.PyJWK | None:
    for jwk in key_set.get("keys", []):
        if isinstance(jwk, dict) and jwk.get("kid") == key_id and jwk.get("kty") == "RSA":
            return _parsed(json.dumps(jwk, sort_keys=True))
    return None


# Parsing a key costs more than checking a signature with it.
@lru_cache(maxsize=256)
def _parsed(jwk: str) -> jwt.PyJWK:
    return jwt.PyJWK.from_json(jwk, algorithm="RS256")
