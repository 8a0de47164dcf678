"""Money between a supplier and a counterparty, by contract.

Entries and postings are the books: they come from outside and are kept for good. Everything from
`DuePart` on is derived from them, and `settlements/rebuild.py` makes it anew. Amounts are integers
in minor units of the contract's currency.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.saleor.models import Installation


class ImmutableEntry(Exception):
    """Somebody tried to change or delete an entry; a storno is how an entry is undone."""

    code = "IMMUTABLE_ENTRY"


class EntryKind(models.TextChoices):
    """What made an entry."""

    WAYBILL = "waybill"
    SERVICE_ACT = "service_act"
    INVOICE = "invoice", "invoice, where the supplier's debts begin with it"
    UPWARD_CORRECTION = "upward_correction"
    REFUND = "refund", "refund paid out"
    DEBIT_ADJUSTMENT = "debit_adjustment"
    OPENING_DEBT = "opening_debt"
    PAYMENT = "payment"
    RETURN = "return"
    DOWNWARD_CORRECTION = "downward_correction"
    CREDIT_ADJUSTMENT = "credit_adjustment"
    OPENING_ADVANCE = "opening_advance"


DEBITS = frozenset(
    {
        EntryKind.WAYBILL,
        EntryKind.SERVICE_ACT,
        EntryKind.INVOICE,
        EntryKind.UPWARD_CORRECTION,
        EntryKind.REFUND,
        EntryKind.DEBIT_ADJUSTMENT,
        EntryKind.OPENING_DEBT,
    }
)
"""The kinds that add to what the counterparty owes; all others take from it."""


class AdjustmentSubtype(models.TextChoices):
    NETTING = "netting"
    DEBT_TRANSFER = "debt_transfer"
    WRITE_OFF = "write_off"
    BONUS = "bonus"
    PENALTY = "penalty"
    EXCHANGE_DIFFERENCE = "exchange_difference"


class _ImmutableQuerySet(models.QuerySet["Entry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise ImmutableEntry("entries are never updated")

    def delete(self) -> NoReturn:
        raise ImmutableEntry("entries are never deleted")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImmutableEntry("entries are never updated")


class Entry(models.Model):
    """One debit or credit of a contract. Never changed, never deleted.

    A storno is an entry of the opposite amount, with the effective day of the one it reverses.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    subtype = models.CharField(max_length=20, choices=AdjustmentSubtype.choices, blank=True)
    amount = models.BigIntegerField()
    """Positive for a debit, negative for a credit; a storno has the other sign."""
    effective_on = models.DateField()
    """The day in the supplier's time zone from which on it counts."""
    recorded_at = models.DateTimeField()
    reference = models.CharField(max_length=200)
    """What it is to the system that it came from. Equal for an entry, its storno and what
    replaced it; also what puts entries of a day in an order that does not depend on arrival."""
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    number = models.CharField(max_length=80, blank=True)
    """Of the paper, as people know it."""
    document_on = models.DateField()
    """Date of the paper."""
    document = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    document_amount = models.BigIntegerField(null=True)
    """What the paper itself says, in minor units of `document_currency`, as it was given to us."""
    document_currency = models.CharField(max_length=3, blank=True)
    rate = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    rate_on = models.DateField(null=True)
    terms_days = models.IntegerField(null=True)
    """Of a debit: days of deferral by the terms it was made under; null with several stages."""
    comment = models.CharField(max_length=500, blank=True)

    objects = _ImmutableQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="entry_is_not_zero"),
        ]
        indexes = [
            models.Index(fields=["contract", "effective_on", "reference", "id"], name="entry_order")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever inserts. Raises ImmutableEntry."""
        if not self._state.adding:
            raise ImmutableEntry("entries are never updated")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raises ImmutableEntry."""
        raise ImmutableEntry("entries are never deleted")


class EntryOrder(models.Model):
    """An order that an entry is about, by its id at Saleor, known here or not yet."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="orders")
    order_id = models.CharField(max_length=100)
    amount = models.BigIntegerField(null=True)
    """How much of the entry is about this order, positive; null: all of it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "order_id"], name="entry_order_once")
        ]
        indexes = [models.Index(fields=["order_id"], name="entry_by_order")]

    def __str__(self) -> str:
        return f"{self.entry} of {self.order_id}"


class StatedSettlement(models.Model):
    """What the accounting system says that a credit settles: the reference of a debit."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="stated")
    position = models.PositiveIntegerField()
    reference = models.CharField(max_length=200)
    """Of the debit, which may not have come yet."""
    amount = models.BigIntegerField(null=True)
    """Positive; null: as much as there is."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="stated_position"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="stated_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["reference"], name="stated_by_reference")]

    def __str__(self) -> str:
        return f"{self.entry} settles {self.reference}"


class Posting(models.Model):
    """What stands in the books under a reference now: at most one entry, none once unposted."""

    installation = models.ForeignKey(Installation, on_delete=models.PROTECT)
    reference = models.CharField(max_length=200)
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="posting")
    fingerprint = models.CharField(max_length=64, blank=True)
    """SHA-256 of what was posted: the same again changes nothing."""
    due_parts = models.JSONField(null=True)
    """Of a debit: `[[day or null, amount], …]`. What a rebuild starts from."""
    are_parts_given = models.BooleanField(default=False)
    """Whether the accounting system or staff gave the dates; else the terms made them."""
    invoiced_on = models.DateField(null=True)
    """Date of the invoice, for terms that count from it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "reference"], name="posting_once")
        ]

    def __str__(self) -> str:
        return self.reference


class StatedBalance(models.Model):
    """A balance as the accounting system states it, beside ours; the newest one counts."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="stated_balances")
    as_of = models.DateField()
    debt = models.BigIntegerField()
    """Negative: an advance."""
    overdue = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["contract", "-as_of", "-id"], name="stated_balance_newest")]

    def __str__(self) -> str:
        return f"{self.contract}: {self.debt} on {self.as_of}"


