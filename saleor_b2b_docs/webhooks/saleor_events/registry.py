"""All events that we subscribe to."""

from __future__ import annotations

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


def definitions() -> Sequence[WebhookDefinition]:
    """The webhooks that a Saleor should have."""
    return [event.definition for event in EVENTS.values()]


def sync(job: JobContext) -> None:
    """Job: compare the webhooks at one Saleor with ours, and mend them."""
    with at_installation(job.installation_id, now=job.now) as installation:
        sync_webhooks(installation, definitions())
