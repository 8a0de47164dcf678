from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import httpx
import pytest
import respx
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Member
from saleor_b2b_docs.saleor.keys import REFETCH_AFTER, STALE_AFTER
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.queries import forget_recent
from saleor_b2b_docs.webhooks.saleor_events.registry import EVENTS
from saleor_b2b_docs.work.models import InboxMessage, Job
from saleor_b2b_docs.work.services import hand_on_next
from tests.builders import forgeries
from tests.builders.deliveries import (
    INVOICE_ID,
    ORDER_ID,
    UPDATED_AT,
    Delivery,
    invoice_payload,
    order_payload,
    payload,
)
from tests.builders.logs import captured_log
from tests.builders.orders import make_order
from tests.builders.parties import make_counterparty, make_member
from tests.builders.saleor import (
    API_URL,
    APP_ID,
    BUYER_ID,
    OTHER_API_URL,
    OTHER_APP_ID,
    OTHER_BUYER_ID,
    customer_token,
    key_set,
    make_installation,
    sign,
    signing_key,
)
from tests.builders.work import stored_rows

pytestmark = pytest.mark.django_db

JWKS_URL = "https://shop.example/.well-known/jwks.json"
ORDER_EVENTS = (
    "order_created",
    "order_confirmed",
    "order_updated",
    "order_metadata_updated",
    "order_cancelled",
    "order_expired",
)
ARGUMENTS = {"order": ORDER_ID, "updated_at": UPDATED_AT.isoformat(), "invoice": ""}


@pytest.fixture
def installation() -> Installation:
    """The shop, whose keys have just been fetched."""
    return make_installation()


def hand_on() -> None:
    """What a worker does with the messages that were kept."""
    while hand_on_next(now=timezone.now()):
        pass


def jobs() -> list[tuple[str, str, str, object]]:
    """Name, key, serial key and arguments of what is to be done, once a worker has looked."""
    hand_on()
    return list(Job.objects.order_by("id").values_list("name", "key", "serial_key", "arguments"))


@pytest.mark.parametrize("event", ORDER_EVENTS)
def test_an_order_that_changed_is_looked_at(installation: Installation, event: str) -> None:
    response = Delivery(event).post()

    assert (response.status_code, json.loads(response.content)) == (200, {"status": "accepted"})
    message = InboxMessage.objects.get()
    assert bytes(message.body) == order_payload()
    assert (message.installation_id, message.source, message.event) == (
        installation.pk,
        "saleor",
        event,
    )
    assert message.request_id == response.headers["X-Request-ID"]
    key = f"{installation.pk}:{ORDER_ID}"
    assert jobs() == [("gate.process_order", key, f"order:{key}", ARGUMENTS)]
    job = Job.objects.get()
    assert (job.installation_id, job.request_id) == (installation.pk, message.request_id)


def test_orders_made_in_bulk_are_looked_at_one_by_one(installation: Installation) -> None:
    orders = [{"id": f"T3JkZXI6{n}", "updatedAt": UPDATED_AT.isoformat()} for n in range(3)]

    response = Delivery("order_bulk_created", payload(orders=orders)).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    assert [(name, key) for name, key, *_ in jobs()] == [
        ("gate.process_order", f"{installation.pk}:T3JkZXI6{n}") for n in range(3)
    ]


def test_a_requested_invoice_is_answered(installation: Installation) -> None:
    response = Delivery("invoice_requested", invoice_payload()).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    key = f"{installation.pk}:{ORDER_ID}"
    assert jobs() == [
        (
            "gate.answer_invoice_request",
            f"{key}:{INVOICE_ID}",
            f"order:{key}",
            {"order": ORDER_ID, "updated_at": None, "invoice": INVOICE_ID},
        )
    ]


@pytest.mark.parametrize("event", ["customer_updated", "account_confirmed"])
def test_a_customer_who_changed_may_have_got_guest_orders(
    installation: Installation, event: str
) -> None:
    response = Delivery(event, payload(user={"id": BUYER_ID})).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    key = f"{installation.pk}:{BUYER_ID}"
    assert jobs() == [
        ("gate.adopt_guest_orders", key, "", {"user": BUYER_ID}),
        ("parties.identify", key, f"identity:{key}", {"user": BUYER_ID}),
    ]


@pytest.mark.parametrize("event", ["customer_created", "customer_metadata_updated"])
def test_a_customer_who_may_act_for_somebody_now_is_looked_up(
    installation: Installation, event: str
) -> None:
    response = Delivery(event, payload(user={"id": BUYER_ID})).post()

    assert response.status_code == 200
    key = f"{installation.pk}:{BUYER_ID}"
    assert jobs() == [("parties.identify", key, f"identity:{key}", {"user": BUYER_ID})]


