"""The platform: which Saleors installed the app, and what we did or mean to do there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """One Saleor, known by its API address: the tenant. Every other row belongs to one."""

    api_url = models.CharField(max_length=500, unique=True)
    """The full GraphQL address; also the `iss` of every token this Saleor signs."""
    app_id = models.CharField(max_length=100, blank=True)
    """The global id that Saleor gave the app: what `recipient` and Dashboard tokens name."""
    encrypted_token = models.TextField(blank=True)
    """The app's token, sealed by saleor/sealing.py. Empty once uninstalled."""
    saleor_version = models.CharField(max_length=40, blank=True)
    app_version = models.CharField(max_length=40, blank=True)
    """Our version whose webhooks were last compared with those at Saleor."""
    granted_permissions = models.JSONField(default=list)
    jwks = models.JSONField(default=dict)
    jwks_fetched_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    """False while the merchant has switched the app off in the Dashboard."""
    installed_at = models.DateTimeField()
    uninstalled_at = models.DateTimeField(null=True)
    caught_up_to = models.DateTimeField(null=True)
    """Orders changed up to this instant (Saleor's clock) have been seen by the catch-up."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uninstalled_at__isnull=True) | Q(encrypted_token=""),
                name="installation_gone_keeps_no_token",
            )
        ]

    def __str__(self) -> str:
        return self.api_url


class Channel(models.Model):
    """What we need to know of a channel at Saleor, refreshed when Saleor says it changed."""

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    saleor_id = models.CharField(max_length=100)
    slug = models.CharField(max_length=255)
    name = models.CharField(max_length=250)
    currency = models.CharField(max_length=3)
    is_active = models.BooleanField(default=True)
    confirms_automatically = models.BooleanField(default=True)
    """Saleor's `automaticallyConfirmAllNewOrders`."""
    allows_unpaid_orders = models.BooleanField(default=False)
    refreshed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "slug"], name="channel_slug"),
            models.UniqueConstraint(fields=["installation", "saleor_id"], name="channel_id"),
        ]

    def __str__(self) -> str:
        return self.slug


class MutationIntent(models.Model):
    """A change that we mean to make in Saleor: written before it is asked for.

    A mutation may have happened although its answer never came. So the intent is stored first,
    and whoever finds one that was sent before reads back from Saleor what became of it.
    """

    class State(models.TextChoices):
        INTENDED = "intended"
        DONE = "done"
        REFUSED = "refused"
        AMBIGUOUS = "ambiguous"

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    operation = models.CharField(max_length=40)
    target = models.CharField(max_length=200)
    """What it is done for: an order's or invoice's global id, a document's id."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.INTENDED)
    sent_at = models.DateTimeField(null=True)
    """When it was last sent and may have arrived; null while it surely has not."""
    result_id = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "operation", "target"], name="mutation_intended_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.target}: {self.state}"
