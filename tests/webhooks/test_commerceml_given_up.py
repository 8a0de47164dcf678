"""A file that we can't import for a reason of our own: its base is told so, and may bring it again.

Each try fails as a bug or a full disk does; after the last one the job is parked for staff.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from saleor_b2b_docs.onec.exchange import services
from saleor_b2b_docs.onec.models import Delivery, UploadedFile
from saleor_b2b_docs.settlements.models import Entry
from saleor_b2b_docs.webhooks.commerceml_exchange import views
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.services import retry
from tests.builders.exchange import FILE, Exchange, bytes_kept, run_imports
from tests.builders.onec import make_base, stored

pytestmark = pytest.mark.django_db

NAME = "documents.xml"


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports run between requests here, so no request waits for one."""
    monkeypatch.setattr(views, "PATIENCE", dt.timedelta(0))


@pytest.fixture
def exchange() -> Exchange:
    exchange = Exchange.of(make_base())
    exchange.begin()
    return exchange


@contextmanager
def _broken() -> Iterator[None]:
    def import_stream(*_args: Any, **_named: Any) -> None:
        raise KeyError("a bug")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "import_stream", import_stream)
        yield


def _pause() -> None:
    """The backoff of whatever waits for its next try is over."""
    Job.objects.filter(name="onec.import_upload", state="queued").update(run_at=timezone.now())


def _asked_until_parked(exchange: Exchange) -> list[str]:
    """The answers to a base that asks before each of so many tries as there are."""
    answers = []
    with _broken():
        for _ in range(6):
            answers.append(exchange.says("import", filename=NAME).partition("\n")[0])
            _pause()
            assert run_imports() == 1
    return answers


def test_a_base_is_told_that_its_file_was_given_up(exchange: Exchange) -> None:
    # given
    before = stored()
    exchange.send(NAME, FILE)

    # when
    answers = _asked_until_parked(exchange)

    # then
    upload = UploadedFile.objects.get()
    assert answers == ["progress"] * 6
    assert exchange.says("import", filename=NAME) == (
        "failure\n«documents.xml»: файл получен, но загрузить его не удалось из-за ошибки на"
        " стороне сайта. Сообщите администратору сайта номер загрузки"
        f" {upload.pk} и повторите обмен. [IMPORT_FAILED]"
    )
    assert Job.objects.get(name="onec.import_upload").state == "parked"
    assert bytes_kept() == [FILE]
    assert stored() == before


def test_what_was_given_up_is_not_tried_again_by_asking_for_anything(exchange: Exchange) -> None:
    # given
    exchange.send(NAME, FILE)
    _asked_until_parked(exchange)

    # when
    for mode in ("import", "query", "info", "import"):
        exchange.ask(mode, filename=NAME)

    # then
    assert run_imports() == 0
    assert exchange.says("import", filename=NAME).endswith("[IMPORT_FAILED]")


def test_a_base_that_asks_while_each_try_runs_is_told_too(exchange: Exchange) -> None:
    """A question must not begin the count of errors anew."""
    # given
    exchange.send(NAME, FILE)
    exchange.says("import", filename=NAME)

    def import_stream(*_args: Any, **_named: Any) -> None:
        assert exchange.says("import", filename=NAME).startswith("progress")
        raise KeyError("a bug")

    # when
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "import_stream", import_stream)
        for _ in range(6):
            _pause()
            assert run_imports() == 1

    # then
    assert exchange.says("import", filename=NAME).endswith("[IMPORT_FAILED]")


def test_a_new_session_brings_the_file_again(exchange: Exchange) -> None:
    # given
    exchange.send(NAME, FILE)
    _asked_until_parked(exchange)

    # when
    exchange.begin()
    exchange.send(NAME, FILE)
    exchange.says("import", filename=NAME)
    run_imports()

    # then
    assert exchange.says("import", filename=NAME) == "success"
    assert Entry.objects.count() == 1


def test_the_same_session_brings_the_file_again(exchange: Exchange) -> None:
    # given
    exchange.send(NAME, FILE)
    _asked_until_parked(exchange)
    given_up = UploadedFile.objects.get()

    # when
    exchange.send(NAME, FILE, chunk=700)
    exchange.says("import", filename=NAME)
    run_imports()

    # then
    assert exchange.says("import", filename=NAME) == "success"
    assert bytes_kept() == [FILE, FILE]
    assert Entry.objects.count() == 1
    first, second = Delivery.objects.order_by("pk")
    assert (first.state, second.state) == ("failed", "applied")
    assert first.error.startswith("«documents.xml»: файл получен, но загрузить его не удалось")
    assert given_up.pk != UploadedFile.objects.latest("pk").pk


def test_chunks_of_what_made_way_are_deleted(
    exchange: Exchange, django_capture_on_commit_callbacks: Any
) -> None:
    # given
    exchange.send(NAME, FILE)
    _asked_until_parked(exchange)
    chunk = f"{UploadedFile.objects.get().stored_as}/{0:012d}"
    assert default_storage.exists(chunk)

    # when
    with django_capture_on_commit_callbacks(execute=True):
        exchange.send(NAME, FILE)

    # then
    assert not default_storage.exists(chunk)


def test_staff_have_it_tried_again(exchange: Exchange) -> None:
    # given
    exchange.send(NAME, FILE)
    _asked_until_parked(exchange)

    # when
    retry(Job.objects.get(state="parked").pk, now=timezone.now())

    # then
    assert exchange.says("import", filename=NAME).startswith("progress")
    run_imports()
    assert exchange.says("import", filename=NAME) == "success"
    assert Entry.objects.count() == 1
