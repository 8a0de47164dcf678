"""From a kept delivery of Saleor's to the jobs that it makes necessary."""

from __future__ import annotations

from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.webhooks.saleor_events.registry import EVENTS
from saleor_b2b_docs.work.specs import Message


def hand_on(message: Message) -> None:
    """Store the jobs of one delivery, unless the app has been uninstalled meanwhile."""
    event = EVENTS[message.event]
    installation = queries.installation(message.installation_id or 0)
    if installation:
        event.handle(installation, event.payload.model_validate_json(message.body), message.now)
