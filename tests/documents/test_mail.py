"""A mailed link: to the buyer's own mailbox, whoever asks, and nothing told to the asker."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
import uuid

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from saleor_b2b_docs.documents.mail import send_link
from saleor_b2b_docs.documents.models import AccessLink, Document
from saleor_b2b_docs.documents.services import ensure_invoice, revoke_links
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.errors import TemporaryFailure
from saleor_b2b_docs.work.models import Job
from tests.builders.documents import make_received, receive_paper
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def document(settings: Settings) -> Document:
    settings.SENDS_MAIL = True
    installation = make_installation()
    order = make_order(
        installation, supplier=make_supplier(installation), user_email="buyer@example.com"
    )
    return ensure_invoice(order, now=NOW)


@pytest.mark.parametrize(
    ("language_code", "subject", "word"),
    [
        ("UK", "Рахунок №", "Посилання"),
        ("RU", "Счёт №", "Ссылка"),
        ("EN_US", "Invoice", "The link"),
        ("DE", "Invoice", "The link"),
    ],
)
def test_link_is_mailed_in_the_buyers_language(
    document: Document, language_code: str, subject: str, word: str
) -> None:
    Order.objects.update(language_code=language_code)

    send_link(document.pk, now=NOW)

    (message,) = mail.outbox
    assert message.to == ["buyer@example.com"]
    assert message.subject.startswith(subject)
    assert document.number in message.subject
    assert word in message.body


def test_mailed_link_opens_the_document_until_it_is_revoked(
    document: Document, client: Client
) -> None:
    send_link(document.pk, now=NOW)
    address = re.search(r"/documents/\S+", str(mail.outbox[0].body))
    assert address

    opened = client.get(address[0])
    revoke_links(document.pk, now=NOW)
    refused = client.get(address[0])

    assert (opened.status_code, refused.status_code) == (200, 401)


@pytest.mark.parametrize(
    ("email", "jobs"), [("Buyer@Example.com", 1), ("somebody@example.com", 0), ("", 0)]
)
def test_asker_is_answered_the_same_whoever_he_names(
    document: Document, client: Client, email: str, jobs: int
) -> None:
    answer = client.post(f"/documents/{document.pk}/mail", {"email": email})

    assert answer.status_code == 200
    assert b"If this is the buyer" in answer.content
    assert Job.objects.filter(name="documents.mail_link").count() == jobs
    assert AccessLink.objects.count() == 0


def test_unknown_document_is_answered_the_same(document: Document, client: Client) -> None:
    answer = client.post(f"/documents/{uuid.uuid4()}/mail", {"email": "buyer@example.com"})

    assert answer.status_code == 200
    assert b"If this is the buyer" in answer.content
    assert not Job.objects.filter(name="documents.mail_link").exists()


def test_asking_too_often_is_refused(document: Document, client: Client) -> None:
    for _ in range(3):
        client.post(f"/documents/{document.pk}/mail", {"email": "buyer@example.com"})

    answer = client.post(f"/documents/{document.pk}/mail", {"email": "buyer@example.com"})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_without_a_mail_server_nothing_is_offered(
    document: Document, client: Client, settings: Settings
) -> None:
    settings.SENDS_MAIL = False

    page = client.get(f"/documents/{document.pk}")
    answer = client.post(f"/documents/{document.pk}/mail", {"email": "buyer@example.com"})

    assert b"/mail" not in page.content
    assert answer.status_code == 404
    assert not Job.objects.filter(name="documents.mail_link").exists()


def test_nobody_is_mailed_for_a_forgotten_person(document: Document) -> None:
    Order.objects.update(user_email="")

    send_link(document.pk, now=NOW)

    assert mail.outbox == []
    assert not AccessLink.objects.exists()


def test_mail_server_in_trouble_is_waited_for(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    with pytest.raises(TemporaryFailure):
        send_link(document.pk, now=NOW)


@pytest.mark.parametrize(
    ("language_code", "subject"),
    [
        ("UK", "Видаткова накладна № РН-000017 від ТОВ «Ромашка»"),
        ("EN", "Delivery note РН-000017 from ТОВ «Ромашка»"),
    ],
)
def test_a_mail_names_the_kind_of_a_received_paper(
    document: Document, language_code: str, subject: str
) -> None:
    Order.objects.update(language_code=language_code)
    contract = make_contract(document.supplier, make_counterparty(document.installation))
    order = Order.objects.get()
    waybill = receive_paper(make_received(contract, orders=[(order.saleor_id, None)]))

    send_link(waybill.pk, now=NOW)

    (message,) = mail.outbox
    assert message.subject == subject


def test_a_paper_of_no_order_is_mailed_to_nobody(document: Document) -> None:
    contract = make_contract(document.supplier, make_counterparty(document.installation))
    waybill = receive_paper(make_received(contract))

    send_link(waybill.pk, now=NOW)

    assert mail.outbox == []
    assert not AccessLink.objects.exists()
