"""Credentials and bases: found by what was presented, or listed for staff."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.parties.queries import tenant
from saleor_b2b_docs.saleor.viewers import Viewer


def valid_credential(kind: Credential.Kind, lookup: str) -> Credential | None:
    """The credential that nobody revoked, with its base; of an installation that still is one."""
    return (
        Credential.objects.select_related("base__installation", "base__supplier")
        .filter(
            kind=kind,
            lookup=lookup,
            revoked_at__isnull=True,
            base__installation__uninstalled_at__isnull=True,
        )
        .first()
    )


def valid_signing_secrets(base: Base) -> Sequence[Credential]:
    """Those that the base may sign with now, the newest first."""
    return list(
        base.credentials.filter(
            kind=Credential.Kind.SIGNING_SECRET, revoked_at__isnull=True
        ).order_by("-created_at", "-pk")
    )


def visible_bases(viewer: Viewer) -> QuerySet[Base]:
    """The installation's bases, for who manages its settings; nothing for others."""
    if not viewer.may_manage_settings:
        return Base.objects.none()
    return Base.objects.filter(installation=tenant(viewer)).order_by("code")


def bases_with_credentials(viewer: Viewer) -> Sequence[Base]:
    """The bases, each with its credentials, the newest first; revoked ones, too."""
    newest = Credential.objects.order_by("-created_at", "-pk")
    return list(
        visible_bases(viewer)
        .select_related("supplier")
        .prefetch_related(Prefetch("credentials", queryset=newest))
    )


def visible_credentials(viewer: Viewer) -> QuerySet[Credential]:
    """The installation's credentials, for who manages its settings; nothing for others."""
    return Credential.objects.select_related("base").filter(base__in=visible_bases(viewer))
