"""`b2b-docs manage load_suppliers FILE`: what it writes, and what it refuses whole."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from saleor_b2b_docs.parties.models import BankAccount, Signatory, Supplier, SupplierChannel
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db

GOOD = """
[[supplier]]
code = "romashka"
profile = "UA"
time_zone = "Europe/Kyiv"
legal_name = "ТОВ «Ромашка»"
tax_id = "12345678"
address = "Київ"
is_default = true
channels = ["ua", "kz"]
number_pattern = "{year}-{sequence:05}"

[[supplier.bank_accounts]]
bank_name = "АТ «Банк»"
account = "UA21"

[[supplier.signatories]]
job_title = "Директор"
name = "О. Петренко"
"""


def _load(path: Path, *arguments: str) -> str:
    output = StringIO()
    call_command("load_suppliers", str(path), *arguments, stdout=output)
    return output.getvalue()


def _write(folder: Path, text: str) -> Path:
    path = folder / "suppliers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _stored() -> dict[str, int]:
    models = (Supplier, BankAccount, Signatory, SupplierChannel)
    return {model.__name__: model.objects.count() for model in models}


def test_a_file_makes_suppliers(tmp_path: Path) -> None:
    # given
    installation = make_installation()

    # when
    output = _load(_write(tmp_path, GOOD))

    # then
    assert output == "romashka: ТОВ «Ромашка»\n"
    supplier = Supplier.objects.get()
    assert (supplier.installation, supplier.is_default) == (installation, True)
    assert supplier.number_pattern == "{year}-{sequence:05}"
    assert supplier.bank_accounts.get().account == "UA21"
    assert supplier.signatories.get().name == "О. Петренко"
    slugs = supplier.channels.order_by("channel_slug").values_list("channel_slug", flat=True)
    assert list(slugs) == ["kz", "ua"]


def test_a_file_twice_changes_nothing(tmp_path: Path) -> None:
    # given
    make_installation()
    path = _write(tmp_path, GOOD)
    _load(path)
    before = _stored()

    # when
    _load(path)

    # then
    assert (
        _stored()
        == before
        == {
            "Supplier": 1,
            "BankAccount": 1,
            "Signatory": 1,
            "SupplierChannel": 2,
        }
    )


def test_jobs_that_waited_for_it_are_queued_again(tmp_path: Path) -> None:
    # given
    installation = make_installation()
    waiting = make_job(
        "gate.process_order",
        now=timezone.now(),
        installation_id=installation.pk,
        state=Job.State.PARKED,
        error_code="SUPPLIER_NOT_READY",
    )

    # when
    _load(_write(tmp_path, GOOD))

    # then
    waiting.refresh_from_db()
    assert waiting.state == Job.State.QUEUED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"nothing was changed: .*The file has no \[\[supplier\]\]"),
        ("[[supplier]", "suppliers.toml: "),
        (GOOD.replace('"UA"', '"FR"'), "nothing was changed: .*profile"),
        (GOOD.replace("Europe/Kyiv", "Kyiv"), "nothing was changed: .*Kyiv is not a time zone"),
        (GOOD.replace("{year}-{sequence:05}", "{year}"), "nothing was changed: .*needs {order}"),
        (GOOD.replace("tax_id", "taxid"), "nothing was changed: .*taxid"),
        (GOOD.replace('legal_name = "ТОВ «Ромашка»"', ""), "nothing was changed: .*legal_name"),
        (GOOD.replace('account = "UA21"', 'account = ""'), "nothing was changed: .*account"),
        (GOOD.replace('tax_id = "12345678"', 'stamp = "missing.png"'), "missing.png"),
        (GOOD + '\n[[supplier]]\ncode = "b c"\n', "nothing was changed: .*code"),
    ],
    ids=[
        "empty",
        "no TOML",
        "profile",
        "time zone",
        "pattern",
        "unknown field",
        "no name",
        "account",
        "picture",
        "second supplier",
    ],
)
def test_a_file_with_an_error_changes_nothing(tmp_path: Path, text: str, message: str) -> None:
    # given
    make_supplier(make_installation(), code="kept")
    before = (_stored(), list(Supplier.objects.values()))

    # when
    with pytest.raises(CommandError, match=f"(?s){message}"):
        _load(_write(tmp_path, text))

    # then
    assert (_stored(), list(Supplier.objects.values())) == before


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    # given
    make_installation()

    # when / then
    with pytest.raises(CommandError, match=r"nowhere\.toml"):
        _load(tmp_path / "nowhere.toml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    # given
    make_installation()
    path = tmp_path / "suppliers.toml"
    path.write_bytes(GOOD.encode("cp1251"))

    # when / then
    with pytest.raises(CommandError, match=r"suppliers\.toml: .*utf-8"):
        _load(path)
    assert not Supplier.objects.exists()


def test_a_picture_that_is_none_changes_nothing(tmp_path: Path) -> None:
    # given
    make_installation()
    (tmp_path / "stamp.png").write_bytes(b"<svg/>")
    text = GOOD.replace('tax_id = "12345678"', 'stamp = "stamp.png"')

    # when
    with pytest.raises(CommandError, match="must be a PNG or a JPEG"):
        _load(_write(tmp_path, text))

    # then
    assert not Supplier.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--installation", "https://stranger.example/"]])
def test_the_installation_must_be_clear(tmp_path: Path, arguments: list[str]) -> None:
    # given
    make_installation()
    make_installation(api_url=OTHER_API_URL)

    # when
    with pytest.raises(CommandError, match="Name the installation"):
        _load(_write(tmp_path, GOOD), *arguments)

    # then
    assert not Supplier.objects.exists()


def test_where_there_is_no_installation_nothing_is_loaded(tmp_path: Path) -> None:
    # when / then
    with pytest.raises(CommandError, match="Name the installation"):
        _load(_write(tmp_path, GOOD))


def test_the_installation_that_is_named_gets_the_suppliers(tmp_path: Path) -> None:
    # given
    make_installation()
    other = make_installation(api_url=OTHER_API_URL)

    # when
    _load(_write(tmp_path, GOOD), "--installation", OTHER_API_URL)

    # then
    assert Supplier.objects.get().installation == other
