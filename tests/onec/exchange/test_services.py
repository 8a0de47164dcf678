"""Uploads and sessions of the stock exchange, where its door can't be made to show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage

from saleor_b2b_docs.onec.channels.importing import import_stream as imported
from saleor_b2b_docs.onec.exchange import services
from saleor_b2b_docs.onec.exchange.context import QUIET, SESSION_LIFE, ExchangeRefused
from saleor_b2b_docs.onec.exchange.queries import session_of
from saleor_b2b_docs.onec.exchange.services import (
    add_chunk,
    confirm_orders,
    forget_sessions,
    import_pending,
    import_upload,
    open_session,
    query_orders,
)
from saleor_b2b_docs.onec.models import Base, Delivery, Session, UploadedFile
from saleor_b2b_docs.settlements.models import Entry
from saleor_b2b_docs.work.errors import TemporaryFailure
from saleor_b2b_docs.work.models import Job
from tests.builders.exchange import FILE, bytes_kept, offered_order
from tests.builders.onec import NOW, make_base

pytestmark = pytest.mark.django_db

NAME = "documents.xml"
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def session() -> Session:
    return _session(make_base())


def _session(base: Base, *, now: dt.datetime = NOW) -> Session:
    found = session_of(open_session(base, now=now), now=now)
    assert found is not None
    return found


def _jobs() -> list[tuple[str, str, dt.datetime]]:
    jobs = Job.objects.order_by("pk")
    return list(jobs.values_list("key", "state", "run_at"))


def _instead_of_import(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Whatever is imported, something happens first."""

    def import_stream(*args: Any, **named: Any) -> Any:
        meanwhile()
        return imported(*args, **named)

    monkeypatch.setattr(services, "import_stream", import_stream)


def test_a_session_keeps_no_token(session: Session) -> None:
    token = open_session(session.base, now=NOW)

    kept = Session.objects.latest("pk")
    assert token not in kept.token_hash
    assert (kept.created_at, kept.expires_at) == (NOW, NOW + SESSION_LIFE)
    assert Base.objects.get().heard_at == NOW


def test_a_chunk_has_its_file_imported_after_a_minute_of_silence(session: Session) -> None:
    upload = add_chunk(session, NAME, FILE, now=NOW)

    assert _jobs() == [(str(upload.pk), "queued", NOW + QUIET)]
    assert not UploadedFile.objects.get().is_whole


def test_a_file_of_another_name_ends_the_one_before(session: Session) -> None:
    # given
    first = add_chunk(session, NAME, FILE, now=NOW)

    # when
    second = add_chunk(session, "other.xml", FILE, now=NOW + SECOND)

    # then
    assert _jobs() == [
        (str(first.pk), "queued", NOW + SECOND),
        (str(second.pk), "queued", NOW + SECOND + QUIET),
    ]
    wholes = UploadedFile.objects.order_by("pk").values_list("is_whole", flat=True)
    assert list(wholes) == [True, False]


def test_what_is_whole_is_not_scheduled_again(session: Session) -> None:
    # given
    upload = add_chunk(session, NAME, FILE, now=NOW)
    import_pending(session, now=NOW)

    # when
    Job.objects.update(state=Job.State.RUNNING)
    again = import_pending(session, now=NOW + SECOND)

    # then
    assert again == [upload]
    assert _jobs() == [(str(upload.pk), "running", NOW)]


@pytest.mark.parametrize(
    ("filename", "content", "code"),
    [
        ("", FILE, "NO_FILENAME"),
        ("  \r\n\0 ", FILE, "NO_FILENAME"),
        (NAME, b"", "EMPTY_CHUNK"),
    ],
)
def test_a_chunk_of_nothing_is_refused(
    session: Session, filename: str, content: bytes, code: str
) -> None:
    with pytest.raises(ExchangeRefused) as refused:
        add_chunk(session, filename, content, now=NOW)

    assert refused.value.code == code
    assert not UploadedFile.objects.exists()
    assert not Job.objects.exists()


def test_a_file_that_may_not_be_whole_waits_for_the_rest_of_its_minute(session: Session) -> None:
    # given
    upload = add_chunk(session, NAME, FILE, now=NOW)

    # when
    with pytest.raises(TemporaryFailure) as waits:
        import_upload(upload.pk, now=NOW + 20 * SECOND)

    # then
    assert waits.value.retry_after == 40 * SECOND
    assert not Delivery.objects.exists()
    import_upload(upload.pk, now=NOW + QUIET)
    assert Delivery.objects.get().state == "applied"


