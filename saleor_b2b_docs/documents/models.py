"""Numbered papers, their revisions and files, and who was given a link."""

from __future__ import annotations

import uuid

from django.db import models

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation


class DocumentKind(models.TextChoices):
    INVOICE = "invoice"


class NumberSeries(models.Model):
    """The running number of one supplier, kind and year; year 0 for a series without years."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "kind", "year"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Document(models.Model):
    """A paper of ours for an order. Its number is its own for good, also when it is void."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="documents")
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    """The day in the supplier's time zone."""
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "supplier", "kind"], name="document_once"),
            models.UniqueConstraint(fields=["supplier", "kind", "number"], name="document_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Revision(models.Model):
    """What a paper said from `created_at` on. Frozen, but for the files made from it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    """1, 2, …; the highest is the current one."""
    content = models.JSONField()
    """The form's context (documents/forms/context.py) as JSON."""
    pictures = models.JSONField(default=dict)
    """Names of logo, stamp and signature in the storage at that time."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the financial content: a new revision is made only when it changes."""
    currency = models.CharField(max_length=3)
    gross = models.BigIntegerField()
    created_at = models.DateTimeField()

    pdf_name = models.CharField(max_length=200, blank=True)
    """In the storage; empty until it is rendered."""
    pdf_is_void = models.BooleanField(default=False)
    """Whether the file bears the mark of a void paper."""
    rendered_at = models.DateTimeField(null=True)
    forms_version = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} r{self.number}"


class AccessLink(models.Model):
    """A link for a mail: it opens one document to whoever has it, until it is revoked."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, which has 256 random bits and so needs no slow hash."""
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link to {self.document}"


class Attempts(models.Model):
    """Counts attempts in a window of time, for limits that hold across processes."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    """Number of the window since 1970."""
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempts_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
