"""Tickets, links and guests' proofs: what opens a document, and what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from saleor_b2b_docs.documents.access import (
    TICKET_LIFETIME,
    address_of,
    is_guest_of,
    may_open,
    pdf_url,
    ticket_for,
    web_url,
)
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import create_link, revoke_links
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.viewers import ANONYMOUS
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def documents(db: None) -> Iterator[tuple[Document, Document]]:
    """Two guests' documents."""
    installation = make_installation()
    supplier = make_supplier(installation)
    first, second = (
        issue_invoice(
            make_order(
                installation,
                number=number,
                supplier=supplier,
                user_id="",
                user_email=f"guest-{number}@example.com",
            ),
            is_rendered=False,
        )
        for number in ("1001", "1002")
    )
    with time_machine.travel(NOW, tick=False):
        yield first, second


def _ticket(url: str) -> str:
    return parse_qs(urlsplit(url).query)["ticket"][0]


def test_addresses() -> None:
    # given
    document = Document()

    # when / then
    assert address_of(document.pk) == f"https://docs.example/documents/{document.pk}"
    assert web_url(document.pk).startswith(f"{address_of(document.pk)}?ticket=")
    assert pdf_url(document.pk).startswith(f"{address_of(document.pk)}.pdf?ticket=")
    assert web_url(document.pk, revision=2).endswith("&revision=2")


def test_a_ticket_opens_its_document_for_an_hour(documents: tuple[Document, Document]) -> None:
    # given
    document, other = documents
    ticket = _ticket(web_url(document.pk))

    # when / then
    assert may_open(document.pk, viewer=ANONYMOUS, ticket=ticket)
    assert not may_open(other.pk, viewer=ANONYMOUS, ticket=ticket)
    with time_machine.travel(NOW + TICKET_LIFETIME, tick=False):
        assert may_open(document.pk, viewer=ANONYMOUS, ticket=ticket)
    with time_machine.travel(NOW + TICKET_LIFETIME + dt.timedelta(seconds=1), tick=False):
        assert not may_open(document.pk, viewer=ANONYMOUS, ticket=ticket)


def test_a_tampered_ticket_opens_nothing(documents: tuple[Document, Document]) -> None:
    # given
    document, other = documents
    ticket = ticket_for(document.pk)
    payload, time, signature = ticket.split(":")
    other_payload = ticket_for(other.pk).split(":")[0]
    forgeries = [
        f"{other_payload}:{time}:{signature}",
        f"{payload}:1zzzzz:{signature}",
        f"{payload}:{time}:{signature[:-1]}",
        f"{payload}:{time}",
        payload,
        "",
        ":::",
        "\x00",
        "квиток",
        "x" * 100_000,
        signing.dumps(str(document.pk), salt="another purpose"),
        signing.dumps([str(document.pk)], salt="b2b-docs.ticket"),
    ]

    # when / then
    for forgery in forgeries:
        assert not may_open(document.pk, viewer=ANONYMOUS, ticket=forgery)
        assert not may_open(other.pk, viewer=ANONYMOUS, ticket=forgery)


def test_a_link_opens_its_document_until_it_is_revoked(
    documents: tuple[Document, Document],
) -> None:
    # given
    document, other = documents
    secret = create_link(document, now=NOW)

    # when / then
    assert may_open(document.pk, viewer=ANONYMOUS, link=secret)
    assert not may_open(other.pk, viewer=ANONYMOUS, link=secret)
    assert not may_open(document.pk, viewer=ANONYMOUS, ticket=secret)
    with time_machine.travel(NOW + dt.timedelta(days=3650), tick=False):
        assert may_open(document.pk, viewer=ANONYMOUS, link=secret)

    # when
    revoke_links(document.pk, now=timezone.now())

    # then
    assert not may_open(document.pk, viewer=ANONYMOUS, link=secret)


def test_a_wrong_link_opens_nothing(documents: tuple[Document, Document]) -> None:
    # given
    document, _ = documents
    secret = create_link(document, now=NOW)
    kept = document.links.get().secret_hash

    # when / then
    for wrong in ("", secret[:-1], secret.swapcase(), kept, "\x00", "ключ"):
        assert not may_open(document.pk, viewer=ANONYMOUS, link=wrong)


@pytest.mark.parametrize(
    ("order_number", "email", "is_guest"),
    [
        ("1001", "guest-1001@example.com", True),
        (" №1001 ", " Guest-1001@Example.COM ", True),
        ("# 1001", "guest-1001@example.com", True),
        ("1002", "guest-1001@example.com", False),
        ("1001", "guest-1002@example.com", False),
        ("1001", "", False),
        ("", "guest-1001@example.com", False),
        (" ", " ", False),
    ],
)
def test_a_guest_knows_number_and_email(
    documents: tuple[Document, Document], order_number: str, email: str, is_guest: bool
) -> None:
    # given
    document, _ = documents

    # when / then
    assert is_guest_of(document.pk, order_number=order_number, email=email) is is_guest


def test_whoever_has_an_account_is_no_guest(documents: tuple[Document, Document]) -> None:
    # given
    document, _ = documents
    Order.objects.filter(documents=document).update(user_id=BUYER_ID)

    # when / then
    assert not is_guest_of(document.pk, order_number="1001", email="guest-1001@example.com")


def test_nobody_is_the_guest_of_a_forgotten_person_s_order(
    documents: tuple[Document, Document],
) -> None:
    # given
    document, _ = documents
    Order.objects.filter(documents=document).update(user_email="", is_person_forgotten=True)

    # when / then
    for email in ("", " ", "guest-1001@example.com"):
        assert not is_guest_of(document.pk, order_number="1001", email=email)
