"""Signatures of Standard Webhooks (standardwebhooks.com, specification 1.0): HMAC-SHA256 over
`id.timestamp.body`.

The library of that name is not used on the way in: it decodes the body as UTF-8, which a PDF in a
multipart message is not, reads the clock itself, and fails on a malformed signature with whatever
exception comes. Tests compare ours with its.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from saleor_b2b_docs.onec.credentials.errors import AuthenticationFailed

TOLERANCE = dt.timedelta(minutes=5)
_MOST_SIGNATURES = 10
"""A rotation needs two."""
_MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Signed:
    """The three headers of a signed message."""

    id: str
    timestamp: str
    """Seconds since 1970, UTC."""
    signatures: str
    """`v1,` and base64, several of them separated by spaces."""


def sign(secret: bytes, *, id: str, timestamp: str, body: bytes) -> str:  # noqa: A002 - its word
    """The `v1` signature of a message."""
    digest = hmac.digest(secret, f"{id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()


def check_signature(
    signed: Signed, *, body: bytes, secrets: Sequence[bytes], now: dt.datetime
) -> int:
    """The place in `secrets` of the one that signed the message. Raises AuthenticationFailed."""
    check_timestamp(signed.timestamp, now=now)
    try:
        head = f"{signed.id}.{signed.timestamp}.".encode()
    except UnicodeEncodeError as error:
        raise AuthenticationFailed("INVALID_SIGNATURE", "webhook-id is no text") from error
    given = [_decoded(one) for one in signed.signatures.split(" ")[:_MOST_SIGNATURES]]
    found = None
    for place, secret in enumerate(secrets):
        digest = hmac.new(secret, head, hashlib.sha256)
        digest.update(body)
        # Every one is compared, so that the time taken does not tell which fits.
        for signature in given:
            if hmac.compare_digest(digest.digest(), signature):
                found = place
    if found is None:
        raise AuthenticationFailed(
            "INVALID_SIGNATURE", "no signature fits this body and a valid secret"
        )
    return found


def check_timestamp(timestamp: str, *, now: dt.datetime) -> None:
    """Raises AuthenticationFailed for one further away than five minutes, or that is none."""
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > _MAX_DIGITS:
        raise AuthenticationFailed(
            "INVALID_TIMESTAMP", "webhook-timestamp is seconds since 1970 in UTC"
        )
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise AuthenticationFailed(
            "INVALID_TIMESTAMP", "webhook-timestamp is more than five minutes off: check the clock"
        )


def _decoded(signature: str) -> bytes:
    version, _, text = signature.partition(",")
    if version != "v1":
        return b""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
