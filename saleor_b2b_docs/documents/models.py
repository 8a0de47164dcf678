"""Numbered papers, their revisions and files, and who was given a link."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract, Counterparty, Supplier
from saleor_b2b_docs.saleor.models import Installation


class DocumentKind(models.TextChoices):
    INVOICE = "invoice"
    WAYBILL = "waybill"
    SERVICE_ACT = "service_act"
    TAX_INVOICE = "tax_invoice"
    RETURN = "return"
    CORRECTION = "correction"
    CASH_RECEIPT = "cash_receipt"
    RECONCILIATION_ACT = "act"


class Origin(models.TextChoices):
    ISSUED = "issued", "made here"
    RECEIVED = "received", "from the accounting system or from staff"


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
    """A numbered paper: of ours for an order, or received. One of ours keeps its number for good,
    also when it is void.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.ISSUED)
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    """The one that it was made for, or the only one that a received paper is of; all of a
    paper's orders are in `order_links`."""
    counterparty = models.ForeignKey(
        Counterparty, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    """Null while an order's buyer is nobody's member."""
    contract = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    number = models.CharField(max_length=80)
    search_key = models.CharField(max_length=80, blank=True)
    """The number as it is searched: see documents/numbers.py."""
    issued_on = models.DateField()
    """The day in the supplier's time zone."""
    issued_at = models.DateTimeField()
    """When it was issued here, or first received."""
    voided_at = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    gross = models.BigIntegerField(null=True)
    """Minor units; null: the paper's sum is not known."""
    twin = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="twin_of"
    )
    """On an invoice of ours: the accounting system's invoice for the same thing."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "supplier", "kind"],
                condition=Q(origin="issued"),
                name="document_once",
            ),
            models.UniqueConstraint(
                fields=["supplier", "kind", "number"],
                condition=Q(origin="issued"),
                name="document_number",
            ),
            models.CheckConstraint(
                condition=Q(gross__isnull=True) | ~Q(currency=""), name="document_sum_has_currency"
            ),
        ]
        indexes = [
            models.Index(
                fields=["counterparty", "-issued_on", "-issued_at", "id"],
                name="document_of_counterparty",
            ),
            models.Index(fields=["contract", "-issued_on"], name="document_of_contract"),
            models.Index(
                fields=["installation", "-issued_on", "-issued_at", "id"],
                name="document_of_installation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DocumentOrder(models.Model):
    """An order that a paper is about, and how much of the paper is about it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="order_links")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="document_links")
    amount = models.BigIntegerField(null=True)
    """Minor units of the paper's currency; null: not said."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="document_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.order}"


class Revision(models.Model):
    """What a paper said from `created_at` on. Frozen, but for the files made from it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    """1, 2, …; the highest is the current one."""
    content = models.JSONField()
    """Of a paper of ours: the form's context (documents/forms/context.py) as JSON. Of a received
    one: documents/received/context.py."""
    pictures = models.JSONField(default=dict)
    """Names of logo, stamp and signature in the storage at that time."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the financial content: a new revision is made only when it changes."""
    currency = models.CharField(max_length=3, blank=True)
    gross = models.BigIntegerField(null=True)
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
