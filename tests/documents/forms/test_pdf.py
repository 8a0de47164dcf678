from __future__ import annotations

import datetime as dt
import io
import os
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from saleor_b2b_docs.documents.forms import FormError, formatting, render_pdf
from saleor_b2b_docs.documents.forms.context import BankAccount, InvoiceContext, Party, Picture
from saleor_b2b_docs.documents.forms.paper import invoice_paper
from saleor_b2b_docs.money import Money

MakeInvoice = Callable[..., InvoiceContext]

pytestmark = pytest.mark.usefixtures("fonts")

_GOLDEN = Path(__file__).with_name("golden")


def _pages(pdf: bytes) -> list[str]:
    """Text of each page, a line a line, no-break spaces told from none."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [
        "\n".join(line.strip() for line in page.replace("\u00a0", " ").splitlines() if line.strip())
        for page in pages
    ]


def _text(pdf: bytes) -> str:
    return "\n".join(_pages(pdf))


def _flat(pdf: bytes) -> str:
    """All text on one line, for phrases that may run over a line's end."""
    return re.sub(r"\s+", " ", _text(pdf))


@pytest.mark.parametrize(
    ("name", "profile", "arguments"),
    [
        ("ua", "UA", {}),
        ("ua_several_rates", "UA", {"rates": ("0.2", "0.07", None), "lines": 4}),
        ("ua_no_vat", "UA", {"rates": (None,)}),
        ("ua_void_revised", "UA", {"is_void": True, "revision": 2, "lines": 1}),
        ("ru", "RU", {}),
        ("ru_several_rates", "RU", {"rates": ("0.2", "0.1")}),
        ("ru_no_vat", "RU", {"rates": (None,), "is_void": True}),
        ("int", "INT", {"rates": ("0.19",)}),
        (
            "int_several_rates",
            "INT",
            {"rates": ("0.19", "0.07", None), "note": "Handle\nwith care"},
        ),
        ("int_no_vat", "INT", {"rates": (None,), "is_void": True, "revision": 3}),
    ],
)
def test_golden_text(
    make_invoice: MakeInvoice, name: str, profile: str, arguments: dict[str, object]
) -> None:
    currency = {"UA": "UAH", "RU": "RUB", "INT": "EUR"}[profile]
    discount = Money(Decimal("120.50"), currency)

    text = _text(render_pdf(make_invoice(profile, discount=discount, **arguments)))

    file = _GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
@pytest.mark.parametrize("rates", [("0.2",), ("0.2", "0.07"), ("0", None), (None,)])
def test_every_sum_of_the_context_is_printed(
    make_invoice: MakeInvoice, profile: str, rates: tuple[str | None, ...]
) -> None:
    context = make_invoice(profile, rates=rates, lines=7)
    language = invoice_paper(context).language

    text = _flat(render_pdf(context))

    def printed(money: Money) -> str:
        return formatting.amount(money, language).replace("\u00a0", " ")

    expected = [context.gross, *(t.vat for t in context.vat_totals if t.rate)]
    expected += [
        line.gross if profile != "UA" or rates == (None,) else line.net for line in context.lines
    ]
    for money in expected:
        assert printed(money) in text
    assert invoice_paper(context).in_words in text


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_long_invoice_repeats_its_head_and_numbers_its_pages(
    make_invoice: MakeInvoice, profile: str
) -> None:
    context = make_invoice(profile, lines=250, rates=("0.2", "0.07"))
    paper = invoice_paper(context)

    pages = _pages(render_pdf(context))

    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert paper.texts.page.format(page=number, pages=len(pages)) in page
        assert paper.column_titles[1].split(" ")[0] in page
    skus = re.findall(r"SKU-(\d{4})", "\n".join(pages))
    assert skus == [f"{number:04}" for number in range(1, 251)]


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_totals_and_signatures_never_stand_on_a_page_without_goods(
    make_invoice: MakeInvoice, profile: str
) -> None:
    for lines in range(1, 45, 2):
        context = make_invoice(profile, lines=lines)
        paper = invoice_paper(context)

        last_page = PdfReader(io.BytesIO(render_pdf(context))).pages[-1]

        last = re.sub(r"\s+", " ", last_page.extract_text())
        assert re.search(r"SKU-\d{4}", last), f"{lines} lines"
        assert paper.in_words in last
        assert paper.totals[0].label in last
        assert paper.signatories[-1].name in last


def test_pdf_carries_title_author_and_language(make_invoice: MakeInvoice) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(make_invoice("UA"))))

    assert reader.metadata is not None
    assert (
        reader.metadata.title
        == "Рахунок на оплату № 2026-1024 від 24\u00a0листопада\u00a02026\u00a0р."
    )
    assert reader.metadata.author == "ТОВ «Ромашка»"
    assert reader.metadata.creation_date == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    assert str(reader.root_object["/Lang"]) == "uk"


