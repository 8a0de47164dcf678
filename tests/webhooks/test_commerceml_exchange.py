"""The stock exchange over its door. Each failure that other implementations are known for is here
by its name."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from lxml import etree

from saleor_b2b_docs.onec.models import (
    Base,
    Delivery,
    OrderExport,
    Session,
    UploadedFile,
)
from saleor_b2b_docs.parties.models import Counterparty
from saleor_b2b_docs.settlements.models import Entry
from saleor_b2b_docs.webhooks.commerceml_exchange import views
from saleor_b2b_docs.work.models import Job
from tests.builders.exchange import (
    ADDRESS,
    FILE,
    Exchange,
    body_of,
    bytes_kept,
    offered_order,
    queried_numbers,
    run_imports,
)
from tests.builders.onec import make_base, stored

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


def _zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_checkauth_names_a_cookie_its_value_a_key_and_the_time() -> None:
    exchange = Exchange.of(make_base())

    answer = exchange.ask("checkauth")

    lines = body_of(answer).decode().split("\n")
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "text/plain; charset=utf-8",
    )
    assert lines[:2] == ["success", "b2b_docs_exchange"]
    assert [line.partition("=")[0] for line in lines[3:]] == ["sessid", "timestamp"]
    assert lines[2] not in Session.objects.values_list("token_hash", flat=True)


def test_init_is_two_lines_for_who_says_no_version(exchange: Exchange) -> None:
    assert exchange.says("init") == "zip=yes\nfile_limit=2097152"


def test_init_names_key_and_version_for_who_says_one(exchange: Exchange) -> None:
    lines = exchange.says("init", version="2.09").split("\n")

    assert lines[:2] == ["zip=yes", "file_limit=2097152"]
    assert lines[2].startswith("sessid=")
    assert lines[3] == "version=2.09"


def test_the_address_may_end_with_a_slash(exchange: Exchange) -> None:
    answer = exchange.client.get(f"{ADDRESS}/", {"type": "sale", "mode": "init"})

    assert body_of(answer) == b"zip=yes\nfile_limit=2097152"


def test_a_second_chunk_is_appended(exchange: Exchange) -> None:
    # when
    exchange.send("documents.xml", FILE, chunk=400)

    # then
    assert exchange.says("import", filename="documents.xml").startswith("progress")
    run_imports()
    assert exchange.says("import", filename="documents.xml") == "success"
    assert bytes_kept() == [FILE]
    assert list(Entry.objects.values_list("amount", flat=True)) == [100_000]


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "C:\\1c\\documents.xml",
        "/etc/cron.d/exchange",
        "v8_1.zip/../../x.xml",
        "a\x00b.xml",
    ],
)
def test_a_file_name_is_never_a_path(exchange: Exchange, name: str) -> None:
    # when
    exchange.send(name, FILE, chunk=700)
    exchange.says("import", filename=name)
    run_imports()

    # then
    assert exchange.says("import", filename=name) == "success"
    base_id = exchange.base.pk
    assert default_storage.listdir("")[0] == ["onec"]
    assert default_storage.listdir("onec")[0] == [str(base_id)]
    assert [
        stored_as.startswith(f"onec/{base_id}/")
        for stored_as in Delivery.objects.values_list("stored_as", flat=True)
    ] == [True]


def test_sale_files_are_imported_without_mode_import(exchange: Exchange) -> None:
    # given
    exchange.send("documents.xml", FILE)
    assert run_imports() == 0

    # when
    exchange.ask("query")

    # then
    assert run_imports() == 1
    assert Counterparty.objects.get().name == "ТОВ «Магазин Затишок»"
    assert Entry.objects.count() == 1


def test_a_sale_file_that_is_the_last_thing_sent_is_imported_after_a_quiet_minute(
    exchange: Exchange,
) -> None:
    # given
    exchange.send("documents.xml", FILE)

    # when
    Job.objects.filter(name="onec.import_upload").update(run_at=timezone.now())
    UploadedFile.objects.update(changed_at=timezone.now() - dt.timedelta(seconds=61))
    run_imports()

    # then
    assert Delivery.objects.get().state == "applied"


def test_a_file_whose_chunks_still_come_is_not_imported(exchange: Exchange) -> None:
    # given
    exchange.send("documents.xml", FILE[:500])

    # when
    Job.objects.filter(name="onec.import_upload").update(run_at=timezone.now())
    run_imports()

    # then
    assert not Delivery.objects.exists()
    exchange.send("documents.xml", FILE[500:])
    exchange.says("import", filename="documents.xml")
    run_imports()
    assert bytes_kept() == [FILE]


def test_orders_are_sent_only_by_success(exchange: Exchange) -> None:
    # given
    offered_order(exchange.base)

    # when
    assert queried_numbers(exchange) == ["1001"]
    assert queried_numbers(exchange) == ["1001"]

    # then
    assert OrderExport.objects.get().state == "waiting"
    assert exchange.says("success") == "success"
    assert OrderExport.objects.get().state == "sent"
    assert queried_numbers(exchange) == []


def test_success_without_a_query_is_refused(exchange: Exchange) -> None:
    # given
    offered_order(exchange.base)

    # when
    answer = exchange.says("success")

    # then
    assert answer.startswith("failure\n")
    assert OrderExport.objects.get().state == "waiting"


def test_success_of_another_session_sends_nothing(exchange: Exchange) -> None:
    # given
    offered_order(exchange.base)
    other = Exchange(exchange.base, exchange.username, exchange.password)
    other.begin()
    queried_numbers(other)
    assert queried_numbers(exchange) == ["1001"]

    # when
    other.says("success")

    # then
    assert OrderExport.objects.get().state == "waiting"


def test_a_zip_is_unpacked(exchange: Exchange) -> None:
    # when
    exchange.send("v8_1.zip", _zipped("documents.xml", FILE), chunk=300)
    exchange.says("import", filename="v8_1.zip")
    run_imports()

    # then
    assert exchange.says("import", filename="v8_1.zip") == "success"
    assert Entry.objects.count() == 1


def test_a_retry_makes_no_duplicates(exchange: Exchange) -> None:
    # given
    exchange.send("documents.xml", FILE)
    exchange.says("import", filename="documents.xml")
    run_imports()
    before = stored()

    # when
    exchange.begin()
    exchange.send("documents.xml", FILE)
    exchange.says("import", filename="documents.xml")
    run_imports()

    # then
    assert exchange.says("import", filename="documents.xml") == "success"
    assert stored() == before


def test_the_failure_of_a_proxy_that_loses_authorization_says_so() -> None:
    exchange = Exchange(make_base())

    answer = exchange.ask("checkauth")

    text = body_of(answer).decode()
    assert answer.status_code == 401
    assert text.startswith("failure\n")
    assert "proxy_set_header Authorization" in text
    assert "CGIPassAuth On" in text
    assert not Session.objects.exists()


def test_a_wrong_password_opens_no_session() -> None:
    exchange = Exchange.of(make_base())
    exchange.password = "wrong"

    answer = exchange.ask("checkauth")

    assert (answer.status_code, body_of(answer).decode()) == (
        401,
        "failure\nНеверное имя пользователя или пароль. [WRONG_PASSWORD]",
    )
    assert not Session.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("version", ["", "2.05", "2.10", "3.1"])
def test_an_empty_query_is_a_document_that_can_be_read(encoding: str, version: str) -> None:
    # given
    base = make_base()
    Base.objects.update(encoding=encoding)
    exchange = Exchange.of(base)
    exchange.begin(version)

    # when
    answer = exchange.ask("query")

    # then
    root = etree.fromstring(body_of(answer))
    assert etree.QName(root).localname == "КоммерческаяИнформация"
    assert len(root) == 0
