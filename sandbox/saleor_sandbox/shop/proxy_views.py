"""The way from the shop's pages to B2B Docs: same origin, the token added on the server.

One fixed address behind it, and only for pages of the shop's own: a foreign page that posts here
with a buyer's cookies is turned away by its Origin.
"""

from __future__ import annotations

import httpx
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from saleor_sandbox.shop.b2b_docs import ask
from saleor_sandbox.shop.visitor import Visitor

_LONGEST_QUESTION = 20_000


@csrf_exempt  # The Origin is checked instead; the element has no form token to send.
@require_POST
def b2b_docs(request: HttpRequest) -> HttpResponse:
    """Pass a question of the storefront's elements on to the app."""
    own_origin = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own_origin:
        return JsonResponse({"errors": [{"message": "Foreign origin."}]}, status=403)
    if len(request.body) > _LONGEST_QUESTION:
        return JsonResponse({"errors": [{"message": "Too long."}]}, status=413)
    try:
        answer = ask(request.body, Visitor(request), address=request.META.get("REMOTE_ADDR", ""))
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
