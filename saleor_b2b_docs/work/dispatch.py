"""Telling the workers that there is something to do. Losing a message loses no job.

Embedded workers are woken through a datagram socket in the data folder and look into the database
themselves; Celery workers are sent ids. What gets lost here is found by the next sweep.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from saleor_b2b_docs.work.queries import queued_job
from saleor_b2b_docs.work.specs import Lane

log = structlog.get_logger(__name__)


def on_commit(*, name: str, key: str, lane: Lane) -> None:
    """Announce the queued job of this name and key once the transaction has committed."""
    if settings.CELERY_BROKER_URL:
        # Robust: what is stored is safe, so no trouble with telling of it may reach the caller.
        transaction.on_commit(lambda: _send_queued(name=name, key=key), robust=True)
    else:
        transaction.on_commit(lambda: wake(lane), robust=True)


def message_on_commit(message_id: int) -> None:
    """Announce a new message of the inbox once the transaction has committed."""
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(lambda: _send_message(message_id), robust=True)
    else:
        transaction.on_commit(lambda: wake(Lane.DEFAULT), robust=True)


def new_messages(message_ids: Iterable[int]) -> None:
    """Announce messages that the sweep found to be still new."""
    found = list(message_ids)
    if settings.CELERY_BROKER_URL:
        for message_id in found:
            _send_message(message_id)
    elif found:
        wake(Lane.DEFAULT)


def due(jobs: Iterable[tuple[int, str]]) -> None:
    """Announce due jobs (id, lane) that the sweep found."""
    if settings.CELERY_BROKER_URL:
        for job_id, lane in jobs:
            _send(job_id, lane=lane)
    else:
        for lane in {lane for _, lane in jobs}:
            wake(Lane(lane))


def socket_path(lane: Lane) -> Path:
    """Where the embedded worker of a lane listens."""
    return Path(settings.DATA_DIR) / "run" / f"{lane}.sock"


def wake(lane: Lane) -> None:
    """Nudge the embedded worker of a lane; nobody listening is fine, it also polls."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(b"!", str(socket_path(lane)))


def _send_queued(*, name: str, key: str) -> None:
    job = queued_job(name, key)
    if job:
        _send(job.id, lane=job.lane)


def _send(job_id: int, *, lane: str) -> None:
    _publish("work.run_job", job_id, queue=lane)


def _send_message(message_id: int) -> None:
    _publish("work.hand_on", message_id, queue=Lane.DEFAULT)


def _publish(task: str, number: int, *, queue: str) -> None:
    # Imported here: only a Celery deployment needs Celery's machinery in its web processes.
    from kombu.exceptions import OperationalError

    # By name, and through our own app: a task that is imported here belongs to Celery's default
    # app, which knows none of our time-outs.
    broker = import_string(settings.BROKER_APP)
    try:
        broker.send_task(task, args=[number], queue=queue, retry=False)
    except OperationalError:
        # The row is stored; the sweep announces it when the broker is back.
        log.warning("broker is unreachable", task=task, number=number)
