"""The door of events: who is let in, and what is answered."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import secrets
from collections.abc import Callable

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.onec.credentials.context import new_signing_secret
from saleor_b2b_docs.onec.credentials.services import make_signing_secret, revoke
from saleor_b2b_docs.onec.models import Base, Delivery, SetAside
from saleor_b2b_docs.parties.models import Counterparty
from saleor_b2b_docs.webhooks.onec_events.views import events
from tests.builders.onec import make_base
from tests.builders.onec_events import (
    EVENTS,
    Sender,
    counterparty,
    everything,
    make_sender,
    manager_of,
    post,
    waybill,
)
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def sender(db: None) -> Sender:
    return make_sender(make_base())


def _kept() -> tuple[dict[str, int], int, int]:
    return everything(), Delivery.objects.count(), SetAside.objects.count()


def _pdf_of(document: Document) -> bytes:
    with default_storage.open(document.revisions.get().pdf_name) as file:
        content: bytes = file.read()
    return content


def test_a_message_is_applied_and_its_counts_are_answered(sender: Sender) -> None:
    message = {"events": [counterparty(), waybill("W1", "1200.50")]}

    response = post(message, sender.with_bearer())

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json() == {
        "status": "applied",
        "facts": {"counterparty": 1, "waybill": 1},
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "unmatched": 1,
        "refused": [],
    }
    assert Document.objects.get().number == "W1"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.format, delivery.external_id) == ("applied", "events", "m-1")
    assert delivery.summary["new"] == 2


def test_one_event_is_a_message(sender: Sender) -> None:
    assert post(counterparty(), sender.with_bearer()).json()["new"] == 1


def test_a_bad_event_is_refused_by_its_place_and_the_others_go_on(sender: Sender) -> None:
    message = [counterparty(), waybill("W1", summ=1), {"type": "x"}, waybill("W2", "1.001")]

    answer = post(message, sender.with_bearer()).json()

    assert answer["new"] == 1
    assert [(one["index"], one["kind"], one["key"], one["code"]) for one in answer["refused"]] == [
        (1, "waybill", "W1", "UNKNOWN_FIELD"),
        (2, "event", "", "UNKNOWN_TYPE"),
        (3, "waybill", "W2", answer["refused"][2]["code"]),
    ]
    assert answer["refused"][0]["message"] == "summ: there is no such field"
    assert not Document.objects.exists()
    assert SetAside.objects.count() == 3


def test_a_pdf_inside_the_message_is_the_documents(sender: Sender) -> None:
    event = waybill(pdf=base64.b64encode(PDF).decode())

    assert post(event, sender.with_bearer()).json()["new"] == 1

    assert _pdf_of(Document.objects.get()) == PDF


def test_a_pdf_beside_the_message_is_signed_with_it(sender: Sender) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="events"\r\n\r\n'
    body += json.dumps(waybill(pdf_part="p")).encode()
    body += b'\r\n--b\r\nContent-Disposition: form-data; name="p"\r\n\r\n' + PDF + b"\xff\xfe"
    body += b"\r\n--b--\r\n"

    response = post(body, sender.signed(body), address=sender.address)

    assert response.json()["new"] == 1
    assert _pdf_of(Document.objects.get()) == PDF + b"\xff\xfe"


def test_a_signature_of_the_standards_own_library_is_good(sender: Sender) -> None:
    body = json.dumps(counterparty())
    now = timezone.now().replace(microsecond=0)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": "v1,AAAA v2,x "
        + Webhook(sender.secret).sign("msg_1", now.replace(tzinfo=dt.UTC), body),
    }

    assert post(body.encode(), headers, address=sender.address).json()["new"] == 1


def _wrong_secret(sender: Sender, body: bytes) -> dict[str, str]:
    return sender.signed(body, secret=new_signing_secret())


def _at(seconds: int) -> Callable[[Sender, bytes], dict[str, str]]:
    return lambda sender, body: sender.signed(body, at=timezone.now().timestamp() + seconds)


def _with(**headers: str) -> Callable[[Sender, bytes], dict[str, str]]:
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda sender, body: {**sender.signed(body), **changed}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (_wrong_secret, "INVALID_SIGNATURE"),
        (_at(-301), "INVALID_TIMESTAMP"),
        (_at(302), "INVALID_TIMESTAMP"),
        (lambda sender, body: sender.signed(body + b" "), "INVALID_SIGNATURE"),
        (_with(webhook_id="m-2"), "INVALID_SIGNATURE"),
        (_with(webhook_timestamp="soon"), "INVALID_TIMESTAMP"),
        (_with(webhook_timestamp="9" * 40), "INVALID_TIMESTAMP"),
        (_with(webhook_timestamp=""), "INVALID_TIMESTAMP"),
        (_with(webhook_signature="v1,"), "INVALID_SIGNATURE"),
        (_with(webhook_signature="v1"), "INVALID_SIGNATURE"),
        (_with(webhook_signature="v1,?? , ,"), "INVALID_SIGNATURE"),
        (_with(webhook_signature=""), "UNAUTHENTICATED"),
        (_with(webhook_id=""), "INVALID_ID"),
        (_with(webhook_id="x" * 201), "INVALID_ID"),
        (lambda _sender, _body: {}, "UNAUTHENTICATED"),
        (lambda _sender, _body: {"Authorization": "Basic eDp5"}, "UNAUTHENTICATED"),
        (lambda _sender, _body: {"Authorization": "Bearer "}, "UNKNOWN_KEY"),
        (lambda _sender, _body: {"Authorization": "Bearer b2b_none"}, "UNKNOWN_KEY"),
    ],
)
def test_who_proves_nothing_changes_nothing(
    sender: Sender, headers: Callable[[Sender, bytes], dict[str, str]], code: str
) -> None:
    body, before = json.dumps(counterparty()).encode(), _kept()

    response = post(body, headers(sender, body), address=sender.address)

    assert (response.status_code, response.json()["error"]) == (401, code)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert _kept() == before


@pytest.mark.parametrize("key", ["", "0" * 32, "%00", "x' OR 1=1", "a" * 5000])
def test_a_key_id_of_nobody_is_refused(sender: Sender, key: str) -> None:
    body, before = json.dumps(counterparty()).encode(), _kept()

    response = post(body, sender.signed(body), address=f"{EVENTS}?key={key}")

    assert response.status_code == 401
    assert _kept() == before


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_clock_may_be_five_minutes_off(sender: Sender, seconds: int) -> None:
    body = json.dumps(counterparty()).encode()

    with time_machine.travel(dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC), tick=False):
        headers = sender.signed(body, at=timezone.now().timestamp() + seconds)

        assert post(body, headers, address=sender.address).status_code == 200


def test_both_secrets_are_good_until_one_is_revoked(sender: Sender) -> None:
    viewer, now = manager_of(sender.base.installation), timezone.now()
    newer, plain = make_signing_secret(viewer, sender.base.pk, now=now)
    new_address = f"{EVENTS}?key={newer.lookup}"
    body = json.dumps(counterparty()).encode()

    def answers(message_id: str) -> list[int]:
        old, new = sender.secret, plain
        return [
            post(
                body,
                sender.signed(body, message_id=f"{message_id}{place}", secret=secret),
                address=address,
            ).status_code
            for place, (address, secret) in enumerate(
                [
                    (sender.address, old),
                    (sender.address, new),
                    (new_address, old),
                    (new_address, new),
                ]
            )
        ]

    assert answers("a") == [200, 200, 200, 200]
    revoke(viewer, sender.signing_secret.pk, now=now)
    assert answers("b") == [401, 401, 401, 200]


def test_a_revoked_key_is_refused_at_once(sender: Sender) -> None:
    assert post(counterparty(), sender.with_bearer("a")).status_code == 200
    revoke(manager_of(sender.base.installation), sender.bearer_key.pk, now=timezone.now())
    before = _kept()

    response = post(counterparty("C2"), sender.with_bearer("b"))

    assert (response.status_code, response.json()["error"]) == (401, "UNKNOWN_KEY")
    assert _kept() == before


def test_a_key_of_an_app_that_was_uninstalled_is_refused(sender: Sender) -> None:
    installation = sender.base.installation
    installation.uninstalled_at, installation.encrypted_token = timezone.now(), ""
    installation.save()

    assert post(counterparty(), sender.with_bearer()).status_code == 401


def test_a_key_opens_its_own_base_only(sender: Sender) -> None:
    other_shop = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    other = make_sender(make_base(supplier=make_supplier(other_shop)))

    post(counterparty("C9"), other.with_bearer("m-1"))
    answer = post(counterparty("C1"), sender.with_bearer("m-1"))

    assert answer.json()["new"] == 1
    names = Counterparty.objects.filter(installation=sender.base.installation)
    assert [one.name for one in names] == ["ТОВ C1"]
    body = json.dumps(counterparty("C8")).encode()
    assert post(body, sender.signed(body), address=other.address).status_code == 401


def test_the_same_message_again_is_answered_as_the_first_time(sender: Sender) -> None:
    message = [counterparty(), {"type": "?"}]
    first = post(message, sender.with_bearer())
    before = _kept()

    again = post(message, sender.with_bearer())
    body = json.dumps(message).encode()
    signed = post(body, sender.signed(body), address=sender.address)

    assert first.json()["new"] == 1
    assert again.content == signed.content == first.content
    assert _kept() == before


def test_a_message_that_was_refused_whole_is_refused_the_same_again(sender: Sender) -> None:
    before = everything()

    first = post(b'{"events": [', sender.with_bearer())
    again = post(b'{"events": [', sender.with_bearer())

    assert (first.status_code, first.json()["error"]) == (400, "INVALID_JSON")
    assert (again.status_code, again.content) == (400, first.content)
    assert everything() == before
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert delivery.error.startswith("INVALID_JSON: ")


def test_an_id_names_one_message(sender: Sender) -> None:
    post(counterparty(), sender.with_bearer())
    before = _kept()

    response = post(counterparty("C2"), sender.with_bearer())

    assert (response.status_code, response.json()["error"]) == (409, "ID_REUSED")
    assert _kept() == before


@pytest.mark.parametrize("message_id", ["", " ", "x" * 201, "ключ", "a b"])
def test_a_message_has_an_id(sender: Sender, message_id: str) -> None:
    before = _kept()

    response = post(counterparty(), sender.with_bearer(message_id))

    assert (response.status_code, response.json()["error"]) == (400, "INVALID_ID")
    assert _kept() == before


@pytest.mark.parametrize("size", [32 * 1024 * 1024 + 1, 40 * 1024 * 1024])
def test_a_message_above_the_limit_is_not_read(sender: Sender, size: int) -> None:
    before = _kept()

    response = post(b" " * size, sender.with_bearer())

    assert (response.status_code, response.json()["error"]) == (413, "BODY_TOO_LARGE")
    assert _kept() == before


def test_a_message_far_above_the_limit_of_small_ones_is_taken(
    sender: Sender, settings: Settings
) -> None:
    pdf = PDF + secrets.token_bytes(settings.MAX_BODY_BYTES * 2)

    response = post(waybill(pdf=base64.b64encode(pdf).decode()), sender.with_bearer())

    assert response.json()["new"] == 1
    assert _pdf_of(Document.objects.get()) == pdf


def test_a_pdf_above_the_limit_refuses_its_event(sender: Sender) -> None:
    pdf = base64.b64encode(b"%PDF-" + b"0" * (20 * 1024 * 1024)).decode()

    answer = post([waybill(pdf=pdf), counterparty()], sender.with_bearer()).json()

    assert answer["new"] == 1
    assert [(one["index"], one["code"]) for one in answer["refused"]] == [(0, "INVALID_EVENT")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": ""}, 411),
        ({"Content-Length": "-1"}, 411),
        ({"Content-Length": "9" * 30}, 413),
        ({"Content-Encoding": "gzip"}, 415),
    ],
)
def test_a_body_that_is_not_as_it_says(
    sender: Sender, headers: dict[str, str], status: int
) -> None:
    before = _kept()

    response = post(counterparty(), {**sender.with_bearer(), **headers})

    assert response.status_code == status
    assert _kept() == before


def test_a_body_that_breaks_off_is_refused(sender: Sender) -> None:
    before = _kept()
    request = RequestFactory().post(
        EVENTS,
        json.dumps(counterparty()).encode(),
        content_type="application/json",
        headers={**sender.with_bearer(), "Content-Length": "1000"},
    )
    # What of the body the connection brought.
    request._stream = io.BytesIO(b'{"type": ')

    response = events(request)

    assert response.status_code == 400
    assert json.loads(response.content)["error"] == "CUT_OFF"
    assert _kept() == before


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)(EVENTS).status_code == 405


def test_who_fails_too_often_is_not_listened_to_for_a_while(sender: Sender) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 20, 9, 0, 1, tzinfo=dt.UTC), tick=False) as clock:
        wrong = {"Authorization": "Bearer b2b_none", "Idempotency-Key": "m"}
        statuses = [post(counterparty(), wrong).status_code for _ in range(21)]
        refused = post(counterparty(), sender.with_bearer())
        clock.shift(dt.timedelta(minutes=10))
        later = post(counterparty(), sender.with_bearer())

    assert statuses == [401] * 20 + [429]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "599"
    assert later.status_code == 200


def test_the_use_of_a_key_is_noted_once_a_minute(sender: Sender) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC), tick=False) as clock:
        used = []
        for number in range(3):
            post(counterparty(), sender.with_bearer(f"m{number}"))
            sender.bearer_key.refresh_from_db()
            assert sender.bearer_key.last_used_at is not None
            used.append(sender.bearer_key.last_used_at.time())
            clock.shift(dt.timedelta(seconds=40))

    assert used == [dt.time(9, 0), dt.time(9, 0), dt.time(9, 1, 20)]


def test_the_schema_is_served_to_anybody() -> None:
    response = Client().get("/api/1c/schemas/events.json")

    assert response.headers["Content-Type"] == "application/schema+json"
    assert "$defs" in response.json()
    assert Client().get("/api/1c/schemas/other.json").status_code == 404


def test_a_base_that_sent_something_was_heard(sender: Sender) -> None:
    post(counterparty(), sender.with_bearer())

    assert Base.objects.get(pk=sender.base.pk).heard_at is not None
