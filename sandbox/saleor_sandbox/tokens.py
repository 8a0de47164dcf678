"""Keys, tokens and signatures, as Saleor makes them.

RS256 throughout. The key's id is its RFC 7638 thumbprint; the public keys are published as a
JWK set. A rotation keeps nothing of the old key, as in Saleor, where there is only ever one.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt import api_jws
from jwt.algorithms import RSAAlgorithm

from saleor_sandbox import configuration, global_ids, keyfile
from saleor_sandbox.models import App, User

_ALGORITHM = "RS256"
_KEY_FILE = "signing-key.pem"
_REFRESH_LIFETIME = dt.timedelta(days=30)

ACCESS = "access"
REFRESH = "refresh"
THIRD_PARTY = "thirdparty"


class Jwk(TypedDict, total=False):
    """A public RSA key of a JWK set."""

    kty: str
    key_ops: list[str]
    n: str
    e: str
    use: str
    kid: str
    alg: str


def _key_path() -> Path:
    path: Path = configuration.current().data_dir / _KEY_FILE
    return path


def rotate_key() -> str:
    """Replace the signing key; tokens of the old one stop being valid. Returns the new key's id."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    keyfile.write_private(_key_path(), pem)
    return key_id()


def _private_key() -> rsa.RSAPrivateKey:
    path = _key_path()
    if not path.exists():
        rotate_key()
    # The modification time is part of the cache's key, so a rotation by the command line is
    # noticed by a server that is running.
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _load(path: Path, _modified: int) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    return key


@lru_cache(maxsize=1)
def _public_numbers(key: rsa.RSAPrivateKey) -> dict[str, str]:
    jwk: dict[str, str] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return jwk


def key_id() -> str:
    """The RFC 7638 thumbprint of the public key."""
    jwk = _public_numbers(_private_key())
    required = {name: jwk[name] for name in ("e", "kty", "n")}
    canonical = json.dumps(required, separators=(",", ":"), sort_keys=True).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).decode().rstrip("=")


def jwk_set() -> dict[str, list[Jwk]]:
    """What `/.well-known/jwks.json` answers."""
    jwk = _public_numbers(_private_key())
    return {
        "keys": [
            Jwk(
                kty=jwk["kty"],
                key_ops=["verify"],
                n=jwk["n"],
                e=jwk["e"],
                use="sig",
                kid=key_id(),
                alg=_ALGORITHM,
            )
        ]
    }


def sign_detached(payload: bytes) -> str:
    """The detached JWS (RFC 7797, `header..signature`) of a webhook's body."""
    return api_jws.encode(
        payload,
        key=_private_key(),
        algorithm=_ALGORITHM,
        headers={"kid": key_id(), "crit": ["b64"]},
        is_payload_detached=True,
    )


def _encode(user: User, *, token_type: str, lifetime: dt.timedelta, extra: dict[str, Any]) -> str:
    issued = dt.datetime.now(dt.UTC)
    claims: dict[str, Any] = {
        "iat": issued,
        "owner": "saleor",
        "iss": configuration.current().api_url,
        "exp": issued + lifetime,
        "token": user.jwt_token_key,
        "email": user.email,
        "type": token_type,
        "user_id": global_ids.of(user),
        "is_staff": user.is_staff,
        **extra,
    }
    return jwt.encode(claims, _private_key(), algorithm=_ALGORITHM, headers={"kid": key_id()})


def _access_lifetime() -> dt.timedelta:
    return dt.timedelta(seconds=configuration.current().access_token_seconds)


def access_token(user: User, *, audience: str | None = None) -> str:
    """A token of `user` for five minutes."""
    extra = {"aud": audience} if audience else {}
    return _encode(user, token_type=ACCESS, lifetime=_access_lifetime(), extra=extra)


def refresh_token(user: User, *, csrf_token: str, audience: str | None = None) -> str:
    """A token that buys access tokens for 30 days."""
    extra: dict[str, Any] = {"csrfToken": csrf_token}
    if audience:
        extra["aud"] = audience
    return _encode(user, token_type=REFRESH, lifetime=_REFRESH_LIFETIME, extra=extra)


def third_party_token(app: App, user: User) -> str:
    """What the Dashboard hands to an app: a token of `user` cut to the app's permissions."""
    extra: dict[str, Any] = {
        "app": global_ids.of(app),
        "permissions": sorted(set(app.permissions) & set(user.permissions)),
        "user_permissions": sorted(user.permissions),
    }
    if app.audience:
        extra["aud"] = app.audience
    return _encode(user, token_type=THIRD_PARTY, lifetime=_access_lifetime(), extra=extra)


def decode(token: str) -> dict[str, Any]:
    """The claims of a token of ours. Raises jwt.PyJWTError for any other, and when it expired."""
    claims: dict[str, Any] = jwt.decode(
        token,
        _private_key().public_key(),
        algorithms=[_ALGORITHM],
        # Saleor decodes its own tokens, whoever their audience is.
        options={"verify_aud": False},
    )
    return claims


def is_ours(token: str) -> bool:
    """Whether `token` says of itself, unverified, that Saleor made it."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return False
    return claims.get("owner") == "saleor"


def new_app_token() -> str:
    """Thirty random characters."""
    return secrets.token_urlsafe(22)[:30]


def digest(app_token: str) -> str:
    """What is stored of an app's token."""
    return hashlib.sha256(app_token.encode()).hexdigest()
