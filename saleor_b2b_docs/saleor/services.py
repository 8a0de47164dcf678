"""Writes of the platform: installing, leaving, and mirroring what Saleor says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from saleor_b2b_docs import __version__
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.client import active_installation, client_of
from saleor_b2b_docs.saleor.errors import (
    HandshakeRefused,
    SaleorRefused,
    SaleorUnavailable,
    SaleorUncertain,
)
from saleor_b2b_docs.saleor.keys import fetch_jwks
from saleor_b2b_docs.saleor.manifest import APP_ID, HANDLE_PAYMENTS, PERMISSIONS
from saleor_b2b_docs.saleor.models import Channel, Installation, MutationIntent
from saleor_b2b_docs.saleor.sealing import seal, unseal
from saleor_b2b_docs.work.errors import TemporaryFailure
from saleor_b2b_docs.work.services import enqueue, retry_parked

log = structlog.get_logger(__name__)

PERMISSION_DENIED = "PermissionDenied"
"""Saleor's code for a token or a permission that it does not accept."""

NO_PAYMENTS_PERMISSION = "NO_PAYMENTS_PERMISSION"
"""Code of jobs that wait for the merchant to let the app report payments."""

# Saleor waits 18 s for the whole handshake.
_HANDSHAKE_TIMEOUT_SECONDS = 6.0


def install(*, api_url: str, token: str, now: dt.datetime) -> Installation:
    """Take a Saleor in, or take its new token where the app was installed before.

    The handshake is unsigned, so the address must be on the allow-list and the token must prove
    itself by a call back to that very address.

    Raises HandshakeRefused with the text that the merchant reads in the Dashboard.
    """
    if api_url not in settings.SALEOR_API_URLS:
        log.warning("handshake refused", reason="not on the allow-list", api_url=api_url)
        raise HandshakeRefused(
            "NOT_ALLOWED",
            f"{api_url or 'This Saleor'} is not on this app's list of allowed Saleors "
            "(B2B_DOCS_SALEOR_API_URLS).",
        )
    if not (token.isascii() and token.isprintable() and token.strip()):
        raise HandshakeRefused("NO_TOKEN", "The handshake carries no usable auth_token.")
    try:
        with SaleorOperations(api_url, token, timeout=_HANDSHAKE_TIMEOUT_SECONDS) as saleor:
            identity = saleor.app_identity()
        jwks = fetch_jwks(api_url)
    except SaleorRefused as error:
        raise HandshakeRefused("TOKEN_REFUSED", f"Saleor refuses the token: {error}") from error
    except (SaleorUnavailable, SaleorUncertain) as error:
        raise HandshakeRefused(
            "UNREACHABLE", f"The app cannot reach Saleor at {api_url} to check the token: {error}"
        ) from error
    if identity.app is None or identity.app.identifier != APP_ID:
        raise HandshakeRefused(
            "TOKEN_REFUSED",
            "The token is not this app's, or the app is inactive: install it active.",
        )

    granted = sorted(permission.code.value for permission in identity.app.permissions or [])
    with transaction.atomic():
        present = Installation.objects.filter(api_url=api_url, uninstalled_at=None).first()
        installation, _ = Installation.objects.update_or_create(
            api_url=api_url,
            defaults={
                "app_id": identity.app.id,
                "encrypted_token": seal(token),
                "saleor_version": identity.shop.version,
                "app_version": "",
                "granted_permissions": granted,
                "jwks": jwks,
                "jwks_fetched_at": now,
                "is_active": True,
                "uninstalled_at": None,
                # What was ordered while the app was not there is not ours to invoice.
                "installed_at": present.installed_at if present else now,
                "caught_up_to": present.caught_up_to if present else now,
            },
        )
        schedule_refresh(installation.pk, now=now)
        enqueue(
            "saleor.sync_webhooks",
            key=str(installation.pk),
            installation_id=installation.pk,
            now=now,
            # Saleor stores the manifest's webhooks after the handshake has been answered.
            run_at=now + dt.timedelta(seconds=30),
        )
    log.info("installed", installation=installation.pk, saleor_version=identity.shop.version)
    return installation


def uninstall(installation: Installation, *, now: dt.datetime) -> None:
    """Forget the token. Papers and figures stay: they are the supplier's books."""
    Installation.objects.filter(pk=installation.pk).update(
        encrypted_token="", uninstalled_at=now, is_active=False
    )
    log.info("uninstalled", installation=installation.pk)


def set_active(installation: Installation, *, is_active: bool, now: dt.datetime) -> None:
    """The merchant switched the app on or off. On again: look what happened meanwhile."""
    with transaction.atomic():
        Installation.objects.filter(pk=installation.pk).update(is_active=is_active)
        if is_active:
            enqueue(
                "gate.catch_up",
                key=str(installation.pk),
                installation_id=installation.pk,
                now=now,
            )


