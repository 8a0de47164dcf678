"""Who orders: a user is looked up at Saleor, and his orders get what they are settled by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from saleor_b2b_docs.documents.adoption import services as adoption
from saleor_b2b_docs.documents.queries import documents_of
from saleor_b2b_docs.onec.orders_out.services import note_order
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.orders.queries import latest_orders_of
from saleor_b2b_docs.orders.services import adopt_orders
from saleor_b2b_docs.orders.snapshot import tax_ids_in
from saleor_b2b_docs.parties.identity.services import identify
from saleor_b2b_docs.parties.identity.shown import Company, IdentifiedUser
from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.saleor.api.fragments import CustomerForMembership
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.own_invoices import book_invoice
from saleor_b2b_docs.settlements.services import order_changed
from saleor_b2b_docs.work.errors import TemporaryFailure

_LAG = dt.timedelta(seconds=2)
"""How long to wait for a read replica of Saleor's that has not seen the user yet."""
_MAX_LAG_ATTEMPTS = 3
_LOOKED_AT = 5
"""So many of a user's latest orders say which companies he buys for."""


def identify_buyer(
    installation: Installation, user_id: str, *, attempt: int, now: dt.datetime
) -> None:
    """Read who a user is at Saleor, and let him act for whom he proves to.

    Raises TemporaryFailure while Saleor can't be had, or may not have seen the user yet.
    """
    with client_of(installation) as saleor:
        shown = saleor.customer_identity(
            id=user_id,
            # Saleor fails the whole query where the app may not read the settings.
            reads_settings="MANAGE_SETTINGS" in installation.granted_permissions,
        )
    if shown.user is None:
        if attempt < _MAX_LAG_ATTEMPTS:
            raise TemporaryFailure("Saleor does not show the user yet", retry_after=_LAG)
        return
    # Where the shop lets people in without confirming their e-mail, Saleor calls every e-mail
    # confirmed; then it proves nothing.
    confirms = bool(shown.shop and shown.shop.enable_account_confirmation_by_email)
    orders = latest_orders_of(installation, user_id, count=_LOOKED_AT)
    if identify(installation, _identified(shown.user, orders, confirms=confirms), now=now):
        # An order may have been kept while he became a member, by who did not see it yet.
        adopt_contracts(installation, user_id, now=now)


def adopt_contracts(installation: Installation, user_id: str, *, now: dt.datetime) -> None:
    """A user became a member: what he ordered before, and its papers, belong to a contract now."""
    with transaction.atomic():  # or a run that is cut off would leave orders without their figures
        adopted = adopt_orders(installation, user_id=user_id, now=now)
        adoption.adopt_orders(installation.pk, user_id=user_id)
        for order in adopted:
            order_changed(order, now=now)
            note_order(order, now=now)
            for document in documents_of(order):
                book_invoice(document, now=now)


def _identified(
    user: CustomerForMembership, orders: Sequence[Order], *, confirms: bool
) -> IdentifiedUser:
    """What Saleor and the orders say of a user. `confirms`: the shop has e-mails confirmed."""
    name = f"{user.first_name} {user.last_name}".strip()
    return IdentifiedUser(
        person=Person(user.id, user.email.lower(), name),
        is_email_confirmed=user.is_confirmed and confirms,
        external_reference=user.external_reference or "",
        private_metadata={entry.key: entry.value for entry in user.private_metadata},
        public_metadata={entry.key: entry.value for entry in user.metadata},
        companies=_companies(orders, person_names={name, user.email.lower()}),
        public_tax_ids=tax_ids_in(user.metadata),
    )


def _companies(orders: Sequence[Order], *, person_names: set[str]) -> tuple[Company, ...]:
    """The companies that orders are billed to, each once, the latest first."""
    companies = (
        Company(
            "" if order.buyer_name in person_names else order.buyer_name,
            tuple(tax_id for tax_id in (order.buyer_tax_id, order.buyer_vat_id) if tax_id),
        )
        for order in orders
    )
    return tuple(dict.fromkeys(company for company in companies if company != Company()))