def test_same_context_gives_same_bytes(make_invoice: MakeInvoice) -> None:
    context = make_invoice("INT", lines=30, stamp=_picture(), logo=_picture())

    assert render_pdf(context) == render_pdf(context)


def test_pictures_are_printed_and_nothing_of_them_else(make_invoice: MakeInvoice) -> None:
    context = make_invoice(
        "INT", stamp=_picture("red"), signature=_picture("blue"), logo=_picture()
    )

    page = PdfReader(io.BytesIO(render_pdf(context))).pages[0]

    assert len(page.images) == 3


def test_refused_picture_stops_the_paper(make_invoice: MakeInvoice) -> None:
    with pytest.raises(FormError) as refusal:
        render_pdf(make_invoice("UA", logo=Picture(b"<svg/>", "image/svg+xml")))

    assert refusal.value.code == "PICTURE_UNSUPPORTED"


def test_unknown_profile_is_refused(make_invoice: MakeInvoice) -> None:
    with pytest.raises(FormError) as refusal:
        render_pdf(replace(make_invoice("UA"), profile="XX"))

    assert refusal.value.code == "PROFILE_UNKNOWN"


_HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="file:///etc/hostname">',
    '<img src="http://127.0.0.1:9/x.png">',
    "</td></table><pdf:nextpage/>",
    "{{ paper.number }} {% include 'web/invoice.css' %}",
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    "&lt;b&gt; &amp; \" '",
)


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_markup_in_texts_is_printed_as_it_is_written(
    make_invoice: MakeInvoice, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a paper reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    hostile = " ".join(_HOSTILE)
    context = make_invoice(profile, names=_HOSTILE, lines=len(_HOSTILE), note=hostile)
    context = replace(
        context,
        buyer=replace(context.buyer, name=hostile, address=hostile),
        number="<b>1</b>",
    )

    text = _flat(render_pdf(context)).replace(" ", "")

    for written in _HOSTILE:
        assert written.replace(" ", "") in text
    assert "<b>1</b>" in text
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in text


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
@pytest.mark.parametrize(
    "name",
    [
        "Дуже довга назва товару " * 21,
        "X" * 500,
        "🎁 Подарунок 👩\u200d👩\u200d👧",
        "קפה טחון 250 גרם (ואקום)",
        "قهوة مطحونة 250 غرام",
        "line one\nline two",
        "",
        "\x00\x07",
    ],
)
def test_unusual_names_are_laid_out(make_invoice: MakeInvoice, profile: str, name: str) -> None:
    context = make_invoice(profile, names=(name,), lines=3)

    pages = _pages(render_pdf(context))

    text = "".join(pages)
    assert len(pages) <= 2
    assert "SKU-0003" in text
    assert invoice_paper(context).totals[-1].amount.split("\u00a0")[0] in text.replace(
        " ", "\u00a0"
    )


def test_row_taller_than_a_page_goes_on_on_the_next(make_invoice: MakeInvoice) -> None:
    words = [f"слово{number}" for number in range(3000)]

    pages = _pages(render_pdf(make_invoice("UA", names=(" ".join(words),), lines=1)))

    assert len(pages) > 3
    assert re.findall(r"слово\d+", " ".join(pages)) == words


def test_enormous_sums_keep_their_columns_apart(make_invoice: MakeInvoice) -> None:
    context = make_invoice("INT", lines=2)
    huge = Money(Decimal("9999999999999.99"), "EUR")
    lines = tuple(
        replace(line, unit_net=huge, net=huge, vat=huge, gross=huge) for line in context.lines
    )

    text = _text(render_pdf(replace(context, lines=lines)))

    assert text.count("9,999,999,999,999.99") == 8


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
def test_missing_requisites_leave_no_labels(make_invoice: MakeInvoice, profile: str) -> None:
    texts = invoice_paper(make_invoice(profile)).texts
    context = make_invoice(
        profile,
        due_on=None,
        supplier=Party("Supplier"),
        buyer=Party("Buyer"),
        bank_accounts=(BankAccount("", "ACCOUNT-1"),),
        delivery_address="",
        contract="",
        order_number="",
    )

    text = _text(render_pdf(context))

    assert "ACCOUNT-1" in text
    for label in (
        texts.company_code,
        texts.registration_reason_code,
        texts.vat_id,
        texts.phone,
        texts.bank_code,
        texts.correspondent_account,
        texts.delivery,
        texts.contract,
        texts.order,
        texts.due_on,
        texts.note,
    ):
        assert not re.search(rf"(?m)\b{re.escape(label)}(?!\w)", text), label


def test_without_bank_account_there_is_no_payment_block(make_invoice: MakeInvoice) -> None:
    for profile in ("UA", "RU", "INT"):
        context = make_invoice(profile, bank_accounts=())
        texts = invoice_paper(context).texts

        text = _text(render_pdf(context))

        assert texts.purpose not in text
        assert texts.payment_sample not in text


def _picture(color: str = "navy") -> Picture:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), color).save(content, "PNG")
    return Picture(content.getvalue(), "image/png")
