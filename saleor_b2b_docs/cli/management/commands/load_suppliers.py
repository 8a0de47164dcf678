"""`b2b-docs manage load_suppliers FILE`: suppliers from a TOML file (docs/suppliers.md)."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from saleor_b2b_docs.cli.management.installation_command import InstallationCommand
from saleor_b2b_docs.parties.services import load_suppliers


class Command(InstallationCommand):
    help = "Create or replace suppliers as a TOML file says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = self.installation(options)
        path: Path = options["file"]
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
            suppliers = load_suppliers(
                installation, entries, folder=path.parent, now=timezone.now()
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CommandError(f"{path}: {error}") from error
        except (pydantic.ValidationError, ValidationError) as error:
            raise CommandError(f"{path}: nothing was changed: {error}") from error
        for supplier in suppliers:
            self.stdout.write(f"{supplier.code}: {supplier.legal_name}")