def test_a_customer_who_left_is_forgotten_and_the_orders_stay(installation: Installation) -> None:
    theirs = make_order(installation, number="1", user_id=BUYER_ID)
    others = make_order(installation, number="2", user_id=OTHER_BUYER_ID)
    elsewhere = make_order(make_installation(api_url=OTHER_API_URL), user_id=BUYER_ID)
    make_member(make_counterparty(installation))

    response = Delivery("customer_deleted", payload(user={"id": BUYER_ID})).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    assert jobs() == []
    assert not Member.objects.exists()
    theirs.refresh_from_db()
    assert (theirs.user_id, theirs.user_email, theirs.is_person_forgotten) == ("", "", True)
    assert theirs.gross == 120_000
    assert set(Order.objects.filter(user_id=OTHER_BUYER_ID)) == {others}
    assert set(Order.objects.filter(user_id=BUYER_ID)) == {elsewhere}


def test_a_changed_channel_is_read_again(installation: Installation) -> None:
    response = Delivery("channel_updated", payload(channel={"id": "Q2hhbm5lbDox"})).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    assert jobs() == [("saleor.refresh", str(installation.pk), "", {})]


def test_the_app_is_switched_off_and_on(installation: Installation) -> None:
    off = Delivery("app_status_changed", payload(app={"id": APP_ID, "isActive": False})).post()
    assert (off.status_code, jobs()) == (200, [])
    installation.refresh_from_db()
    assert not installation.is_active

    on = Delivery("app_status_changed", payload(app={"id": APP_ID, "isActive": True})).post()

    assert (on.status_code, [name for name, *_ in jobs()]) == (200, ["gate.catch_up"])
    installation.refresh_from_db()
    assert installation.is_active
    assert InboxMessage.objects.count() == 2


def test_an_app_that_was_deleted_loses_its_token(installation: Installation) -> None:
    response = Delivery("app_deleted", payload(app={"id": APP_ID, "isActive": False})).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 1
    assert jobs() == []
    installation.refresh_from_db()
    assert installation.encrypted_token == ""
    assert installation.uninstalled_at is not None


def test_an_uninstalled_saleor_is_not_listened_to_any_more(installation: Installation) -> None:
    Delivery().post()
    hand_on()
    Delivery("app_deleted", payload(app={"id": APP_ID, "isActive": False})).post()
    Delivery("order_updated").post()  # this process still remembers the installation
    hand_on()
    before = stored_rows()

    forget_recent()
    response = Delivery("order_confirmed").post()

    assert response.status_code == 401
    assert stored_rows() == before
    assert Job.objects.count() == 1  # the first delivery's
    assert Installation.objects.get() == installation


@pytest.mark.parametrize("event", ["app_status_changed", "app_deleted"])
def test_what_happens_to_another_app_changes_nothing(
    installation: Installation, event: str
) -> None:
    response = Delivery(event, payload(app={"id": OTHER_APP_ID, "isActive": False})).post()

    assert response.status_code == 200
    assert jobs() == []
    kept = Installation.objects.get()
    assert (kept.is_active, kept.uninstalled_at) == (True, None)
    assert kept.encrypted_token == installation.encrypted_token


def test_every_event_has_a_test_above() -> None:
    tested = {
        *ORDER_EVENTS,
        "order_bulk_created",
        "invoice_requested",
        "customer_created",
        "customer_updated",
        "customer_metadata_updated",
        "account_confirmed",
        "customer_deleted",
        "channel_updated",
        "app_status_changed",
        "app_deleted",
    }

    assert tested == set(EVENTS)
    assert len(tested) == 16


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("installation")
def test_the_same_delivery_again_is_accepted_and_does_nothing() -> None:
    delivery = Delivery()
    delivery.post()
    hand_on()
    Job.objects.update(state=Job.State.DONE)

    repeated = delivery.post()

    assert (repeated.status_code, json.loads(repeated.content)) == (200, {"status": "repeated"})
    hand_on()
    assert InboxMessage.objects.count() == 1
    assert Job.objects.count() == 1


@pytest.mark.usefixtures("installation")
def test_another_delivery_of_the_same_order_is_kept_and_needs_no_job_of_its_own() -> None:
    Delivery("order_created").post()

    later = UPDATED_AT + dt.timedelta(seconds=1)
    Delivery("order_updated", order_payload(updated_at=later)).post()

    hand_on()
    assert InboxMessage.objects.count() == 2
    assert Job.objects.get().arguments == {**ARGUMENTS, "updated_at": later.isoformat()}


@pytest.mark.usefixtures("installation")
def test_fields_that_we_do_not_know_are_no_obstacle() -> None:
    body = payload(
        order={"id": ORDER_ID, "updatedAt": UPDATED_AT.isoformat(), "number": "№ 1"}, new="field"
    )

    assert Delivery(body=body).post().status_code == 200


