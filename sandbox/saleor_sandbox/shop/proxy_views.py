"""The way from the shop's pages to B2B Docs: same origin, the token added on the server.

One fixed address behind it, and only for pages of the shop's own: a foreign page that posts here
with a buyer's cookies is turned away by its Origin.
"""

from __future__ import annotations

import threading

import httpx
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from saleor_sandbox import configuration
from saleor_sandbox.shop.visitor import Visitor

_LONGEST_QUESTION = 20_000
_TIMEOUT = httpx.Timeout(20, connect=3)

_client_lock = threading.Lock()
_clients: list[httpx.Client] = []


def _client() -> httpx.Client:
    """One pool of connections, made after the server has forked."""
    with _client_lock:
        if not _clients:
            _clients.append(httpx.Client(timeout=_TIMEOUT, trust_env=False))
        return _clients[0]


@csrf_exempt  # The Origin is checked instead; the element has no form token to send.
@require_POST
def b2b_docs(request: HttpRequest) -> HttpResponse:
    """Pass a question of the storefront's elements on to the app."""
    own_origin = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own_origin:
        return JsonResponse({"errors": [{"message": "Foreign origin."}]}, status=403)
    if len(request.body) > _LONGEST_QUESTION:
        return JsonResponse({"errors": [{"message": "Too long."}]}, status=413)
    headers = {
        "Content-Type": "application/json",
        "Saleor-Api-Url": configuration.current().api_url,
        # Guests are limited by address, and all come from this server.
        "X-Forwarded-For": request.META.get("REMOTE_ADDR", ""),
    }
    if token := Visitor(request).access_token():
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = _client().post(
            f"{configuration.current().app_inside_url}/graphql/",
            content=request.body,
            headers=headers,
        )
    except httpx.HTTPError:
        return JsonResponse({"errors": [{"message": "No answer from B2B Docs."}]}, status=502)
    response = HttpResponse(
        answer.content,
        status=answer.status_code,
        content_type=answer.headers.get("Content-Type", "application/json"),
    )
    response["Cache-Control"] = "no-store"
    if retry_after := answer.headers.get("Retry-After"):
        response["Retry-After"] = retry_after
    return response
