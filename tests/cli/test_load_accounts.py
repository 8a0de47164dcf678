"""`b2b-docs manage load_accounts FILE`: what it writes, and what it refuses whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import httpx
import pytest
import respx
from django.core.management import CommandError
from django.utils import timezone

from saleor_b2b_docs.cli.accounts.file import read
from saleor_b2b_docs.documents.models import Document, DocumentOrder, Revision
from saleor_b2b_docs.parties.contracts.services import ensure_contract
from saleor_b2b_docs.parties.models import (
    Contract,
    Counterparty,
    Coverage,
    Member,
    Supplier,
)
from saleor_b2b_docs.parties.queries import terms_of
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.balance.queries import open_documents
from saleor_b2b_docs.settlements.models import (
    DuePart,
    Entry,
    EntryKind,
    Payment,
)
from saleor_b2b_docs.settlements.panel.queries import contract_panel
from tests.builders.accounts_file import (
    load_accounts,
    make_papers,
    only_contract,
    sample_accounts,
    stored_accounts,
)
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import API_URL, BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 4, 1)
NOW = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture
def supplier(installation: Installation) -> Supplier:
    return make_supplier(installation)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_papers(tmp_path)


def test_parties_are_as_the_file_says(supplier: Supplier, path: Path) -> None:
    # when
    output = load_accounts(path)

    # then
    counterparty = Counterparty.objects.get()
    assert (counterparty.name, counterparty.tax_id, counterparty.vat_id, counterparty.email) == (
        "ТОВ «Магазин Затишок»",
        "38451232",
        "384512326587",
        "books@zatyshok.example",
    )
    group, manager = counterparty.group, counterparty.manager
    assert group is not None
    assert (group.name, group.credit_limit, group.currency) == ("Холдинг", 90_000_000, "UAH")
    assert manager is not None
    assert (manager.phone, manager.messengers) == ("+380445550010", {"telegram": "@iryna"})
    contract = Contract.objects.get()
    assert (contract.number, contract.currency, contract.is_main, contract.coverage) == (
        "Д-17/24",
        "UAH",
        True,
        Coverage.FULL,
    )
    assert (contract.signed_on, contract.books_from) == (
        dt.date(2024, 2, 1),
        dt.date(2026, 1, 1),
    )
    assert contract.credit_limit == 25_000_000
    assert terms_of(contract) == Terms.of_days(14)
    assert counterparty.terms == Terms.of_days(30).to_json()
    member = Member.objects.get()
    assert (member.user_id, member.email, member.name, member.role, member.source) == (
        BUYER_ID,
        "olena@example.com",
        "Олена Ковальчук",
        "accountant",
        "import",
    )
    assert output.splitlines() == [
        "groups: 1 new, 0 changed, 0 unchanged",
        "managers: 1 new, 0 changed, 0 unchanged",
        "counterparties: 1 new, 0 changed, 0 unchanged",
        "contracts: 1 new, 0 changed, 0 unchanged",
        "documents: 6, 1 with a PDF",
        "entries: 6 new, 0 changed, 0 unchanged, 1 before the books",
        "payments: 2 new, 0 changed, 0 unchanged",
        "payments announced, not posted yet: 1 new",
        "stated balances: 1 new",
        "members: 1 new",
    ]


def test_only_papers_that_move_money_make_entries(supplier: Supplier, path: Path) -> None:
    # when
    load_accounts(path)

    # then
    entries = Entry.objects.order_by("effective_on", "reference").values_list(
        "kind", "amount", "effective_on", "number"
    )
    assert list(entries) == [
        (EntryKind.OPENING_DEBT, 50_000, dt.date(2026, 1, 1), "РН-000900"),
        (EntryKind.WAYBILL, 120_000, dt.date(2026, 3, 2), "РН-000017"),
        (EntryKind.RETURN, -20_000, dt.date(2026, 3, 10), "ПН-000002"),
        (EntryKind.DOWNWARD_CORRECTION, -10_000, dt.date(2026, 3, 11), "5"),
        (EntryKind.PAYMENT, -40_000, dt.date(2026, 3, 12), "77"),
        (EntryKind.REFUND, 5_000, dt.date(2026, 3, 13), "78"),
        (EntryKind.CREDIT_ADJUSTMENT, -1_000, dt.date(2026, 3, 15), ""),
        (EntryKind.WAYBILL, 100_000, dt.date(2026, 3, 20), "РН-000018"),
    ]
    assert Document.objects.count() == 6
    waybill = Document.objects.get(number="РН-000017")
    assert (waybill.kind, waybill.gross, waybill.currency) == ("waybill", 120_000, "UAH")
    assert waybill.entries.get().amount == 120_000


def test_what_is_settled_is_what_the_file_says(supplier: Supplier, path: Path) -> None:
    # when
    load_accounts(path)

    # then
    contract = Contract.objects.get()
    residuals = {
        (row.number, row.pay_by): row.residual.minor
        for row in open_documents(contract, today=TODAY).rows
    }
    assert residuals == {
        ("РН-000900", dt.date(2026, 1, 3)): 50_000,
        # 1200 − 200 returned − 100 corrected − 400 paid − 10 bonus, due in 14 days.
        ("РН-000017", dt.date(2026, 3, 16)): 49_000,
        ("78", dt.date(2026, 3, 13)): 5_000,
        ("РН-000018", dt.date(2026, 3, 25)): 30_000,
        ("РН-000018", dt.date(2026, 4, 10)): 70_000,
    }
    panel = contract_panel(contract, now=NOW)
    assert (panel.own_debt.minor, panel.own_overdue.minor) == (204_000, 134_000)
    assert (panel.debt.minor, panel.overdue.minor) == (200_000, 100_000)
    assert panel.is_being_checked


def test_an_announced_payment_is_shown_and_makes_no_entry(supplier: Supplier, path: Path) -> None:
    # when
    load_accounts(path)

    # then
    announced = Payment.objects.get(is_provisional=True)
    assert (announced.number, announced.amount, announced.source, announced.entry) == (
        "79",
        33_300,
        "bank_file",
        None,
    )


def test_an_announced_payment_that_is_posted_later_is_one(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    accounts = sample_accounts()
    only_contract(accounts)["payments"][2]["provisional"] = False

    # when
    load_accounts(path, accounts)

    # then
    posted = Payment.objects.get(number="79", is_provisional=False)
    assert Payment.objects.get(number="79", is_provisional=True).matched == posted
    assert Entry.objects.filter(number="79").count() == 1


def test_a_pdf_is_the_papers_file(supplier: Supplier, path: Path) -> None:
    # when
    load_accounts(path)

    # then
    revision = Revision.objects.get(document__number="РН-000017")
    assert revision.pdf_name.startswith(f"documents/{supplier.installation_id}/")
    assert Revision.objects.exclude(pdf_name="").count() == 1


def test_an_order_that_has_not_come_yet_is_waited_for(supplier: Supplier, path: Path) -> None:
    # when
    load_accounts(path)

    # then
    assert not DocumentOrder.objects.exists()
    entry = Entry.objects.get(number="РН-000017")
    assert list(entry.orders.values_list("order_id", "amount")) == [("T3JkZXI6MQ==", 100_000)]


def test_a_file_twice_changes_nothing(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    before = stored_accounts()

    # when
    output = load_accounts(path)

    # then
    assert stored_accounts() == before
    assert "entries: 0 new, 0 changed, 6 unchanged, 1 before the books" in output
    assert "contracts: 0 new, 0 changed, 1 unchanged" in output


def test_a_dry_run_says_the_same_and_keeps_nothing(supplier: Supplier, path: Path) -> None:
    # given
    before = stored_accounts()

    # when
    output = load_accounts(path, None, "--dry-run")

    # then
    assert stored_accounts() == before
    assert "entries: 6 new" in output
    assert output.endswith("Nothing was changed: this was a dry run.\n")


def test_a_changed_sum_is_entered_anew(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    accounts = sample_accounts()
    only_contract(accounts)["documents"][2] |= {"sum": "900.00", "due": "2026-04-10"}

    # when
    output = load_accounts(path, accounts)

    # then
    assert "entries: 0 new, 1 changed, 5 unchanged" in output
    amounts = Entry.objects.filter(number="РН-000018").order_by("pk").values_list("amount")
    assert [amount for (amount,) in amounts] == [100_000, -100_000, 90_000]


def test_a_void_paper_leaves_the_books(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    accounts = sample_accounts()
    only_contract(accounts)["documents"][2]["is_void"] = True

    # when
    output = load_accounts(path, accounts)

    # then
    assert "entries of void documents taken out: 1" in output
    assert Document.objects.get(number="РН-000018").voided_at is not None
    assert not DuePart.objects.filter(entry__number="РН-000018").exists()


def test_changed_terms_touch_new_debits_only(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    accounts = sample_accounts()
    only_contract(accounts)["terms"] = {
        "stages": [{"percent": "50", "days": 0}, {"percent": "50", "days": 10}],
        "counted_in": "calendar",
        "counted_from": "shipment",
    }

    # when
    output = load_accounts(path, accounts)

    # then
    assert "contracts: 0 new, 1 changed, 0 unchanged" in output
    assert DuePart.objects.get(entry__number="РН-000017").due_on == dt.date(2026, 3, 16)


def test_the_contract_made_for_an_order_is_taken_over(supplier: Supplier, path: Path) -> None:
    # given
    counterparty = make_counterparty(supplier.installation)
    made = ensure_contract(supplier, counterparty, "UAH", now=timezone.now())

    # when
    load_accounts(path)

    # then
    contract = Contract.objects.get()
    assert (contract.pk, contract.counterparty, contract.number) == (
        made.pk,
        counterparty,
        "Д-17/24",
    )


def test_a_signed_main_contract_makes_way(supplier: Supplier, path: Path) -> None:
    # given
    signed = make_contract(supplier, make_counterparty(supplier.installation), number="Д-1")

    # when
    load_accounts(path)

    # then
    signed.refresh_from_db()
    assert not signed.is_main
    assert Contract.objects.get(is_main=True).number == "Д-17/24"


def test_two_companies_of_one_tax_id_stay_two(supplier: Supplier, path: Path) -> None:
    # given
    make_counterparty(supplier.installation, name="Затишок, Київ")
    make_counterparty(supplier.installation, name="Затишок, Львів")

    # when
    load_accounts(path)

    # then
    assert Counterparty.objects.count() == 3


def test_a_member_stays_what_he_is(supplier: Supplier, path: Path) -> None:
    # given
    counterparty = make_counterparty(supplier.installation)
    make_member(counterparty, role="owner")

    # when
    output = load_accounts(path)

    # then
    assert Member.objects.get().role == "owner"
    assert "members: 0 new" in output


@pytest.mark.parametrize("user", [None, {"id": BUYER_ID, "email": "olena@example.com"}])
def test_a_member_by_email_is_looked_up_at_saleor(
    supplier: Supplier, path: Path, user: dict[str, str] | None
) -> None:
    # given
    accounts = sample_accounts()
    accounts["members"] = [{"email": "olena@example.com", "counterparty": "zatyshok"}]
    answer = user and {**user, "firstName": "Олена", "lastName": "К"}

    # when
    with respx.mock() as saleor:
        saleor.post(API_URL).mock(httpx.Response(200, json={"data": {"user": answer}}))
        if user is None:
            with pytest.raises(CommandError, match=r"Saleor has no customer olena@example\.com"):
                load_accounts(path, accounts)
        else:
            load_accounts(path, accounts)

    # then
    members = list(Member.objects.values_list("user_id", "name", "role"))
    assert members == ([(BUYER_ID, "Олена К", "owner")] if user else [])


def test_a_supplier_whose_debts_are_his_invoices_books_no_waybill(path: Path) -> None:
    # given
    supplier = make_supplier(make_installation())
    supplier.debt_from = "invoice"
    supplier.save()
    accounts = sample_accounts()
    contract = only_contract(accounts)
    for paper in contract["documents"]:
        paper.pop("due", None)

    # when
    load_accounts(path, accounts)

    # then
    assert not Entry.objects.filter(kind=EntryKind.WAYBILL).exists()
    assert Document.objects.filter(kind="waybill").count() == 3


def test_a_currency_without_decimals(supplier: Supplier, path: Path) -> None:
    # given
    accounts = sample_accounts()
    contract = only_contract(accounts)
    contract |= {
        "currency": "JPY",
        "credit_limit": "5000",
        "openings": [],
        "documents": [
            {
                "key": "wb",
                "kind": "waybill",
                "number": "1",
                "date": "2026-03-02",
                "sum": "1200",
            }
        ],
        "payments": [],
        "adjustments": [],
        "stated_balance": None,
    }

    # when
    load_accounts(path, accounts)

    # then
    assert Entry.objects.get().amount == 1200


def test_the_example_of_the_documentation_is_a_good_file() -> None:
    # given
    page = (Path(__file__).parents[2] / "docs" / "accounts-file.md").read_text(encoding="utf-8")
    example = page.partition("```json\n")[2].partition("```")[0]

    # when
    file = read(example.encode())

    # then
    (contract,) = file.contracts
    assert [paper.key for paper in contract.documents] == ["wb-1", "rt-1"]
