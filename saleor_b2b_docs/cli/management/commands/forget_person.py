"""`b2b-docs manage forget_person`: somebody left; papers stay, what leads to him goes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from saleor_b2b_docs.cli.management.installation_command import InstallationCommand
from saleor_b2b_docs.orders.services import forget_guest, forget_person


class Command(InstallationCommand):
    help = "Erase account, e-mail and phone of a customer or a guest from the orders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--user", help="the account's global id at Saleor")
        who.add_argument("--guest", help="the e-mail of a guest, who has no account")

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = self.installation(options)
        try:
            count = (
                forget_person(installation, user_id=options["user"])
                if options["user"] is not None
                else forget_guest(installation, email=options["guest"])
            )
        except ValueError as error:
            raise CommandError("Say who: the id or the e-mail is empty.") from error
        self.stdout.write(f"{count} orders")
