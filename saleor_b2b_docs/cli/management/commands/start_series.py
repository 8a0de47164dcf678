"""`b2b-docs manage start_series`: go on after the numbers that were given before the app."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from saleor_b2b_docs.cli.management.installation_command import InstallationCommand
from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.services import start_series
from saleor_b2b_docs.parties.queries import suppliers


class Command(InstallationCommand):
    help = "Let a supplier's gapless series of invoices go on after a number."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("supplier", help="the supplier's code")
        parser.add_argument("--last", type=int, required=True, help="the last number given")
        parser.add_argument("--year", type=int, default=0, help="0 if the pattern has no year")

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = self.installation(options)
        found = [one for one in suppliers(installation) if one.code == options["supplier"]]
        if not found:
            raise CommandError(f"There is no supplier {options['supplier']}.")
        try:
            start_series(
                found[0], kind=DocumentKind.INVOICE, year=options["year"], last=options["last"]
            )
        except ValueError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        self.stdout.write(f"the next invoice is {options['last'] + 1}")
