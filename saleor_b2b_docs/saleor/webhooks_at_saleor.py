"""Comparing the webhooks we want with those at Saleor, and mending the difference.

Saleor reads a manifest once, at the installation. When the app is upgraded, moved to another
address, or somebody changed its webhooks in the Dashboard, it has to put them right itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from saleor_b2b_docs import __version__
from saleor_b2b_docs.saleor.api.app_webhooks import AppWebhooksAppWebhooks
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.api.enums import WebhookEventTypeAsyncEnum
from saleor_b2b_docs.saleor.api.input_types import WebhookCreateInput, WebhookUpdateInput
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.errors import SaleorRefused
from saleor_b2b_docs.saleor.manifest import WebhookDefinition
from saleor_b2b_docs.saleor.models import Installation

log = structlog.get_logger(__name__)


def sync_webhooks(installation: Installation, wanted: Sequence[WebhookDefinition]) -> list[str]:
    """Make Saleor's list of our webhooks equal the wanted one; says what was changed.

    Webhooks are told apart by their event. Raises SaleorRefused where Saleor says no.
    """
    changes: list[str] = []
    with client_of(installation) as saleor:
        app = saleor.app_webhooks().app
        if app is None:
            return changes
        present = list(app.webhooks or [])
        for definition in wanted:
            matching = [webhook for webhook in present if _events(webhook) == [definition.event]]
            if not matching:
                _create(saleor, definition)
                changes.append(f"created {definition.event}")
            elif not _is_as_wanted(matching[0], definition):
                _update(saleor, matching[0].id, definition)
                changes.append(f"updated {definition.event}")
            for surplus in matching[1:]:
                _delete(saleor, surplus.id)
                changes.append(f"deleted a second {definition.event}")
        events = {definition.event for definition in wanted}
        for webhook in present:
            # Webhooks that staff added under names of their own are theirs.
            if not set(_events(webhook)) & events and (webhook.name or "").startswith("B2B Docs: "):
                _delete(saleor, webhook.id)
                changes.append(f"deleted {webhook.name}")
    Installation.objects.filter(pk=installation.pk).update(app_version=__version__)
    if changes:
        log.info("webhooks mended", installation=installation.pk, changes=changes)
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
