"""Whom and what the stock exchange refuses, in words that the administrator of a base understands.

A refusal changes nothing.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from lxml import etree

from saleor_b2b_docs.onec.credentials.services import revoke
from saleor_b2b_docs.onec.models import (
    Base,
    Credential,
    Delivery,
    OrderExport,
    Session,
    UploadedFile,
)
from saleor_b2b_docs.webhooks.commerceml_exchange import views
from tests.builders.exchange import (
    FILE,
    Exchange,
    body_of,
    bytes_kept,
    offered_order,
    queried_numbers,
    run_imports,
)
from tests.builders.onec import make_base, stored
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation
from tests.builders.viewers import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports run between requests here, so no request waits for one."""
    monkeypatch.setattr(views, "PATIENCE", dt.timedelta(0))


@pytest.fixture
def exchange() -> Exchange:
    exchange = Exchange.of(make_base())
    exchange.begin()
    return exchange


@pytest.mark.parametrize("mode", ["init", "file", "import", "query", "success", "info", "complete"])
def test_nothing_is_done_without_a_session(mode: str) -> None:
    # given
    exchange = Exchange.of(make_base())
    offered_order(exchange.base)
    exchange.cookie = "a guess"
    before = stored()

    # when
    answer = exchange.says(mode, FILE if mode == "file" else None, filename="documents.xml")

    # then
    assert answer.startswith("failure\nСеанс обмена не найден")
    assert stored() == before
    assert not UploadedFile.objects.exists()
    assert OrderExport.objects.get().offered_in == ""


def test_a_file_of_another_bases_session_is_not_there(exchange: Exchange) -> None:
    # given
    other = Exchange.of(
        make_base(code="second", supplier=exchange.base.installation.supplier_set.get())
    )
    other.begin()
    other.send("documents.xml", FILE)

    # when
    answer = exchange.says("import", filename="documents.xml")

    # then
    assert answer.startswith("failure\nФайл «documents.xml» в этом сеансе не передавался")
    assert not Delivery.objects.exists()


def test_a_key_of_another_session_is_refused(exchange: Exchange) -> None:
    # given
    other = Exchange(exchange.base, exchange.username, exchange.password)
    sessid = other.says("checkauth").split("\n")[3].removeprefix("sessid=")
    offered_order(exchange.base)

    # when
    answer = exchange.says("query", sessid=sessid)

    # then
    assert answer == "failure\nПараметр sessid не от этого сеанса обмена. [OTHER_SESSION]"
    assert OrderExport.objects.get().offered_in == ""


def test_a_session_expires(exchange: Exchange) -> None:
    # given
    offered_order(exchange.base)
    Session.objects.update(expires_at=timezone.now())

    # when
    answer = exchange.says("query")

    # then
    assert answer.endswith("[NO_SESSION]")
    assert OrderExport.objects.get().offered_in == ""


def test_a_revoked_password_ends_the_session(exchange: Exchange) -> None:
    # when
    revoke(
        staff(exchange.base.installation, "MANAGE_SETTINGS"),
        Credential.objects.get().pk,
        now=timezone.now(),
    )

    # then
    assert exchange.says("query").endswith("[NO_SESSION]")


def test_a_chunk_above_the_limit_is_refused(exchange: Exchange) -> None:
    answer = exchange.says("file", b"x" * (2_097_152 + 1), filename="documents.xml")

    assert answer == ("failure\nЧасть файла больше file_limit=2097152 байт. [CHUNK_TOO_LARGE]")
    assert not UploadedFile.objects.exists()


def test_a_file_above_two_gigabytes_is_refused(exchange: Exchange) -> None:
    # given
    exchange.send("documents.xml", FILE)
    UploadedFile.objects.update(size=2 * 1024**3 - 10)

    # when
    answer = exchange.says("file", FILE, filename="documents.xml")

    # then
    assert answer == "failure\n«documents.xml»: файл больше 2 ГБ не принимается. [FILE_TOO_LARGE]"
    assert UploadedFile.objects.get().size == 2 * 1024**3 - 10


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (FILE[:900], "XML"),
        (b"<html><body>502</body></html>", "HTML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + FILE[FILE.index("<Ком".encode()) :], "DOCTYPE"),
        (b"\x00\x01\x02", "формат"),
    ],
    ids=["cut", "another root", "doctype", "bytes"],
)
def test_an_unreadable_file_says_why_is_kept_and_changes_nothing(
    exchange: Exchange, content: bytes, word: str
) -> None:
    # given
    before = stored()
    exchange.send("documents.xml", content)

    # when
    exchange.says("import", filename="documents.xml")
    run_imports()

    # then
    answer = exchange.says("import", filename="documents.xml")
    assert answer.startswith("failure\n")
    assert word in answer
    assert answer.count("\n") == 1
    assert bytes_kept() == [content]
    assert stored() == before


def test_a_catalogue_exchange_begins_and_its_files_are_refused_in_plain_words(
    exchange: Exchange,
) -> None:
    assert exchange.says("init", kind="catalog").startswith("zip=yes")
    answer = exchange.says("file", b"<x/>", kind="catalog", filename="import.xml")
    assert answer.startswith("failure\nКаталог товаров здесь не принимается")
    assert exchange.says("deactivate", kind="catalog") == "success"
    assert exchange.says("complete", kind="catalog") == "success"
    assert not UploadedFile.objects.exists()


def test_an_unknown_mode_is_named(exchange: Exchange) -> None:
    assert (
        exchange.says("teleport")
        == "failure\nНеизвестный режим обмена mode=teleport. [UNKNOWN_MODE]"
    )


def test_dictionaries_are_a_document(exchange: Exchange) -> None:
    root = etree.fromstring(body_of(exchange.ask("info")))

    assert [child.tag for child in root] == ["Статусы", "ПлатежныеСистемы", "СлужбыДоставки"]


def test_failures_are_in_the_bases_encoding() -> None:
    # given
    base = make_base()
    Base.objects.update(encoding="windows-1251")
    exchange = Exchange.of(Base.objects.get(pk=base.pk))
    exchange.begin()

    # when
    answer = exchange.ask("teleport")

    # then
    assert answer.headers["Content-Type"] == "text/plain; charset=windows-1251"
    assert body_of(answer).decode("windows-1251").startswith("failure\nНеизвестный режим")


def test_a_base_of_another_installation_sees_nothing_of_ours(exchange: Exchange) -> None:
    # given
    offered_order(exchange.base)
    elsewhere = make_installation(api_url="https://elsewhere.example/graphql/")
    other = Exchange.of(make_base(supplier=make_supplier(elsewhere)))
    other.begin()

    # when / then
    assert queried_numbers(other) == []
    assert other.says("success") == "success"
    assert OrderExport.objects.get().state == "waiting"
