"""Channels and the app itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from saleor_b2b_docs.saleor import services
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.webhooks.saleor_events.events import EventPayload, Node, Payload, SaleorEvent


class ChannelPayload(EventPayload):
    channel: Node


class App(Payload):
    id: str
    is_active: bool


class AppPayload(EventPayload):
    app: App


def _channel_updated(
    installation: Installation, _payload: ChannelPayload, now: dt.datetime
) -> None:
    services.schedule_refresh(installation.pk, now=now)


def _status_changed(installation: Installation, payload: AppPayload, now: dt.datetime) -> None:
    # Before 3.24 an app hears of other apps, too.
    if payload.app.id == installation.app_id:
        services.set_active(installation, is_active=payload.app.is_active, now=now)


def _deleted(installation: Installation, payload: AppPayload, now: dt.datetime) -> None:
    if payload.app.id == installation.app_id:
        services.uninstall(installation, now=now)


PLATFORM_EVENTS: tuple[SaleorEvent[Any], ...] = (
    SaleorEvent(
        "channel_updated", "ChannelUpdated", "channel { id }", ChannelPayload, _channel_updated
    ),
    SaleorEvent(
        "app_status_changed",
        "AppStatusChanged",
        "app { id isActive }",
        AppPayload,
        _status_changed,
    ),
    SaleorEvent("app_deleted", "AppDeleted", "app { id isActive }", AppPayload, _deleted),
)
