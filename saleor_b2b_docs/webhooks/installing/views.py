"""The doors of the installation: the manifest, and the handshake."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, ValidationError

from saleor_b2b_docs.saleor.errors import HandshakeRefused
from saleor_b2b_docs.saleor.manifest import manifest
from saleor_b2b_docs.saleor.services import install
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions

_STATUSES = {"NOT_ALLOWED": 403, "TOKEN_REFUSED": 401, "NO_TOKEN": 400, "UNREACHABLE": 503}


class Handshake(BaseModel):
    """What Saleor posts to `tokenTargetUrl`."""

    auth_token: str


@require_safe
def app_manifest(request: HttpRequest) -> JsonResponse:
    """The manifest, which holds nothing secret. Saleor says which version of it asks."""
    return JsonResponse(manifest(definitions(request.headers.get("Saleor-Schema-Version", ""))))


# The request comes from Saleor's server; it proves itself by the call back, not by a cookie.
@csrf_exempt
@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """Take the app's token. On a refusal Saleor deletes the app and shows our message."""
    try:
        handshake = Handshake.model_validate_json(request.body)
    except ValidationError:
        return _refused("NO_TOKEN", "The handshake carries no auth_token.")
    try:
        install(
            api_url=request.headers.get("Saleor-Api-Url", ""),
            token=handshake.auth_token,
            now=timezone.now(),
        )
    except HandshakeRefused as refusal:
        return _refused(refusal.code, str(refusal))
    return JsonResponse({"success": True})


def _refused(code: str, message: str) -> JsonResponse:
    return JsonResponse(
        {"success": False, "error": {"code": code, "message": message}}, status=_STATUSES[code]
    )
