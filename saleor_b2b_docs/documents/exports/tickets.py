"""Signed, short-lived links to exports: browsers send no token with a download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing

from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind

TICKET_LIFETIME = dt.timedelta(minutes=10)
"""Long enough to begin a download. A ticket says who asks, not what he may see: that is checked
again when it is opened."""
_SALT = "b2b-docs.export"


class InvalidTicket(Exception):
    """A ticket that is forged, of another kind of export, or expired."""

    code = "INVALID_TICKET"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who asked for what."""

    viewer: Viewer
    arguments: Mapping[str, Any]


def export_url(kind: str, viewer: Viewer, arguments: Mapping[str, Any]) -> str:
    """The address of an export of this kind for this viewer; it opens for ten minutes.

    `arguments` are plain JSON values, which travel in the address: keep them short.
    """
    ticket = signing.dumps(
        {
            "kind": kind,
            "viewer": [
                viewer.kind.value,
                viewer.installation_id,
                viewer.user_id,
                sorted(viewer.permissions),
            ],
            "arguments": dict(arguments),
        },
        salt=_SALT,
        compress=True,
    )
    return f"{settings.PUBLIC_URL}/exports/{kind}?{urlencode({'ticket': ticket})}"


def open_ticket(ticket: str, *, kind: str) -> Ticket:
    """Who asked for what with this ticket. Raises InvalidTicket."""
    try:
        said = signing.loads(ticket, salt=_SALT, max_age=TICKET_LIFETIME)
    except signing.BadSignature as error:
        raise InvalidTicket("forged or expired") from error
    if said["kind"] != kind:
        raise InvalidTicket("of another kind of export")
    viewer_kind, installation_id, user_id, permissions = said["viewer"]
    viewer = Viewer(
        ViewerKind(viewer_kind),
        installation_id=installation_id,
        user_id=user_id,
        permissions=frozenset(permissions),
    )
    return Ticket(viewer=viewer, arguments=said["arguments"])
