"""Answers that carry somebody's papers: kept by nobody, framed by nobody."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

_Response = TypeVar("_Response", bound=HttpResponseBase)


def private(response: _Response, *, nonce: str = "") -> _Response:
    """The answer, kept and framed by nobody, and running nothing but its own script."""
    own = f"'nonce-{nonce}'" if nonce else "'none'"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {own}; script-src {own}; img-src data:; font-src 'none'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def plain_text(text: str, *, status: int) -> HttpResponse:
    """A short answer in words, private as all of them."""
    return private(HttpResponse(text, status=status, content_type="text/plain; charset=utf-8"))


def content_disposition(name: str, *, is_download: bool) -> str:
    """The header that gives a file its name: in ASCII, and as it is for browsers of today."""
    stem, dot, suffix = name.rpartition(".")
    ascii_name = "".join(
        char if char.isascii() and (char.isalnum() or char in "-_.") else "_" for char in stem
    )
    disposition = "attachment" if is_download else "inline"
    return f"{disposition}; filename=\"{ascii_name}{dot}{suffix}\"; filename*=UTF-8''{quote(name)}"
