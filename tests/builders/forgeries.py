"""Signatures and tokens of somebody who does not have the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.builders.saleor import SigningKey, signing_key


def unsigned(header: Mapping[str, object], payload: bytes) -> str:
    """A JWS of algorithm `none`, unless the header says otherwise, with an empty signature."""
    return f"{_segment({'alg': 'none', **header})}.{_encoded(payload)}."


def signed_with_the_public_key(
    header: Mapping[str, object], payload: bytes, *, detached: bool = False
) -> str:
    """A JWS of algorithm HS256, whose secret is what everybody can read: the public key."""
    key: SigningKey = signing_key()
    secret = key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    first = _segment({"alg": "HS256", "kid": key.key_id, **header})
    middle = payload if detached else _encoded(payload).encode()
    signature = hmac.digest(secret, first.encode() + b"." + middle, hashlib.sha256)
    return f"{first}.{'' if detached else middle.decode()}.{_encoded(signature)}"


def nested_header() -> str:
    """A JWS whose header is JSON nested deeper than a parser likes."""
    return f"{_encoded(b'[' * 5000)}.."


def _segment(content: Mapping[str, object]) -> str:
    return _encoded(json.dumps(dict(content)).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
