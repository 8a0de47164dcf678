"""Settings of a channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import Channel
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.writes import writing

_ORDER_SETTINGS = {
    "automatically_confirm_all_new_orders": "automatically_confirm_all_new_orders",
    "automatically_fulfill_non_shippable_gift_card": (
        "automatically_fulfill_non_shippable_gift_card"
    ),
    "allow_unpaid_orders": "allow_unpaid_orders",
    "expire_orders_after": "expire_orders_after",
    "delete_expired_orders_after": "delete_expired_orders_after_days",
    "mark_as_paid_strategy": "mark_as_paid_strategy",
    "include_draft_order_in_voucher_usage": "include_draft_order_in_voucher_usage",
    "draft_order_line_price_freeze_period": "draft_order_line_price_freeze_period",
    "use_legacy_line_discount_propagation": "use_legacy_line_discount_propagation",
}
# Null switches these off; for the others it means "leave it".
_MAY_BE_NONE = ("expire_orders_after", "draft_order_line_price_freeze_period")


def update(channel_id: str, values: Mapping[str, Any], *, requestor: Requestor) -> Channel:
    """Change a channel. Raises Refusal (GRAPHQL_ERROR, NOT_FOUND)."""
    try:
        key = int(global_ids.decode_as(channel_id, "Channel"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    with writing():
        channel = Channel.objects.filter(pk=key).first()
        if channel is None:
            raise Refusal(f"Couldn't resolve to a node: {channel_id}", code="NOT_FOUND", field="id")
        for name in ("name", "slug", "is_active", "default_country"):
            if values.get(name) is not None:
                setattr(channel, name, values[name])
        settings: Mapping[str, Any] = values.get("order_settings") or {}
        for name, column in _ORDER_SETTINGS.items():
            if name in settings and (settings[name] is not None or name in _MAY_BE_NONE):
                setattr(channel, column, settings[name])
        channel.metadata |= pairs(values.get("metadata"), field="metadata")
        channel.private_metadata |= pairs(values.get("private_metadata"), field="privateMetadata")
        channel.save()
        events.emit(event_types.CHANNEL_UPDATED, channel, requestor=requestor)
        return channel
