"""`b2b-docs manage move_installation OLD NEW`: Saleor got another address."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_b2b_docs.saleor.services import move_installation


class Command(BaseCommand):
    help = "Let an installation go on under Saleor's new API address. Stop the app before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old_api_url")
        parser.add_argument("new_api_url")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            moved = move_installation(
                old_api_url=options["old_api_url"], new_api_url=options["new_api_url"]
            )
        except ValueError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        if not moved:
            raise CommandError(f"The app is not installed at {options['old_api_url']}.")
        self.stdout.write("moved")
