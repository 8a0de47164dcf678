"""The shop's own style sheet and script."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

_FOLDER = Path(__file__).parent / "assets"
_TYPES = {
    "shop.css": "text/css; charset=utf-8",
    "shop.js": "text/javascript; charset=utf-8",
    "favicon.svg": "image/svg+xml",
}


@require_GET
def asset(request: HttpRequest, name: str) -> FileResponse:
    """One of the known files."""
    if name not in _TYPES:
        raise Http404
    response = FileResponse((_FOLDER / name).open("rb"), content_type=_TYPES[name])
    response["Cache-Control"] = "no-cache"
    return response
