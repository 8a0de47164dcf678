"""Debts of a supplier without an accounting system: they begin with the invoices made here."""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.documents.models import Document, DocumentKind, Origin
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.services import post, unpost


def book_invoice(document: Document, *, now: dt.datetime) -> None:
    """Have the books say what the invoice says, if the supplier's debts begin with invoices.

    A void one is taken out. Nothing happens while its buyer has no contract, or for a paper that
    costs nothing. Doing it again changes nothing.
    """
    if (
        document.origin != Origin.ISSUED
        or document.kind != DocumentKind.INVOICE
        or document.supplier.debt_from != "invoice"
        or document.contract is None
    ):
        return
    reference = f"own-invoice:{document.pk}"
    if document.voided_at is not None or not document.gross:
        unpost(document.installation, [reference], now=now)
        return
    posting = NewPosting(
        reference=reference,
        contract=document.contract,
        kind=EntryKind.INVOICE,
        amount=document.gross,
        effective_on=document.issued_on,
        number=document.number,
        document=document,
        invoiced_on=document.issued_on,
        orders=((document.order.saleor_id, None),) if document.order else (),
    )
    post(document.installation, [posting], now=now)
