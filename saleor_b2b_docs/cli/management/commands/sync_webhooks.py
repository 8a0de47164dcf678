"""`b2b-docs manage sync_webhooks`: put the webhooks at every Saleor right."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from saleor_b2b_docs.saleor.queries import installations
from saleor_b2b_docs.saleor.webhooks_at_saleor import sync_webhooks
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions


class Command(BaseCommand):
    help = "Compare the webhooks at every Saleor with the app's, and mend them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for installation in installations():
            changes = sync_webhooks(installation, definitions(installation.saleor_version))
            self.stdout.write(
                f"{installation.api_url}: {', '.join(changes) or 'as they should be'}"
            )
