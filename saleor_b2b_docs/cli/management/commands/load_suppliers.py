"""`b2b-docs manage load_suppliers FILE`: suppliers from a TOML file (docs/suppliers.md)."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from saleor_b2b_docs.parties.services import load_suppliers
from saleor_b2b_docs.saleor.queries import asked_installation


class Command(BaseCommand):
    help = "Create or replace suppliers as a TOML file says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--installation", default="", help="API address, if there are several")

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = asked_installation(options["installation"])
        if installation is None:
            raise CommandError("Name the installation: --installation https://…/graphql/")
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
