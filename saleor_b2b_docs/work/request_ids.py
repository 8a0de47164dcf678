"""The id that ties a request, the jobs it caused and their calls to Saleor together."""

from __future__ import annotations

import secrets

import structlog


def new_request_id() -> str:
    """A fresh id, 16 hexadecimal digits."""
    return secrets.token_hex(8)


def current_request_id() -> str:
    """The id bound to this context, or an empty string outside a request or a job."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
