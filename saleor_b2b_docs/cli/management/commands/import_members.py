"""`b2b-docs manage import_members FILE`: who acts for whom, on day one (docs/parties.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from saleor_b2b_docs.cli.management.installation_command import InstallationCommand
from saleor_b2b_docs.parties.importing.rows import UnreadableFile, read_rows
from saleor_b2b_docs.parties.importing.services import import_members
from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain


class Command(InstallationCommand):
    help = "Make customers members of counterparties as a CSV file says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument(
            "--partial", action="store_true", help="do what can be done, though lines are refused"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = self.installation(options)
        path: Path = options["file"]
        try:
            rows = read_rows(path.read_bytes())
            with client_of(installation) as saleor:
                outcomes = import_members(
                    installation,
                    rows,
                    find_user=lambda email: _find(saleor, email),
                    is_dry=options["dry_run"],
                    is_partial=options["partial"],
                    now=timezone.now(),
                )
        except (OSError, UnreadableFile) as error:
            raise CommandError(f"{path}: {error}") from error
        except (SaleorRefused, SaleorUnavailable, SaleorUncertain) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        for outcome in outcomes:
            refused = "refused: " if outcome.is_refused else ""
            self.stdout.write(f"line {outcome.line}: {refused}{outcome.text}")
        refusals = sum(outcome.is_refused for outcome in outcomes)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
        elif refusals and not options["partial"]:
            raise CommandError(f"Nothing was changed: {refusals} lines were refused.")


def _find(saleor: SaleorOperations, email: str) -> Person | None:
    user = saleor.customer_by_email(email=email).user
    if user is None:
        return None
    return Person(user.id, user.email.lower(), f"{user.first_name} {user.last_name}".strip())