def test_events_are_taken_while_the_app_is_switched_off() -> None:
    make_installation(is_active=False)

    assert Delivery().post().status_code == 200
    assert len(jobs()) == 1


REFUSED: dict[str, tuple[Callable[[], Delivery], int, str]] = {
    "no signature": (lambda: Delivery(signature=""), 401, "INVALID_SIGNATURE"),
    "garbage as signature": (lambda: Delivery(signature="garbage"), 401, "INVALID_SIGNATURE"),
    "signature of another body": (
        lambda: Delivery(signature=sign(b"{}")),
        401,
        "INVALID_SIGNATURE",
    ),
    "signature of another key": (
        lambda: Delivery(signature=sign(order_payload(), key=signing_key("key-2"), key_id="key-1")),
        401,
        "INVALID_SIGNATURE",
    ),
    "unknown kid": (
        lambda: Delivery(signature=sign(order_payload(), key=signing_key("key-2"))),
        401,
        "INVALID_SIGNATURE",
    ),
    "a customer's token as signature": (
        lambda: Delivery(signature=customer_token()),
        401,
        "INVALID_SIGNATURE",
    ),
    "algorithm none": (
        lambda: Delivery(
            signature=forgeries.unsigned({"kid": "key-1", "b64": False, "crit": ["b64"]}, b"")
        ),
        401,
        "INVALID_SIGNATURE",
    ),
    "HS256 with the public key": (
        lambda: Delivery(
            signature=forgeries.signed_with_the_public_key(
                {"b64": False, "crit": ["b64"]}, order_payload(), detached=True
            )
        ),
        401,
        "INVALID_SIGNATURE",
    ),
    "re-serialised body": (
        lambda: Delivery(
            body=json.dumps(json.loads(order_payload()), separators=(",", ":")).encode(),
            signature=sign(order_payload()),
        ),
        401,
        "INVALID_SIGNATURE",
    ),
    "unknown installation": (
        lambda: Delivery(api_url="https://unknown.example/graphql/"),
        401,
        "UNKNOWN_INSTALLATION",
    ),
    "no installation": (lambda: Delivery(api_url=""), 401, "UNKNOWN_INSTALLATION"),
    "another installation": (
        lambda: Delivery(api_url=OTHER_API_URL),
        401,
        "INVALID_SIGNATURE",
    ),
    "another recipient": (
        lambda: Delivery(
            body=payload(OTHER_APP_ID, order={"id": ORDER_ID, "updatedAt": UPDATED_AT.isoformat()})
        ),
        403,
        "OTHER_RECIPIENT",
    ),
    "no recipient": (
        lambda: Delivery(body=json.dumps({"recipient": None, "order": {"id": ORDER_ID}}).encode()),
        400,
        "INVALID_PAYLOAD",
    ),
    "no body": (lambda: Delivery(body=b""), 411, "LENGTH_REQUIRED"),
    "blank body": (lambda: Delivery(body=b" "), 400, "INVALID_PAYLOAD"),
    "not JSON": (lambda: Delivery(body=b'{"order": '), 400, "INVALID_PAYLOAD"),
    "not UTF-8": (lambda: Delivery(body=b'{"order": "\xff"}'), 400, "INVALID_PAYLOAD"),
    "a list": (lambda: Delivery(body=b"[]"), 400, "INVALID_PAYLOAD"),
    "deep JSON": (lambda: Delivery(body=b"[" * 100_000), 400, "INVALID_PAYLOAD"),
    "no order": (lambda: Delivery(body=payload()), 400, "INVALID_PAYLOAD"),
    "order is null": (lambda: Delivery(body=payload(order=None)), 400, "INVALID_PAYLOAD"),
    "order without its time": (
        lambda: Delivery(body=payload(order={"id": ORDER_ID})),
        400,
        "INVALID_PAYLOAD",
    ),
    "order of an odd time": (
        lambda: Delivery(body=payload(order={"id": ORDER_ID, "updatedAt": "yesterday"})),
        400,
        "INVALID_PAYLOAD",
    ),
    "unknown event": (lambda: Delivery("order_refunded"), 404, "UNKNOWN_EVENT"),
    "header of another event": (
        lambda: Delivery(header_event="order_updated"),
        404,
        "UNKNOWN_EVENT",
    ),
    "no event header": (lambda: Delivery(header_event=""), 404, "UNKNOWN_EVENT"),
    "10 MB": (
        lambda: Delivery(body=b" " * 10 * 1024 * 1024, signature="x"),
        413,
        "BODY_TOO_LARGE",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_delivery_is_refused_for_good_and_changes_nothing(name: str) -> None:
    make, status, code = REFUSED[name]
    installation = make_installation()
    make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID, keys=[signing_key("key-3")])
    order = make_order(installation, saleor_id=ORDER_ID)
    before = stored_rows()

    response = make().post()
    hand_on()

    assert (response.status_code, json.loads(response.content)) == (status, {"error": code})
    assert stored_rows() == before
    order.refresh_from_db()
    assert order.user_id == BUYER_ID
    installation.refresh_from_db()
    assert (installation.is_active, installation.uninstalled_at) == (True, None)


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_only_post_delivers(method: str) -> None:
    response = Delivery().send(method)

    assert response.status_code == 405
    assert stored_rows() == {"inbox": 0, "jobs": 0, "orders": 0, "documents": 0}


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize("length", ["", "-1", "1e9", "²", "many"])
def test_a_body_of_unknown_length_is_not_read(length: str) -> None:
    headers = {
        "Saleor-Event": "order_created",
        "Saleor-Api-Url": API_URL,
        "Saleor-Signature": sign(b""),
    }
    client = Client(headers=headers, CONTENT_LENGTH=length)

    response = client.generic("POST", "/api/webhooks/saleor/order_created", b"")

    assert response.status_code == 411
    assert stored_rows() == {"inbox": 0, "jobs": 0, "orders": 0, "documents": 0}


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(settings: Settings) -> None:
    make_installation()
    body = order_payload()
    settings.MAX_BODY_BYTES = len(body)

    assert Delivery(body=body).post().status_code == 200
    assert Delivery(body=body + b" ").post().status_code == 413
    assert InboxMessage.objects.count() == 1


def test_a_new_key_of_saleors_is_fetched_and_accepted(saleor: respx.MockRouter) -> None:
    new = signing_key("key-2")
    route = saleor.get(JWKS_URL).respond(json=key_set(new))
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)

    response = Delivery(signature=sign(order_payload(), key=new)).post()

    assert response.status_code == 200
    assert route.call_count == 1


