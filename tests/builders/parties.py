"""Suppliers that may issue papers, and pictures for them."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from saleor_b2b_docs.parties.models import (
    BankAccount,
    CountryProfile,
    Signatory,
    Supplier,
    SupplierChannel,
)
from saleor_b2b_docs.saleor.models import Installation

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""


def make_supplier(
    installation: Installation,
    *,
    code: str = "main",
    is_default: bool = True,
    profile: str = CountryProfile.UA,
    time_zone: str = "Europe/Kyiv",
    legal_name: str = "ТОВ «Ромашка»",
    is_vat_payer: bool = True,
    number_pattern: str = "{order}",
    payment_days: int = 14,
    channels: Sequence[str] = (),
    with_bank_account: bool = True,
) -> Supplier:
    """A stored supplier with all requisites that an invoice needs."""
    supplier = Supplier.objects.create(
        installation=installation,
        code=code,
        is_default=is_default,
        profile=profile,
        time_zone=time_zone,
        legal_name=legal_name,
        tax_id="12345678",
        vat_id="123456789012" if is_vat_payer else "",
        address="04070, м. Київ, вул. Хорива, 15",
        is_vat_payer=is_vat_payer,
        number_pattern=number_pattern,
        payment_days=payment_days,
    )
    if with_bank_account:
        BankAccount.objects.create(
            supplier=supplier,
            bank_name="АТ «Банк»",
            account="UA213223130000026007233566001",
            bank_code="322313",
        )
    Signatory.objects.create(supplier=supplier, job_title="Директор", name="О. Петренко")
    for slug in channels:
        SupplierChannel.objects.create(
            installation=installation, channel_slug=slug, supplier=supplier
        )
    return supplier
