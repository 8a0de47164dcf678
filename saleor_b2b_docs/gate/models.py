"""What the merchant wants done with orders that arrive unconfirmed."""

from __future__ import annotations

from django.db import models

from saleor_b2b_docs.saleor.models import Installation


class ConfirmationPolicy(models.Model):
    """Per channel: who confirms orders. A channel without a row follows its setting in Saleor."""

    class Mode(models.TextChoices):
        FOLLOW_CHANNEL = "follow", "as the channel is set in Saleor"
        AT_ONCE = "at_once", "at once"
        MANAGER = "manager", "a manager does"

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    channel_slug = models.CharField(max_length=255)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.FOLLOW_CHANNEL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "channel_slug"], name="confirmation_policy_once"
            )
        ]
        verbose_name_plural = "confirmation policies"

    def __str__(self) -> str:
        return f"{self.channel_slug}: {self.get_mode_display()}"
