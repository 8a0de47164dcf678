"""Accounting bases, what they may sign with, what they sent, and what they are owed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation


class Base(models.Model):
    """One accounting base that exchanges with an installation."""

    class Encoding(models.TextChoices):
        UTF_8 = "utf-8"
        WINDOWS_1251 = "windows-1251"

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    code = models.SlugField(max_length=40)
    """The source of its aliases, and the beginning of its references in the books."""
    name = models.CharField(max_length=200, blank=True)
    supplier = models.ForeignKey(Supplier, null=True, blank=True, on_delete=models.PROTECT)
    """Whose facts they are that name no supplier; null: the installation's default supplier's."""
    currencies = models.JSONField(default=dict, blank=True)
    """ISO 4217 code by the base's own word, where nobody could guess it: `{"у.е.": "USD"}`."""
    epoch = models.CharField(max_length=100, blank=True)
    """The life that it is in, where its channel tells; restored from a backup it begins another."""
    past_epochs = models.JSONField(default=list, blank=True)
    holds_unmapped_orders = models.BooleanField(default=False)
    """Whether an order with a line that the base can't know is held, for staff to see, rather than
    sent with the line's SKU."""
    encoding = models.CharField(max_length=12, choices=Encoding.choices, default=Encoding.UTF_8)
    """Of the texts and orders that the CommerceML exchange answers with."""
    created_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "code"], name="onec_base_code")
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Authority(models.Model):
    """Which base is believed in a supplier's facts of one kind."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE)
    kind = models.CharField(max_length=30)
    """A kind of fact, see onec/facts.py."""
    base = models.ForeignKey(Base, on_delete=models.CASCADE)

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(fields=["supplier", "kind"], name="onec_one_authority")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.supplier}: {self.base}"


class Credential(models.Model):
    """What a base proves itself with. Made and revoked by staff."""

    class Kind(models.TextChoices):
        SIGNING_SECRET = "signing_secret"  # noqa: S105  a kind, not a secret
        BEARER_KEY = "bearer_key"
        PASSWORD = "password"  # noqa: S105  a kind, not a secret

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=100, blank=True)
    """What staff call it."""
    username = models.CharField(max_length=100, blank=True)
    """Of a password."""
    lookup = models.CharField(max_length=64, unique=True)
    """SHA-256 of a bearer key; of a password's user name; a random id of a signing secret, which is
    no secret itself."""
    encrypted_secret = models.TextField(blank=True)
    """Of a signing secret, which is needed in the clear."""
    password_hash = models.CharField(max_length=256, blank=True)
    created_by = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"{self.name or self.kind} of {self.base}"


class Delivery(models.Model):
    """Bytes that a base sent, kept as they came, and what became of them."""

    class Channel(models.TextChoices):
        EVENTS = "events"
        COMMERCEML = "commerceml"
        FILE = "file", "a file that staff imported"

    class State(models.TextChoices):
        RECEIVED = "received"
        APPLIED = "applied"
        FAILED = "failed"

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    external_id = models.CharField(max_length=200)
    """The channel's own id: a message's, or a session's and a file's name."""
    content_hash = models.CharField(max_length=64)
    """SHA-256 of the bytes."""
    stored_as = models.CharField(max_length=200, blank=True)
    """Name of the bytes in the storage."""
    size = models.BigIntegerField()
    format = models.CharField(max_length=40, blank=True)
    """What it turned out to be, such as `commerceml 2.09`."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    error = models.TextField(blank=True)
    """Why it failed as a whole, in words that the base's administrator understands."""
    summary = models.JSONField(default=dict, blank=True)
    """Counts, see `intake.summary`."""
    answer = models.JSONField(default=dict, blank=True)
    """What the sender was answered, to answer the same again."""
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["base", "channel", "external_id"], name="onec_delivery_once"
            )
        ]
        indexes = [models.Index(fields=["base", "-received_at"], name="onec_delivery_newest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.external_id}: {self.state}"


class FactState(models.Model):
    """What of a key was applied last: by it the same is known again, and what is older."""

    base = models.ForeignKey(Base, on_delete=models.CASCADE)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=150)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of everything that the fact says."""
    version = models.CharField(max_length=100, blank=True)
    epoch = models.CharField(max_length=100, blank=True)
    sequence = models.BigIntegerField(null=True)
    is_gone = models.BooleanField(default=False)
    """Deleted or unposted."""
    container = models.CharField(max_length=150, blank=True)
    """Key of the container that it last came in, an order's for example."""
    missing_since = models.DateTimeField(null=True)
    """A later state of its container came without it: staff are told, nothing is reversed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "kind", "key"], name="onec_fact_once")
        ]
        indexes = [
            models.Index(
                fields=["base", "container"], condition=~Q(container=""), name="onec_container"
            ),
            models.Index(
                fields=["base", "missing_since"],
                condition=Q(missing_since__isnull=False),
                name="onec_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SetAside(models.Model):
    """A fact that could not be applied, and why; the rest of its delivery was."""

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="set_aside")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=150)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """A later version of the same was applied."""

    class Meta:
        verbose_name_plural = "set aside"
        indexes = [
            models.Index(fields=["base", "settled_at", "-at"], name="onec_set_aside_open"),
            models.Index(
                fields=["base", "key"],
                condition=Q(settled_at__isnull=True),
                name="onec_set_aside_of_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.code}"


class Session(models.Model):
    """A CommerceML exchange session: what its cookie stands for."""

    base = models.ForeignKey(Base, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the cookie's value."""
    version = models.CharField(max_length=20, blank=True)
    """Of CommerceML, as `init` named it."""
    queried_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session {self.pk} of {self.base}"


class UploadedFile(models.Model):
    """A file that comes in chunks in a session, until it is imported."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    """As the base names it: a label, never a path."""
    stored_as = models.CharField(max_length=200)
    """Folder of its chunks in the storage, each named by its offset; ours, of no sender's
    choosing."""
    size = models.BigIntegerField(default=0)
    is_whole = models.BooleanField(default=False)
    """The base went on to something else, so there is nothing more to come."""
    is_imported = models.BooleanField(default=False)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    """When its last chunk came."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "name"],
                condition=Q(is_imported=False),
                name="onec_one_file_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrderExport(models.Model):
    """An order on its way to a base."""

    class State(models.TextChoices):
        WAITING = "waiting"
        HELD = "held"
        SENT = "sent"

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="order_exports")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    """Why it is held."""
    fingerprint = models.CharField(max_length=64, blank=True)
    """SHA-256 of the order as it is: when it changes, the order is offered again."""
    offered_in = models.CharField(max_length=64, blank=True)
    """The session or request that it was offered in and that may still confirm it."""
    offered_fingerprint = models.CharField(max_length=64, blank=True)
    """Of what was offered last; empty: it never was, so the base can't know the order."""
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "order"], name="onec_export_once")]
        indexes = [models.Index(fields=["base", "state", "changed_at"], name="onec_export_state")]

    def __str__(self) -> str:
        return f"{self.order} to {self.base}: {self.state}"


class OrderReport(models.Model):
    """What Saleor was last told of an order's waybills and payments."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="report")
    trace = models.CharField(max_length=64, blank=True)
    """SHA-256 of what the books said of the order then: equal means that Saleor knows."""
    notes = models.JSONField(default=list, blank=True)
    """What was not told, for staff: `[{"code", "text"}, …]`."""
    has_notes = models.BooleanField(default=False)
    reported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report on {self.order}"
