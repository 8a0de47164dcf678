"""`b2b-docs manage reseal_tokens`: after a new encryption key was put in front."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_b2b_docs.saleor.sealing import UnsealingFailed
from saleor_b2b_docs.saleor.services import reseal_tokens


class Command(BaseCommand):
    help = "Seal all stored tokens with the first encryption key."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            self.stdout.write(f"{reseal_tokens()} tokens sealed anew")
        except UnsealingFailed as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
