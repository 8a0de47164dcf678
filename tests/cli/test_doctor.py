"""The doctor on a Saleor, and what it prints."""

from __future__ import annotations

import json

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.cli import doctor
from saleor_b2b_docs.cli.doctor.findings import Finding, Level
from saleor_b2b_docs.cli.doctor.installations import installation_findings
from saleor_b2b_docs.cli.main import main
from saleor_b2b_docs.gate.models import ConfirmationPolicy
from saleor_b2b_docs.saleor.models import Channel, Installation
from saleor_b2b_docs.saleor.webhooks_at_saleor import sync_webhooks
from saleor_b2b_docs.webhooks.saleor_events.registry import definitions
from tests.builders.orders import LineFigures, make_order
from tests.builders.parties import make_supplier
from tests.sandboxes import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]


@pytest.fixture
def well_kept(shop: Shop, settings: Settings) -> Shop:
    """A shop with nothing to find."""
    settings.PUBLIC_URL = shop.sandbox.door_url
    make_supplier(shop.installation)
    sync_webhooks(shop.installation, definitions(shop.installation.saleor_version))
    return shop


def _found(shop: Shop, subject: str = "") -> list[tuple[Level, str]]:
    shop.installation.refresh_from_db()
    return [
        (finding.level, finding.message)
        for finding in installation_findings(shop.installation, now=timezone.now())
        if finding.subject == (subject or shop.installation.api_url)
    ]


_TAKEN = (Level.OK, "Saleor 3.23.0 takes our token")


def test_a_shop_with_nothing_to_find(well_kept: Shop) -> None:
    # when
    findings = list(installation_findings(well_kept.installation, now=timezone.now()))

    # then
    assert [(finding.level, finding.subject, finding.message) for finding in findings] == [
        (Level.OK, well_kept.installation.api_url, "Saleor 3.23.0 takes our token"),
        (Level.OK, "channel eu", "a manager confirms orders"),
        (Level.OK, "channel kz", "orders are confirmed as they arrive"),
        (Level.OK, "channel ua", "orders are confirmed as they arrive"),
    ]


def test_an_app_that_is_known_to_be_switched_off(well_kept: Shop) -> None:
    # given
    Installation.objects.update(is_active=False)

    # when / then
    assert _found(well_kept) == [(Level.ERROR, "the app is switched off")]


def test_a_key_that_was_lost(well_kept: Shop, settings: Settings) -> None:
    # given
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    # when / then
    assert _found(well_kept) == [(Level.ERROR, "the encryption key does not open the stored token")]


def test_a_saleor_that_is_down(well_kept: Shop) -> None:
    # given
    Installation.objects.update(api_url="http://127.0.0.1:1/graphql/")

    # when
    ((level, message),) = _found(well_kept, "http://127.0.0.1:1/graphql/")

    # then
    assert level is Level.ERROR
    assert message.startswith("Saleor cannot be asked: AppIdentity: cannot connect")


def test_a_saleor_in_trouble(well_kept: Shop) -> None:
    # given
    well_kept.sandbox.process.set_fault(kind="error", operation="app", status=503)

    # when
    ((level, message),) = _found(well_kept)

    # then
    assert level is Level.ERROR
    assert message.startswith("Saleor cannot be asked: ")
    assert message.endswith("answered 503")


def test_an_app_that_was_switched_off_there(well_kept: Shop) -> None:
    # given
    switch = "mutation($id: ID!) { %s(id: $id) { errors { code } } }"
    well_kept.sandbox.ask(switch % "appDeactivate", id=well_kept.sandbox.app_id)
    try:
        # when
        found = _found(well_kept)
    finally:
        well_kept.sandbox.ask(switch % "appActivate", id=well_kept.sandbox.app_id)

    # then
    assert found == [(Level.ERROR, "Saleor does not accept the app's token")]


def test_permissions_that_only_staff_can_grant(well_kept: Shop) -> None:
    # given
    Installation.objects.update(granted_permissions=["MANAGE_ORDERS"])

    # when / then
    assert _found(well_kept) == [
        _TAKEN,
        (Level.ERROR, "the app lacks MANAGE_USERS, MANAGE_CHANNELS, MANAGE_SETTINGS"),
    ]


def test_webhooks_that_lead_elsewhere(well_kept: Shop, settings: Settings) -> None:
    # given
    settings.PUBLIC_URL = "https://moved.example"

    # when
    taken, (level, message) = _found(well_kept)

    # then
    assert (taken, level) == (_TAKEN, Level.WARNING)
    assert message.startswith("webhooks differ: update order_created, ")