def test_a_chunk_that_comes_during_the_import_has_the_file_imported_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    half = len(FILE) // 2
    upload = add_chunk(session, NAME, FILE[:half], now=NOW)
    late = NOW + QUIET
    _instead_of_import(monkeypatch, lambda: add_chunk(session, NAME, FILE[half:], now=late))

    # when
    with pytest.raises(TemporaryFailure) as waits:
        import_upload(upload.pk, now=late)
    monkeypatch.undo()

    # then
    assert waits.value.retry_after == QUIET
    assert not Entry.objects.exists()
    import_upload(upload.pk, now=late + QUIET)
    assert bytes_kept() == [FILE[:half], FILE]
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == [
        "failed",
        "applied",
    ]
    assert UploadedFile.objects.get().is_imported
    assert list(Entry.objects.values_list("amount", flat=True)) == [100_000]


def test_a_chunk_that_comes_after_the_import_begins_a_file_of_its_own(session: Session) -> None:
    # given
    first = add_chunk(session, NAME, FILE, now=NOW)
    import_upload(first.pk, now=NOW + QUIET)

    # when
    second = add_chunk(session, NAME, FILE, now=NOW + QUIET)

    # then
    assert (second.pk != first.pk, second.size) == (True, len(FILE))
    assert second.stored_as != first.stored_as


def test_an_import_that_ended_in_a_crash_is_not_repeated(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The facts were applied, but the worker died before it could note that."""
    # given
    upload = add_chunk(session, NAME, FILE, now=NOW)
    monkeypatch.setattr(services, "drop_chunks", lambda _upload: None)
    import_upload(upload.pk, now=NOW + QUIET)
    UploadedFile.objects.update(is_imported=False)
    monkeypatch.undo()
    calls: list[int] = []
    _instead_of_import(monkeypatch, lambda: calls.append(1))

    # when
    import_upload(upload.pk, now=NOW + 2 * QUIET)

    # then
    assert calls == []
    assert UploadedFile.objects.get().is_imported
    assert Delivery.objects.count() == 1
    assert not default_storage.exists(f"{upload.stored_as}/{0:012d}")


def test_an_import_of_what_was_imported_or_is_no_more_does_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    upload = add_chunk(session, NAME, FILE, now=NOW)
    import_upload(upload.pk, now=NOW + QUIET)
    calls: list[int] = []
    _instead_of_import(monkeypatch, lambda: calls.append(1))

    # when
    import_upload(upload.pk, now=NOW + 2 * QUIET)
    import_upload(upload.pk + 1, now=NOW + 2 * QUIET)

    # then
    assert calls == []
    assert Delivery.objects.count() == 1


def test_orders_are_confirmed_by_the_session_that_asked(session: Session) -> None:
    # given
    offered_order(session.base)
    with pytest.raises(ExchangeRefused) as refused:
        confirm_orders(session, now=NOW)

    # when
    queried = query_orders(session, now=NOW)

    # then
    assert refused.value.code == "NOT_QUERIED"
    assert [order.number for order in queried] == ["1001"]
    assert Session.objects.get().queried_at == NOW
    assert (confirm_orders(session, now=NOW), confirm_orders(session, now=NOW)) == (1, 0)


def test_sessions_that_ended_are_forgotten_and_what_they_brought_is_not(session: Session) -> None:
    # given
    upload = add_chunk(session, NAME, FILE, now=NOW)
    import_upload(upload.pk, now=NOW + QUIET)
    lasting = _session(session.base, now=NOW + SECOND)

    # when
    forgotten = forget_sessions(now=NOW + SESSION_LIFE)

    # then
    assert forgotten == 1
    assert Session.objects.get() == lasting
    assert not UploadedFile.objects.exists()
    assert bytes_kept() == [FILE]
    assert Entry.objects.count() == 1
    assert forget_sessions(now=NOW + SESSION_LIFE) == 0


def test_a_session_with_a_file_that_waits_is_not_forgotten(session: Session) -> None:
    # given
    done = add_chunk(session, "done.xml", FILE, now=NOW)
    import_upload(done.pk, now=NOW + QUIET)
    waiting = add_chunk(session, NAME, FILE, now=NOW)
    after = NOW + SESSION_LIFE

    # when
    forgotten = forget_sessions(now=after)

    # then
    assert forgotten == 0
    import_upload(waiting.pk, now=after)
    assert forget_sessions(now=after) == 1
