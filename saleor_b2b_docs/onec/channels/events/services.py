"""Taking messages of events: kept first, then applied, and answered the same ever after."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.files.storage import default_storage
from django.db import transaction

from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.events.answers import Answer, of_summary, of_unreadable
from saleor_b2b_docs.onec.channels.events.queries import stored_name, waiting
from saleor_b2b_docs.onec.channels.events.reading import Message, read_message
from saleor_b2b_docs.onec.deliveries import services as deliveries
from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.models import Base, Delivery
from saleor_b2b_docs.work.services import enqueue

FORMAT = "events"
APPLY_DELIVERY = "onec.apply_delivery"
_LEFT_BEHIND = dt.timedelta(minutes=5)
"""Longer than any request takes: its message is left to it until then."""


class IdReused(Exception):
    """The id names another message already; nothing was kept or changed."""

    code = "ID_REUSED"


def take(base: Base, content: bytes, *, message_id: str, now: dt.datetime) -> Answer:
    """Keep a message, apply it, and answer; a message that came before is answered as it was then,
    also while the first one is still being applied: the second waits for it.

    Raises IdReused. If it is cut short after the message was kept, a job applies it.
    """
    delivery, _ = deliveries.keep(
        base, content, channel=Delivery.Channel.EVENTS, external_id=message_id, now=now
    )
    if delivery.content_hash != hashlib.sha256(content).hexdigest():
        raise IdReused("another message came with this id before")
    if delivery.answer:
        return Answer.from_json(delivery.answer)
    return _apply(delivery.pk, content, now=now)


def apply_kept(delivery_id: int, *, now: dt.datetime) -> None:
    """Apply a message whose request was cut short; one that was applied stays as it is."""
    name = stored_name(delivery_id)
    if name is None:
        return
    with default_storage.open(name) as file:
        content: bytes = file.read()
    _apply(delivery_id, content, now=now)


def apply_waiting(*, now: dt.datetime) -> None:
    """Have every message applied that was kept and left behind."""
    for delivery in waiting(before=now - _LEFT_BEHIND):
        enqueue(
            APPLY_DELIVERY,
            key=str(delivery.pk),
            # Of one base one at a time, and the older ones first.
            serial_key=f"{APPLY_DELIVERY}:{delivery.base_id}",
            installation_id=delivery.base.installation_id,
            arguments={"delivery": delivery.pk},
            now=now,
        )


def _apply(delivery_id: int, content: bytes, *, now: dt.datetime) -> Answer:
    """All in one transaction that holds the delivery's row, so that a message is applied once, and
    is answered if and only if it was applied."""
    read = _read(content)
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("base__installation", "base__supplier")
            .get(pk=delivery_id)
        )
        if delivery.answer:
            return Answer.from_json(delivery.answer)
        if isinstance(read, UnreadableFile):
            answer = of_unreadable(read)
            deliveries.fail(delivery, f"{read.code}: {read}", format=FORMAT, now=now)
        else:
            summary = apply(delivery.base, read.said, delivery=delivery, now=now)
            answer = of_summary(summary, read.said)
            deliveries.finish(delivery, summary, format=FORMAT, now=now)
        delivery.answer = answer.to_json()
        delivery.save(update_fields=["answer"])
    return answer


def _read(content: bytes) -> Message | UnreadableFile:
    try:
        return read_message(content)
    except UnreadableFile as error:
        return error
