"""Reads of the platform's rows."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from saleor_b2b_docs.saleor.models import Channel, Installation


def installed(*, api_url: str) -> Installation | None:
    """The installation of this API address, unless the app was uninstalled there."""
    return _present().filter(api_url=api_url).first()


def installation(installation_id: int) -> Installation | None:
    """The installation of this id, unless the app was uninstalled there."""
    return _present().filter(pk=installation_id).first()


def asked_installation(api_url: str) -> Installation | None:
    """The installation that somebody without a token means: the one named, or the only one."""
    if api_url:
        return installed(api_url=api_url)
    present = list(_present().order_by("pk")[:2])
    return present[0] if len(present) == 1 else None


def installations() -> Sequence[Installation]:
    """All Saleors that have the app, also where it is switched off."""
    return list(_present().order_by("pk"))


def channels(installation: Installation) -> Sequence[Channel]:
    """The installation's channels as last refreshed."""
    return list(Channel.objects.filter(installation=installation).order_by("slug"))


def _present() -> QuerySet[Installation]:
    return Installation.objects.filter(uninstalled_at__isnull=True)
