"""Documents from before accounts learn what they did not have to know."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from saleor_b2b_docs.documents.models import Document, DocumentOrder
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db


def test_old_invoices_get_their_sum_search_key_and_order() -> None:
    # given
    installation = make_installation()
    order = make_order(installation, supplier=make_supplier(installation), number="К-0042")
    issue_invoice(order)
    Document.objects.update(currency="", gross=None, search_key="")
    DocumentOrder.objects.all().delete()
    migration = import_module("saleor_b2b_docs.documents.migrations.0005_fill_accounts")

    # when
    for _ in range(2):
        migration.fill(apps, connection.schema_editor())

    # then
    document = Document.objects.get()
    assert (document.currency, document.gross, document.search_key) == ("UAH", 120_000, "k42")
    assert DocumentOrder.objects.values_list("document", "order", "amount").get() == (
        document.pk,
        order.pk,
        120_000,
    )
