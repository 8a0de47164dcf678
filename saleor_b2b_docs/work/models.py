"""The inbox and the jobs: what makes "ok" mean "on disk". Knows nothing of other packages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saleor_b2b_docs.work.specs import Lane


class InboxMessage(models.Model):
    """The raw body of a message as it came, kept before its sender is told "ok"."""

    installation_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=16)
    event = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    """SHA-256 of source, installation, event and body: a repeated delivery is the same row."""
    body = models.BinaryField()
    received_at = models.DateTimeField()
    request_id = models.CharField(max_length=64)
    is_handed_on = models.BooleanField(default=False)
    """Whether the jobs that the message makes necessary are stored."""

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], name="inbox_received"),
            models.Index(fields=["id"], condition=Q(is_handed_on=False), name="inbox_new"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event} {self.pk}"


class Job(models.Model):
    """A durable piece of work, stored in the transaction that made it necessary."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        PARKED = "parked"

    installation_id = models.BigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    """What the job is about. Two queued jobs of one name and key would do the same work."""
    serial_key = models.CharField(max_length=200, blank=True)
    """Jobs that share one never run at the same time, e.g. all jobs of one order."""
    lane = models.CharField(max_length=16, choices=Lane.choices)
    arguments = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    run_at = models.DateTimeField()
    created_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=120, blank=True)
    """Host, process and a random part of the worker that runs it."""
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    """Unexpected errors so far; outages of others do not count."""
    error_code = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"], condition=Q(state="queued"), name="job_queued_once"
            ),
            models.UniqueConstraint(
                fields=["serial_key"],
                condition=Q(state="running") & ~Q(serial_key=""),
                name="job_serial_runs_alone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "run_at"], condition=Q(state="queued"), name="job_queued_by_time"
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state="running"), name="job_running_by_lease"
            ),
            models.Index(
                fields=["finished_at"], condition=Q(state="done"), name="job_done_by_time"
            ),
            models.Index(fields=["serial_key", "state"], name="job_by_serial_key"),
            models.Index(fields=["key", "name"], name="job_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.name}({self.key}) {self.state}"
