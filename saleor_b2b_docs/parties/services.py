"""Writes of suppliers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from saleor_b2b_docs.parties.models import BankAccount, Signatory, Supplier, SupplierChannel
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.services import retry_parked

SUPPLIER_NOT_READY = "SUPPLIER_NOT_READY"
"""Code of jobs that wait for a supplier, or for a supplier's requisites."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BankAccountEntry(_Strict):
    """A bank account in a suppliers file."""

    bank_name: str
    account: str
    currency: str = ""
    bank_code: str = ""
    correspondent_account: str = ""


class SignatoryEntry(_Strict):
    """A signatory in a suppliers file."""

    job_title: str
    name: str


class SupplierEntry(_Strict):
    """A supplier in a suppliers file (docs/suppliers.md). Pictures are paths beside the file."""

    code: str = Field(pattern=r"^[\w-]{1,50}$")
    profile: Literal["UA", "RU", "INT"]
    time_zone: str
    legal_name: str
    is_default: bool = False
    channels: tuple[str, ...] = ()
    tax_id: str = ""
    vat_id: str = ""
    registration_reason_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    is_vat_payer: bool = True
    payment_days: int = Field(default=14, ge=0, le=3650)
    number_pattern: str = "{order}"
    note: str = ""
    logo: str = ""
    stamp: str = ""
    signature: str = ""
    bank_accounts: tuple[BankAccountEntry, ...] = ()
    signatories: tuple[SignatoryEntry, ...] = ()


_NESTED = {"channels", "bank_accounts", "signatories"}
_PICTURES = ("logo", "stamp", "signature")


def load_suppliers(
    installation: Installation, entries: Mapping[str, Any], *, folder: Path, now: dt.datetime
) -> list[Supplier]:
    """Create or replace suppliers as a suppliers file says: all of them or, on an error, none.

    `entries` is the file's content: `{"supplier": [{…}, …]}`. Suppliers that the file doesn't name
    stay as they are. Raises pydantic's or Django's ValidationError with what is wrong.
    """
    parsed = [SupplierEntry.model_validate(entry) for entry in entries.get("supplier", [])]
    if not parsed:
        raise ValidationError("The file has no [[supplier]].")
    with transaction.atomic():
        suppliers = [_load(installation, entry, folder=folder) for entry in parsed]
        supplier_saved(installation, now=now)
    return suppliers


def supplier_saved(installation: Installation, *, now: dt.datetime) -> None:
    """A supplier or its requisites changed: papers that waited for that are tried again."""
    retry_parked(installation_id=installation.pk, error_code=SUPPLIER_NOT_READY, now=now)


def _load(installation: Installation, entry: SupplierEntry, *, folder: Path) -> Supplier:
    if entry.is_default:
        Supplier.objects.filter(installation=installation).exclude(code=entry.code).update(
            is_default=False
        )
    supplier = Supplier.objects.filter(installation=installation, code=entry.code).first()
    supplier = supplier or Supplier(installation=installation, code=entry.code)
    for name, value in entry.model_dump(exclude={*_NESTED, *_PICTURES}).items():
        setattr(supplier, name, value)
    for name in _PICTURES:
        path = getattr(entry, name)
        if path:
            content = ContentFile(
                (folder / path).read_bytes(), name=f"{entry.code}-{Path(path).name}"
            )
            setattr(supplier, name, content)
    supplier.full_clean()
    supplier.save()

    supplier.bank_accounts.all().delete()
    for position, account in enumerate(entry.bank_accounts):
        row = BankAccount(supplier=supplier, position=position, **account.model_dump())
        row.full_clean()
        row.save()
    supplier.signatories.all().delete()
    for position, signatory in enumerate(entry.signatories):
        signs = Signatory(supplier=supplier, position=position, **signatory.model_dump())
        signs.full_clean()
        signs.save()
    supplier.channels.exclude(channel_slug__in=entry.channels).delete()
    for slug in entry.channels:
        SupplierChannel.objects.update_or_create(
            installation=installation, channel_slug=slug, defaults={"supplier": supplier}
        )
    return supplier
