from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pydantic
import pytest
from django.core.exceptions import ValidationError

from saleor_b2b_docs.parties.models import BankAccount, Signatory, Supplier, SupplierChannel
from saleor_b2b_docs.parties.queries import supplier_of_channel
from saleor_b2b_docs.parties.services import load_suppliers
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import PNG, make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def installation() -> Installation:
    return make_installation()


def entry(code: str = "main", **changes: Any) -> dict[str, Any]:
    """A supplier as a suppliers file has it."""
    return {
        "code": code,
        "profile": "UA",
        "time_zone": "Europe/Kyiv",
        "legal_name": "ТОВ «Ромашка»",
        "tax_id": "12345678",
        "address": "04070, м. Київ, вул. Хорива, 15",
        "bank_accounts": [{"bank_name": "АТ «Банк»", "account": "UA213223130000026007233566001"}],
        "signatories": [{"job_title": "Директор", "name": "О. Петренко"}],
        **changes,
    }


def load(
    installation: Installation, *entries: dict[str, Any], folder: Path = Path("/nowhere")
) -> list[Supplier]:
    """Load a file of these suppliers."""
    return load_suppliers(installation, {"supplier": list(entries)}, folder=folder, now=NOW)


def test_suppliers_are_made_as_the_file_says(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "stamp.png").write_bytes(PNG)

    [supplier] = load(
        installation,
        entry(
            is_default=True,
            channels=["wholesale"],
            number_pattern="R-{yy}/{sequence:05}",
            is_vat_payer=False,
            payment_days=30,
            stamp="stamp.png",
        ),
        folder=tmp_path,
    )

    kept = Supplier.objects.get()
    assert kept == supplier
    assert (kept.installation, kept.code, kept.is_default) == (installation, "main", True)
    assert (kept.profile, kept.time_zone, kept.legal_name) == (
        "UA",
        "Europe/Kyiv",
        "ТОВ «Ромашка»",
    )
    assert (kept.number_pattern, kept.is_vat_payer, kept.payment_days) == (
        "R-{yy}/{sequence:05}",
        False,
        30,
    )
    with kept.stamp.open() as file:
        assert file.read() == PNG
    assert not kept.logo
    assert [str(account) for account in kept.bank_accounts.all()] == [
        "UA213223130000026007233566001 АТ «Банк»"
    ]
    assert [str(signatory) for signatory in kept.signatories.all()] == ["Директор О. Петренко"]
    assert supplier_of_channel(installation, "wholesale") == kept


def test_a_supplier_is_replaced_by_what_the_file_says_now(installation: Installation) -> None:
    before = load(installation, entry(channels=["a", "b"], note="old"))[0]

    after = load(
        installation,
        entry(
            legal_name="ТОВ «Волошка»",
            channels=["b", "c"],
            bank_accounts=[
                {"bank_name": "Second", "account": "2"},
                {"bank_name": "First", "account": "1", "currency": "USD"},
            ],
            signatories=[],
        ),
    )[0]

    assert after.pk == before.pk
    assert (after.legal_name, after.note) == ("ТОВ «Волошка»", "")
    assert list(after.bank_accounts.values_list("bank_name", flat=True)) == ["Second", "First"]
    assert not Signatory.objects.exists()
    assert set(SupplierChannel.objects.values_list("channel_slug", flat=True)) == {"b", "c"}


def test_suppliers_that_the_file_does_not_name_stay(installation: Installation) -> None:
    other = make_supplier(installation, code="other", is_default=False, channels=["theirs"])
    elsewhere = make_supplier(make_installation(api_url=OTHER_API_URL), code="main")

    load(installation, entry(is_default=True))

    assert Supplier.objects.count() == 3
    assert supplier_of_channel(installation, "theirs") == other
    elsewhere.refresh_from_db()
    assert elsewhere.is_default
    assert elsewhere.bank_accounts.count() == 1


def test_a_channel_goes_to_whoever_the_file_gives_it(installation: Installation) -> None:
    make_supplier(installation, code="other", is_default=False, channels=["wholesale"])

    [supplier] = load(installation, entry(channels=["wholesale"]))

    assert supplier_of_channel(installation, "wholesale") == supplier
    assert SupplierChannel.objects.count() == 1


