"""A command about one installation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.queries import asked_installation


class InstallationCommand(BaseCommand):
    """Takes `--installation`, which must be given where several Saleors have the app."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subclasses add theirs."""
        parser.add_argument("--installation", default="", help="API address, if there are several")

    def installation(self, options: dict[str, Any]) -> Installation:
        """The installation that is meant. Raises CommandError."""
        found = asked_installation(options["installation"])
        if found is None:
            raise CommandError("Name the installation: --installation https://…/graphql/")
        return found
