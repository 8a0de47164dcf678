"""Writes of staff that concern several rooms, each one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, fields

import structlog
from django.db import transaction

from saleor_b2b_docs.parties.contracts.changes import ContractChanges
from saleor_b2b_docs.parties.contracts.services import update_contract
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PermissionDenied
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.parties.queries import tenant
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.services import apply_terms_to_open

log = structlog.get_logger(__name__)

_MAX_PAYMENT_DAYS = 3650
"""As in parties/terms.py."""
_MAX_STALE_HOURS = 24 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChanges:
    """New values of a supplier; None leaves what is there."""

    payment_days: int | None = None
    counts_open_orders: bool | None = None
    stale_after_hours: int | None = None


def change_contract(
    viewer: Viewer,
    contract_id: uuid.UUID,
    *,
    changes: ContractChanges,
    applies_to_open: bool,
    now: dt.datetime,
) -> Contract:
    """Staff with MANAGE_USERS change a contract and, if they say so, date its open debits by the
    new terms. Raises what `update_contract` raises."""
    with transaction.atomic():
        contract = update_contract(viewer, contract_id, changes=changes)
        if applies_to_open:
            count = apply_terms_to_open(contract, now=now)
            log.info(
                "open debits dated anew", contract=str(contract.pk), by=viewer.user_id, count=count
            )
    return contract


def change_supplier(viewer: Viewer, supplier_id: int, *, changes: SupplierChanges) -> Supplier:
    """Staff with MANAGE_SETTINGS change a supplier; who changed what is logged.

    Payment days touch what is posted from now on. Raises PermissionDenied, NotFound, InvalidInput.
    """
    if not viewer.may_manage_settings:
        raise PermissionDenied("changing suppliers needs MANAGE_SETTINGS")
    given = {
        field.name: value
        for field in fields(changes)
        if (value := getattr(changes, field.name)) is not None
    }
    _check(changes)
    with transaction.atomic():
        supplier = (
            Supplier.objects.select_for_update()
            .filter(pk=supplier_id, installation=tenant(viewer))
            .first()
        )
        if supplier is None:
            raise NotFound("there is no such supplier", field="id")
        before = {name: getattr(supplier, name) for name in given}
        for name, value in given.items():
            setattr(supplier, name, value)
        if given:
            supplier.save(update_fields=list(given))
    log.info(
        "supplier changed", supplier=supplier.code, by=viewer.user_id, before=before, after=given
    )
    return supplier


def _check(changes: SupplierChanges) -> None:
    days, hours = changes.payment_days, changes.stale_after_hours
    if days is not None and not 0 <= days <= _MAX_PAYMENT_DAYS:
        raise InvalidInput(f"0 to {_MAX_PAYMENT_DAYS} days", field="paymentDays")
    if hours is not None and not 1 <= hours <= _MAX_STALE_HOURS:
        raise InvalidInput(f"1 to {_MAX_STALE_HOURS} hours", field="staleAfterHours")
