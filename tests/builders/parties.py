"""Suppliers that may issue papers, their pictures, and who buys from them."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from saleor_b2b_docs.parties.models import (
    Alias,
    BankAccount,
    Contract,
    Counterparty,
    CountryProfile,
    Coverage,
    Group,
    Manager,
    Match,
    Member,
    Role,
    Signatory,
    Supplier,
    SupplierChannel,
)
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.saleor import BUYER_ID

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


def make_manager(
    installation: Installation,
    *,
    name: str = "Ірина Мельник",
    phone: str = "+380445550010",
    email: str = "iryna@romashka.example",
    messengers: Mapping[str, str] | None = None,
) -> Manager:
    """Somebody at the supplier's who looks after buyers; on Telegram unless said otherwise."""
    return Manager.objects.create(
        installation=installation,
        name=name,
        phone=phone,
        email=email,
        messengers={"telegram": "@iryna"} if messengers is None else dict(messengers),
    )


def make_group(
    installation: Installation,
    *,
    name: str = "Холдинг «Затишок»",
    credit_limit: int | None = None,
    currency: str = "UAH",
) -> Group:
    """A holding, without a limit unless one is given."""
    return Group.objects.create(
        installation=installation, name=name, credit_limit=credit_limit, currency=currency
    )


def make_counterparty(
    installation: Installation,
    *,
    name: str = "ТОВ «Магазин Затишок»",
    tax_id: str = "38451232",
    vat_id: str = "",
    email: str = "",
    group: Group | None = None,
    manager: Manager | None = None,
    terms: Terms | None = None,
    alias: str = "",
    source: str = "1c-main",
    created_at: dt.datetime | None = None,
) -> Counterparty:
    """A stored company that buys; `alias` is its id in the accounting system `source`."""
    counterparty = Counterparty.objects.create(
        installation=installation,
        name=name,
        tax_id=tax_id,
        vat_id=vat_id,
        email=email,
        group=group,
        manager=manager,
        terms=terms.to_json() if terms else None,
        created_at=created_at or timezone.now(),
    )
    if alias:
        make_alias(
            installation,
            kind=Alias.Kind.COUNTERPARTY,
            external_id=alias,
            target=str(counterparty.pk),
            source=source,
        )
    return counterparty


def make_alias(
    installation: Installation,
    *,
    kind: Alias.Kind,
    external_id: str,
    target: str,
    source: str = "1c-main",
) -> Alias:
    """What the accounting system `source` calls one of our rows."""
    return Alias.objects.create(
        installation=installation,
        source=source,
        kind=kind,
        external_id=external_id,
        target=target,
    )


def make_contract(
    supplier: Supplier,
    counterparty: Counterparty,
    *,
    number: str = "Д-1",
    currency: str = "UAH",
    is_main: bool = True,
    is_closed: bool = False,
    coverage: str = Coverage.FULL,
    books_from: dt.date | None = None,
    terms: Terms | None = None,
    credit_limit: int | None = None,
    manager: Manager | None = None,
    created_at: dt.datetime | None = None,
) -> Contract:
    """A stored contract, the main one of its parties and currency unless said otherwise."""
    return Contract.objects.create(
        supplier=supplier,
        counterparty=counterparty,
        number=number,
        currency=currency,
        is_main=is_main,
        is_closed=is_closed,
        coverage=coverage,
        books_from=books_from,
        terms=terms.to_json() if terms else None,
        credit_limit=credit_limit,
        manager=manager,
        created_at=created_at or timezone.now(),
    )


def make_member(
    counterparty: Counterparty,
    *,
    user_id: str = BUYER_ID,
    role: str = Role.OWNER,
    email: str = "buyer@example.com",
    name: str = "Олена Ковальчук",
    source: str = "staff",
    created_at: dt.datetime | None = None,
) -> Member:
    """A user who acts for a counterparty: the usual buyer as its owner."""
    return Member.objects.create(
        counterparty=counterparty,
        user_id=user_id,
        email=email,
        name=name,
        role=role,
        source=source,
        created_at=created_at or timezone.now(),
    )


def make_match(
    counterparty: Counterparty | None,
    *,
    installation: Installation | None = None,
    user_id: str = BUYER_ID,
    email: str = "buyer@example.com",
    reason: str = "tax_id",
    state: str = Match.State.OPEN,
    duplicate: Counterparty | None = None,
    created_at: dt.datetime | None = None,
) -> Match:
    """A question to staff: whether a user acts for a counterparty, or, with `duplicate`, whether
    two are one. `installation` is needed where no counterparty is named."""
    is_about_user = duplicate is None
    owner = installation if counterparty is None else counterparty.installation
    assert owner is not None, "a match of nobody needs its installation"
    return Match.objects.create(
        installation=owner,
        kind=Match.Kind.USER if is_about_user else Match.Kind.DUPLICATE,
        user_id=user_id if is_about_user else "",
        user_email=email if is_about_user else "",
        user_name="Олена Ковальчук" if is_about_user else "",
        company="ТОВ «Магазин Затишок»",
        tax_id="38451232",
        counterparty=counterparty,
        duplicate=duplicate,
        reason=reason,
        state=state,
        created_at=created_at or timezone.now(),
    )
