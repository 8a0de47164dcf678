"""Reads of suppliers."""

from __future__ import annotations

from collections.abc import Sequence

from saleor_b2b_docs.parties.models import Supplier, SupplierChannel
from saleor_b2b_docs.saleor.models import Installation


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
