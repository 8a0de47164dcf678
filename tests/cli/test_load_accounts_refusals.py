"""`b2b-docs manage load_accounts FILE`: what it refuses, and that nothing is changed then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from saleor_b2b_docs.parties.models import Contract, Counterparty, Supplier
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.accounts_file import (
    load_accounts,
    make_papers,
    only_contract,
    sample_accounts,
    stored_accounts,
)
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture
def supplier(installation: Installation) -> Supplier:
    return make_supplier(installation)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_papers(tmp_path)


def _set(*steps: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(accounts: dict[str, Any]) -> None:
        target: Any = accounts
        for step in steps[:-1]:
            target = target[step]
        target[steps[-1]] = value

    return change


def _in_contract(*steps: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    return _set("counterparties", 0, "contracts", 0, *steps, value=value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("counterpartys", value=[]), "counterpartys: Extra inputs"),
        (_in_contract("documents", 1, "sum", value=1200.0), "sum: .*valid string"),
        (_in_contract("documents", 1, "sum", value="1200,00"), "sum: .*pattern"),
        (_in_contract("documents", 1, "sum", value="1e3"), "sum: .*pattern"),
        (_in_contract("documents", 1, "sum", value="1.005"), "wb-1: .*more decimals than UAH"),
        (_in_contract("documents", 1, "sum", value="9" * 18), "sum: .*pattern"),
        (_in_contract("documents", 1, "sum", value="-1.00"), "waybill's sum is positive"),
        (_in_contract("documents", 1, "sum", value=None), "wb-1: needs its sum"),
        (_in_contract("documents", 4, "sum", value="-1.00"), "return's sum is positive"),
        (_in_contract("documents", 3, "due", value="2026-04-01"), "ti-1: .*moves no money"),
        (_in_contract("documents", 1, "kind", value="act of war"), "kind: "),
        (_in_contract("documents", 1, "date", value="2026-02-29"), "date: "),
        (_in_contract("documents", 2, "key", value="wb-1"), "wb-1 is the key of two"),
        (_in_contract("payments", 0, "key", value="wb-1"), "wb-1 is the key of two"),
        (
            _in_contract("documents", 2, "due", value=[["2026-04-01", "999.00"]]),
            "must add up to the amount",
        ),
        (_in_contract("documents", 1, "orders", value=["a", "a"]), "wb-1: .*same order twice"),
        (_in_contract("documents", 1, "settles", value=["wb-2"]), "only a credit settles"),
        (_in_contract("payments", 0, "settles", value=["wb-9"]), "pay-1 settles wb-9"),
        (_in_contract("payments", 0, "sum", value="0"), "0 is not an amount"),
        (_in_contract("adjustments", 0, "subtype", value="gift"), "subtype: "),
        (_in_contract("books_from", value=None), "openings need books_from"),
        (_in_contract("supplier", value="other"), "no supplier 'other'; there are: main"),
        (_in_contract("currency", value="ABC"), "currency: .*unknown currency"),
        (_in_contract("terms", value={"stages": []}), "zatyshok-1: terms: "),
        (_in_contract("terms", value=99_999), "zatyshok-1: terms: "),
        (_in_contract("is_closed", value=True), "closed contract takes no orders"),
        (_in_contract("manager", value="petro"), "zatyshok-1: manager 'petro' is not in the file"),
        (_set("counterparties", 0, "group", value="x"), "zatyshok: group 'x' is not in the file"),
        (_set("counterparties", 0, "name", value="a\0b"), "name: .*nobody can see"),
        (_set("groups", 0, "currency", value=None), "a limit needs its currency"),
        (_set("members", 0, "user_id", value="VXNlcjo"), "not the id of a Saleor user"),
        (_set("members", 0, "counterparty", value="x"), "counterparty 'x' is not in the file"),
        (_in_contract("documents", 1, "pdf", value="papers/none.pdf"), "wb-1: papers/none.pdf"),
        (_in_contract("documents", 1, "pdf", value="accounts.json"), "wb-1: .*is no PDF"),
        (_in_contract("documents", 1, "pdf", value="../x.pdf"), "wb-1: .*not beside the file"),
    ],
)
def test_a_file_with_an_error_changes_nothing(
    supplier: Supplier,
    path: Path,
    change: Callable[[dict[str, Any]], None],
    message: str,
) -> None:
    # given
    accounts = sample_accounts()
    change(accounts)
    before = stored_accounts()

    # when
    with pytest.raises(CommandError, match=f"(?s)nothing was changed:.*{message}"):
        load_accounts(path, accounts)

    # then
    assert stored_accounts() == before


def test_two_main_contracts_of_one_currency_are_refused(supplier: Supplier, path: Path) -> None:
    # given
    accounts = sample_accounts()
    accounts["counterparties"][0]["contracts"].append(
        {"key": "second", "supplier": "main", "currency": "UAH", "is_main": True}
    )

    # when / then
    with pytest.raises(CommandError, match="is the main contract's supplier and currency"):
        load_accounts(path, accounts)
    assert not Contract.objects.exists()


def test_a_contract_does_not_change_its_currency(supplier: Supplier, path: Path) -> None:
    # given
    load_accounts(path)
    before = stored_accounts()
    accounts = sample_accounts()
    only_contract(accounts)["currency"] = "EUR"

    # when
    with pytest.raises(CommandError, match=r"zatyshok-1: .*in another currency before"):
        load_accounts(path, accounts)

    # then
    assert stored_accounts() == before


def test_no_json_is_refused(supplier: Supplier, path: Path) -> None:
    # given
    path.write_bytes(b"{")

    # when / then
    with pytest.raises(CommandError, match="nothing was changed:\n  file: Invalid JSON"):
        call_command("load_accounts", str(path))


def test_a_file_that_is_not_there(supplier: Supplier, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json"):
        call_command("load_accounts", str(tmp_path / "nowhere.json"))


def test_the_installation_that_is_named_gets_the_accounts(supplier: Supplier, path: Path) -> None:
    # given
    other = make_installation(api_url=OTHER_API_URL)
    make_supplier(other)

    # when
    with pytest.raises(CommandError, match="Name the installation"):
        load_accounts(path)
    load_accounts(path, None, "--installation", OTHER_API_URL)

    # then
    assert Counterparty.objects.get().installation == other
