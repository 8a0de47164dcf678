"""What a base proves itself with, as text: how secrets are made, and how they are found again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

SECRET_PREFIX = "whsec_"  # noqa: S105  the prefix of a secret, by Standard Webhooks
KEY_PREFIX = "b2b_"
_SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64."""


def new_signing_secret() -> str:
    """`whsec_` and base64 of 32 random bytes, as Standard Webhooks writes a secret."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signing_bytes(secret: str) -> bytes:
    """What messages are signed with. Raises ValueError for a text that is no signing secret."""
    try:
        return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a stored signing secret is none") from error


def new_key_id() -> str:
    """A name of a signing secret, which is no secret itself."""
    return secrets.token_hex(16)


def new_bearer_key() -> str:
    """`b2b_` and 32 random bytes."""
    return KEY_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)


def new_password() -> str:
    """Sixteen random bytes, short enough to be typed into a form of the accounting system."""
    return secrets.token_urlsafe(16)


def new_username(base_code: str) -> str:
    """Begins with the base's code, and is nobody else's."""
    return f"{base_code}-{secrets.token_hex(3)}"


def lookup_of(text: str) -> str:
    """SHA-256 by which a bearer key, or a password's user name, is found."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
