"""The wholesaler's accounting base, as far as a demo needs one: orders, papers, talk."""

from __future__ import annotations

import uuid

from django.db import models

from saleor_sandbox.models.catalogue import price_field


class ExchangeChannel(models.TextChoices):
    """How the base talks to the app."""

    EVENTS = "events"
    COMMERCEML = "commerceml"


class AccountingConnection(models.Model):
    """What staff typed into the base's settings of the exchange; there is one row."""

    app_url = models.CharField(max_length=2048)
    key_id = models.CharField(max_length=100)
    """Of the signing secret."""
    signing_secret = models.CharField(max_length=200)
    username = models.CharField(max_length=100)
    password = models.CharField(max_length=200)
    epoch = models.UUIDField(default=uuid.uuid4)
    """This life of the base."""
    sequence = models.PositiveIntegerField(default=0)
    """Of the last message."""

    def __str__(self) -> str:
        return self.app_url


class AccountingOrder(models.Model):
    """An order that the base took from the shop."""

    external_id = models.CharField(max_length=100, unique=True)
    """What the app calls it."""
    shop_number = models.CharField(max_length=40)
    serial = models.PositiveIntegerField(unique=True)
    """Its place in the base's own series."""
    dated_on = models.DateField()
    currency = models.CharField(max_length=3)
    gross = price_field()
    is_cancelled = models.BooleanField(default=False)
    content = models.JSONField(default=dict)
    """Parties and lines, see `onec.orders`."""
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("-serial",)

    def __str__(self) -> str:
        return self.shop_number


class AccountingPaper(models.Model):
    """A waybill or a payment that the base posted for an order."""

    class Kind(models.TextChoices):
        WAYBILL = "waybill"
        PAYMENT = "payment"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    order = models.ForeignKey(AccountingOrder, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    serial = models.PositiveIntegerField()
    posted_on = models.DateField()
    amount = price_field()
    is_posted = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=12, choices=ExchangeChannel.choices)
    """By which its base tells of it, always the same one."""
    message_id = models.CharField(max_length=60, blank=True, default="")
    message = models.TextField(blank=True, default="")
    """What was said of it last, to be said again."""
    is_told = models.BooleanField(default=False)
    """Whether the app took what was said of it last."""

    class Meta:
        ordering = ("serial", "kind")
        constraints = [
            models.UniqueConstraint(fields=["kind", "serial"], name="one_number_per_series")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.serial}"


class AccountingTurn(models.Model):
    """Something that the base asked the app, and the answer."""

    at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=ExchangeChannel.choices)
    asked = models.CharField(max_length=300)
    """Method and address."""
    sent = models.TextField(blank=True, default="")
    status = models.PositiveSmallIntegerField()
    """Of HTTP; 0 where nobody answered."""
    answered = models.TextField(blank=True, default="")
    seconds = models.FloatField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.asked}: {self.status}"
