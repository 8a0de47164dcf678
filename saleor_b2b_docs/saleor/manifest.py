"""What the app tells a Saleor about itself, and the webhooks it wants there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from saleor_b2b_docs import __version__

APP_ID = "saleor.b2b-docs"
APP_NAME = "B2B Docs"
# 3.24's prereleases count as 3.24 here; a plain ">=3.22 <4" would refuse them.
REQUIRED_SALEOR = ">=3.22.0-0 <4"

PERMISSIONS = ("MANAGE_ORDERS", "MANAGE_USERS", "MANAGE_CHANNELS", "MANAGE_SETTINGS")
"""Orders and invoices; who the customers are; the channels' settings and their changes. The last
one is for the Dashboard: staff's tokens carry no permission that the app does not have."""

HANDLE_PAYMENTS = "HANDLE_PAYMENTS"
"""Needed only where a supplier has payments reported to Saleor, so the manifest does not ask for
it: the merchant grants it then."""

NAME_PREFIX = f"{APP_NAME}: "
"""What the name of each of our webhooks begins with."""


@dataclass(frozen=True, slots=True)
class WebhookDefinition:
    """One asynchronous webhook: a Saleor event and the query that shapes its payload."""

    event: str
    """Saleor's event name in lower snake case, as in the `Saleor-Event` header."""
    query: str

    @property
    def name(self) -> str:
        """How staff see it in the Dashboard; unique per app, so it also identifies it."""
        return f"{NAME_PREFIX}{self.event}"

    @property
    def target_url(self) -> str:
        """The door that takes it."""
        return f"{settings.PUBLIC_URL}/api/webhooks/saleor/{self.event}"


def manifest(webhooks: Sequence[WebhookDefinition]) -> dict[str, Any]:
    """The manifest as Saleor 3.22 to 3.24 take it."""
    return {
        "id": APP_ID,
        "name": APP_NAME,
        "version": __version__,
        "about": "Invoices for wholesale buyers, ready on the thank-you page.",
        "author": "B2B Docs",
        "requiredSaleorVersion": REQUIRED_SALEOR,
        "permissions": list(PERMISSIONS),
        "tokenTargetUrl": f"{settings.PUBLIC_URL}/api/register",
        "webhooks": [
            {
                "name": webhook.name,
                "identifier": webhook.event.replace("_", "-"),
                "asyncEvents": [webhook.event.upper()],
                "query": webhook.query,
                "targetUrl": webhook.target_url,
                "isActive": True,
            }
            for webhook in webhooks
        ],
    }
