"""`b2b-docs manage load_accounts FILE`: a supplier's accounts (docs/accounts-file.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pydantic
from django.core.management.base import CommandError
from django.utils import timezone

from saleor_b2b_docs.cli.accounts.customers import find_customers
from saleor_b2b_docs.cli.accounts.entries import AccountsFileError
from saleor_b2b_docs.cli.accounts.file import AccountsFile, read
from saleor_b2b_docs.cli.accounts.services import Loaded, load
from saleor_b2b_docs.cli.management.installation_command import InstallationCommand
from saleor_b2b_docs.parties.accounts.facts import Outcome
from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.postings import PostingSummary

_SHOWN_ERRORS = 20


class Command(InstallationCommand):
    help = "Load companies, contracts, documents and payments as a JSON file says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = self.installation(options)
        path: Path = options["file"]
        try:
            file = read(path.read_bytes())
            loaded = load(
                installation,
                file,
                folder=path.parent,
                people=_people(installation, file),
                is_dry=options["dry_run"],
                now=timezone.now(),
            )
        except OSError as error:
            raise CommandError(f"{path}: {error}") from error
        except pydantic.ValidationError as error:
            raise CommandError(f"{path}: nothing was changed:\n{_told(error)}") from error
        except AccountsFileError as error:
            raise CommandError(f"{path}: nothing was changed: {error}") from error
        except (SaleorRefused, SaleorUnavailable, SaleorUncertain) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        for line in _summary(loaded):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")


def _people(installation: Installation, file: AccountsFile) -> Mapping[str, Person]:
    """The customers that are named by nothing but their e-mail."""
    emails = {member.email.lower() for member in file.members if not member.user_id}
    return find_customers(installation, emails) if emails else {}


def _told(error: pydantic.ValidationError) -> str:
    """Where and what, without what pydantic adds for programmers."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"  {'.'.join(str(step) for step in problem['loc']) or 'file'}: {problem['msg']}"
        for problem in found[:_SHOWN_ERRORS]
    ]
    more = len(found) - len(lines)
    return "\n".join([*lines, f"  and {more} more"] if more else lines)


def _summary(loaded: Loaded) -> Iterator[str]:
    for what in ("groups", "managers", "counterparties", "contracts"):
        counted = {outcome: loaded.parties[what, outcome] for outcome in Outcome}
        if any(counted.values()):
            yield f"{what}: {_counts(**{str(name): count for name, count in counted.items()})}"
    yield f"documents: {loaded.documents}, {loaded.files} with a PDF"
    yield f"entries: {_posted(loaded.entries)}"
    if loaded.unposted:
        yield f"entries of void documents taken out: {loaded.unposted}"
    yield f"payments: {_posted(loaded.payments)}"
    yield f"payments announced, not posted yet: {_counts(new=loaded.announced)}"
    yield f"stated balances: {_counts(new=loaded.stated)}"
    yield f"members: {_counts(new=loaded.members)}"


def _posted(summary: PostingSummary) -> str:
    before = f", {summary.before_books} before the books" if summary.before_books else ""
    counts = _counts(new=summary.new, changed=summary.changed, unchanged=summary.unchanged)
    return f"{counts}{before}"


def _counts(**counts: int) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())