class Payment(models.Model):
    """Money that came, or went back, as the buyer is told of it.

    A provisional one (from a bank's file, or from Saleor) is shown and makes no entry; when the
    accounting system's comes, it is matched to that one and shown no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    search_key = models.CharField(max_length=80, blank=True)
    received_on = models.DateField()
    amount = models.BigIntegerField()
    """Positive; negative for money paid back to the buyer."""
    method = models.CharField(
        max_length=10, choices=[("bank", "bank"), ("cash", "cash"), ("other", "other")]
    )
    purpose = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=20, default="accounting")
    """accounting, bank_file or saleor."""
    is_provisional = models.BooleanField(default=False)
    order_id = models.CharField(max_length=100, blank=True)
    """At Saleor, if it is for one order."""
    document = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="payments"
    )
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="payment")
    """Null for a provisional one and for one that was unposted."""
    matched = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="provisional"
    )
    """On a provisional one: what it turned out to be."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "reference"], name="payment_once"),
            models.CheckConstraint(
                condition=Q(is_provisional=False) | Q(entry__isnull=True),
                name="provisional_payment_makes_no_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["contract", "-received_on", "id"], name="payment_of_contract")
        ]

    def __str__(self) -> str:
        return f"payment {self.number} of {self.amount}"


class DuePart(models.Model):
    """A part of a live debit with the day to pay it by, and what of it is not settled yet."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="due_parts", db_index=False
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="due_parts")
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    """The last day that is not late; null: not known, and so never overdue."""
    amount = models.BigIntegerField()
    residual = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="due_part_position"),
            models.CheckConstraint(
                condition=Q(residual__gte=0) & Q(residual__lte=F("amount")),
                name="due_part_residual_within",
            ),
        ]
        indexes = [
            # In place of the foreign key's own index, by which PostgreSQL would go through all
            # parts that a contract ever had to find the open ones.
            models.Index(fields=["contract", "residual"], name="due_part_of_contract"),
            models.Index(
                fields=["contract", "due_on"],
                # So that the panel is read from the index alone.
                include=["residual"],
                condition=Q(residual__gt=0),
                name="due_part_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residual} of {self.amount} by {self.due_on}"


class Credit(models.Model):
    """A live credit, and what of it has settled nothing yet."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="credits", db_index=False
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="credit")
    residual = models.BigIntegerField()
    """An advance, positive."""
    reserved = models.BigIntegerField(default=0)
    """What of the residual waits for a debit or an order that it is said to be for."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("residual")),
                name="credit_reserved_within",
            )
        ]
        indexes = [
            # As of due parts.
            models.Index(fields=["contract", "residual"], name="credit_of_contract")
        ]

    def __str__(self) -> str:
        return f"{self.residual} of {self.entry}"


class Allocation(models.Model):
    """How much of a credit settles a due part, and by which rule."""

    class Rule(models.TextChoices):
        STATED = "stated", "the accounting system says so"
        RETURN = "return", "a return settles its own waybill"
        ORDER = "order", "a payment settles its order's waybills"
        OLDEST = "oldest", "oldest due first"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="allocations")
    credit = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="allocations")
    due_part = models.ForeignKey(DuePart, on_delete=models.CASCADE, related_name="allocations")
    amount = models.BigIntegerField()
    rule = models.CharField(max_length=8, choices=Rule.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit", "due_part", "rule"], name="allocation_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_is_positive"),
        ]
        indexes = [models.Index(fields=["due_part"], name="allocation_of_part")]

    def __str__(self) -> str:
        return f"{self.amount} by {self.rule}"


class MonthTurnover(models.Model):
    """Sums of a contract's entries of one month, stornos included: what balances start from."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="turnovers")
    month = models.DateField()
    """Its first day."""
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    """Positive."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "month"], name="turnover_once")]

    def __str__(self) -> str:
        return f"{self.contract} {self.month}"


class OpenOrder(models.Model):
    """An order that is not shipped and paid for in full: what it still holds of a limit."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="open_orders")
    order_id = models.CharField(max_length=100)
    """At Saleor."""
    total = models.BigIntegerField()
    shipped = models.BigIntegerField(default=0)
    """Sum of its live waybills, as far as they are about it."""
    reserved = models.BigIntegerField(default=0)
    """Advances that wait for its waybills."""
    open_amount = models.BigIntegerField()
    """total − shipped − reserved, never below zero."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "order_id"], name="open_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.open_amount}"


class ContractFigures(models.Model):
    """The figures of one contract, changed in the transaction that changes its entries."""

    contract = models.OneToOneField(
        Contract, primary_key=True, on_delete=models.PROTECT, related_name="figures"
    )
    debt = models.BigIntegerField(default=0)
    """Sum of the residuals of due parts."""
    advance = models.BigIntegerField(default=0)
    """Sum of the residuals of credits, the reserved ones included."""
    reserved = models.BigIntegerField(default=0)
    open_orders = models.BigIntegerField(default=0)
    last_effective_on = models.DateField(null=True)
    last_reference = models.CharField(max_length=200, blank=True)
    """With the day: the last of the live entries in their order. What comes after it is settled on
    top; anything else settles the contract anew."""
    updated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "contract figures"

    def __str__(self) -> str:
        return f"{self.contract}: {self.debt} − {self.advance}"


DERIVED: Iterable[type[models.Model]] = (
    Allocation,
    Credit,
    DuePart,
    MonthTurnover,
    OpenOrder,
    ContractFigures,
)
"""What a rebuild makes anew, in an order in which it can be deleted."""
