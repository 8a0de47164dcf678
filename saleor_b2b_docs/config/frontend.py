"""The buyer's web components, for shops that load them from here."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe


@require_safe
def storefront_file(_request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the built bundle. Any shop may load it; it holds nothing of anybody's."""
    path = safe_join(settings.FRONTEND_DIR / "storefront", name)
    try:
        # Closed by the response.
        file = open(path, "rb")  # noqa: SIM115
    except (OSError, ValueError) as error:  # no file, a folder, or no name of a file at all
        raise Http404 from error
    response = FileResponse(file)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
