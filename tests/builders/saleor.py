"""A Saleor as the app meets it: its keys, its installation, what it signs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from saleor_b2b_docs.saleor.models import Channel, Installation
from saleor_b2b_docs.saleor.sealing import seal

API_URL = "https://shop.example/graphql/"
OTHER_API_URL = "https://other-shop.example/graphql/"
APP_ID = "QXBwOjE="
"""Global id App:1."""
OTHER_APP_ID = "QXBwOjI="
"""Global id App:2."""
APP_TOKEN = "app-token-of-the-shop"
BUYER_ID = "VXNlcjox"
"""Global id User:1."""
OTHER_BUYER_ID = "VXNlcjoy"
"""Global id User:2."""
STAFF_ID = "VXNlcjo5"
"""Global id User:9."""
STAFF_PERMISSIONS = ("MANAGE_ORDERS", "MANAGE_USERS")

_TOKEN_LIFETIME = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key of a Saleor."""

    key_id: str
    private: rsa.RSAPrivateKey

    def jwk(self) -> dict[str, Any]:
        """The public part as Saleor's key set publishes it."""
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**public, "use": "sig", "kid": self.key_id, "alg": "RS256"}


@lru_cache(maxsize=16)
def signing_key(key_id: str = "key-1") -> SigningKey:
    """The key of this id; making one takes long, so each is made once per run."""
    return SigningKey(key_id, rsa.generate_private_key(public_exponent=65537, key_size=2048))


def key_set(*keys: SigningKey) -> dict[str, Any]:
    """What `/.well-known/jwks.json` answers; without arguments, the key `key-1`."""
    return {"keys": [key.jwk() for key in keys or (signing_key(),)]}


def make_installation(
    *,
    api_url: str = API_URL,
    app_id: str = APP_ID,
    token: str = APP_TOKEN,
    keys: Sequence[SigningKey] = (),
    jwks_fetched_at: dt.datetime | None = None,
    is_active: bool = True,
    installed_at: dt.datetime | None = None,
    uninstalled_at: dt.datetime | None = None,
    caught_up_to: dt.datetime | None = None,
    granted_permissions: Sequence[str] = ("MANAGE_CHANNELS", "MANAGE_ORDERS", "MANAGE_USERS"),
) -> Installation:
    """A stored installation, made a day ago and with a fresh key set unless said otherwise."""
    now = timezone.now()
    return Installation.objects.create(
        api_url=api_url,
        app_id=app_id,
        encrypted_token="" if uninstalled_at else seal(token),
        saleor_version="3.23.1",
        granted_permissions=list(granted_permissions),
        jwks=key_set(*keys),
        jwks_fetched_at=jwks_fetched_at or now,
        is_active=is_active,
        installed_at=installed_at or now - dt.timedelta(days=1),
        uninstalled_at=uninstalled_at,
        caught_up_to=caught_up_to,
    )


def make_channel(
    installation: Installation,
    *,
    slug: str = "default-channel",
    currency: str = "UAH",
    confirms_automatically: bool = True,
    allows_unpaid_orders: bool = True,
) -> Channel:
    """A channel as last refreshed."""
    return Channel.objects.create(
        installation=installation,
        saleor_id=f"Channel:{slug}",
        slug=slug,
        name=slug,
        currency=currency,
        confirms_automatically=confirms_automatically,
        allows_unpaid_orders=allows_unpaid_orders,
        refreshed_at=timezone.now(),
    )


def sign(
    body: bytes,
    *,
    key: SigningKey | None = None,
    key_id: str | None = None,
) -> str:
    """The `Saleor-Signature` of these bytes: a detached JWS, as Saleor makes it.

    `key_id` overrides the id that the signature names.
    """
    key = key or signing_key()
    header = {
        "kid": key_id if key_id is not None else key.key_id,
        "crit": ["b64"],
        "b64": False,
    }
    return jwt.api_jws.encode(
        body, key.private, algorithm="RS256", headers=header, is_payload_detached=True
    )


def customer_token(
    *,
    user_id: str = BUYER_ID,
    api_url: str = API_URL,
    key: SigningKey | None = None,
    issued_at: dt.datetime | None = None,
    claims: Mapping[str, object] | None = None,
) -> str:
    """A customer's access token. `claims` are added to the usual ones or replace them."""
    return signed_token(
        {
            **_times(issued_at),
            "iss": api_url,
            "owner": "saleor",
            "token": "vVgxVMnGyvzW",
            "email": "buyer@example.com",
            "type": "access",
            "user_id": user_id,
            "is_staff": False,
            **(claims or {}),
        },
        key=key,
    )


def staff_token(
    *,
    user_id: str = STAFF_ID,
    api_url: str = API_URL,
    app_id: str = APP_ID,
    app_permissions: Sequence[str] = STAFF_PERMISSIONS,
    user_permissions: Sequence[str] = STAFF_PERMISSIONS,
    key: SigningKey | None = None,
    issued_at: dt.datetime | None = None,
    claims: Mapping[str, object] | None = None,
) -> str:
    """The token that the Dashboard makes for this app and a member of staff."""
    return signed_token(
        {
            **_times(issued_at),
            "iss": api_url,
            "owner": "saleor",
            "token": "vVgxVMnGyvzW",
            "email": "staff@example.com",
            "type": "thirdparty",
            "user_id": user_id,
            "is_staff": True,
            "app": app_id,
            "permissions": list(app_permissions),
            "user_permissions": list(user_permissions),
            **(claims or {}),
        },
        key=key,
    )


def signed_token(claims: Mapping[str, object], *, key: SigningKey | None = None) -> str:
    """A JWT of exactly these claims, signed as Saleor does."""
    key = key or signing_key()
    return jwt.encode(
        dict(claims), key.private, algorithm="RS256", headers={"kid": key.key_id, "typ": "JWT"}
    )


def bearer(token: str) -> dict[str, str]:
    """The request header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def _times(issued_at: dt.datetime | None) -> dict[str, object]:
    issued_at = issued_at or timezone.now()
    return {"iat": issued_at, "exp": issued_at + _TOKEN_LIFETIME}
