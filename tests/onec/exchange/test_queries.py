"""Who a token is, and how far a file is."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.onec.credentials.services import (
    make_bearer_key,
    make_password,
    revoke,
)
from saleor_b2b_docs.onec.exchange.context import (
    SESSION_LIFE,
    ImportProgress,
    ImportState,
    label_of,
    session_key,
)
from saleor_b2b_docs.onec.exchange.queries import (
    is_given_up,
    latest_upload,
    outdated_sessions,
    pending_uploads,
    progress_of,
    session_of,
    upload_of,
)
from saleor_b2b_docs.onec.exchange.services import add_chunk, import_upload, open_session
from saleor_b2b_docs.onec.models import Base, Session, UploadedFile
from saleor_b2b_docs.work.models import Job
from tests.builders.exchange import FILE
from tests.builders.onec import NOW, make_base
from tests.builders.viewers import staff

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
NAME = "documents.xml"


@pytest.fixture
def base() -> Base:
    return make_base()


@pytest.fixture
def token(base: Base) -> str:
    return open_session(base, now=NOW)


@pytest.fixture
def session(token: str) -> Session:
    found = session_of(token, now=NOW)
    assert found is not None
    return found


def _uploaded(session: Session, name: str = NAME, content: bytes = FILE) -> UploadedFile:
    upload = add_chunk(session, name, content, now=NOW)
    UploadedFile.objects.filter(pk=upload.pk).update(is_whole=True)
    return upload


def _imported(session: Session, content: bytes) -> UploadedFile:
    upload = _uploaded(session, content=content)
    import_upload(upload.pk, now=NOW)
    return UploadedFile.objects.get(pk=upload.pk)


def test_a_session_lasts_a_day_and_not_a_moment_longer(token: str) -> None:
    assert session_of(token, now=NOW + SESSION_LIFE - SECOND) is not None
    assert session_of(token, now=NOW + SESSION_LIFE) is None


@pytest.mark.parametrize("guess", ["", "x", "\ud83d", "ї" * 1000])
def test_a_guess_is_no_session(token: str, guess: str) -> None:
    assert session_of(guess, now=NOW) is None


def test_neither_hash_nor_key_of_a_session_opens_it(token: str, session: Session) -> None:
    assert session_of(session.token_hash, now=NOW) is None
    assert session_of(session_key(token), now=NOW) is None


@pytest.mark.parametrize(
    ("kind", "revoked_after", "lasts"),
    [
        ("password", SECOND, False),
        ("password", dt.timedelta(0), False),
        ("password", -SECOND, True),
        ("bearer", SECOND, True),
    ],
)
def test_a_password_that_is_revoked_since_ends_the_sessions_of_its_base(
    base: Base, token: str, kind: str, revoked_after: dt.timedelta, lasts: bool
) -> None:
    # given
    manager = staff(base.installation, "MANAGE_SETTINGS")
    make = make_password if kind == "password" else make_bearer_key
    credential, _ = make(manager, base.pk, now=NOW - dt.timedelta(days=1))

    # when
    revoke(manager, credential.pk, now=NOW + revoked_after)

    # then
    assert (session_of(token, now=NOW + SECOND) is not None) is lasts


def test_uploads_are_found_by_their_label_in_their_own_session(base: Base) -> None:
    # given
    ours, theirs = (session_of(open_session(base, now=NOW), now=NOW) for _ in range(2))
    assert ours is not None
    assert theirs is not None
    upload = _uploaded(ours, "  a\0b.xml\n")

    # then
    assert latest_upload(ours, "ab.xml") == upload
    assert latest_upload(ours, " a\0b.xml") == upload
    assert latest_upload(theirs, "ab.xml") is None
    assert pending_uploads(theirs) == []


def test_of_two_files_of_a_name_the_newest_counts(session: Session) -> None:
    first = _imported(session, FILE)
    second = _uploaded(session)

    assert latest_upload(session, NAME) == second
    assert pending_uploads(session) == [second]
    assert upload_of(first.pk) == first
    assert upload_of(second.pk + 1) is None


def test_a_file_is_running_until_it_is_imported(session: Session) -> None:
    upload = _uploaded(session)
    assert progress_of(upload) == ImportProgress(ImportState.RUNNING)

    import_upload(upload.pk, now=NOW)

    imported = UploadedFile.objects.get()
    assert progress_of(imported) == ImportProgress(ImportState.DONE)


def test_an_unreadable_file_has_failed_and_says_why(session: Session) -> None:
    progress = progress_of(_imported(session, b"\x00\x01"))

    assert (progress.state, progress.code) == (ImportState.FAILED, "UNREADABLE")
    assert progress.error


@pytest.mark.parametrize(
    ("states", "given_up"),
    [
        ([], False),
        (["queued"], False),
        (["running"], False),
        (["parked"], True),
        (["parked", "queued"], False),
        (["parked", "running"], False),
        (["done", "parked"], True),
    ],
)
def test_an_import_is_given_up_when_its_newest_job_is_parked(
    session: Session, states: list[str], given_up: bool
) -> None:
    # given
    upload, other = _uploaded(session), _uploaded(session, "other.xml")
    Job.objects.all().delete()
    for state in states:
        Job.objects.create(
            name="onec.import_upload",
            key=str(upload.pk),
            lane="onec",
            state=state,
            run_at=NOW,
            created_at=NOW,
        )

    # then
    assert is_given_up(upload) is given_up
    assert pending_uploads(session) == ([other] if given_up else [upload, other])
    expected = ImportState.FAILED if given_up else ImportState.RUNNING
    assert progress_of(upload).state is expected


def test_a_parked_job_of_a_file_that_was_imported_means_nothing(session: Session) -> None:
    upload = _imported(session, FILE)
    Job.objects.update(state=Job.State.PARKED)

    assert not is_given_up(upload)
    assert progress_of(upload) == ImportProgress(ImportState.DONE)


def test_sessions_are_outdated_when_they_ended_and_nothing_waits(session: Session) -> None:
    # given
    _uploaded(session)
    idle = session_of(open_session(session.base, now=NOW), now=NOW)
    open_session(session.base, now=NOW + SECOND)

    # then
    assert outdated_sessions(now=NOW + SESSION_LIFE, limit=5) == [idle]
    assert outdated_sessions(now=NOW + SESSION_LIFE - SECOND, limit=5) == []


@pytest.mark.parametrize(
    ("filename", "label"),
    [
        ("documents.xml", "documents.xml"),
        ("  ../../etc/passwd \r\n", "../../etc/passwd"),
        ("C:\\1c\\v8\x00.zip", "C:\\1c\\v8.zip"),
        ("Заказы.xml", "Заказы.xml"),
        ("\u202egpj.xml", "gpj.xml"),
        ("\ud83d", ""),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_label_is_the_name_without_what_can_not_be_shown(filename: str, label: str) -> None:
    assert label_of(filename) == label
