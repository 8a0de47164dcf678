"""The suppliers: the merchant's legal entities, as their papers name them."""

from __future__ import annotations

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
