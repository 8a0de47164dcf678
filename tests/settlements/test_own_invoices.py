"""Debts that begin with our own invoices."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import ensure_invoice, void_invoices
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import ContractFigures, DuePart, Entry
from saleor_b2b_docs.settlements.own_invoices import book_invoice
from tests.builders.orders import make_order
from tests.settlements.books import NOW, a_contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    contract = a_contract()
    contract.supplier.debt_from = "invoice"
    contract.supplier.save()
    return contract


def _invoice(contract: Contract) -> Document:
    order = make_order(contract.supplier.installation, supplier=contract.supplier)
    order.contract = contract
    order.save()
    return ensure_invoice(order, now=NOW)


def test_an_invoice_is_a_debt_where_debts_begin_with_it(contract: Contract) -> None:
    # given
    document = _invoice(contract)

    # when
    book_invoice(document, now=NOW)
    book_invoice(document, now=NOW)

    # then
    entry = Entry.objects.get()
    assert (entry.kind, entry.amount, entry.document) == ("invoice", document.gross, document)
    assert DuePart.objects.get().due_on == document.issued_on + dt.timedelta(days=14)


def test_a_void_invoice_is_no_debt(contract: Contract) -> None:
    # given
    document = _invoice(contract)
    book_invoice(document, now=NOW)
    assert document.order is not None
    void_invoices(document.order, now=NOW)
    document.refresh_from_db()

    # when
    book_invoice(document, now=NOW)

    # then
    assert ContractFigures.objects.get().debt == 0
    assert Entry.objects.count() == 2


def test_elsewhere_an_invoice_makes_no_entry(contract: Contract) -> None:
    # given
    contract.supplier.debt_from = "waybill"
    contract.supplier.save()

    # when
    book_invoice(_invoice(contract), now=NOW)

    # then
    assert not Entry.objects.exists()