def test_keys_that_cannot_be_had_now_make_saleor_try_again(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).mock(side_effect=httpx.ConnectTimeout("no answer"))
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)

    response = Delivery(signature=sign(order_payload(), key=signing_key("key-2"))).post()

    assert (response.status_code, json.loads(response.content)) == (
        503,
        {"error": "KEYS_UNAVAILABLE"},
    )
    assert stored_rows() == {"inbox": 0, "jobs": 0, "orders": 0, "documents": 0}


@pytest.mark.parametrize(("is_withdrawn", "status"), [(False, 200), (True, 401)])
def test_a_stale_key_set_is_fetched_anew_before_it_is_trusted(
    saleor: respx.MockRouter, is_withdrawn: bool, status: int
) -> None:
    current = signing_key("key-2") if is_withdrawn else signing_key()
    saleor.get(JWKS_URL).respond(json=key_set(current))
    make_installation(jwks_fetched_at=timezone.now() - STALE_AFTER)

    assert Delivery().post().status_code == status
    assert InboxMessage.objects.count() == (0 if is_withdrawn else 1)


def test_a_known_key_of_a_saleor_that_is_down_still_opens(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).mock(side_effect=httpx.ConnectTimeout("no answer"))
    make_installation(jwks_fetched_at=timezone.now() - STALE_AFTER)

    assert Delivery().post().status_code == 200


def test_each_saleor_delivers_for_itself() -> None:
    other_key = signing_key("key-3")
    here = make_installation()
    there = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID, keys=[other_key])
    body = payload(OTHER_APP_ID, order={"id": ORDER_ID, "updatedAt": UPDATED_AT.isoformat()})

    first = Delivery().post()
    second = Delivery(body=body, api_url=OTHER_API_URL, signature=sign(body, key=other_key)).post()

    assert (first.status_code, second.status_code) == (200, 200)
    hand_on()
    assert set(Job.objects.values_list("installation_id", "key")) == {
        (here.pk, f"{here.pk}:{ORDER_ID}"),
        (there.pk, f"{there.pk}:{ORDER_ID}"),
    }


def test_what_this_process_remembers_does_not_refuse_a_reinstalled_app(
    installation: Installation,
) -> None:
    assert Delivery().post().status_code == 200
    new = signing_key("key-2")
    Installation.objects.filter(pk=installation.pk).update(
        app_id=OTHER_APP_ID, jwks=key_set(new), jwks_fetched_at=timezone.now()
    )
    body = payload(OTHER_APP_ID, order={"id": ORDER_ID, "updatedAt": UPDATED_AT.isoformat()})

    response = Delivery(body=body, signature=sign(body, key=new)).post()

    assert response.status_code == 200
    assert InboxMessage.objects.count() == 2


def test_a_refusal_is_logged_without_the_signature() -> None:
    make_installation()
    signature = sign(b"{}")

    with captured_log() as log:
        Delivery(signature=signature).post()

    text = log.getvalue()
    assert "INVALID_SIGNATURE" in text
    assert signature not in text
    assert signature.rsplit(".", 1)[1] not in text
