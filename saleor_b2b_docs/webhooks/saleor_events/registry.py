"""All events that we subscribe to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from saleor_b2b_docs.saleor.manifest import WebhookDefinition
from saleor_b2b_docs.saleor.services import at_installation
from saleor_b2b_docs.saleor.webhooks_at_saleor import sync_webhooks
from saleor_b2b_docs.webhooks.saleor_events.customers import CUSTOMER_EVENTS
from saleor_b2b_docs.webhooks.saleor_events.events import SaleorEvent
from saleor_b2b_docs.webhooks.saleor_events.orders import ORDER_EVENTS
from saleor_b2b_docs.webhooks.saleor_events.platform import PLATFORM_EVENTS
from saleor_b2b_docs.work.specs import JobContext

EVENTS: Mapping[str, SaleorEvent[Any]] = {
    event.name: event for event in (*ORDER_EVENTS, *CUSTOMER_EVENTS, *PLATFORM_EVENTS)
}


def definitions(saleor_version: str | None = None) -> Sequence[WebhookDefinition]:
    """The webhooks that a Saleor of this version should have; None: all that there are.

    A version that can't be read, also an empty one, gets what every Saleor understands.
    """
    events = list(EVENTS.values())
    if saleor_version is not None:
        version = _version(saleor_version)
        events = [event for event in events if event.since <= version]
    return [event.definition for event in events]


def sync(job: JobContext) -> None:
    """Job: compare the webhooks at one Saleor with ours, and mend them."""
    with at_installation(job.installation_id, now=job.now) as installation:
        sync_webhooks(installation, definitions(installation.saleor_version))


def _version(text: str) -> tuple[int, int]:
    """Major and minor number, e.g. (3, 24) of "3.24.0-a.0"."""
    found = re.match(r"(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (3, 22)
