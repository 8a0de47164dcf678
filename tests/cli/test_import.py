"""`b2b-docs import FILE`: what it prints, keeps and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saleor_b2b_docs.cli.main import main
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.onec.models import Base, Delivery, FactState
from saleor_b2b_docs.parties.models import Counterparty
from saleor_b2b_docs.settlements.models import Entry
from tests.builders.archives import zip_of
from tests.builders.commerceml import document, file_of
from tests.builders.parties import make_supplier
from tests.builders.saleor import API_URL, OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

WAYBILL = document("Отпуск товара")
UNKNOWN = document("Переоценка товаров", Ид="", Номер="ПЦ-1")


@pytest.fixture
def _installed() -> None:
    make_supplier(make_installation(), is_default=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "orders.txt"
    path.write_bytes(file_of(WAYBILL, UNKNOWN))
    return path


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    read: dict[str, object] = json.loads(capsys.readouterr().out)
    return read


def _rows() -> tuple[int, ...]:
    return tuple(
        model._default_manager.count()
        for model in (Base, Delivery, FactState, Document, Entry, Counterparty)
    )


@pytest.mark.usefixtures("_installed")
def test_a_file_is_applied_and_counted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), "--json"]) == 0

    told = _json(capsys)
    assert told["format"] == "commerceml 2.09"
    assert told["facts"] == {"counterparty": 1, "document": 1, "waybill": 1}
    assert (told["new"], told["changed"], told["unchanged"]) == (2, 0, 0)
    assert (told["unmatched"], told["refused"]) == (1, 1)
    assert told["refusals"] == [
        {
            "kind": "document",
            "key": "ПЦ-1",
            "code": "UNKNOWN_OPERATION",
            "reason": "Неизвестная хозяйственная операция «Переоценка товаров»",
        }
    ]
    assert Entry.objects.get().amount == 120000
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state) == ("file", "applied")
    assert delivery.format == "commerceml 2.09"
    assert Base.objects.get().code == "1c"


@pytest.mark.usefixtures("_installed")
def test_the_same_file_again_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(file)])
    before = _rows()
    capsys.readouterr()

    assert main(["import", str(file), "--json"]) == 0

    told = _json(capsys)
    assert (told["new"], told["changed"], told["unchanged"], told["refused"]) == (0, 0, 2, 1)
    assert _rows() == before


@pytest.mark.usefixtures("_installed")
def test_a_dry_run_keeps_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _rows()

    assert main(["import", str(file), "--dry-run", "--json"]) == 0

    told = _json(capsys)
    assert (told["new"], told["refused"]) == (2, 1)
    assert _rows() == before


@pytest.mark.usefixtures("_installed")
def test_each_fact_is_written_as_a_line(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"

    assert main(["import", str(file), "--dry-run", "--facts", str(out)]) == 0

    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["counterparty", "waybill", "document"]
    waybill = lines[1]
    assert (waybill["number"], waybill["issued_on"]) == ("РН-17", "2026-03-02")
    assert (waybill["gross"], waybill["currency"]) == ("1200", "UAH")
    assert waybill["party"]["counterparty_name"] == "ТОВ «Магазин»"
    assert lines[2]["refused"]["code"] == "UNKNOWN_OPERATION"


@pytest.mark.usefixtures("_installed")
def test_people_read_the_same(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), "--dry-run"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "commerceml 2.09",
        "  counterparty: 1",
        "  document: 1",
        "  waybill: 1",
        "new: 2",
        "changed: 0",
        "unchanged: 0",
        "unmatched: 1",
        "refused: 1",
        "  document ПЦ-1: UNKNOWN_OPERATION: Неизвестная хозяйственная операция"
        " «Переоценка товаров»",
        "Nothing was changed: this was a dry run.",
    ]


@pytest.mark.usefixtures("_installed")
def test_an_archive_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "v8_1.zip"
    path.write_bytes(zip_of({"orders.xml": file_of(WAYBILL)}))

    assert main(["import", str(path), "--json"]) == 0

    assert _json(capsys)["facts"] == {"counterparty": 1, "waybill": 1}


@pytest.mark.usefixtures("_installed")
def test_a_broken_file_changes_nothing_and_its_bytes_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(file_of(WAYBILL, WAYBILL)[:-40])

    assert main(["import", str(path), "--json"]) == 1

    error = _json(capsys)["error"]
    assert isinstance(error, dict)
    assert error["code"] == "CUT_OFF"
    assert not FactState.objects.exists()
    assert not Entry.objects.exists()
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert "обрывается" in delivery.error


@pytest.mark.usefixtures("_installed")
def test_a_file_of_another_kind_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(b"1CClientBankExchange\r\n")
    before = _rows()

    assert main(["import", str(path)]) == 1

    assert "выписка банка" in capsys.readouterr().err
    assert _rows() == before


@pytest.mark.usefixtures("_installed")
def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(tmp_path / "none.xml")]) == 1

    assert "none.xml" in capsys.readouterr().err


@pytest.mark.usefixtures("_installed")
def test_a_named_base_is_made_and_of_several_one_must_be_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file), "--base", "ut"]) == 0
    assert main(["import", str(file), "--base", "bp"]) == 0
    capsys.readouterr()
    before = _rows()

    assert main(["import", str(file)]) == 1

    assert "--base bp|ut" in capsys.readouterr().err
    assert _rows() == before


@pytest.mark.usefixtures("_installed")
def test_a_bases_code_must_be_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _rows()

    assert main(["import", str(file), "--base", "моя база"]) == 1

    assert "code" in capsys.readouterr().err
    assert _rows() == before


def test_of_several_installations_one_must_be_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_supplier(make_installation(), is_default=True)
    make_installation(api_url=OTHER_API_URL)

    assert main(["import", str(file)]) == 1
    assert "--installation" in capsys.readouterr().err
    assert not Base.objects.exists()

    assert main(["import", str(file), "--installation", API_URL]) == 0
    assert Base.objects.get().installation.api_url == API_URL


def test_without_an_installation_a_dry_run_reads_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file)]) == 1
    capsys.readouterr()

    assert main(["import", str(file), "--dry-run", "--json"]) == 0

    told = _json(capsys)
    assert told["facts"] == {"counterparty": 1, "document": 1, "waybill": 1}
    assert (told["new"], told["unmatched"], told["refused"]) == (None, None, 1)


@pytest.mark.usefixtures("_installed")
def test_the_sample_of_a_real_base_is_imported(
    shared_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = shared_folder / "samples" / "onec" / "cml209_documents_from_1c.xml"

    assert main(["import", str(sample), "--json"]) == 0

    told = _json(capsys)
    assert told["format"] == "commerceml 2.09"
    assert told["facts"] == {"counterparty": 2, "order_status": 2, "payment": 2, "waybill": 1}
    assert (told["refused"], told["refusals"]) == (0, [])
    assert not Entry.objects.exists()
