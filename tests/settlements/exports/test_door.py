"""The files of Balance at the door of exports."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.exports.balance import (
    BalanceTable,
    TableFormat,
    balance_export_url,
)
from tests.builders.parties import make_member
from tests.builders.saleor import OTHER_BUYER_ID
from tests.builders.settlements import customer, make_books, post_debit

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    """Of the usual buyer, its counterparty's owner."""
    contract = make_books()
    make_member(contract.counterparty)
    return contract


def _path(viewer: Viewer, contract: Contract, table_format: TableFormat) -> str:
    url = balance_export_url(
        viewer,
        contract.pk,
        table=BalanceTable.MOVEMENTS,
        table_format=table_format,
        date_from=dt.date(2026, 3, 1),
        date_to=dt.date(2026, 3, 31),
        language="en",
    )
    return url.removeprefix("https://docs.example")


def test_a_link_opens_a_workbook(client: Client, contract: Contract) -> None:
    # given
    post_debit(contract, 12_345, on=dt.date(2026, 3, 2))

    # when
    response = client.get(_path(customer(contract), contract, TableFormat.XLSX))

    # then
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="movements-')
    assert response["Cache-Control"] == "no-store, private"
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).worksheets[0]
    assert sheet["E3"].value == 123.45


def test_a_link_opens_a_csv(client: Client, contract: Contract) -> None:
    # given
    post_debit(contract, 12_345, on=dt.date(2026, 3, 2))

    # when
    response = client.get(_path(customer(contract), contract, TableFormat.CSV))

    # then
    assert response.status_code == 200
    assert "2026-03-02;Delivery note;;2026-03-02;123.45;;123.45;" in response.getvalue().decode()


@pytest.mark.parametrize("table_format", list(TableFormat))
def test_a_link_of_somebody_who_may_not_see_the_money_opens_nothing(
    client: Client, contract: Contract, table_format: TableFormat
) -> None:
    # when
    response = client.get(_path(customer(contract, OTHER_BUYER_ID), contract, table_format))

    # then
    assert response.status_code == 404
    assert "contract" in response.getvalue().decode()
