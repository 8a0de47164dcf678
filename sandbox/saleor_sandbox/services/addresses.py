"""Addresses as they come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saleor_sandbox.models import Address, User
from saleor_sandbox.refusals import Refusal, Refusals
from saleor_sandbox.services.metadata import pairs

_REQUIRED = {"street_address_1": "streetAddress1", "city": "city", "country": "country"}


def save(
    values: Mapping[str, Any], *, address_type: str | None = None, owner: User | None = None
) -> Address:
    """Store a new address from input fields (the model's names).

    Raises Refusals as `require`.
    """
    texts = {name: values.get(name) or "" for name in Address.TEXT_FIELDS}
    require(values, address_type=address_type)
    return Address.objects.create(
        **texts, owner=owner, metadata=pairs(values.get("metadata"), field="metadata")
    )


def require(values: Mapping[str, Any], *, address_type: str | None = None) -> None:
    """Raise Refusals (REQUIRED) unless street, city and country are given.

    Saleor checks by each country's postal rules; this much all of them ask for.
    """
    if values.get("skip_validation"):
        return
    extra = {"address_type": address_type} if address_type else {}
    missing = [
        Refusal("This field is required.", code="REQUIRED", field=label, extra=extra)
        for name, label in _REQUIRED.items()
        if not values.get(name)
    ]
    if missing:
        raise Refusals(missing)


def text_of(address: Address) -> dict[str, str]:
    """The fields of `address` that a form shows."""
    return {name: getattr(address, name) for name in Address.TEXT_FIELDS}
