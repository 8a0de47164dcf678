"""The sender of webhooks: durable, signed, retried at Saleor's pace.

One thread looks for deliveries that are due, a pool sends them. What it must know after a crash
is in the database, so a restarted server goes on where the killed one stopped; a request whose
answer was lost is sent again, as Saleor would.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
from django.db import close_old_connections, connection
from django.utils import timezone

from saleor_sandbox import SCHEMA_VERSION, configuration, events, faults, subscriptions, tokens
from saleor_sandbox.event_types import EVENT_TYPES, Occurrence
from saleor_sandbox.models import App, EventDelivery, EventDeliveryAttempt, User
from saleor_sandbox.models.apps import JobStatus
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.writes import writing

logger = logging.getLogger(__name__)

RETRY_SECONDS = (10, 20, 40, 80, 160)
USER_AGENT = f"Saleor/{SCHEMA_VERSION}"
# Saleor's: 2 s to connect, 18 s for the answer.
TIMEOUT = httpx.Timeout(18, connect=2)
_THREADS = 8
_IDLE_SECONDS = 0.5
_DEACTIVATED_APPS_STILL_GET = ("app_deleted", "app_status_changed")


def headers_for(event_name: str, body: bytes) -> dict[str, str]:
    """The headers of a webhook request: each also in its old spelling with `X-`."""
    sandbox = configuration.current()
    own = {
        "Saleor-Event": event_name,
        "Saleor-Domain": sandbox.domain,
        "Saleor-Signature": tokens.sign_detached(body),
    }
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        **{f"X-{name}": value for name, value in own.items()},
        **own,
        "Saleor-Api-Url": sandbox.api_url,
    }


def host_header(url: str) -> str:
    """The Host header that Saleor sends: without the port, whatever the address says.

    An app that builds addresses from its Host header finds that out here.
    """
    return urlsplit(url).hostname or ""


class Sender:
    """Sends what is due until it is told to stop."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._busy: set[int] = set()
        self._busy_lock = threading.Lock()
        self._client = httpx.Client(
            timeout=TIMEOUT,
            # A connection for each request, as Saleor: one that the app closes while it idles
            # would look like a failed attempt.
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,
        )
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="webhook")
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin sending in the background."""
        events.on_new_delivery(self._wake.set)
        self._thread.start()

    def stop(self) -> None:
        """End after the requests under way; what is not sent stays stored."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=5)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            close_old_connections()
            try:
                fresh, again = self._due()
                batch = [*faults.switches.arrange(fresh), *((pk,) for pk in again)]
            except Exception:
                # The thread must outlive a broken moment, e.g. a database that is locked.
                logger.exception("looking for due webhooks failed")
                batch = []
            for group in batch:
                self._submit(group)
            self._wake.wait(_IDLE_SECONDS)
        connection.close()

    def _due(self) -> tuple[list[int], list[int]]:
        """What is to be sent for the first time, and what is to be tried again."""
        due = EventDelivery.objects.filter(
            status=JobStatus.PENDING, next_attempt_at__lte=timezone.now()
        ).values_list("pk", "attempts_made")
        with self._busy_lock:
            idle = [(pk, attempts) for pk, attempts in due.order_by("pk") if pk not in self._busy]
        return [pk for pk, made in idle if not made], [pk for pk, made in idle if made]

    def _submit(self, group: tuple[int, ...]) -> None:
        with self._busy_lock:
            self._busy.update(group)
        future = self._pool.submit(self._send_in_turn, group)
        future.add_done_callback(self._report)

    def _send_in_turn(self, group: tuple[int, ...]) -> None:
        try:
            for pk in group:
                self._send(pk)
        finally:
            with self._busy_lock:
                self._busy.difference_update(group)
            close_old_connections()

    @staticmethod
    def _report(future: Future[None]) -> None:
        if not future.cancelled() and (error := future.exception()):
            logger.error("sending a webhook failed", exc_info=error)

    def _send(self, pk: int) -> None:
        delivery = EventDelivery.objects.select_related("webhook__app").filter(pk=pk).first()
        if delivery is None or delivery.status != JobStatus.PENDING:
            return
        if not _may_be_sent(delivery) or not _fill_payload(delivery):
            _finish(delivery, JobStatus.FAILED)
            return
        attempt = self._request(delivery)
        for _ in range(faults.switches.duplicates(delivery.event_type)):
            self._request(delivery)
        _record(delivery, attempt)

    def _request(self, delivery: EventDelivery) -> EventDeliveryAttempt:
        body = delivery.payload.encode()
        attempt = EventDeliveryAttempt(delivery=delivery, created_at=timezone.now())
        headers = headers_for(delivery.event_type, body)
        headers.update(delivery.webhook.custom_headers or {})
        headers["Host"] = host_header(delivery.webhook.target_url)
        try:
            answer = self._client.post(delivery.webhook.target_url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            attempt.response = f"{type(error).__name__}: {error}"
        else:
            attempt.response_status = answer.status_code
            attempt.response = answer.text[:2000]
        attempt.duration_seconds = (timezone.now() - attempt.created_at).total_seconds()
        return attempt


def _may_be_sent(delivery: EventDelivery) -> bool:
    webhook = delivery.webhook
    return webhook.is_active and (
        webhook.app.is_active or delivery.event_type in _DEACTIVATED_APPS_STILL_GET
    )


def _fill_payload(delivery: EventDelivery) -> bool:
    """Make the body of a deferred event; False when there is none to send."""
    if delivery.payload:
        return True
    event = EVENT_TYPES[delivery.event_type]
    subjects = list(event.subject._default_manager.filter(pk__in=delivery.subject_ids))
    if not subjects:
        return False
    occurrence = Occurrence(event, subjects, _requestor(delivery), delivery.issued_at)
    payload = subscriptions.payload(occurrence, delivery.webhook)
    if payload is None:
        return False
    delivery.payload = payload
    return True


def _requestor(delivery: EventDelivery) -> Requestor:
    if delivery.principal_id is None:
        return Requestor()
    if delivery.principal_type == "App":
        return Requestor(app=App.objects.filter(pk=delivery.principal_id).first())
    return Requestor(user=User.objects.filter(pk=delivery.principal_id).first())


def _record(delivery: EventDelivery, attempt: EventDeliveryAttempt) -> None:
    """Store the attempt and decide: done, given up, or tried again later."""
    status = attempt.response_status
    final = 300 <= status < 500
    with writing():
        attempt.save()
        delivery.attempts_made += 1
        if 200 <= status < 300:
            _finish(delivery, JobStatus.SUCCESS)
        elif final or delivery.attempts_made > len(RETRY_SECONDS):
            _finish(delivery, JobStatus.FAILED)
        else:
            pause = RETRY_SECONDS[delivery.attempts_made - 1] * configuration.current().retry_factor
            delivery.next_attempt_at = timezone.now() + dt.timedelta(seconds=pause)
            delivery.save(update_fields=["attempts_made", "next_attempt_at", "payload"])


def _finish(delivery: EventDelivery, status: str) -> None:
    with writing():
        delivery.status = status
        delivery.save(update_fields=["attempts_made", "status", "payload"])
