"""The request id: one name for a request through door, job and call to Saleor."""

from __future__ import annotations

import re
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from saleor_b2b_docs.work.request_ids import new_request_id

_ACCEPTABLE = re.compile(r"[\w.-]{8,64}", re.ASCII)


def request_id(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take the proxy's X-Request-ID or make one, bind it to the logs, answer with it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        current = given if _ACCEPTABLE.fullmatch(given) else new_request_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=current)
        try:
            response = get_response(request)
        finally:
            structlog.contextvars.clear_contextvars()
        response.headers["X-Request-ID"] = current
        return response

    return middleware


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in one line: the doors speak to programs, and say nothing about what exists."""
    return HttpResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8")
