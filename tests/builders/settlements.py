"""Money as the accounting system posts it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from django.utils import timezone

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.models import Entry, EntryKind, Payment
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.services import post
from tests.builders.parties import make_contract, make_counterparty, make_supplier
from tests.builders.saleor import BUYER_ID, STAFF_ID, make_installation

_NUMBERS = itertools.count(1)

JAN, FEB, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def make_books(*, currency: str = "UAH", books_from: dt.date | None = None) -> Contract:
    """A contract of the one supplier with the one buyer of a new installation."""
    installation = make_installation()
    supplier = make_supplier(installation)
    counterparty = make_counterparty(installation)
    return make_contract(supplier, counterparty, currency=currency, books_from=books_from)


def customer(
    of: Contract | Supplier | Installation, user_id: str = BUYER_ID, *permissions: str
) -> Viewer:
    """A customer of the shop; `permissions` are ones that a token should not have."""
    return Viewer(
        ViewerKind.CUSTOMER,
        installation_id=_installation_id(of),
        user_id=user_id,
        permissions=frozenset(permissions),
    )


def staff(of: Contract | Supplier | Installation, *permissions: str) -> Viewer:
    """Somebody of the shop's staff with these permissions."""
    return Viewer(
        ViewerKind.STAFF,
        installation_id=_installation_id(of),
        user_id=STAFF_ID,
        permissions=frozenset(permissions),
    )


def post_debit(
    contract: Contract,
    amount: int,
    *,
    on: dt.date,
    due_on: dt.date | None = None,
    kind: EntryKind = EntryKind.WAYBILL,
    due_parts: Sequence[tuple[dt.date | None, int]] | None = None,
    number: str = "",
    reference: str = "",
    orders: Sequence[tuple[str, int | None]] = (),
    document: Document | None = None,
    subtype: str = "",
    comment: str = "",
    now: dt.datetime | None = None,
) -> Entry:
    """A debit; due by the contract's terms unless a date or parts are given."""
    parts = due_parts if due_parts is not None or due_on is None else [(due_on, amount)]
    return _post(
        NewPosting(
            reference=reference or f"debit-{next(_NUMBERS):06}",
            contract=contract,
            kind=kind,
            amount=amount,
            effective_on=on,
            number=number,
            orders=tuple(orders),
            due_parts=None if parts is None else tuple(parts),
            document=document,
            subtype=subtype,
            comment=comment,
        ),
        now=now,
    )


def post_credit(
    contract: Contract,
    amount: int,
    *,
    on: dt.date,
    kind: EntryKind = EntryKind.PAYMENT,
    number: str = "",
    reference: str = "",
    settles: Sequence[Entry] = (),
    orders: Sequence[tuple[str, int | None]] = (),
    document: Document | None = None,
    subtype: str = "",
    comment: str = "",
    now: dt.datetime | None = None,
) -> Entry:
    """A credit; `settles` are the debits that it is said to settle."""
    return _post(
        NewPosting(
            reference=reference or f"credit-{next(_NUMBERS):06}",
            contract=contract,
            kind=kind,
            amount=amount,
            effective_on=on,
            number=number,
            orders=tuple(orders),
            stated=tuple((entry.reference, None) for entry in settles),
            document=document,
            subtype=subtype,
            comment=comment,
        ),
        now=now,
    )


def make_payment(
    contract: Contract,
    amount: int,
    *,
    on: dt.date,
    number: str = "",
    search_key: str = "",
    entry: Entry | None = None,
    is_provisional: bool = False,
    matched: Payment | None = None,
    purpose: str = "",
    method: str = "bank",
    document: Document | None = None,
) -> Payment:
    """A payment as the buyer is told of it. `amount` is negative for money paid back."""
    return Payment.objects.create(
        contract=contract,
        reference=f"payment-{next(_NUMBERS):06}",
        number=number,
        search_key=search_key,
        received_on=on,
        amount=amount,
        method=method,
        purpose=purpose,
        source="bank_file" if is_provisional else "accounting",
        is_provisional=is_provisional,
        entry=entry,
        matched=matched,
        document=document,
        created_at=timezone.now(),
    )


def _post(posting: NewPosting, *, now: dt.datetime | None) -> Entry:
    post(posting.contract.supplier.installation, [posting], now=now or timezone.now())
    return Entry.objects.get(posting__reference=posting.reference, contract=posting.contract)


def _installation_id(of: Contract | Supplier | Installation) -> int:
    if isinstance(of, Contract):
        return of.supplier.installation_id
    return of.installation_id if isinstance(of, Supplier) else of.pk
