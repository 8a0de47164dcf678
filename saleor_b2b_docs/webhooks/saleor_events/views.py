"""The door for Saleor's events: verify, store, hand on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.errors import InvalidSignature, SaleorUnavailable
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.signatures import verify_signature
from saleor_b2b_docs.webhooks.saleor_events.events import SaleorEvent
from saleor_b2b_docs.webhooks.saleor_events.registry import EVENTS
from saleor_b2b_docs.work.services import receive

log = structlog.get_logger(__name__)


class _Refusal(Exception):
    """A 4xx is final for Saleor, a 5xx is tried again: what we cannot judge now must be a 5xx."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


# Saleor's servers hold no cookies of ours; what proves the sender is the signature.
@csrf_exempt
@require_POST
def saleor_event(request: HttpRequest, event: str) -> JsonResponse:
    """Take one delivery: 200 means that it is on disk, and workers have been told."""
    try:
        is_new = _accept(request, event, now=timezone.now())
    except _Refusal as refusal:
        log.warning("delivery refused", name=event, code=refusal.code, status=refusal.status)
        return JsonResponse({"error": refusal.code}, status=refusal.status)
    return JsonResponse({"status": "accepted" if is_new else "repeated"})


def _accept(request: HttpRequest, name: str, *, now: dt.datetime) -> bool:
    event = EVENTS.get(name)
    if event is None or request.headers.get("Saleor-Event", "").lower() != name:
        raise _Refusal(404, "UNKNOWN_EVENT")
    body = _body(request)
    api_url = request.headers.get("Saleor-Api-Url", "")
    signature = request.headers.get("Saleor-Signature", "")
    try:
        installation = _verified(
            queries.recently_installed(api_url, now=now), event, signature, body, now=now
        )
    except _Refusal as refusal:
        if refusal.status >= 500:
            raise
        # Refusing is final, so it takes more than what this process remembers.
        installation = _verified(
            queries.installed(api_url=api_url), event, signature, body, now=now
        )
    return receive(
        installation_id=installation.pk,
        source="saleor",
        event=name,
        body=body,
        now=now,
    )


def _verified(
    installation: Installation | None,
    event: SaleorEvent[Any],
    signature: str,
    body: bytes,
    *,
    now: dt.datetime,
) -> Installation:
    """The installation, once its Saleor proved to mean us, with a payload that we understand."""
    if installation is None:
        raise _Refusal(401, "UNKNOWN_INSTALLATION")
    try:
        verify_signature(installation, signature=signature, body=body, now=now)
    except InvalidSignature as error:
        raise _Refusal(401, "INVALID_SIGNATURE") from error
    except SaleorUnavailable as error:
        raise _Refusal(503, "KEYS_UNAVAILABLE") from error
    try:
        payload = event.payload.model_validate_json(body)
    except ValidationError as error:
        raise _Refusal(400, "INVALID_PAYLOAD") from error
    if payload.recipient.id != installation.app_id:
        raise _Refusal(403, "OTHER_RECIPIENT")
    return installation


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise _Refusal(411, "LENGTH_REQUIRED")
    if int(length) > settings.MAX_BODY_BYTES:
        raise _Refusal(413, "BODY_TOO_LARGE")
    return request.body
