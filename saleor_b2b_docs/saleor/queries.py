"""Reads of the platform's rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from saleor_b2b_docs.saleor.models import Channel, Installation, MutationIntent

_RECENTLY = dt.timedelta(seconds=5)
# Bounded by the number of installations: addresses that are none are not kept.
_recent: dict[str, tuple[dt.datetime, Installation]] = {}


def installed(*, api_url: str) -> Installation | None:
    """The installation of this API address, unless the app was uninstalled there.

    The address may be whatever somebody sent; databases fail on texts with a NUL or half a
    character in them.
    """
    return _present().filter(api_url=api_url).first() if api_url.isprintable() else None


def recently_installed(api_url: str, *, now: dt.datetime) -> Installation | None:
    """As `installed`, but from this process's memory for a few seconds.

    For the webhook door, where it would be half of the work. What it answers may be outdated:
    before refusing anything on its word, ask `installed`.
    """
    read_at, known = _recent.get(api_url, (now, None))
    if known is None or now - read_at > _RECENTLY:
        known = installed(api_url=api_url)
        if known is not None:
            _recent[api_url] = (now, known)
    return known


def forget_recent() -> None:
    """Empty this process's memory of installations."""
    _recent.clear()


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


def unanswered(
    installation: Installation, *, operation: str, target: str
) -> Sequence[MutationIntent]:
    """The intents of this operation that were sent and of which nobody knows what became: of the
    target itself, and of `<target>:…`."""
    return list(
        MutationIntent.objects.filter(
            Q(target=target) | Q(target__startswith=f"{target}:"),
            installation=installation,
            operation=operation,
            state=MutationIntent.State.INTENDED,
            sent_at__isnull=False,
        ).order_by("pk")
    )


def _present() -> QuerySet[Installation]:
    return Installation.objects.filter(uninstalled_at__isnull=True)
