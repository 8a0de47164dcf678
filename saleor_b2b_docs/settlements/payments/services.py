"""Writes of payments: money that came in or went back, posted or only announced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.numbers import search_key
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.models import EntryKind, Payment, Posting
from saleor_b2b_docs.settlements.postings import NewPosting, PostingSummary, check
from saleor_b2b_docs.settlements.services import post, unpost

ACCOUNTING = "accounting"
"""The source whose payments are in the books; every other's are provisional."""

_BATCH = 500
_MATCHED_WITHIN = dt.timedelta(days=10)
"""How far apart the days of a bank's file and of the books may be: a long holiday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Money that moved, as its source tells it."""

    reference: str
    contract: Contract
    received_on: dt.date
    amount: int
    """Minor units, positive; `is_refund` says which way."""
    is_refund: bool = False
    number: str = ""
    method: str = "bank"
    """bank, cash or other."""
    purpose: str = ""
    orders: tuple[tuple[str, int | None], ...] = ()
    stated: tuple[tuple[str, int | None], ...] = ()
    document: Document | None = None
    source: str = ACCOUNTING
    document_amount: int | None = None
    """As the paper has it, where that is in another currency: as of a posting."""
    document_currency: str = ""
    rate: Decimal | None = None
    rate_on: dt.date | None = None

    @property
    def posting(self) -> NewPosting:
        """What it is in the books."""
        return NewPosting(
            reference=self.reference,
            contract=self.contract,
            kind=EntryKind.REFUND if self.is_refund else EntryKind.PAYMENT,
            amount=self.amount,
            effective_on=self.received_on,
            number=self.number,
            document=self.document,
            orders=self.orders,
            stated=self.stated,
            document_amount=self.document_amount,
            document_currency=self.document_currency,
            rate=self.rate,
            rate_on=self.rate_on,
            comment=self.purpose,
        )


def record(
    installation: Installation,
    payments: Iterable[NewPayment],
    *,
    beside: Iterable[NewPosting] = (),
    now: dt.datetime,
) -> PostingSummary:
    """Post payments of the accounting system: all of them or, on an error, none.

    `beside` are postings that are no payments and go into the books in the same call, so that each
    contract is settled once.

    A provisional payment that one of them turns out to be is matched to it and shown no more.

    Raises InvalidPosting.
    """
    by_reference = {payment.reference: payment for payment in payments}
    with transaction.atomic():
        summary = post(
            installation,
            [*beside, *(payment.posting for payment in by_reference.values())],
            now=now,
        )
        rows = _keep(installation, list(by_reference.values()), now=now)
        announced = set(
            Payment.objects.filter(
                contract__in={row.contract_id for row in rows}, is_provisional=True, matched=None
            ).values_list("contract_id", flat=True)
        )
        for row in rows:
            if (
                row.contract_id in announced
                and row.entry_id is not None
                and not row.provisional.exists()
            ):
                _match(row)
    return summary


def record_provisional(
    installation: Installation, payments: Iterable[NewPayment], *, now: dt.datetime
) -> int:
    """Keep payments that a bank's file or Saleor tells of; how many are new. No entry is made.

    One that the books have already is matched at once.

    Raises InvalidPosting.
    """
    by_reference = {payment.reference: payment for payment in payments}
    with transaction.atomic():
        for payment in by_reference.values():
            check(payment.posting)
        present = set(
            Payment.objects.filter(
                contract__in={payment.contract for payment in by_reference.values()},
                reference__in=by_reference,
            ).values_list("reference", flat=True)
        )
        new = [payment for payment in by_reference.values() if payment.reference not in present]
        rows = [_row(payment, is_provisional=True, now=now) for payment in new]
        Payment.objects.bulk_create(rows, batch_size=_BATCH)
        for row in rows:
            posted = _alike(row).filter(entry__isnull=False, provisional=None).first()
            if posted is not None:
                row.matched = posted
                row.save(update_fields=["matched"])
    return len(rows)


