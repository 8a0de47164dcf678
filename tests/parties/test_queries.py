from __future__ import annotations

import pytest

from saleor_b2b_docs.parties.models import BankAccount, Supplier
from saleor_b2b_docs.parties.queries import missing_requisites, supplier_of_channel, suppliers
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation() -> Installation:
    return make_installation()


def test_a_channel_is_sold_in_by_whom_it_is_set_for(installation: Installation) -> None:
    default = make_supplier(installation)
    wholesale = make_supplier(
        installation, code="wholesale", is_default=False, channels=["wholesale"]
    )

    assert supplier_of_channel(installation, "wholesale") == wholesale
    assert supplier_of_channel(installation, "retail") == default


def test_a_channel_without_any_supplier_is_sold_in_by_nobody(installation: Installation) -> None:
    make_supplier(installation, is_default=False, channels=["wholesale"])

    assert supplier_of_channel(installation, "retail") is None


def test_suppliers_of_another_saleor_sell_nothing_here(installation: Installation) -> None:
    make_supplier(make_installation(api_url=OTHER_API_URL), channels=["wholesale"])

    assert supplier_of_channel(installation, "wholesale") is None
    assert supplier_of_channel(installation, "retail") is None
    assert suppliers(installation) == []


def test_suppliers_are_listed_with_the_default_first(installation: Installation) -> None:
    second = make_supplier(installation, code="b", is_default=False)
    third = make_supplier(installation, code="c", is_default=False)
    first = make_supplier(installation, code="z")

    assert suppliers(installation) == [first, second, third]


def test_a_supplier_with_all_requisites_lacks_nothing(installation: Installation) -> None:
    assert missing_requisites(make_supplier(installation), "UAH") == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"legal_name": ""}, ["legal name"]),
        ({"address": ""}, ["address"]),
        ({"tax_id": ""}, []),
        ({"vat_id": ""}, []),
        ({"tax_id": "", "vat_id": ""}, ["tax id or VAT id"]),
        (
            {"legal_name": "", "address": "", "tax_id": "", "vat_id": ""},
            ["legal name", "address", "tax id or VAT id"],
        ),
    ],
)
def test_what_an_invoice_would_lack_is_named(
    installation: Installation, changes: dict[str, str], missing: list[str]
) -> None:
    supplier = make_supplier(installation)
    Supplier.objects.filter(pk=supplier.pk).update(**changes)

    assert missing_requisites(Supplier.objects.get(), "UAH") == missing


@pytest.mark.parametrize(
    ("currencies", "missing"),
    [
        ([], ["bank account for USD"]),
        (["UAH"], ["bank account for USD"]),
        (["USD"], []),
        ([""], []),
        (["UAH", "USD"], []),
    ],
)
def test_a_supplier_needs_a_bank_account_of_its_own_for_the_currency(
    installation: Installation, currencies: list[str], missing: list[str]
) -> None:
    make_supplier(installation)
    supplier = make_supplier(installation, code="new", is_default=False, with_bank_account=False)
    for currency in currencies:
        BankAccount.objects.create(
            supplier=supplier, bank_name="АТ «Банк»", account="UA21", currency=currency
        )

    assert missing_requisites(supplier, "USD") == missing
