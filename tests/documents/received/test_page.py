"""The page and the file of a received paper."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from saleor_b2b_docs.documents.access import pdf_url, web_url
from saleor_b2b_docs.documents.kind_names import kind_name
from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.received.services import void_received
from saleor_b2b_docs.parties.models import Contract, Counterparty, CountryProfile
from tests.builders.documents import LINE, PDF, make_received, receive_paper
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import OTHER_BUYER_ID, bearer, customer_token, make_installation
from tests.documents.answers import assert_private, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    contract = make_contract(make_supplier(installation), make_counterparty(installation))
    make_member(contract.counterparty)
    return contract


def _page(client: Client, contract: Contract, *, language: str = "en", **changes: Any) -> str:
    document = receive_paper(dataclasses.replace(make_received(contract), **changes))
    response = client.get(path_of(web_url(document.pk)), headers={"Accept-Language": language})
    assert response.status_code == 200
    assert_private(response)
    return response.content.decode()


def _heading(page: str) -> str:
    found = re.search(r"<h1><bdi>(.*)</bdi></h1>", page)
    assert found
    return found[1].replace("\u00a0", " ")


def _cells(page: str) -> list[str]:
    return [cell.replace("\u00a0", " ") for cell in re.findall(r"<td[^>]*><bdi>(.*?)</bdi>", page)]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("uk", "Видаткова накладна № РН-000017 від 2 березня 2026 р."),
        ("ru", "Расходная накладная № РН-000017 от 2 марта 2026 г."),
        ("en", "Delivery note РН-000017 of 2 March 2026"),
        ("de", "Delivery note РН-000017 of 2 March 2026"),
    ],
)
def test_the_page_is_in_the_reader_s_language(
    client: Client, contract: Contract, language: str, heading: str
) -> None:
    assert _heading(_page(client, contract, language=language)) == heading


def test_the_page_says_what_the_paper_says(client: Client, contract: Contract) -> None:
    # when
    page = _page(client, contract, language="uk")

    # then
    assert "ТОВ «Ромашка»" in page
    assert "ТОВ «Магазин Затишок»" in page
    assert "Д-1" in page
    assert _cells(page) == [
        "1",
        "Кава мелена, 250 г (COFFEE-250)",
        "10",
        "шт",
        "120,00",
        "1 000,00",
        "20 %",
        "200,00",
        "1 200,00",
    ]
    assert "<span>Разом</span><span>1\u00a0200,00\u00a0UAH</span>" in page
    assert "Завантажити PDF" not in page


def test_what_no_line_has_is_no_column(client: Client, contract: Contract) -> None:
    # given
    line = dataclasses.replace(
        LINE, sku="", price=Decimal("0.12345"), net=None, vat_rate=None, vat=None
    )

    # when
    page = _page(client, contract, lines=(line,))

    # then
    assert _cells(page) == ["1", "Кава мелена, 250 г", "10", "шт", "0.12345", "1,200.00"]
    assert "VAT" not in page


def test_a_paper_without_a_sum_or_lines_says_so(client: Client, contract: Contract) -> None:
    # when
    page = _page(client, contract, gross=None, lines=())

    # then
    assert "<span>Total</span><span>sum not stated</span>" in page
    assert "The document came without lines." in page


def test_texts_of_a_paper_are_no_markup(client: Client, contract: Contract) -> None:
    # when
    page = _page(
        client,
        contract,
        number="<script>1</script>",
        lines=(dataclasses.replace(LINE, name='"><img src=x onerror=alert(1)>'),),
    )

    # then
    assert "<script>1" not in page
    assert "<img" not in page


def test_a_void_revised_paper_says_both(client: Client, contract: Contract) -> None:
    # given
    receive_paper(make_received(contract, gross=1))
    _page(client, contract)

    # when
    page = _page(client, contract, is_void=True)

    # then
    assert '<p class="marks">Void · Revision 2</p>' in page


def test_an_old_revision_says_what_it_said(client: Client, contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract))
    Counterparty.objects.update(name="ТОВ «Інша назва»")
    contract.refresh_from_db()
    renamed = make_received(Contract.objects.get(), number="РН-18")
    receive_paper(renamed)

    # when
    old, new = (
        client.get(path_of(web_url(document.pk, revision=revision))).content.decode()
        for revision in (1, 2)
    )

    # then
    assert ("РН-000017" in old, "ТОВ «Магазин Затишок»" in old) == (True, True)
    assert ("РН-18" in new, "ТОВ «Інша назва»" in new) == (True, True)


def test_the_file_is_given_as_it_came(client: Client, contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract, pdf=PDF))

    # when
    page = client.get(path_of(web_url(document.pk))).content.decode()
    link = re.search(r'<a href="([^"]+)" download>', page)
    assert link
    file = client.get(path_of(link[1].replace("&amp;", "&")))

    # then
    assert (file.status_code, file.content) == (200, PDF)
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment;")


def test_a_paper_without_a_file_has_none(client: Client, contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract))

    # when
    response = client.get(path_of(pdf_url(document.pk)), headers={"Accept-Language": "uk"})

    # then
    assert response.status_code == 404
    assert response.content.decode() == (
        "Цей документ надійшов без файла. Відкрийте його як сторінку."
    )
    assert_private(response)


def test_a_voided_paper_is_still_there(client: Client, contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract, pdf=PDF))
    void_received(document.installation, source="1c-main", key="guid-1", now=document.issued_at)

    # when / then
    assert client.get(path_of(pdf_url(document.pk))).content == PDF


def test_only_who_may_see_it_opens_it(client: Client, contract: Contract) -> None:
    # given
    document = receive_paper(make_received(contract))
    owner, stranger = (
        bearer(customer_token(user_id=user_id)) for user_id in ("VXNlcjox", OTHER_BUYER_ID)
    )

    # when / then
    assert client.get(f"/documents/{document.pk}", headers=owner).status_code == 200
    for headers in (stranger, {}):
        refused = client.get(f"/documents/{document.pk}", headers=headers)
        assert refused.status_code == 401
        assert "РН-000017" not in refused.content.decode()


@pytest.mark.parametrize(
    ("profile", "language", "name"),
    [
        ("UA", "uk", "Податкова накладна"),
        ("UA", "ru", "Налоговая накладная"),
        ("RU", "ru", "Счёт-фактура"),
        ("KZ", "ru", "ЭСФ"),
        ("INT", "ru", "Счёт-фактура"),
        ("KZ", "en", "Tax invoice"),
    ],
)
def test_a_tax_paper_is_called_by_its_country(profile: str, language: Any, name: str) -> None:
    assert kind_name("tax_invoice", language=language, profile=profile) == name


@pytest.mark.parametrize("kind", DocumentKind.values)
@pytest.mark.parametrize("profile", [*CountryProfile.values, "KZ"])
def test_every_kind_has_a_name(kind: str, profile: str) -> None:
    for language in ("uk", "ru", "en"):
        assert kind_name(kind, language=language, profile=profile)