def unrecord(installation: Installation, references: Sequence[str], *, now: dt.datetime) -> int:
    """Payments were unposted or deleted: out of the books by stornos; how many.

    A provisional one that was matched to it is shown again.
    """
    with transaction.atomic():
        gone = Payment.objects.filter(
            contract__supplier__installation=installation,
            reference__in=references,
            is_provisional=False,
        )
        Payment.objects.filter(matched__in=gone).update(matched=None)
        gone.update(entry=None)
        return unpost(installation, references, now=now)


def withdraw_provisional(installation: Installation, references: Sequence[str]) -> int:
    """What was announced under these references was no payment: it is shown no more; how many."""
    gone, _ = Payment.objects.filter(
        contract__supplier__installation=installation,
        reference__in=references,
        is_provisional=True,
    ).delete()
    return gone


def _keep(
    installation: Installation, payments: Sequence[NewPayment], *, now: dt.datetime
) -> list[Payment]:
    """One row per payment, pointing at the entry that stands in the books now."""
    references = [payment.reference for payment in payments]
    entries = {
        posting.reference: posting.entry_id
        for posting in Posting.objects.filter(installation=installation, reference__in=references)
    }
    present = {
        row.reference: row
        for row in Payment.objects.filter(
            contract__supplier__installation=installation,
            reference__in=references,
            is_provisional=False,
        )
    }
    created: list[Payment] = []
    kept: list[Payment] = []
    for payment in payments:
        row = _row(payment, is_provisional=False, now=now)
        row.entry_id = entries[payment.reference]
        known = present.get(payment.reference)
        if known is None:
            created.append(row)
        else:
            row.pk, row.created_at = known.pk, known.created_at
            kept.append(row)
    # Off their entries first, since two of them may have changed places.
    Payment.objects.filter(pk__in=[row.pk for row in kept]).update(entry=None)
    Payment.objects.bulk_update(kept, _COLUMNS, batch_size=_BATCH)
    Payment.objects.bulk_create(created, batch_size=_BATCH)
    return [*created, *kept]


_COLUMNS = [
    "contract",
    "number",
    "search_key",
    "received_on",
    "amount",
    "method",
    "purpose",
    "source",
    "order_id",
    "document",
    "entry",
]


def _row(payment: NewPayment, *, is_provisional: bool, now: dt.datetime) -> Payment:
    return Payment(
        contract=payment.contract,
        reference=payment.reference,
        number=payment.number,
        search_key=search_key(payment.number),
        received_on=payment.received_on,
        amount=-payment.amount if payment.is_refund else payment.amount,
        method=payment.method,
        purpose=payment.purpose,
        source=payment.source,
        is_provisional=is_provisional,
        order_id=payment.orders[0][0] if len(payment.orders) == 1 else "",
        document=payment.document,
        created_at=now,
    )


def _match(posted: Payment) -> None:
    """Find the provisional payment that this one was announced by, if there was one."""
    announced = _alike(posted).filter(is_provisional=True, matched=None)
    # Of several alike, the one of the same number, else the oldest.
    chosen = announced.exclude(number="").filter(number=posted.number).first()
    chosen = chosen or announced.first()
    if chosen is not None:
        chosen.matched = posted
        chosen.save(update_fields=["matched"])


def _alike(payment: Payment) -> QuerySet[Payment]:
    """Payments of the same contract, sum and, about, day; of the same order where both name one."""
    alike = Payment.objects.filter(
        contract_id=payment.contract_id,
        amount=payment.amount,
        received_on__range=(
            payment.received_on - _MATCHED_WITHIN,
            payment.received_on + _MATCHED_WITHIN,
        ),
    ).exclude(pk=payment.pk)
    if payment.order_id:
        alike = alike.filter(order_id__in=("", payment.order_id))
    return alike.order_by("received_on", "created_at", "pk")
