"""Reading the answers of the documents' doors."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Protocol


class Answer(Protocol):
    """What of a response is looked at here; the test client's own class has no name to import."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def content(self) -> bytes: ...


def path_of(url: str) -> str:
    """An address of ours as the test client wants it."""
    return url.removeprefix("https://docs.example")


def assert_private(response: Answer) -> None:
    """Kept by nobody, framed by nobody, and running nothing but its own script."""
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Robots-Tag"] == "noindex"
    policy = response.headers["Content-Security-Policy"].split("; ")
    nonces = set(re.findall(r"'nonce-[\w-]{22}'", " ".join(policy)))
    own = nonces.pop() if nonces else "'none'"
    assert not nonces
    assert policy == [
        "default-src 'none'",
        f"style-src {own}",
        f"script-src {own}",
        "img-src data:",
        "font-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]


def without_what_differs(response: Answer, document_id: uuid.UUID) -> tuple[object, ...]:
    """Status, headers and body, with the nonce and the document's id blanked."""
    nonce = re.search(r"'nonce-([\w-]+)'", response.headers["Content-Security-Policy"])
    secrets = [str(document_id), *([nonce[1]] if nonce else [])]

    def blank(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, "…")
        return text

    headers = {
        name: blank(value)
        for name, value in response.headers.items()
        if name.lower() != "x-request-id"
    }
    return response.status_code, headers, blank(response.content.decode())
