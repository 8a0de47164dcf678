"""Who knocks at the doors of the events' channel: a bearer key, or a signature of the message."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from saleor_b2b_docs.documents.attempts import TooManyAttempts
from saleor_b2b_docs.onec.credentials.errors import AuthenticationFailed
from saleor_b2b_docs.onec.credentials.signatures import Signed
from saleor_b2b_docs.onec.credentials.verification import by_bearer, by_signature
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.saleor.callers import client_address
from saleor_b2b_docs.webhooks.onec_events.refusals import Refusal

_ID = re.compile(r"[!-~]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Knock:
    """Who sent a message, what it is called, and what is in it."""

    base: Base
    message_id: str
    """Empty where the message needs none."""
    body: bytes


def authenticate(
    request: HttpRequest, read: Callable[[], bytes], *, needs_id: bool, now: dt.datetime
) -> Knock:
    """The base that sent a request. `read` gives the body, which a signature is over; nothing is
    read for who shows neither a valid key nor a signature. Raises Refusal."""
    address = client_address(request)
    authorization = request.headers.get("Authorization", "")
    try:
        if authorization:
            return _by_bearer(request, authorization, read, needs_id=needs_id, now=now)
        signed = _signed(request)
        body = read()
        base = by_signature(request.GET.get("key", ""), signed, body=body, now=now, address=address)
    except AuthenticationFailed as error:
        raise Refusal(401, error.code, str(error)) from error
    except TooManyAttempts as error:
        raise Refusal(429, error.code, str(error), retry_after=error.retry_after) from error
    return Knock(base, signed.id, body)


def _by_bearer(
    request: HttpRequest,
    authorization: str,
    read: Callable[[], bytes],
    *,
    needs_id: bool,
    now: dt.datetime,
) -> Knock:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise AuthenticationFailed("UNAUTHENTICATED", "Authorization is of the kind Bearer here")
    base = by_bearer(token.strip(), now=now, address=client_address(request))
    if base is None:
        raise AuthenticationFailed("UNKNOWN_KEY", "there is no such key, or it was revoked")
    message_id = request.headers.get("Idempotency-Key", "")
    if needs_id and not _ID.fullmatch(message_id):
        raise Refusal(
            400,
            "INVALID_ID",
            "Idempotency-Key names the message: 1 to 200 Latin letters, digits and signs",
        )
    return Knock(base, message_id, read())


def _signed(request: HttpRequest) -> Signed:
    headers = request.headers
    signed = Signed(
        id=headers.get("webhook-id", ""),
        timestamp=headers.get("webhook-timestamp", ""),
        signatures=headers.get("webhook-signature", ""),
    )
    if not signed.signatures or not request.GET.get("key"):
        raise AuthenticationFailed(
            "UNAUTHENTICATED",
            "send a bearer key, or the three headers of Standard Webhooks and ?key=",
        )
    if not _ID.fullmatch(signed.id):
        raise AuthenticationFailed(
            "INVALID_ID",
            "webhook-id names the message: 1 to 200 Latin letters, digits and signs",
        )
    return signed
