"""The doors of an accounting system that is programmed: events in, requests out, schemas."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from saleor_b2b_docs.onec.channels.events.models import json_schema
from saleor_b2b_docs.onec.channels.events.reading import MAX_BYTES
from saleor_b2b_docs.onec.channels.events.services import IdReused, take
from saleor_b2b_docs.onec.requests import services as requests
from saleor_b2b_docs.webhooks.onec_events.authentication import authenticate
from saleor_b2b_docs.webhooks.onec_events.refusals import Refusal

log = structlog.get_logger(__name__)

Arguments = ParamSpec("Arguments")
_DEFAULT_REQUESTS = 50
_MOST_REQUESTS = 500


def _answering(
    view: Callable[Concatenate[HttpRequest, Arguments], JsonResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], JsonResponse]:
    """Refusals become answers, and nobody on the way keeps any."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> JsonResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            log.warning("request refused", code=refusal.code, status=refusal.status)
            response = refusal.response()
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


# The accounting system holds no cookies of ours; it proves itself by a key or a signature.
@csrf_exempt
@require_POST
@_answering
def events(request: HttpRequest) -> JsonResponse:
    """Take a message: 200 means that it is on disk and applied, and says what was refused of it."""
    now = timezone.now()
    knock = authenticate(request, lambda: _body(request), needs_id=True, now=now)
    try:
        answer = take(knock.base, knock.body, message_id=knock.message_id, now=now)
    except IdReused as error:
        raise Refusal(409, error.code, str(error)) from error
    # Sorted, since a database keeps no order of names, and a repeat is answered byte for byte.
    return JsonResponse(
        dict(answer.body), status=answer.status, json_dumps_params={"sort_keys": True}
    )


@require_GET
@_answering
def wanted(request: HttpRequest) -> JsonResponse:
    """What the shop wants of the accounting system, under the id to acknowledge it by."""
    now = timezone.now()
    knock = authenticate(request, lambda: b"", needs_id=False, now=now)
    page = requests.offer(knock.base, limit=_limit(request), now=now)
    return JsonResponse({"id": page.id, "requests": page.requests})


# As above: no cookies.
@csrf_exempt
@require_POST
@_answering
def acknowledge(request: HttpRequest, page_id: str) -> JsonResponse:
    """The accounting system has what it was given under this id: only now it counts as sent."""
    now = timezone.now()
    knock = authenticate(request, lambda: _body_if_any(request), needs_id=False, now=now)
    confirmed = requests.acknowledge(knock.base, page_id, now=now)
    return JsonResponse({"status": "acknowledged", "count": confirmed})


@require_safe
def schema(request: HttpRequest, name: str) -> JsonResponse:
    """A JSON Schema of what may be posted. Nothing of it is secret."""
    if name != "events.json":
        return JsonResponse({"error": "NOT_FOUND", "message": "see events.json"}, status=404)
    return JsonResponse(_schema(), content_type="application/schema+json")


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _body(request: HttpRequest) -> bytes:
    """The body, no more of it than is taken. Raises Refusal."""
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdecimal():
        raise Refusal(411, "LENGTH_REQUIRED", "Content-Length is missing")
    limit = min(settings.MAX_EVENTS_BYTES, MAX_BYTES)
    if len(length) > len(str(limit)) or int(length) > limit:
        raise Refusal(413, "BODY_TOO_LARGE", f"a message has at most {limit} bytes")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refusal(415, "COMPRESSED", "a message is sent as it is, not compressed")
    # `request.body` has a limit of its own, which is that of small messages.
    try:
        body = request.read(int(length))
    except UnreadablePostError as error:
        raise _cut_off() from error
    if len(body) < int(length):
        raise _cut_off()
    return body


def _cut_off() -> Refusal:
    return Refusal(400, "CUT_OFF", "the message is shorter than its Content-Length")


def _body_if_any(request: HttpRequest) -> bytes:
    return _body(request) if request.headers.get("Content-Length") else b""


def _limit(request: HttpRequest) -> int:
    text = request.GET.get("limit", str(_DEFAULT_REQUESTS))
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_REQUESTS))
    if not is_number or not 1 <= int(text) <= _MOST_REQUESTS:
        raise Refusal(400, "INVALID_LIMIT", f"limit is 1 to {_MOST_REQUESTS}")
    return int(text)
