from __future__ import annotations

import base64
import datetime as dt
import io
import random
import zipfile
from collections.abc import Iterator

import pytest
from saleor_sandbox.onec import exchange
from saleor_sandbox.onec.conversation import Conversation, NotAnswered
from saleor_sandbox.onec.events import EventsChannel
from saleor_sandbox.onec.exchange import ExchangeSession

from saleor_b2b_docs.onec.credentials.signatures import Signed, check_signature
from tests.sandbox.onec.stub_app import SECRET, StubApp

NOW = dt.datetime(2026, 3, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def app() -> Iterator[StubApp]:
    stub = StubApp()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def conversation(app: StubApp) -> Iterator[Conversation]:
    with Conversation(app.url) as talk:
        yield talk


@pytest.fixture
def session(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> ExchangeSession:
    monkeypatch.setattr(exchange, "_PAUSE_SECONDS", 0)
    return ExchangeSession(conversation, "ut", "пароль")


def test_message_is_signed_as_the_app_checks_it(app: StubApp, conversation: Conversation) -> None:
    EventsChannel(conversation, "key-1", SECRET).send("{}", now=NOW, message_id="msg_1")

    (asked,) = app.of("/api/1c/events")
    signed = Signed(
        asked.headers["webhook-id"],
        asked.headers["webhook-timestamp"],
        asked.headers["webhook-signature"],
    )
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    assert asked.parameters == {"key": "key-1"}
    assert signed.id == "msg_1"
    assert check_signature(signed, body=asked.body, secrets=[secret], now=NOW) == 0


def test_refused_event_is_no_success(app: StubApp, conversation: Conversation) -> None:
    app.refuses = True

    with pytest.raises(NotAnswered, match="INVALID_EVENT: amount"):
        EventsChannel(conversation, "key-1", SECRET).send("{}", now=NOW, message_id="msg_1")


def test_what_was_said_is_recorded_without_the_secrets(
    app: StubApp, session: ExchangeSession
) -> None:
    session.open()

    (checkauth, init) = session.conversation.turns
    assert checkauth.asked == "GET /1c/exchange?type=sale&mode=checkauth"
    assert init.answered == "zip=yes\nfile_limit=700\nsessid=key"
    assert "Authorization" not in repr(session.conversation.turns)


def test_password_is_shown_once_and_the_cookie_then(app: StubApp, session: ExchangeSession) -> None:
    session.open()
    session.confirm()

    checkauth, init, success = app.of("/1c/exchange")
    assert base64.b64decode(checkauth.headers["authorization"][6:]).decode() == "ut:пароль"
    assert [("authorization" in asked.headers) for asked in (init, success)] == [False, False]
    assert [asked.headers["cookie"] for asked in (init, success)] == ["cookie=token"] * 2
    assert success.parameters["sessid"] == "key"


def test_file_is_packed_and_cut_into_chunks_of_one_name(
    app: StubApp, session: ExchangeSession
) -> None:
    content = random.Random(1).randbytes(1500).hex().encode()  # noqa: S311  content, no secret
    session.open()

    session.send("documents", content)

    chunks = [asked for asked in app.of("/1c/exchange") if asked.parameters["mode"] == "file"]
    assert {chunk.parameters["filename"] for chunk in chunks} == {"documents.zip"}
    assert [len(chunk.body) for chunk in chunks[:-1]] == [700] * (len(chunks) - 1)
    assert len(chunks) > 1
    with zipfile.ZipFile(io.BytesIO(b"".join(chunk.body for chunk in chunks))) as archive:
        assert archive.read("documents.xml") == content


def test_import_is_asked_for_until_it_is_done(app: StubApp, session: ExchangeSession) -> None:
    app.progress = 3
    session.open()

    session.send("documents", b"<x/>")

    asked = [asked.parameters["mode"] for asked in app.of("/1c/exchange")]
    assert asked == ["checkauth", "init", "file", "import", "import", "import", "import"]


def test_failed_import_says_why(app: StubApp, session: ExchangeSession) -> None:
    app.import_answer = "failure\nФайл повреждён [UNREADABLE]"
    session.open()

    with pytest.raises(NotAnswered, match="Файл повреждён"):
        session.send("documents", b"<x/>")


def test_nobody_there_is_recorded_and_said() -> None:
    with Conversation("http://127.0.0.1:9") as talk:
        with pytest.raises(NotAnswered):
            EventsChannel(talk, "key-1", SECRET).send("{}", now=NOW, message_id="msg_1")

        assert [turn.status for turn in talk.turns] == [0]
