"""Who trades with whom: suppliers, their buyers' companies, contracts, and who acts for whom.

Amounts are integers in minor units of their currency.
"""

from __future__ import annotations

import uuid
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from saleor_b2b_docs.parties.numbering import check_pattern
from saleor_b2b_docs.parties.pictures import check_picture
from saleor_b2b_docs.saleor.models import Installation


def _check_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(f"{value} is not a time zone, e.g. Europe/Kyiv")


def _picture_name(supplier: Supplier, name: str) -> str:
    return f"suppliers/{supplier.installation_id}/{name}"


class CountryProfile(models.TextChoices):
    """Which forms and words the supplier's papers have."""

    UA = "UA", "Ukraine"
    RU = "RU", "Russia"
    INT = "INT", "International"


class Supplier(models.Model):
    """A legal entity that sells. Its days, numbers and papers are its own."""

    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    code = models.SlugField(max_length=50)
    """Short name for settings files and the command line."""
    is_default = models.BooleanField(default=False)
    """Sells in every channel that no other supplier is set for."""
    profile = models.CharField(max_length=3, choices=CountryProfile.choices)
    time_zone = models.CharField(max_length=64, validators=[_check_time_zone])
    legal_name = models.CharField(max_length=500)
    tax_id = models.CharField(max_length=40, blank=True)
    vat_id = models.CharField(max_length=40, blank=True)
    registration_reason_code = models.CharField("КПП (RU)", max_length=20, blank=True)
    address = models.CharField(max_length=500, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    is_vat_payer = models.BooleanField(default=True)
    """False: papers say "without VAT" and Saleor's taxes are expected to be zero."""
    payment_days = models.PositiveSmallIntegerField(default=14)
    """Calendar days from the invoice's date to the date to pay by."""
    number_pattern = models.CharField(
        max_length=60,
        default="{order}",
        validators=[check_pattern],
        help_text="See docs/numbers.md",
    )
    note = models.CharField(max_length=500, blank=True)
    debt_from = models.CharField(
        max_length=8,
        choices=[("waybill", "the waybill"), ("invoice", "the invoice")],
        default="waybill",
    )
    """What makes a debt: the waybill, or, without an accounting system, our own invoice."""
    counts_open_orders = models.BooleanField(default=True)
    """Whether open orders lessen what a credit limit leaves available."""
    stale_after_hours = models.PositiveSmallIntegerField(default=72)
    """The accounting system was last heard of longer ago: buyers are told so."""
    heard_at = models.DateTimeField(null=True, blank=True)
    """When the accounting system last said anything; null where there is none."""
    payments_entered_through = models.DateField(null=True, blank=True)
    """Bank statements are entered up to this day, as the accounting system says."""
    reports_shipments = models.BooleanField(
        default=False,
        help_text="Waybills fulfil the order's lines in Saleor, and Saleor's stock falls: leave it "
        "off where something else lowers that stock for the same goods. "
        "See docs/reports-to-saleor.md",
    )
    reports_payments = models.BooleanField(
        default=False,
        help_text="Payments are reported on the orders that they settle. The app needs the "
        "permission HANDLE_PAYMENTS. See docs/reports-to-saleor.md",
    )
    logo = models.FileField(upload_to=_picture_name, blank=True, validators=[check_picture])
    stamp = models.FileField(upload_to=_picture_name, blank=True, validators=[check_picture])
    signature = models.FileField(upload_to=_picture_name, blank=True, validators=[check_picture])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "code"], name="supplier_code"),
            models.UniqueConstraint(
                fields=["installation"], condition=Q(is_default=True), name="supplier_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name


class BankAccount(models.Model):
    """An account that buyers pay to; a paper shows those of its currency and those of any."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="bank_accounts")
    currency = models.CharField(max_length=3, blank=True)
    """ISO 4217, or empty: for any currency."""
    bank_name = models.CharField(max_length=200)
    account = models.CharField("IBAN or account number", max_length=40)
    bank_code = models.CharField("BIC, БИК or МФО", max_length=20, blank=True)
    correspondent_account = models.CharField("к/с (RU)", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.account} {self.bank_name}"


class Signatory(models.Model):
    """Somebody who signs the supplier's papers."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="signatories")
    job_title = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "signatories"

    def __str__(self) -> str:
        return f"{self.job_title} {self.name}"


class SupplierChannel(models.Model):
    """Which supplier sells in a channel, where it is not the default one."""

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    channel_slug = models.CharField(max_length=255)
    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="channels")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "channel_slug"], name="supplier_channel_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_slug}: {self.supplier}"

    def clean(self) -> None:
        """The supplier must belong to the same Saleor as the channel."""
        if self.supplier_id and self.supplier.installation_id != self.installation_id:
            raise ValidationError("The supplier belongs to another Saleor.")


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a Saturday that is worked."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="calendar")
    day = models.DateField()
    is_working = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "day"], name="calendar_day")]

    def __str__(self) -> str:
        return f"{self.day}: {'worked' if self.is_working else 'free'}"


