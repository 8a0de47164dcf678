"""Customers by their e-mail, as Saleor knows them."""

from __future__ import annotations

from collections.abc import Collection

from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.models import Installation


def find_customers(installation: Installation, emails: Collection[str]) -> dict[str, Person]:
    """The customers of these e-mails; those that Saleor does not have are left out.

    Raises SaleorRefused, SaleorUnavailable, SaleorUncertain.
    """
    found = {}
    with client_of(installation) as saleor:
        for email in sorted(emails):
            user = saleor.customer_by_email(email=email).user
            if user is not None:
                name = f"{user.first_name} {user.last_name}".strip()
                found[email] = Person(user.id, user.email.lower(), name)
    return found
