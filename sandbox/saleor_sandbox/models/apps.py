"""Installed apps, their tokens, their webhooks and what was sent to them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from saleor_sandbox.models.base import Node, WithMetadata


class JobStatus:
    """How far a background job or an invoice has come."""

    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    DELETED = "DELETED"


class App(Node, WithMetadata):
    """An installed app. A deleted one stays for the deliveries that tell it so."""

    graphql_type = "App"

    identifier = models.CharField(max_length=256, blank=True)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    is_installed = models.BooleanField(default=True)
    is_third_party = models.BooleanField(default=True)
    permissions = models.JSONField(default=list, blank=True)
    about = models.TextField(blank=True)
    author = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=256, blank=True)
    app_url = models.URLField(blank=True)
    manifest_url = models.URLField(blank=True)
    data_privacy_url = models.URLField(blank=True)
    homepage_url = models.URLField(blank=True)
    support_url = models.URLField(blank=True)
    extensions = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class AppToken(Node):
    """A token of an app, of which only the digest is kept."""

    graphql_type = "AppToken"

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=128, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)

    def __str__(self) -> str:
        return f"{self.name} …{self.last_four}"


class AppInstallation(Node):
    """An installation under way, or one that failed and says why. A finished one is deleted."""

    graphql_type = "AppInstallation"

    app_name = models.CharField(max_length=60)
    manifest_url = models.URLField()
    permissions = models.JSONField(default=list, blank=True)
    activate = models.BooleanField(default=True)
    status = models.CharField(max_length=10, default=JobStatus.PENDING)
    message = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.app_name}: {self.status}"


class Webhook(Node):
    """An address of an app, the events it wants and the query that shapes their payload."""

    graphql_type = "Webhook"

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=255, blank=True, default="")
    identifier = models.CharField(max_length=256, blank=True, default="")
    target_url = models.CharField(max_length=255)
    is_active = models.BooleanField(default=True)
    secret_key = models.CharField(max_length=255, blank=True, default="")
    subscription_query = models.TextField(blank=True, default="")
    custom_headers = models.JSONField(default=dict, blank=True)
    # Event names in lower case, as they stand in the Saleor-Event header.
    events = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.name} → {self.target_url}"


class EventDelivery(models.Model):
    """One event on its way to one webhook, until it arrived or was given up.

    `payload` is empty while a deferred event waits: its body is made when it is sent and shows
    the state of that moment.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_type = models.CharField(max_length=255)
    status = models.CharField(max_length=10, default=JobStatus.PENDING)
    payload = models.TextField(blank=True, default="")
    # The ids of what the event is about: of orders, users, …; the event type knows the table.
    subject_ids = models.JSONField(default=list)
    principal_type = models.CharField(max_length=4, blank=True, default="")
    principal_id = models.BigIntegerField(null=True, blank=True)
    issued_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="due_deliveries")]

    def __str__(self) -> str:
        return f"{self.event_type}: {self.status}"


class EventDeliveryAttempt(models.Model):
    """One request to a webhook and what it answered; status 0 means no answer came."""

    delivery = models.ForeignKey(EventDelivery, on_delete=models.CASCADE, related_name="attempts")
    created_at = models.DateTimeField(default=timezone.now)
    response_status = models.PositiveSmallIntegerField(default=0)
    response = models.TextField(blank=True)
    duration_seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.created_at:%H:%M:%S}: {self.response_status}"