class Manager(models.Model):
    """Who at the merchant's looks after a buyer, and how he is reached."""

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    messengers = models.JSONField(default=dict, blank=True)
    """Address by messenger: `{"telegram": "@ivan", "viber": "+380…"}`."""

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A holding: several counterparties that may share a limit."""

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    name = models.CharField(max_length=300)
    credit_limit = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    """Of the limit, which counts the members' contracts in this currency."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "name"], name="group_name"),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | ~Q(currency=""),
                name="group_limit_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Counterparty(models.Model):
    """A legal entity that buys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    name = models.CharField(max_length=500)
    tax_id = models.CharField(max_length=60, blank=True)
    vat_id = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    """As the accounting system knows it."""
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="counterparties"
    )
    manager = models.ForeignKey(Manager, null=True, blank=True, on_delete=models.SET_NULL)
    terms = models.JSONField(null=True, blank=True)
    """See parties/terms.py; null: the supplier's."""
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    """A duplicate that was merged: everything of it belongs to that one now."""
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "counterparties"
        indexes = [
            models.Index(fields=["installation", "tax_id"], name="counterparty_tax_id"),
            models.Index(fields=["installation", "name"], name="counterparty_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Coverage(models.TextChoices):
    """How much of a contract's money the app knows."""

    FULL = "full"
    SITE_ORDERS = "site_orders"
    INCOMPLETE = "incomplete"


class Contract(models.Model):
    """What a supplier and a counterparty settle by: one currency, its terms and its limit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="contracts")
    counterparty = models.ForeignKey(
        Counterparty, on_delete=models.PROTECT, related_name="contracts"
    )
    number = models.CharField(max_length=100, blank=True)
    """Empty for one made on the spot for an order."""
    name = models.CharField(max_length=300, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    is_main = models.BooleanField(default=False)
    """Takes the orders of its supplier and currency that name no other."""
    is_closed = models.BooleanField(default=False)
    coverage = models.CharField(
        max_length=12, choices=Coverage.choices, default=Coverage.INCOMPLETE
    )
    books_from = models.DateField(null=True, blank=True)
    """Entries begin on this day; what happened before is in the openings."""
    terms = models.JSONField(null=True, blank=True)
    """See parties/terms.py; null: the counterparty's, else the supplier's."""
    credit_limit = models.BigIntegerField(null=True, blank=True)
    manager = models.ForeignKey(Manager, null=True, blank=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "counterparty", "currency"],
                condition=Q(is_main=True),
                name="contract_one_main",
            ),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0),
                name="contract_limit_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["counterparty", "supplier"], name="contract_parties")]

    def __str__(self) -> str:
        return self.number or self.name or str(self.pk)


class Role(models.TextChoices):
    """What a member sees: owners and accountants money and papers, buyers their own orders'."""

    OWNER = "owner"
    ACCOUNTANT = "accountant"
    BUYER = "buyer"


class Member(models.Model):
    """A Saleor user who acts for a counterparty."""

    counterparty = models.ForeignKey(Counterparty, on_delete=models.CASCADE, related_name="members")
    user_id = models.CharField(max_length=100)
    """The Saleor user's global id."""
    email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    source = models.CharField(max_length=20)
    """How he became one: external_reference, private_metadata, email, staff, invitation, import."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counterparty", "user_id"], name="member_once")
        ]
        indexes = [models.Index(fields=["user_id"], name="member_user")]

    def __str__(self) -> str:
        return f"{self.email or self.user_id} ({self.role}) of {self.counterparty}"


class Invitation(models.Model):
    """A link that makes its bearer a member, once, until it expires or is revoked."""

    counterparty = models.ForeignKey(
        Counterparty, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.CharField(max_length=254, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.email or 'anybody'} to {self.counterparty}"


class Alias(models.Model):
    """A name that an outside system has for one of our rows. Several may mean the same row."""

    class Kind(models.TextChoices):
        SUPPLIER = "supplier"
        COUNTERPARTY = "counterparty"
        CONTRACT = "contract"
        DOCUMENT = "document"
        GROUP = "group"

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    source = models.CharField(max_length=60)
    """Which system: `saleor`, or the code of an accounting base."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    external_id = models.CharField(max_length=200)
    target = models.CharField(max_length=40)
    """Primary key of what is meant, as text."""

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "source", "kind", "external_id"], name="alias_once"
            )
        ]
        indexes = [models.Index(fields=["installation", "kind", "target"], name="alias_target")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.external_id}"


class Match(models.Model):
    """Something that may be the same as something else, for staff to decide."""

    class Kind(models.TextChoices):
        USER = "user", "a Saleor user may act for a counterparty"
        DUPLICATE = "duplicate", "two counterparties may be one"

    class State(models.TextChoices):
        OPEN = "open"
        LINKED = "linked"
        MERGED = "merged"
        DISMISSED = "dismissed"

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    user_id = models.CharField(max_length=100, blank=True)
    user_email = models.CharField(max_length=254, blank=True)
    user_name = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=500, blank=True)
    tax_id = models.CharField(max_length=60, blank=True)
    counterparty = models.ForeignKey(
        Counterparty, null=True, on_delete=models.CASCADE, related_name="matches"
    )
    """Whom it may be; null when nobody is known to fit."""
    duplicate = models.ForeignKey(
        Counterparty, null=True, on_delete=models.CASCADE, related_name="duplicate_matches"
    )
    reason = models.CharField(max_length=30)
    """Why it is suggested: see parties/matching/reasons.py."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=254, blank=True)

    class Meta:
        verbose_name_plural = "matches"
        indexes = [models.Index(fields=["installation", "state", "created_at"], name="match_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.company or self.user_email}: {self.state}"
