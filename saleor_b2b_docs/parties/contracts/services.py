"""Writes of contracts: made on the spot, chosen for an order, changed by staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from saleor_b2b_docs.parties.contracts.changes import ContractChanges
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PermissionDenied
from saleor_b2b_docs.parties.models import (
    Contract,
    Counterparty,
    Coverage,
    Manager,
    Member,
    Supplier,
)
from saleor_b2b_docs.parties.queries import main_contract, seats_by_age, tenant
from saleor_b2b_docs.parties.references import CONTRACT_TYPE, COUNTERPARTY_TYPE, read_reference
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer

log = structlog.get_logger(__name__)

_MAX_LIMIT = 10**15
"""Minor units; far above any credit, and far below what 64 bits hold."""
_MAX_NAME = 300


def ensure_contract(
    supplier: Supplier, counterparty: Counterparty, currency: str, *, now: dt.datetime
) -> Contract:
    """The main contract of these two in this currency; made on the spot if there is none.

    However many ask at once, one is made. A closed one takes no orders, so it makes way.
    """
    found = main_contract(supplier, counterparty, currency)
    if found is not None and not found.is_closed:
        return found
    try:
        with transaction.atomic():
            if found is not None:
                Contract.objects.filter(pk=found.pk).update(is_main=False)
            made = Contract.objects.create(
                supplier=supplier,
                counterparty=counterparty,
                currency=currency,
                is_main=True,
                coverage=(
                    # Without an accounting system the app's own invoices are all the money.
                    Coverage.FULL if supplier.debt_from == "invoice" else Coverage.INCOMPLETE
                ),
                created_at=now,
            )
    except IntegrityError:
        # Somebody made it meanwhile; the constraint contract_one_main let only one through.
        found = main_contract(supplier, counterparty, currency)
        if found is None:
            raise
        return found
    log.info("contract made", contract=str(made.pk), counterparty=str(counterparty.pk))
    return made


def contract_for_order(
    installation: Installation,
    *,
    supplier: Supplier,
    user_id: str,
    currency: str,
    wanted: str,
    now: dt.datetime,
) -> Contract | None:
    """What an order of this user is settled by; None when he is nobody's member.

    `wanted` is what the buyer chose in the company switch: a contract or a counterparty, as UUID
    or global id. It counts within his memberships only. A contract that can't take the order, for
    it is another supplier's, in another currency, or closed, still says which company is meant.
    Without a choice it is the company that he has been a member of longest.
    """
    members = seats_by_age(installation, user_id)
    if not members:
        return None
    chosen = _chosen(members, wanted)
    if isinstance(chosen, Contract):
        if (
            chosen.supplier_id == supplier.pk
            and chosen.currency == currency
            and not chosen.is_closed
        ):
            return chosen
        chosen = chosen.counterparty
    return ensure_contract(supplier, chosen or members[0].counterparty, currency, now=now)


def update_contract(viewer: Viewer, contract_id: UUID, *, changes: ContractChanges) -> Contract:
    """Staff with MANAGE_USERS change a contract; who changed what is logged.

    Changed terms and limits touch what is posted and asked from now on, never what was posted.
    Raises PermissionDenied, NotFound, InvalidInput.
    """
    if not viewer.may_manage_users:
        raise PermissionDenied("changing contracts needs MANAGE_USERS")
    columns = changes.columns()
    with transaction.atomic():
        contract = (
            Contract.objects.select_for_update(of=("self",))
            .select_related("supplier", "counterparty", "counterparty__manager", "manager")
            .filter(pk=contract_id, supplier__installation_id=tenant(viewer))
            .first()
        )
        if contract is None:
            raise NotFound("there is no such contract", field="id")
        if not columns:
            return contract
        _check(contract, columns)
        if columns.get("is_closed"):
            columns.setdefault("is_main", False)
        before = {name: getattr(contract, name) for name in columns}
        if columns.get("is_main"):
            Contract.objects.filter(
                supplier_id=contract.supplier_id,
                counterparty_id=contract.counterparty_id,
                currency=contract.currency,
                is_main=True,
            ).exclude(pk=contract.pk).update(is_main=False)
        for name, value in columns.items():
            setattr(contract, name, value)
        contract.save(update_fields=list(columns))
    log.info(
        "contract changed",
        contract=str(contract.pk),
        by=viewer.user_id,
        before={name: _told(value) for name, value in before.items()},
        after={name: _told(value) for name, value in columns.items()},
    )
    return contract


def _chosen(members: Sequence[Member], wanted: str) -> Contract | Counterparty | None:
    """What is wanted, if it belongs to one of these members' counterparties."""
    reference = read_reference(wanted) if wanted else None
    if reference is None:
        return None
    if reference.may_be(COUNTERPARTY_TYPE):
        for member in members:
            if member.counterparty_id == reference.id:
                return member.counterparty
    if reference.may_be(CONTRACT_TYPE):
        return (
            Contract.objects.select_related("counterparty", "supplier")
            .filter(
                pk=reference.id, counterparty__in=[member.counterparty_id for member in members]
            )
            .first()
        )
    return None


def _check(contract: Contract, columns: dict[str, object]) -> None:
    """Raises InvalidInput or NotFound for values that a contract can't have."""
    limit = columns.get("credit_limit")
    if isinstance(limit, int) and not 0 <= limit <= _MAX_LIMIT:
        raise InvalidInput("a limit is not negative, and not absurd", field="creditLimit")
    if len(str(columns.get("name", ""))) > _MAX_NAME:
        raise InvalidInput(f"a name has at most {_MAX_NAME} characters", field="name")
    if columns.get("is_main") and columns.get("is_closed", contract.is_closed):
        raise InvalidInput("a closed contract takes no orders", field="isMain")
    manager_id = columns.get("manager_id")
    if (
        isinstance(manager_id, int)
        and not Manager.objects.filter(
            pk=manager_id, installation_id=contract.supplier.installation_id
        ).exists()
    ):
        raise NotFound("there is no such manager", field="managerId")


def _told(value: object) -> object:
    """A value as a log line has it."""
    return value.isoformat() if isinstance(value, dt.date) else value
