"""`b2b-docs manage export_schema federation`: print a schema of the API."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from saleor_b2b_docs.graphql.schema import PARTS, schema_definition


class Command(BaseCommand):
    help = "Print the API's schema: what customers use, what staff use, or a gateway's subgraph."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which of them."""
        parser.add_argument("part", choices=PARTS)

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(schema_definition(options["part"]))
