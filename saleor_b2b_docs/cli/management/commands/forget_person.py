"""`b2b-docs manage forget_person`: somebody left; papers stay, what leads to him goes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_b2b_docs.orders.services import forget_guest, forget_person
from saleor_b2b_docs.saleor.queries import asked_installation


class Command(BaseCommand):
    help = "Erase account, e-mail and phone of a customer or a guest from the orders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--user", help="the account's global id at Saleor")
        who.add_argument("--guest", help="the e-mail of a guest, who has no account")
        parser.add_argument("--installation", default="", help="API address, if there are several")

    def handle(self, *_args: Any, **options: Any) -> None:
        installation = asked_installation(options["installation"])
        if installation is None:
            raise CommandError("Name the installation: --installation https://…/graphql/")
        try:
            count = (
                forget_person(installation, user_id=options["user"])
                if options["user"] is not None
                else forget_guest(installation, email=options["guest"])
            )
        except ValueError as error:
            raise CommandError("Say who: the id or the e-mail is empty.") from error
        self.stdout.write(f"{count} orders")
