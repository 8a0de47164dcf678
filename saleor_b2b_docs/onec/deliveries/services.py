"""Writes of deliveries: the bytes that a base sent, kept as they came, and what became of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from saleor_b2b_docs.onec.intake.summary import Summary
from saleor_b2b_docs.onec.models import Base, Delivery

log = structlog.get_logger(__name__)

_CHUNK = 1024 * 1024
_MAX_ID = 200
_MAX_FORMAT = 40


def keep(
    base: Base,
    content: BinaryIO | bytes,
    *,
    channel: Delivery.Channel,
    external_id: str,
    now: dt.datetime,
) -> tuple[Delivery, bool]:
    """Keep what came, and whether it is new: what a channel sends again under the same id is the
    delivery that it was the first time, whatever it says now.

    `content` is read from its beginning, in pieces, and left there. It is stored under its hash,
    so the same bytes of several deliveries are stored once. An id of more than 200 characters is
    kept as its hash.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(stream):
        digest.update(piece)
        size += len(piece)
    with transaction.atomic():
        delivery, is_new = Delivery.objects.get_or_create(
            base=base,
            channel=channel,
            external_id=_short(external_id),
            defaults={
                "content_hash": digest.hexdigest(),
                "stored_as": f"onec/{base.pk}/{digest.hexdigest()}",
                "size": size,
                "received_at": now,
            },
        )
        # Whoever was told that it is kept may rely on it: not before the bytes are there.
        if is_new and not default_storage.exists(delivery.stored_as):
            stream.seek(0)
            delivery.stored_as = default_storage.save(delivery.stored_as, File(stream))
            delivery.save(update_fields=["stored_as"])
    stream.seek(0)
    return delivery, is_new


def finish(delivery: Delivery, summary: Summary, *, format: str, now: dt.datetime) -> None:  # noqa: A002  the word of the column
    """It was applied, with these counts."""
    delivery.format = format[:_MAX_FORMAT]
    delivery.state = Delivery.State.APPLIED
    delivery.error = ""
    delivery.summary = summary.to_json()
    delivery.finished_at = now
    delivery.save(update_fields=["format", "state", "error", "summary", "finished_at"])
    log.info("delivery applied", delivery=delivery.pk, new=summary.new, changed=summary.changed)


def fail(delivery: Delivery, error_text: str, *, format: str, now: dt.datetime) -> None:  # noqa: A002  the word of the column
    """It could not be applied as a whole: why, in words for the base's administrator.

    The bytes stay, and what of it was applied before.
    """
    delivery.format = format[:_MAX_FORMAT]
    delivery.state = Delivery.State.FAILED
    delivery.error = error_text.encode(errors="replace").decode().replace("\0", "")
    delivery.finished_at = now
    delivery.save(update_fields=["format", "state", "error", "finished_at"])
    log.warning("delivery failed", delivery=delivery.pk, error=delivery.error)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _short(external_id: str) -> str:
    if len(external_id) <= _MAX_ID:
        return external_id
    return hashlib.sha256(external_id.encode(errors="replace")).hexdigest()
