from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest
import structlog

from saleor_b2b_docs.config.logs import redact
from tests.builders.logs import captured_log
from tests.builders.saleor import customer_token

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
TICKET = "ImFiYyI:1vABCD:c2lnbmVk"


def redacted(**event: Any) -> dict[str, Any]:
    """An event as it is written."""
    return dict(redact(None, "info", {"event": "something happened", **event}))


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "auth_token",
        "encrypted_token",
        "Authorization",
        "Cookie",
        "password",
        "client_secret",
        "signature",
        "email",
        "e-mail",
        "guest_email",
        "mail",
        "phone",
        "client_address",
        "ticket",
    ],
)
def test_values_under_telling_names_are_blanked(name: str) -> None:
    assert redacted(**{name: "value", "order": "1001"}) == {
        "event": "something happened",
        name: "…",
        "order": "1001",
    }


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"refused {JWT} there", "refused … there"),
        (f"({JWT})", "(…)"),
        ("Authorization: Bearer abc-DEF.123", "Authorization: Bearer …"),
        ("no such buyer@example.com here", "no such … here"),
        ("first.last+tag@mail.example.co.uk", "…"),
        ("покупець@приклад.укр", "…"),
        (f"GET /documents/1?ticket={TICKET}&revision=2", "GET /documents/1?ticket=…&revision=2"),
        ("GET /documents/1?revision=2&link=s3cr3t", "GET /documents/1?revision=2&link=…"),
        ("an order of 2026-03-02 @ 10:00", "an order of 2026-03-02 @ 10:00"),
        ("T3JkZXI6MQ== and https://shop.example/", "T3JkZXI6MQ== and https://shop.example/"),
    ],
)
def test_secrets_in_texts_are_blanked(text: str, written: str) -> None:
    assert redacted(reason=text)["reason"] == written
    assert redact(None, "info", {"event": text})["event"] == written


def test_secrets_inside_lists_and_mappings_are_blanked() -> None:
    event = redacted(
        headers={"Authorization": "Bearer abc", "Accept": "text/html"},
        changes=["asked buyer@example.com", 7],
        nested={"inner": [{"email": "x"}, JWT]},
    )

    assert event["headers"] == {"Authorization": "…", "Accept": "text/html"}
    assert event["changes"] == ["asked …", 7]
    assert event["nested"] == {"inner": [{"email": "…"}, "…"]}


def test_a_long_text_is_looked_through_in_no_time() -> None:
    begun = time.monotonic()

    redacted(reason="x" * 200_000)

    assert time.monotonic() - begun < 2


def test_a_logged_event_is_one_line_of_json() -> None:
    with captured_log() as log, structlog.contextvars.bound_contextvars(request_id="request-1"):
        structlog.get_logger("b2b.test").info("invoice issued", number="1001", token="s3cr3t")

    [line] = log.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["number"], event["token"]) == ("invoice issued", "1001", "…")
    assert (event["request_id"], event["level"], event["logger"]) == (
        "request-1",
        "info",
        "b2b.test",
    )


def test_what_libraries_log_goes_the_same_way() -> None:
    token = customer_token()

    with captured_log() as log:
        logging.getLogger("some.library").warning("calling with %s for %s", token, "a@b.example")

    event = json.loads(log.getvalue())
    assert event["event"] == "calling with … for …"
    assert event["level"] == "warning"


@pytest.mark.parametrize("kind", ["ours", "a library's"])
def test_a_traceback_is_written_without_secrets(kind: str) -> None:
    with captured_log() as log:
        try:
            raise ValueError(f"no answer for Bearer {JWT} of buyer@example.com")
        except ValueError:
            if kind == "ours":
                structlog.get_logger("b2b.test").exception("job failed")
            else:
                logging.getLogger("some.library").exception("job failed")

    event = json.loads(log.getvalue())
    assert "ValueError: no answer for Bearer …" in event["exception"]
    assert JWT not in log.getvalue()
    assert "buyer@example.com" not in log.getvalue()


def test_http_requests_are_not_logged_with_their_addresses() -> None:
    with captured_log() as log:
        logging.getLogger("httpx").info("HTTP Request: GET https://x.example/?ticket=%s", TICKET)

    assert log.getvalue() == ""
