"""Metadata that comes in as a list of keys and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from saleor_sandbox.models.base import WithMetadata
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.writes import writing


def pairs(items: Iterable[Mapping[str, Any]] | None, *, field: str) -> dict[str, str]:
    """A dict of `items`. Raises Refusal (REQUIRED) for an empty key."""
    result: dict[str, str] = {}
    for item in items or ():
        if not item["key"].strip():
            raise Refusal("Metadata key cannot be empty.", code="REQUIRED", field=field)
        result[item["key"]] = item["value"]
    return result


def merge(holder: WithMetadata, changes: Mapping[str, str], *, private: bool) -> bool:
    """Set `changes` on `holder` and save them. Returns whether anything is different now."""
    name = "private_metadata" if private else "metadata"
    with writing():
        holder.refresh_from_db(fields=[name])
        before: dict[str, str] = getattr(holder, name)
        after = {**before, **changes}
        if before == after:
            return False
        setattr(holder, name, after)
        # Saleor leaves updatedAt alone here.
        holder.save(update_fields=[name])
    return True


def remove(holder: WithMetadata, keys: Iterable[str], *, private: bool) -> bool:
    """Take `keys` off `holder`. Returns whether anything is different now."""
    name = "private_metadata" if private else "metadata"
    with writing():
        holder.refresh_from_db(fields=[name])
        before: dict[str, str] = getattr(holder, name)
        unwanted = set(keys)
        after = {key: value for key, value in before.items() if key not in unwanted}
        setattr(holder, name, after)
        holder.save(update_fields=[name])
    return before != after
