"""POST /documents/<id>/mail, by every kind of caller; tests/documents/test_mail.py has the rest."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from saleor_b2b_docs.documents.models import AccessLink, Document
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from tests.builders.callers import CALLERS, make_two_installations
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import API_URL
from tests.documents.answers import assert_private, without_what_differs

pytestmark = pytest.mark.django_db

EMAIL = "buyer@example.com"


@pytest.fixture
def document(db: None, settings: Settings) -> Document:
    settings.SENDS_MAIL = True
    make_two_installations()
    installation = Installation.objects.get(api_url=API_URL)
    order = make_order(installation, supplier=make_supplier(installation), user_email=EMAIL)
    document = issue_invoice(order)
    Job.objects.all().delete()
    return document


@pytest.mark.parametrize("caller", CALLERS)
def test_whoever_asks_is_told_the_same_and_only_the_buyer_s_mailbox_is_written_to(
    client: Client, document: Document, caller: str
) -> None:
    # given
    headers = CALLERS[caller]()
    nowhere = uuid.uuid4()

    # when
    wrong = client.post(f"/documents/{document.pk}/mail", {"email": "x@x.example"}, headers=headers)
    missing = client.post(f"/documents/{nowhere}/mail", {"email": EMAIL}, headers=headers)
    assert not Job.objects.exists()
    right = client.post(f"/documents/{document.pk}/mail", {"email": EMAIL}, headers=headers)

    # then
    assert_private(right)
    assert right.status_code == 200
    assert (
        without_what_differs(right, document.pk)
        == without_what_differs(wrong, document.pk)
        == without_what_differs(missing, nowhere)
    )
    job = Job.objects.get()
    assert (job.name, job.arguments) == ("documents.mail_link", {"document": str(document.pk)})
    assert not AccessLink.objects.exists()


@pytest.mark.parametrize("email", ["", " ", "\x00", f"{EMAIL}\x00", "x" * 10_000])
def test_an_odd_email_is_nobody_s(client: Client, document: Document, email: str) -> None:
    # when
    response = client.post(f"/documents/{document.pk}/mail", {"email": email})

    # then
    assert response.status_code == 200
    assert not Job.objects.exists()


def test_asking_is_done_by_post_only(client: Client, document: Document) -> None:
    # when / then
    assert client.get(f"/documents/{document.pk}/mail?email={EMAIL}").status_code == 405
