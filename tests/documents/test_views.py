"""GET /documents/<id> and .pdf: what each caller is answered, and how safely."""

from __future__ import annotations

import re
import uuid
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from saleor_b2b_docs.documents.access import pdf_url, web_url
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import create_link, ensure_invoice, revoke_links
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.callers import CALLERS, SEEING, make_two_installations
from tests.builders.documents import PDF, file_current_revision, issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import API_URL, bearer, customer_token
from tests.builders.work import stored_rows
from tests.documents.answers import assert_private, path_of, without_what_differs

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db: None) -> Document:
    make_two_installations()
    installation = Installation.objects.get(api_url=API_URL)
    order = make_order(installation, supplier=make_supplier(installation))
    return issue_invoice(order)


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("suffix", ["", ".pdf", "?revision=1", ".pdf?revision=1"])
def test_each_caller_gets_the_document_or_is_asked_who_is_there(
    client: Client, document: Document, caller: str, suffix: str
) -> None:
    # given
    before = stored_rows()

    # when
    response = client.get(f"/documents/{document.pk}{suffix}", headers=CALLERS[caller]())

    # then
    assert_private(response)
    assert stored_rows() == before
    if caller not in SEEING:
        assert response.status_code == 401
        assert "Only the buyer can see this document" in response.content.decode()
        assert "ТОВ" not in response.content.decode()
        return
    assert response.status_code == 200
    if suffix.startswith(".pdf"):
        assert response.content == PDF
        assert response.headers["Content-Type"] == "application/pdf"
    else:
        assert "ТОВ «Покупець»" in response.content.decode()


@pytest.mark.parametrize("caller", sorted(set(CALLERS) - SEEING))
@pytest.mark.parametrize("suffix", ["", ".pdf", "?revision=1", "?revision=99", "?link=x&ticket=y"])
def test_a_foreign_document_looks_like_one_that_is_not_there(
    client: Client, document: Document, caller: str, suffix: str
) -> None:
    # given
    headers = CALLERS[caller]()
    nowhere = uuid.uuid4()

    # when
    foreign = client.get(f"/documents/{document.pk}{suffix}", headers=headers)
    missing = client.get(f"/documents/{nowhere}{suffix}", headers=headers)

    # then
    assert without_what_differs(foreign, document.pk) == without_what_differs(missing, nowhere)


@pytest.mark.parametrize("caller", sorted(SEEING))
def test_who_may_see_papers_learns_nothing_of_those_that_are_not_there(
    client: Client, document: Document, caller: str
) -> None:
    # when
    response = client.get(f"/documents/{uuid.uuid4()}", headers=CALLERS[caller]())

    # then
    assert response.status_code == 401


def test_a_ticket_opens_page_and_file_without_a_token(client: Client, document: Document) -> None:
    # when
    page = client.get(path_of(web_url(document.pk)))
    file = client.get(path_of(pdf_url(document.pk, revision=1)))

    # then
    assert (page.status_code, file.status_code) == (200, 200)
    assert_private(page)
    assert_private(file)
    nonce = re.search(r"'nonce-([\w-]+)'", page.headers["Content-Security-Policy"])
    assert nonce
    assert f'nonce="{nonce[1]}"' in page.content.decode()


def test_a_ticket_outweighs_a_token_that_has_expired(client: Client, document: Document) -> None:
    # when
    response = client.get(path_of(web_url(document.pk)), headers=CALLERS["expired"]())

    # then
    assert response.status_code == 200


def test_a_mailed_link_opens_until_it_is_revoked(client: Client, document: Document) -> None:
    # given
    secret = create_link(document, now=document.issued_at)
    assert client.get(f"/documents/{document.pk}?link={secret}").status_code == 200

    # when
    revoke_links(document.pk, now=document.issued_at)

    # then
    assert client.get(f"/documents/{document.pk}?link={secret}").status_code == 401


