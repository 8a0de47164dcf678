"""The shop's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saleor_sandbox.models import ShopSettings
from saleor_sandbox.writes import writing


def shop_settings() -> ShopSettings:
    """The shop's settings."""
    return ShopSettings.objects.first() or ShopSettings()


def change_settings(values: Mapping[str, Any]) -> None:
    """Change those of the shop's settings that are given."""
    with writing():
        settings = shop_settings()
        for name in ("fulfillment_auto_approve", "fulfillment_allow_unpaid"):
            if values.get(name) is not None:
                setattr(settings, name, values[name])
        settings.save()
