"""`b2b-docs rebuild-balances` as a person sees it."""

from __future__ import annotations

import pytest

from saleor_b2b_docs.cli.main import main
from saleor_b2b_docs.settlements.models import ContractFigures, DuePart
from tests.settlements.books import a_contract, book, day, payment, settled, waybill

pytestmark = pytest.mark.django_db


def test_equal_figures_are_said_to_be_equal(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    contract = a_contract()
    book(waybill(contract, "w", 500, day(1)), payment(contract, "p", 200, day(2)))

    # when
    code = main(["rebuild-balances", "--check"])

    # then
    assert (code, capsys.readouterr().out) == (0, "1 contracts: all equal\n")


def test_a_check_says_what_differs_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    contract = a_contract()
    book(waybill(contract, "w", 500, day(1)), payment(contract, "p", 200, day(2)))
    DuePart.objects.update(residual=1)
    ContractFigures.objects.update(debt=77)

    # when
    code = main(["rebuild-balances", "--check"])

    # then
    said = capsys.readouterr().out
    assert code == 1
    assert "1 contracts: 1 differ" in said
    assert "kept (77, 0, 0" in said
    assert DuePart.objects.get().residual == 1
    assert ContractFigures.objects.get().debt == 77


def test_a_rebuild_puts_the_figures_right(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    contract = a_contract()
    book(waybill(contract, "w", 500, day(1)), payment(contract, "p", 200, day(2)))
    before = settled(contract)
    DuePart.objects.update(residual=1)
    ContractFigures.objects.update(debt=77, open_orders=5)

    # when
    code = main(["rebuild-balances"])

    # then
    assert code == 0
    assert "1 contracts: 1 were put right" in capsys.readouterr().out
    assert settled(contract) == before
    assert main(["rebuild-balances", "--check"]) == 0
