"""One Saleor: does it take our token, send us its events, and have a supplier for each channel?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from saleor_b2b_docs.cli.doctor.findings import Finding, Level
from saleor_b2b_docs.gate.queries import confirms_at_once
from saleor_b2b_docs.orders.queries import untaxed_orders
from saleor_b2b_docs.parties.queries import missing_requisites, supplier_of_channel, suppliers
from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.client import client_of
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.sealing import UnsealingFailed
from saleor_b2b_docs.saleor.services import PERMISSION_DENIED, missing_permissions
from saleor_b2b_docs.saleor.webhooks_at_saleor import planned_changes
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions

_UNTAXED_WINDOW = dt.timedelta(days=30)


def installation_findings(installation: Installation, *, now: dt.datetime) -> Iterator[Finding]:
    """Token, permissions, webhooks, channels, suppliers and taxes of one Saleor."""
    name = installation.api_url
    if not installation.is_active:
        yield Finding(
            Level.ERROR,
            name,
            "the app is switched off",
            "Switch it on in the Dashboard under Extensions.",
        )
        return
    try:
        with client_of(installation) as saleor:
            saleor.app_identity()
            changes = planned_changes(saleor, definitions(installation.saleor_version))
    except UnsealingFailed:
        yield Finding(
            Level.ERROR,
            name,
            "the encryption key does not open the stored token",
            "Restore the key from the backup, or install the app again in the Dashboard.",
        )
        return
    except (SaleorRefused, SaleorUnavailable, SaleorUncertain) as error:
        is_denied = isinstance(error, SaleorRefused) and error.code == PERMISSION_DENIED
        yield _denied(name) if is_denied else _unasked(name, error)
        return
    yield Finding(Level.OK, name, f"Saleor {installation.saleor_version} takes our token")
    yield from _permissions(installation)
    if changes:
        yield Finding(
            Level.WARNING,
            name,
            f"webhooks differ: {', '.join(changes)}",
            "Run: b2b-docs manage sync_webhooks",
        )
    yield from _channels(installation)
    for supplier in suppliers(installation):
        untaxed = untaxed_orders(supplier, since=now - _UNTAXED_WINDOW)
        if supplier.is_vat_payer and untaxed:
            yield Finding(
                Level.WARNING,
                f"supplier {supplier.code}",
                f"pays VAT, but {len(untaxed)} orders of the last 30 days carry 0 % "
                f"(the last: {untaxed[0].number})",
                "Set up taxes for the channel in Saleor, or mark the supplier as no VAT payer.",
            )


def _denied(name: str) -> Finding:
    return Finding(
        Level.ERROR,
        name,
        "Saleor does not accept the app's token",
        "The app was uninstalled or switched off there: switch it on, or install it again.",
    )


def _unasked(name: str, error: Exception) -> Finding:
    return Finding(
        Level.ERROR, name, f"Saleor cannot be asked: {error}", "Check that it runs and answers."
    )


def _permissions(installation: Installation) -> Iterator[Finding]:
    missing = missing_permissions(installation)
    if missing:
        yield Finding(
            Level.ERROR,
            installation.api_url,
            f"the app lacks {', '.join(missing)}",
            "Only staff can grant it: Dashboard, Extensions, B2B Docs, Permissions.",
        )


def _channels(installation: Installation) -> Iterator[Finding]:
    for channel in queries.channels(installation):
        if not channel.is_active:
            continue
        subject = f"channel {channel.slug}"
        supplier = supplier_of_channel(installation, channel.slug)
        missing = missing_requisites(supplier, channel.currency) if supplier else []
        if supplier and missing:
            yield Finding(
                Level.ERROR,
                subject,
                f"supplier {supplier.code} has no {', no '.join(missing)}: no invoice is issued",
                "Add it in /admin/ or with `b2b-docs manage load_suppliers`.",
            )
        if supplier is None:
            yield Finding(
                Level.ERROR,
                subject,
                "nobody is set to sell here: its orders get no invoice",
                "Make a supplier the default one, or set one for the channel.",
            )
        elif confirms_at_once(installation, channel.slug):
            yield Finding(Level.OK, subject, "orders are confirmed as they arrive")
        else:
            yield Finding(Level.OK, subject, "a manager confirms orders")
