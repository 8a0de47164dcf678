"""Django's commands of ours for rare occasions: what each does, says and refuses."""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.documents.models import NumberSeries
from saleor_b2b_docs.documents.services import ensure_invoice
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.sealing import unseal
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import (
    API_URL,
    APP_TOKEN,
    BUYER_ID,
    OTHER_API_URL,
    OTHER_BUYER_ID,
    make_installation,
)

pytestmark = pytest.mark.django_db

MOVED_URL = "https://moved.example/graphql/"


def _run(name: str, *arguments: str) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output)
    return output.getvalue()


def test_a_customer_is_forgotten_by_his_account() -> None:
    # given
    installation = make_installation()
    mine = make_order(installation, number="1")
    other = make_order(installation, number="2", user_id=OTHER_BUYER_ID)

    # when
    output = _run("forget_person", "--user", BUYER_ID)

    # then
    assert output == "1 orders\n"
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.user_id, mine.user_email, mine.is_person_forgotten) == ("", "", True)
    assert (other.user_id, other.is_person_forgotten) == (OTHER_BUYER_ID, False)


def test_a_guest_is_forgotten_by_his_email() -> None:
    # given
    installation = make_installation()
    guests = make_order(installation, number="1", user_id="", user_email="guest@example.com")
    account = make_order(installation, number="2", user_email="guest@example.com")

    # when
    output = _run("forget_person", "--guest", " Guest@Example.com")

    # then
    assert output == "1 orders\n"
    guests.refresh_from_db()
    account.refresh_from_db()
    assert (guests.user_email, guests.is_person_forgotten) == ("", True)
    assert (account.user_email, account.is_person_forgotten) == ("guest@example.com", False)


@pytest.mark.parametrize("who", [("--user", ""), ("--guest", ""), ("--guest", " ")])
def test_nobody_is_not_forgotten(who: tuple[str, str]) -> None:
    # given
    make_order(make_installation(), user_id="", user_email="")
    before = list(Order.objects.values())

    # when / then
    with pytest.raises(CommandError, match="Say who"):
        _run("forget_person", *who)
    assert list(Order.objects.values()) == before


@pytest.mark.parametrize(
    "command",
    [("forget_person", "--user", BUYER_ID), ("start_series", "main", "--last", "5")],
    ids=["forget_person", "start_series"],
)
def test_where_there_are_several_the_installation_must_be_named(command: tuple[str, ...]) -> None:
    # given
    make_installation()
    make_supplier(make_installation(api_url=OTHER_API_URL))

    # when / then
    with pytest.raises(CommandError, match="Name the installation"):
        _run(*command)
    _run(*command, "--installation", OTHER_API_URL)


def test_an_installation_goes_on_under_another_address() -> None:
    # given
    installation = make_installation()

    # when
    output = _run("move_installation", API_URL, MOVED_URL)

    # then
    assert output == "moved\n"
    moved = Installation.objects.get()
    assert (moved.pk, moved.api_url, moved.jwks) == (installation.pk, MOVED_URL, {})
    assert unseal(moved.encrypted_token) == APP_TOKEN


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (API_URL, OTHER_API_URL, "Nothing was changed: there is an installation at"),
        ("https://stranger.example/", MOVED_URL, "is not installed at"),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(old: str, new: str, message: str) -> None:
    # given
    make_installation()
    make_installation(api_url=OTHER_API_URL)
    before = list(Installation.objects.order_by("pk").values())

    # when / then
    with pytest.raises(CommandError, match=message):
        _run("move_installation", old, new)
    assert list(Installation.objects.order_by("pk").values()) == before


def test_tokens_are_sealed_with_the_new_key(settings: Settings) -> None:
    # given
    make_installation()
    make_installation(api_url=OTHER_API_URL, uninstalled_at=timezone.now(), is_active=False)
    new_key = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]

    # when
    output = _run("reseal_tokens")

    # then
    assert output == "1 tokens sealed anew\n"
    settings.ENCRYPTION_KEYS = [new_key]
    assert unseal(Installation.objects.get(api_url=API_URL).encrypted_token) == APP_TOKEN


def test_without_the_old_key_nothing_is_sealed(settings: Settings) -> None:
    # given
    make_installation()
    before = list(Installation.objects.values())
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    # when / then
    with pytest.raises(CommandError, match="Nothing was changed"):
        _run("reseal_tokens")
    assert list(Installation.objects.values()) == before


def test_a_series_goes_on_after_the_numbers_of_before() -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation, number_pattern="{sequence}")

    # when
    output = _run("start_series", "main", "--last", "41")

    # then
    assert output == "the next invoice is 42\n"
    order = make_order(installation, supplier=supplier)
    assert ensure_invoice(order, now=timezone.now()).number == "42"


@pytest.mark.parametrize("last", ["-1", "0", "1"])
def test_a_series_never_goes_back(last: str) -> None:
    # given
    installation = make_installation()
    supplier = make_supplier(installation, number_pattern="{sequence}")
    ensure_invoice(make_order(installation, supplier=supplier), now=timezone.now())

    # when / then
    with pytest.raises(CommandError, match="Nothing was changed: the series is at 1 already"):
        _run("start_series", "main", "--last", last)
    assert NumberSeries.objects.get().last == 1


def test_a_series_of_a_supplier_who_is_not_there_is_refused() -> None:
    # given
    make_supplier(make_installation())

    # when / then
    with pytest.raises(CommandError, match="There is no supplier other"):
        _run("start_series", "other", "--last", "5")
    assert not NumberSeries.objects.exists()