def schedule_refresh(installation_id: int, *, now: dt.datetime) -> None:
    """Have version, permissions and channels read from Saleor soon."""
    enqueue("saleor.refresh", key=str(installation_id), installation_id=installation_id, now=now)


def refresh(installation: Installation, *, now: dt.datetime) -> None:
    """Read version, permissions and channels from Saleor and keep them.

    Saleor 3.22 tells an app of its own removal or switching off only if it has MANAGE_APPS, which
    this one doesn't ask for (3.23.28 tells it anyway); a refused token is how it learns. The token
    is kept, since a switched-off app may be switched on again.
    """
    with client_of(installation) as saleor:
        try:
            identity = saleor.app_identity()
            channels = saleor.channels().channels or []
        except SaleorRefused as error:
            if error.code != PERMISSION_DENIED:
                raise
            log.warning("token refused", installation=installation.pk)
            set_active(installation, is_active=False, now=now)
            return
    permissions = identity.app.permissions if identity.app else None
    granted = sorted(permission.code.value for permission in permissions or [])
    with transaction.atomic():
        Installation.objects.filter(pk=installation.pk).update(
            saleor_version=identity.shop.version, granted_permissions=granted
        )
        if HANDLE_PAYMENTS in granted and HANDLE_PAYMENTS not in installation.granted_permissions:
            retry_parked(
                installation_id=installation.pk, error_code=NO_PAYMENTS_PERMISSION, now=now
            )
        if identity.shop.version != installation.saleor_version:
            # A newer Saleor may have events that the older one lacked.
            enqueue(
                "saleor.sync_webhooks",
                key=str(installation.pk),
                installation_id=installation.pk,
                now=now,
            )
        # Replaced whole, since channels may have swapped their slugs; nothing refers to the rows.
        Channel.objects.filter(installation=installation).delete()
        Channel.objects.bulk_create(
            Channel(
                installation=installation,
                saleor_id=channel.id,
                slug=channel.slug,
                name=channel.name,
                currency=channel.currency_code,
                is_active=channel.is_active,
                confirms_automatically=channel.order_settings.automatically_confirm_all_new_orders,
                allows_unpaid_orders=channel.order_settings.allow_unpaid_orders,
                refreshed_at=now,
            )
            for channel in channels
        )
        if not installation.is_active:
            set_active(installation, is_active=True, now=now)


@contextmanager
def at_installation(installation_id: int | None, *, now: dt.datetime) -> Iterator[Installation]:
    """The installation that a job works at, while it has the app and lets it work.

    Where Saleor denies us, the job waits: staff may have switched the app off or taken a
    permission away, and can give it back. Raises as `active_installation`, and TemporaryFailure.
    """
    installation = active_installation(installation_id)
    try:
        yield installation
    except SaleorRefused as error:
        if error.code != PERMISSION_DENIED:
            raise
        schedule_refresh(installation.pk, now=now)
        raise TemporaryFailure(f"Saleor denies the app: {error}") from error


def move_installation(*, old_api_url: str, new_api_url: str) -> bool:
    """Saleor's address changed: papers, numbers and token go on under the new one.

    False when the app is not installed at the old address. Raises ValueError when something is
    installed at the new one, since two installations can't be made one.
    """
    if Installation.objects.filter(api_url=new_api_url).exists():
        raise ValueError(f"there is an installation at {new_api_url} already")
    return bool(
        Installation.objects.filter(api_url=old_api_url, uninstalled_at=None).update(
            api_url=new_api_url, jwks={}, jwks_fetched_at=None
        )
    )


def reseal_tokens() -> int:
    """Seal all tokens with the first encryption key; how many. Raises UnsealingFailed."""
    with transaction.atomic():
        sealed = Installation.objects.exclude(encrypted_token="").select_for_update()
        for installation in sealed:
            installation.encrypted_token = seal(unseal(installation.encrypted_token))
            installation.save(update_fields=["encrypted_token"])
        return len(sealed)


def intend(
    installation: Installation, *, operation: str, target: str, now: dt.datetime
) -> MutationIntent:
    """The intent of this operation on this target, stored now unless it was before."""
    intent, _ = MutationIntent.objects.get_or_create(
        installation=installation,
        operation=operation,
        target=target,
        defaults={"created_at": now, "updated_at": now},
    )
    return intent


def webhooks_compared(installation: Installation) -> None:
    """Note that this version's webhooks are what Saleor has."""
    Installation.objects.filter(pk=installation.pk).update(app_version=__version__)


def missing_permissions(installation: Installation) -> list[str]:
    """Permissions that the app needs and only staff can grant it in the Dashboard."""
    return [code for code in PERMISSIONS if code not in installation.granted_permissions]


def caught_up(installation: Installation, *, to: dt.datetime) -> None:
    """Move the catch-up's cursor; it never goes back."""
    behind = Q(caught_up_to=None) | Q(caught_up_to__lt=to)
    Installation.objects.filter(behind, pk=installation.pk).update(caught_up_to=to)