def test_a_channel_in_which_nobody_sells(well_kept: Shop) -> None:
    # given
    well_kept.installation.supplier_set.update(is_default=False)
    Channel.objects.filter(slug="kz").update(is_active=False)

    # when / then
    nobody = (Level.ERROR, "nobody is set to sell here: its orders get no invoice")
    assert _found(well_kept, "channel ua") == [nobody]
    assert _found(well_kept, "channel kz") == []


def test_a_policy_of_the_merchant_s(well_kept: Shop) -> None:
    # given
    ConfirmationPolicy.objects.create(
        installation=well_kept.installation,
        channel_slug="ua",
        mode=ConfirmationPolicy.Mode.MANAGER,
    )

    # when / then
    assert _found(well_kept, "channel ua") == [(Level.OK, "a manager confirms orders")]


def test_a_supplier_that_cannot_issue(well_kept: Shop) -> None:
    # given
    make_supplier(
        well_kept.installation,
        code="second",
        is_default=False,
        channels=["eu"],
        with_bank_account=False,
    )

    # when / then
    assert (
        Level.ERROR,
        "supplier second has no bank account for EUR: no invoice is issued",
    ) in _found(well_kept, "channel eu")


@pytest.mark.parametrize("is_vat_payer", [True, False])
def test_orders_without_tax_of_a_supplier_that_pays_vat(
    well_kept: Shop, is_vat_payer: bool
) -> None:
    # given
    supplier = make_supplier(
        well_kept.installation, code="second", is_default=False, is_vat_payer=is_vat_payer
    )
    untaxed = LineFigures(tax_rate=LineFigures().tax_rate * 0)
    for number in ("1", "2"):
        make_order(well_kept.installation, number=number, supplier=supplier, lines=[untaxed])

    # when
    found = _found(well_kept, "supplier second")

    # then
    warning = (
        Level.WARNING,
        "pays VAT, but 2 orders of the last 30 days carry 0 % (the last: 2)",
    )
    assert found == ([warning] if is_vat_payer else [])


@pytest.fixture
def sound_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing to find, for tests of what is printed."""
    monkeypatch.setattr(
        doctor, "host_findings", lambda **_options: [Finding(Level.OK, "database", "sqlite")]
    )


def test_a_good_end_in_words(
    well_kept: Shop, sound_host: None, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    code = main(["doctor"])

    # then
    assert code == 0
    assert capsys.readouterr().out == (
        "ok    database: sqlite\n"
        f"ok    {well_kept.installation.api_url}: Saleor 3.23.0 takes our token\n"
        "ok    channel eu: a manager confirms orders\n"
        "ok    channel kz: orders are confirmed as they arrive\n"
        "ok    channel ua: orders are confirmed as they arrive\n"
    )


def test_an_error_in_words(
    well_kept: Shop, sound_host: None, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    Installation.objects.update(is_active=False)

    # when
    code = main(["doctor"])

    # then
    assert code == 1
    assert capsys.readouterr().out == (
        "ok    database: sqlite\n"
        f"FAIL  {well_kept.installation.api_url}: the app is switched off\n"
        "      → Switch it on in the Dashboard under Extensions.\n"
    )


def test_a_warning_is_no_failure(
    db: None, sound_host: None, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    code = main(["doctor"])

    # then
    assert code == 0
    assert "WARN  installations: no Saleor has installed the app yet\n" in capsys.readouterr().out


def test_the_same_for_machines(
    well_kept: Shop, sound_host: None, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    Installation.objects.update(is_active=False)

    # when
    code = main(["doctor", "--json"])

    # then
    assert code == 1
    assert json.loads(capsys.readouterr().out) == [
        {"level": "ok", "subject": "database", "message": "sqlite", "remedy": ""},
        {
            "level": "error",
            "subject": well_kept.installation.api_url,
            "message": "the app is switched off",
            "remedy": "Switch it on in the Dashboard under Extensions.",
        },
    ]


def test_without_a_database_no_installation_is_looked_at(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    broken = Finding(Level.ERROR, "database", "gone", "Start it.")
    monkeypatch.setattr(doctor, "host_findings", lambda **_options: [broken])

    # when
    code = main(["doctor"])

    # then
    assert code == 1
    assert capsys.readouterr().out == "FAIL  database: gone\n      → Start it.\n"
