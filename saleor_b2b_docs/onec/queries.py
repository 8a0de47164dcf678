"""Reads of accounting bases and of what they call our rows; for the app itself and its doors."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.parties.models import Alias
from saleor_b2b_docs.saleor.models import Installation

_OF_A_CURRENCY = re.compile(r"#[A-Z]{3}$")
"""See `intake.resolving.services.contract_name`."""


def base_of(installation: Installation, code: str) -> Base | None:
    """The installation's base of this code."""
    return (
        Base.objects.select_related("installation", "supplier")
        .filter(installation=installation, code=code)
        .first()
    )


def bases(installation: Installation) -> Sequence[Base]:
    """The bases that exchange with an installation, by their codes."""
    return list(
        Base.objects.select_related("installation", "supplier")
        .filter(installation=installation)
        .order_by("code")
    )


def keys_of(base: Base, kind: Alias.Kind, ids: Collection[UUID]) -> dict[UUID, str]:
    """What the base calls these contracts or counterparties; of several names the oldest.

    A contract that only money named in another currency than its own has no key of its own, and
    is called by the key that the money named.
    """
    found: dict[UUID, str] = {}
    for target, name in (
        Alias.objects.filter(
            installation=base.installation_id,
            source=base.code,
            kind=kind,
            target__in=[str(pk) for pk in ids],
        )
        .order_by("pk")
        .values_list("target", "external_id")
    ):
        key = _OF_A_CURRENCY.sub("", name) if kind == Alias.Kind.CONTRACT else name
        found.setdefault(UUID(target), key)
    return found
