"""Comparing the webhooks we want with those at Saleor, and mending the difference.

Saleor reads a manifest once, at the installation. When the app is upgraded, moved to another
address, or somebody changed its webhooks in the Dashboard, it has to put them right itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from saleor_b2b_docs.saleor.api.app_webhooks import AppWebhooksAppWebhooks
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.api.enums import WebhookEventTypeAsyncEnum
from saleor_b2b_docs.saleor.api.input_types import WebhookCreateInput, WebhookUpdateInput
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.errors import SaleorRefused
from saleor_b2b_docs.saleor.manifest import NAME_PREFIX, WebhookDefinition
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.services import webhooks_compared

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Change:
    """One thing to do at Saleor. Without a definition: delete the webhook."""

    text: str
    webhook_id: str | None = None
    definition: WebhookDefinition | None = None


def sync_webhooks(installation: Installation, wanted: Sequence[WebhookDefinition]) -> list[str]:
    """Make Saleor's list of our webhooks equal the wanted one; says what was changed.

    Ours are known by their names, and told apart by their event. Raises SaleorRefused where
    Saleor says no.
    """
    with client_of(installation) as saleor:
        changes = _plan(saleor, wanted)
        for change in changes:
            if change.definition is None:
                _delete(saleor, change.webhook_id or "")
            elif change.webhook_id is None:
                _create(saleor, change.definition)
            else:
                _update(saleor, change.webhook_id, change.definition)
    webhooks_compared(installation)
    texts = [change.text for change in changes]
    if texts:
        log.info("webhooks mended", installation=installation.pk, changes=texts)
    return texts


def planned_changes(saleor: SaleorOperations, wanted: Sequence[WebhookDefinition]) -> list[str]:
    """What `sync_webhooks` would change."""
    return [change.text for change in _plan(saleor, wanted)]


def _plan(saleor: SaleorOperations, wanted: Sequence[WebhookDefinition]) -> list[_Change]:
    app = saleor.app_webhooks().app
    # Webhooks that staff added under names of their own are theirs, whatever their events are.
    present = [
        webhook
        for webhook in (app.webhooks if app else None) or []
        if (webhook.name or "").startswith(NAME_PREFIX)
    ]
    changes: list[_Change] = []
    for definition in wanted:
        matching = [webhook for webhook in present if _events(webhook) == [definition.event]]
        if not matching:
            changes.append(_Change(f"create {definition.event}", definition=definition))
        elif not _is_as_wanted(matching[0], definition):
            changes.append(_Change(f"update {definition.event}", matching[0].id, definition))
        changes += [
            _Change(f"delete a second {definition.event}", webhook.id) for webhook in matching[1:]
        ]
    events = [[definition.event] for definition in wanted]
    changes += [
        _Change(f"delete {webhook.name}", webhook.id)
        for webhook in present
        if _events(webhook) not in events
    ]
    return changes


def _events(webhook: AppWebhooksAppWebhooks) -> list[str]:
    return [event.event_type.value.lower() for event in webhook.async_events]


def _is_as_wanted(webhook: AppWebhooksAppWebhooks, definition: WebhookDefinition) -> bool:
    return (
        webhook.is_active
        and webhook.target_url == definition.target_url
        and " ".join((webhook.subscription_query or "").split())
        == " ".join(definition.query.split())
    )


def _create(saleor: SaleorOperations, definition: WebhookDefinition) -> None:
    payload = saleor.webhook_create(
        WebhookCreateInput(
            name=definition.name,
            targetUrl=definition.target_url,
            asyncEvents=[WebhookEventTypeAsyncEnum(definition.event.upper())],
            query=definition.query,
            isActive=True,
        )
    ).webhook_create
    _check(payload)


def _update(saleor: SaleorOperations, webhook_id: str, definition: WebhookDefinition) -> None:
    payload = saleor.webhook_update(
        webhook_id,
        WebhookUpdateInput(
            name=definition.name,
            targetUrl=definition.target_url,
            query=definition.query,
            isActive=True,
        ),
    ).webhook_update
    _check(payload)


def _delete(saleor: SaleorOperations, webhook_id: str) -> None:
    _check(saleor.webhook_delete(webhook_id).webhook_delete)


def _check(payload: object) -> None:
    """Raise SaleorRefused for the first error of a mutation's payload."""
    for error in getattr(payload, "errors", []):
        raise SaleorRefused(str(error.code.value), f"{error.field or 'webhook'}: {error.message}")
