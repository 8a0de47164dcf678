"""What happened, for the webhooks that want to know.

`emit` is called inside the transaction that made it happen, so an event is on disk exactly when
its cause is. Most order events are deferred as in Saleor: their body is made when it is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.db import models, transaction
from django.utils import timezone

from saleor_sandbox import subscriptions
from saleor_sandbox.event_types import ANY_EVENTS, EventType, Occurrence
from saleor_sandbox.models import EventDelivery, Webhook
from saleor_sandbox.requestor import Requestor

_listeners: list[Callable[[], None]] = []


def on_new_delivery(listener: Callable[[], None]) -> None:
    """Call `listener` after each transaction that stored deliveries."""
    _listeners.append(listener)


def webhooks_for(event: EventType, subjects: Sequence[models.Model]) -> list[Webhook]:
    """The webhooks that `event` goes to, of the apps that may have it."""
    webhooks = Webhook.objects.filter(is_active=True).select_related("app")
    if event.lifecycle:
        webhooks = webhooks.filter(app_id__in=[subject.pk for subject in subjects])
    else:
        webhooks = webhooks.filter(
            app__is_active=True, app__is_installed=True, app__removed_at__isnull=True
        )
    return [
        webhook
        for webhook in webhooks
        if not {event.name, ANY_EVENTS}.isdisjoint(webhook.events)
        and (event.permission is None or event.permission in webhook.app.permissions)
    ]


def emit(
    event: EventType,
    subject: models.Model | Iterable[models.Model],
    *,
    requestor: Requestor,
    now: dt.datetime | None = None,
) -> None:
    """Store deliveries of `event` to every webhook that wants it."""
    subjects = [subject] if isinstance(subject, models.Model) else list(subject)
    issued_at = now or timezone.now()
    occurrence = Occurrence(event, subjects, requestor, issued_at)
    deliveries = []
    for webhook in webhooks_for(event, subjects):
        payload = "" if event.deferred else subscriptions.payload(occurrence, webhook)
        if payload is None:
            continue
        principal = requestor.principal
        deliveries.append(
            EventDelivery(
                webhook=webhook,
                event_type=event.name,
                payload=payload,
                subject_ids=[str(subject.pk) for subject in subjects],
                principal_type=principal.graphql_type if principal else "",
                principal_id=principal.pk if principal else None,
                issued_at=issued_at,
            )
        )
    if deliveries:
        EventDelivery.objects.bulk_create(deliveries)
        for listener in _listeners:
            transaction.on_commit(listener)