def test_the_default_moves(installation: Installation) -> None:
    before = make_supplier(installation, code="before")

    [after] = load(installation, entry("after", is_default=True))

    before.refresh_from_db()
    assert (before.is_default, after.is_default) == (False, True)
    assert supplier_of_channel(installation, "any") == after


BAD: dict[str, dict[str, Any]] = {
    "unknown key": entry(colour="red"),
    "unknown key of an account": entry(
        bank_accounts=[{"bank_name": "a", "account": "1", "iban": "UA21"}]
    ),
    "no code": {name: value for name, value in entry().items() if name != "code"},
    "odd code": entry("main office"),
    "Cyrillic code": entry("ромашка"),
    "no name": entry(legal_name=""),
    "unknown profile": entry(profile="PL"),
    "unknown time zone": entry(time_zone="Europe/Kyiw"),
    "time zone as a path": entry(time_zone="../etc/passwd"),
    "bad pattern": entry(number_pattern="INVOICE"),
    "bad e-mail": entry(email="nobody"),
    "negative days": entry(payment_days=-1),
    "too many days": entry(payment_days=40_000),
    "days as text": entry(payment_days="two weeks"),
    "account without a number": entry(bank_accounts=[{"bank_name": "a", "account": ""}]),
    "account too long": entry(bank_accounts=[{"bank_name": "a", "account": "1" * 41}]),
    "signatory too long": entry(signatories=[{"job_title": "Директор", "name": "О" * 201}]),
    "channels as a text": entry(channels="wholesale"),
    "no picture": entry(stamp="stamp.txt"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_an_error_in_the_second_supplier_changes_nothing(
    installation: Installation, tmp_path: Path, bad: dict[str, Any]
) -> None:
    (tmp_path / "stamp.txt").write_text("no picture")
    default = make_supplier(installation, code="before", channels=["wholesale"])
    parked = make_job(
        "gate.process_order",
        now=NOW,
        state=Job.State.PARKED,
        installation_id=installation.pk,
        error_code="SUPPLIER_NOT_READY",
    )
    first = entry("first", is_default=True, channels=["wholesale"])

    with pytest.raises((ValidationError, pydantic.ValidationError)):
        load(installation, first, bad, folder=tmp_path)

    assert Supplier.objects.get() == default
    assert (BankAccount.objects.count(), Signatory.objects.count()) == (1, 1)
    assert supplier_of_channel(installation, "wholesale") == default
    default.refresh_from_db()
    assert default.is_default
    parked.refresh_from_db()
    assert parked.state == "parked"


@pytest.mark.parametrize(
    "entries", [{}, {"supplier": []}, {"supplier": {"code": "main"}}, {"supplier": ["main"]}]
)
def test_a_file_without_suppliers_is_refused(
    installation: Installation, entries: dict[str, Any]
) -> None:
    with pytest.raises((ValidationError, pydantic.ValidationError)):
        load_suppliers(installation, entries, folder=Path("/nowhere"), now=NOW)

    assert not Supplier.objects.exists()


def test_a_missing_picture_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(installation, entry(logo="missing.png"), folder=tmp_path)

    assert not Supplier.objects.exists()


def test_papers_that_waited_for_requisites_are_tried_again(installation: Installation) -> None:
    other = make_installation(api_url=OTHER_API_URL)
    jobs = [
        make_job(
            "gate.process_order",
            key=str(key),
            now=NOW,
            state=Job.State.PARKED,
            installation_id=tenant.pk,
            error_code=code,
        )
        for key, (tenant, code) in enumerate(
            (
                (installation, "SUPPLIER_NOT_READY"),
                (installation, "NO_ORDER"),
                (other, "SUPPLIER_NOT_READY"),
            )
        )
    ]

    load(installation, entry())

    for job in jobs:
        job.refresh_from_db()
    assert [job.state for job in jobs] == ["queued", "parked", "parked"]
