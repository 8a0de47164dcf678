"""Who asks, and from where: what every door reads from a request."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest

from saleor_b2b_docs.saleor.tokens import viewer_of
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer


def request_viewer(request: HttpRequest, *, now: dt.datetime) -> Viewer:
    """The viewer of the request's bearer token; without one, anonymous.

    Raises InvalidToken for a token that is no good: a caller who means to be somebody must not
    be taken for nobody. Raises SaleorUnavailable when it can't be checked now.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return ANONYMOUS
    return viewer_of(token.strip(), now=now)


def client_address(request: HttpRequest) -> str:
    """The caller's network address, past as many proxies as are ours and no further."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    hops = [hop.strip() for hop in forwarded if hop.strip()]
    return hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else direct
