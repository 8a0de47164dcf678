from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from PIL import Image

from saleor_b2b_docs.documents.forms import render_html
from saleor_b2b_docs.documents.forms.context import InvoiceContext, Party, Picture
from saleor_b2b_docs.documents.forms.paper import invoice_paper
from saleor_b2b_docs.money import Money

MakeInvoice = Callable[..., InvoiceContext]


class _Page(HTMLParser):
    """Elements with their attributes, and the text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent = tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def _render(context: InvoiceContext) -> _Page:
    return _Page(render_html(context, pdf_url="/documents/1.pdf?a=1&b=2", nonce="n0nce"))


@pytest.mark.parametrize(
    ("profile", "language", "download", "print_"),
    [
        ("UA", "uk", "Завантажити PDF", "Друкувати"),
        ("RU", "ru", "Скачать PDF", "Напечатать"),
        ("INT", "en", "Download PDF", "Print"),
    ],
)
def test_page_speaks_the_papers_language(
    make_invoice: MakeInvoice, profile: str, language: str, download: str, print_: str
) -> None:
    page = _render(make_invoice(profile))

    assert page.all("html") == [{"lang": language}]
    assert download in page.text
    assert print_ in page.text
    assert page.all("a")[0]["href"] == "/documents/1.pdf?a=1&b=2"


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
@pytest.mark.parametrize("rates", [("0.2",), ("0.2", "0.07", None), (None,)])
def test_page_says_all_that_the_paper_says(
    make_invoice: MakeInvoice, profile: str, rates: tuple[str | None, ...]
) -> None:
    discount = Money(Decimal("120.50"), make_invoice(profile).currency)
    context = make_invoice(profile, rates=rates, discount=discount, note="A note")
    paper = invoice_paper(context)

    text = _render(context).text

    said = [
        *(cell.text for row in paper.rows for cell in row),
        *(cell.detail for row in paper.rows for cell in row),
        *(total.label for total in paper.totals),
        *(total.amount for total in paper.totals),
        *paper.column_titles,
        paper.in_words,
        paper.count,
        paper.saved,
        paper.pay_by,
        paper.note,
        paper.purpose,
        *(signatory.name for signatory in paper.signatories),
    ]
    for phrase in said:
        assert " ".join(phrase.split()) in text


def test_page_loads_nothing_and_needs_no_inline_exception(make_invoice: MakeInvoice) -> None:
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(content, "PNG")
    picture = Picture(content.getvalue(), "image/png")

    page = _render(make_invoice("INT", logo=picture, stamp=picture, signature=picture))

    assert page.all("style") == [{"nonce": "n0nce"}]
    assert page.all("script") == [{"nonce": "n0nce"}]
    assert page.all("link") == []
    assert len(page.all("img")) == 3
    for _, attributes in page.elements:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("src") or "data:").startswith("data:image/png;base64,") or not (
            attributes.get("src")
        )


def test_table_has_scoped_heads_and_a_caption(make_invoice: MakeInvoice) -> None:
    page = _render(make_invoice("UA"))

    assert len(page.all("caption")) == 1
    assert all(head["scope"] in {"col", "row"} for head in page.all("th"))
    assert all(cell["data-label"] for cell in page.all("td"))


def test_void_and_revised_page_says_so(make_invoice: MakeInvoice) -> None:
    page = _render(make_invoice("UA", is_void=True, revision=2))

    assert "АНУЛЬОВАНО" in page.text
    assert "Редакція 2" in page.text


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_markup_in_texts_stays_text(make_invoice: MakeInvoice, profile: str) -> None:
    hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}'</style>"
    clean = _render(make_invoice(profile, lines=1))
    context = make_invoice(
        profile, lines=1, names=(hostile,), note=hostile, contract=hostile, number=hostile
    )
    context = replace(
        context,
        buyer=replace(context.buyer, name=hostile, address=hostile),
        supplier=replace(context.supplier, name=hostile),
    )

    page = _render(context)

    assert hostile in page.text
    assert len(page.all("script")) == len(clean.all("script"))
    assert len(page.all("img")) == 0
    assert "14" not in page.texts


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_missing_requisites_leave_no_labels(make_invoice: MakeInvoice, profile: str) -> None:
    texts = invoice_paper(make_invoice(profile)).texts
    context = make_invoice(
        profile,
        due_on=None,
        supplier=Party("Supplier"),
        buyer=Party("Buyer"),
        bank_accounts=(),
        delivery_address="",
        contract="",
        order_number="",
    )

    text = _render(context).text

    for label in (texts.company_code, texts.vat_id, texts.bank, texts.delivery, texts.contract,
                  texts.order, texts.due_on, texts.purpose):  # fmt: skip
        assert not re.search(rf"\b{re.escape(label)}(?!\w)", text), label
