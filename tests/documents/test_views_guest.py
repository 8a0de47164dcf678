"""POST /documents/<id>/guest: a guest proves himself, a limited number of times."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.orders.models import Order
from tests.builders.callers import CALLERS
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import BUYER_ID, make_installation
from tests.documents.answers import Answer, assert_private, path_of, without_what_differs

pytestmark = pytest.mark.django_db

EMAIL = "guest@example.com"
NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def document(db: None) -> Iterator[Document]:
    with time_machine.travel(NOW, tick=False):
        installation = make_installation()
        order = make_order(
            installation, supplier=make_supplier(installation), user_id="", user_email=EMAIL
        )
        yield issue_invoice(order)


def _ask(
    client: Client,
    document_id: uuid.UUID,
    *,
    order_number: str = "1001",
    email: str = EMAIL,
    address: str = "10.0.0.1",
    headers: dict[str, str] | None = None,
) -> Answer:
    return client.post(
        f"/documents/{document_id}/guest",
        {"order_number": order_number, "email": email},
        REMOTE_ADDR=address,
        headers=headers or {},
    )


@pytest.mark.parametrize("email", [EMAIL, "Guest@EXAMPLE.com", f" {EMAIL} "])
def test_number_and_email_lead_to_the_document(
    client: Client, document: Document, email: str
) -> None:
    # when
    response = _ask(client, document.pk, email=email)

    # then
    assert response.status_code == 302
    assert_private(response)
    opened = client.get(path_of(response.headers["Location"]))
    assert opened.status_code == 200
    assert "ТОВ «Покупець»" in opened.content.decode()


@pytest.mark.parametrize(
    ("order_number", "email"),
    [
        ("1002", EMAIL),
        ("1001", "other@example.com"),
        ("", ""),
        (" ", " "),
        ("1001", "\x00"),
        ("10\x0001", EMAIL),
        ("1001", "x" * 10_000),
    ],
)
def test_anything_else_is_refused(
    client: Client, document: Document, order_number: str, email: str
) -> None:
    # when
    response = _ask(client, document.pk, order_number=order_number, email=email)

    # then
    assert response.status_code == 403
    assert_private(response)
    assert "There is no document here" in response.content.decode()


def test_a_document_of_an_account_refuses_the_right_email_as_if_it_were_not_there(
    client: Client, document: Document
) -> None:
    # given
    Order.objects.update(user_id=BUYER_ID)
    nowhere = uuid.uuid4()

    # when
    foreign = _ask(client, document.pk)
    missing = _ask(client, nowhere)

    # then
    assert foreign.status_code == 403
    assert without_what_differs(foreign, document.pk) == without_what_differs(missing, nowhere)


def test_a_wrong_guess_is_answered_as_for_a_document_that_is_not_there(
    client: Client, document: Document
) -> None:
    # given
    nowhere = uuid.uuid4()

    # when
    wrong = _ask(client, document.pk, email="other@example.com")
    missing = _ask(client, nowhere, email="other@example.com")

    # then
    assert without_what_differs(wrong, document.pk) == without_what_differs(missing, nowhere)


@pytest.mark.parametrize("caller", CALLERS)
def test_a_token_neither_helps_nor_hinders_a_guest(
    client: Client, document: Document, caller: str
) -> None:
    # given
    headers = CALLERS[caller]()

    # when
    wrong = _ask(client, document.pk, email="other@example.com", headers=headers)
    right = _ask(client, document.pk, headers=headers)

    # then
    assert (wrong.status_code, right.status_code) == (403, 302)


def test_guesses_at_one_document_are_counted_over_all_addresses(
    client: Client, document: Document
) -> None:
    # given
    for guess in range(10):
        refused = _ask(client, document.pk, email=f"{guess}@x.example", address=f"10.0.0.{guess}")
        assert refused.status_code == 403

    # when
    response = _ask(client, document.pk, address="10.0.1.1")

    # then
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "Too many attempts" in response.content.decode()
    assert_private(response)
    with time_machine.travel(NOW + dt.timedelta(minutes=10), tick=False):
        assert _ask(client, document.pk, address="10.0.1.1").status_code == 302


def test_guesses_of_one_address_are_counted_over_all_documents(
    client: Client, document: Document
) -> None:
    # given
    for _ in range(20):
        assert _ask(client, uuid.uuid4()).status_code == 403

    # when
    refused = _ask(client, document.pk)
    elsewhere = _ask(client, document.pk, address="10.0.0.2")

    # then
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert elsewhere.status_code == 302


def test_the_limit_is_the_same_for_a_document_that_is_not_there(
    client: Client, document: Document
) -> None:
    # given
    nowhere = uuid.uuid4()
    for guess in range(10):
        for document_id in (document.pk, nowhere):
            _ask(client, document_id, email="other@example.com", address=f"10.0.0.{guess}")

    # when
    foreign = _ask(client, document.pk, address="10.0.1.1")
    missing = _ask(client, nowhere, address="10.0.1.1")

    # then
    assert foreign.status_code == 429
    assert without_what_differs(foreign, document.pk) == without_what_differs(missing, nowhere)


def test_an_address_is_read_past_the_proxies_that_are_ours(
    client: Client, document: Document, settings: Settings
) -> None:
    # given
    settings.TRUSTED_PROXIES = 1
    for guess in range(20):
        forwarded = {"X-Forwarded-For": f"1.2.3.{guess}, 10.9.9.9"}
        _ask(client, uuid.uuid4(), headers=forwarded)

    # when
    same = _ask(client, document.pk, headers={"X-Forwarded-For": "5.5.5.5, 10.9.9.9"})
    other = _ask(client, document.pk, headers={"X-Forwarded-For": "10.9.9.9, 10.8.8.8"})

    # then
    assert (same.status_code, other.status_code) == (429, 302)


def test_what_was_typed_is_shown_again_and_harmless(client: Client, document: Document) -> None:
    # when
    response = _ask(client, document.pk, order_number='"><script>', email='"><img src=x>')

    # then
    page = response.content.decode()
    assert "&quot;&gt;&lt;script&gt;" in page
    assert '"><script>' not in page
    assert "<img" not in page


def test_guessing_is_done_by_post_only(client: Client, document: Document) -> None:
    # when
    response = client.get(f"/documents/{document.pk}/guest?order_number=1001&email={EMAIL}")

    # then
    assert response.status_code == 405
