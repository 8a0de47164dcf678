"""Reads of suppliers, counterparties and contracts, scoped by who asks."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from saleor_b2b_docs.parties.models import (
    Alias,
    CalendarDay,
    Contract,
    Counterparty,
    Member,
    Role,
    Supplier,
    SupplierChannel,
)
from saleor_b2b_docs.parties.terms import Calendar, Terms
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind

MONEY_ROLES = (Role.OWNER, Role.ACCOUNTANT)
"""Who of a counterparty sees its money, and the papers of all its orders."""


def supplier_of_channel(installation: Installation, channel_slug: str) -> Supplier | None:
    """Who sells in this channel: the supplier set for it, else the default, else nobody yet."""
    assigned = (
        SupplierChannel.objects.filter(installation=installation, channel_slug=channel_slug)
        .select_related("supplier")
        .first()
    )
    if assigned:
        return assigned.supplier
    return Supplier.objects.filter(installation=installation, is_default=True).first()


def suppliers(installation: Installation) -> Sequence[Supplier]:
    """The installation's suppliers, the default first."""
    return list(
        Supplier.objects.filter(installation=installation)
        .prefetch_related("bank_accounts", "signatories", "channels")
        .order_by("-is_default", "code")
    )


def missing_requisites(supplier: Supplier, currency: str) -> list[str]:
    """What an invoice of this supplier in this currency would lack; empty when it may issue."""
    missing = []
    if not supplier.legal_name:
        missing.append("legal name")
    if not supplier.address:
        missing.append("address")
    if not supplier.tax_id and not supplier.vat_id:
        missing.append("tax id or VAT id")
    if not supplier.bank_accounts.filter(currency__in=("", currency)).exists():
        missing.append(f"bank account for {currency}")
    return missing


def supplier_today(supplier: Supplier, now: dt.datetime) -> dt.date:
    """Which day it is at the supplier's."""
    return now.astimezone(zoneinfo.ZoneInfo(supplier.time_zone)).date()


def calendar_of(supplier: Supplier) -> Calendar:
    """Which days the supplier's banks work."""
    return Calendar(
        dict(CalendarDay.objects.filter(supplier=supplier).values_list("day", "is_working"))
    )


def terms_of(contract: Contract) -> Terms:
    """The contract's own terms, else its counterparty's, else the supplier's days from shipment.

    Reads `supplier` and `counterparty` of the contract. Raises TermsError where somebody wrote
    something else into the column.
    """
    own = contract.terms if contract.terms is not None else contract.counterparty.terms
    return (
        Terms.from_json(own) if own is not None else Terms.of_days(contract.supplier.payment_days)
    )


def tenant(viewer: Viewer) -> int:
    """The id of the installation that a viewer belongs to; for nobody 0, which none has."""
    return viewer.installation_id or 0


def seats(viewer: Viewer) -> dict[UUID, Role]:
    """Whom a customer acts for, and as what. Empty for staff and for who is not signed in."""
    return {
        counterparty_id: Role(role)
        for counterparty_id, role in _memberships(viewer).values_list("counterparty_id", "role")
    }


def seats_by_age(installation: Installation, user_id: str) -> Sequence[Member]:
    """A user's memberships with their counterparties, the oldest first; for the app itself."""
    if not user_id:
        return []
    return list(
        Member.objects.filter(counterparty__installation=installation, user_id=user_id)
        .select_related("counterparty")
        .order_by("created_at", "id")
    )


def visible_counterparties(viewer: Viewer) -> QuerySet[Counterparty]:
    """A customer's own; staff with MANAGE_ORDERS or MANAGE_USERS: all; anybody else: none."""
    if viewer.may_read_orders or viewer.may_manage_users:
        return Counterparty.objects.filter(installation_id=tenant(viewer), merged_into=None)
    return Counterparty.objects.filter(
        merged_into=None, pk__in=_memberships(viewer).values("counterparty_id")
    )


def visible_counterparty(viewer: Viewer, counterparty_id: UUID) -> Counterparty | None:
    """The counterparty of this id, if the viewer may see it."""
    return visible_counterparties(viewer).filter(pk=counterparty_id).first()


def visible_contracts(viewer: Viewer) -> QuerySet[Contract]:
    """The contracts of everybody that a customer acts for, money or not; staff with
    MANAGE_ORDERS: all of the installation; anybody else: none."""
    if viewer.may_read_orders:
        return _contracts().filter(supplier__installation_id=tenant(viewer))
    return _contracts().filter(counterparty__in=_memberships(viewer).values("counterparty_id"))


def money_contracts(viewer: Viewer) -> QuerySet[Contract]:
    """The contracts whose money a viewer may see: a customer's where he is owner or accountant;
    staff with MANAGE_ORDERS: all of the installation; anybody else: none."""
    if viewer.may_read_orders:
        return visible_contracts(viewer)
    return _contracts().filter(
        counterparty__in=_memberships(viewer).filter(role__in=MONEY_ROLES).values("counterparty_id")
    )


def money_contract(viewer: Viewer, contract_id: UUID) -> Contract | None:
    """The contract of this id, if the viewer may see its money; with its parties and manager."""
    return money_contracts(viewer).filter(pk=contract_id).first()


def all_contracts() -> Iterator[Contract]:
    """Every contract of every installation, for commands that go through all of them."""
    contracts = Contract.objects.select_related("supplier", "counterparty").order_by("pk")
    return contracts.iterator(chunk_size=500)


def main_contract(supplier: Supplier, counterparty: Counterparty, currency: str) -> Contract | None:
    """What takes the orders of these two in this currency that name no other contract."""
    return (
        _contracts()
        .filter(supplier=supplier, counterparty=counterparty, currency=currency, is_main=True)
        .first()
    )


def resolve_alias(installation_id: int, *, source: str, kind: str, external_id: str) -> str | None:
    """The primary key, as text, of what an outside system calls so."""
    return (
        Alias.objects.filter(
            installation_id=installation_id, source=source, kind=kind, external_id=external_id
        )
        .values_list("target", flat=True)
        .first()
    )


def counterparty_of(installation: Installation, counterparty_id: UUID) -> Counterparty | None:
    """The counterparty of this id, or the one that it was merged into; for the app itself."""
    found = (
        Counterparty.objects.filter(installation=installation, pk=counterparty_id)
        .select_related("merged_into")
        .first()
    )
    return (found.merged_into or found) if found else None


def _contracts() -> QuerySet[Contract]:
    return Contract.objects.select_related(
        "supplier", "counterparty", "counterparty__manager", "manager"
    )


def _memberships(viewer: Viewer) -> QuerySet[Member]:
    if viewer.kind is not ViewerKind.CUSTOMER or not viewer.user_id:
        return Member.objects.none()
    return Member.objects.filter(
        counterparty__installation_id=tenant(viewer), user_id=viewer.user_id
    )