def test_staff_of_the_admin_pages_open_documents_if_they_may(
    client: Client, document: Document
) -> None:
    # given
    user = User.objects.create_user("staff", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(f"/documents/{document.pk}").status_code == 401

    # when
    user.user_permissions.add(Permission.objects.get(codename="view_document"))

    # then
    assert client.get(f"/documents/{document.pk}").status_code == 200


def test_revisions_are_chosen_by_number(client: Client, document: Document) -> None:
    # given
    Order.objects.update(buyer_name="ТОВ «Новий покупець»")
    ensure_invoice(Order.objects.get(), now=document.issued_at)
    file_current_revision(document)
    headers = bearer(customer_token())

    # when
    current, first, second, third = (
        client.get(f"/documents/{document.pk}{query}", headers=headers)
        for query in ("", "?revision=1", "?revision=2", "?revision=3")
    )

    # then
    assert "ТОВ «Новий покупець»" in current.content.decode()
    assert "ТОВ «Покупець»" in first.content.decode()
    assert "ТОВ «Новий покупець»" in second.content.decode()
    assert third.status_code == 404
    assert_private(third)


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.0", "²", "١", "0x1"])
def test_what_is_no_number_means_the_current_revision(
    client: Client, document: Document, revision: str
) -> None:
    # when
    response = client.get(
        f"/documents/{document.pk}", {"revision": revision}, headers=bearer(customer_token())
    )

    # then
    assert response.status_code == 200


@pytest.mark.parametrize("revision", ["0", "2", "99999999999999999999", "9" * 5000])
def test_a_revision_that_is_not_there_is_not_found(
    client: Client, document: Document, revision: str
) -> None:
    # when
    response = client.get(
        f"/documents/{document.pk}.pdf", {"revision": revision}, headers=bearer(customer_token())
    )

    # then
    assert response.status_code == 404


def test_a_file_that_is_being_made_is_asked_for_again(client: Client, document: Document) -> None:
    # given
    document.revisions.update(pdf_name="")

    # when
    response = client.get(f"/documents/{document.pk}.pdf", headers=bearer(customer_token()))

    # then
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.content.decode() == (
        "The file is still being prepared. Reload the page in a few seconds."
    )
    assert_private(response)


def test_the_file_has_the_number_in_its_name_also_in_cyrillic_with_slashes(
    client: Client, document: Document
) -> None:
    # given
    Document.objects.update(number='РФ-26/00042 "а"\r\nX: y')

    # when
    response = client.get(f"/documents/{document.pk}.pdf", headers=bearer(customer_token()))

    # then
    header = response.headers["Content-Disposition"]
    plain, encoded = re.fullmatch(
        r"inline; filename=\"([\w.-]+)\.pdf\"; filename\*=UTF-8''(\S+)\.pdf", header
    ).groups()  # type: ignore[union-attr]  # no match fails the test as it should
    assert plain == "invoice-__-26-00042______X__y"
    assert unquote(encoded) == 'invoice-РФ-26-00042 "а"\r\nX: y'


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk-UA,uk;q=0.9", "Цей документ бачить лише покупець"),
        ("ru", "Этот документ видит только покупатель"),
        ("de", "Only the buyer can see this document"),
    ],
)
def test_who_is_there_is_asked_in_the_visitor_s_language(
    client: Client, document: Document, language: str, title: str
) -> None:
    # when
    response = client.get(f"/documents/{document.pk}", headers={"Accept-Language": language})

    # then
    assert title in response.content.decode()


def test_papers_are_read_only(client: Client, document: Document) -> None:
    # when / then
    for method in (client.post, client.put, client.patch, client.delete):
        for path in (f"/documents/{document.pk}", f"/documents/{document.pk}.pdf"):
            assert method(path, headers=bearer(customer_token())).status_code == 405
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_head_request_is_answered_without_a_body(client: Client, document: Document) -> None:
    # when
    response = client.head(f"/documents/{document.pk}.pdf", headers=bearer(customer_token()))

    # then
    assert (response.status_code, response.content) == (200, b"")
    assert_private(response)


def test_a_token_that_cannot_be_checked_now_is_asked_again(
    client: Client, document: Document
) -> None:
    # given
    installation = document.installation
    installation.api_url = "http://127.0.0.1:1/graphql/"
    installation.jwks = {}
    installation.jwks_fetched_at = None
    installation.save()
    token = customer_token(api_url=installation.api_url)

    # when
    response = client.get(f"/documents/{document.pk}", headers=bearer(token))

    # then
    assert response.status_code == 503
    assert_private(response)
