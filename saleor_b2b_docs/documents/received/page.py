"""A received paper as a web page: what it says, and its file where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from django.template.loader import render_to_string

from saleor_b2b_docs.documents import access
from saleor_b2b_docs.documents.forms import formatting
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.kind_names import kind_name
from saleor_b2b_docs.documents.models import Revision
from saleor_b2b_docs.documents.received.context import ReceivedLine, from_content
from saleor_b2b_docs.documents.received.texts import PAGE_TEXTS, PageTexts
from saleor_b2b_docs.money import Money


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    text: Callable[[ReceivedLine], str]
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    title: str
    text: str
    is_figure: bool


def received_page(revision: Revision, *, language: Language, nonce: str) -> str:
    """The revision as a whole HTML document, in the reader's language; nothing is loaded by it.

    `nonce` is the one that the response's Content-Security-Policy names.
    """
    content = from_content(revision.content)
    texts = PAGE_TEXTS[language]
    heading = texts.heading.format(
        kind=kind_name(content.kind, language=language, profile=content.profile),
        number=content.number,
        day=formatting.long_date(content.issued_on, language),
    )
    columns = _columns(content.lines, texts, language)
    return render_to_string(
        "documents/received.html",
        {
            "language": language,
            "texts": texts,
            "nonce": nonce,
            "heading": heading,
            "marks": _marks(revision, texts),
            "content": content,
            "columns": columns,
            "rows": [
                [
                    _Cell(texts.number, str(number), is_figure=True),
                    *(
                        _Cell(column.title, column.text(line), column.is_figure)
                        for column in columns
                    ),
                ]
                for number, line in enumerate(content.lines, start=1)
            ],
            "total": _total(revision, texts, language),
            "pdf_url": (
                access.pdf_url(revision.document_id, revision=revision.number)
                if revision.pdf_name
                else ""
            ),
        },
    )


def _marks(revision: Revision, texts: PageTexts) -> Sequence[str]:
    void = [texts.void] if revision.document.voided_at else []
    return void + ([texts.revision.format(revision=revision.number)] if revision.number > 1 else [])


def _total(revision: Revision, texts: PageTexts, language: Language) -> str:
    if revision.gross is None:
        return texts.sum_not_stated
    money = Money.from_minor(revision.gross, revision.currency)
    return f"{formatting.amount(money, language)}{formatting.NBSP}{revision.currency}"


def _columns(
    lines: Sequence[ReceivedLine], texts: PageTexts, language: Language
) -> Sequence[_Column]:
    """The columns that at least one line has something in."""

    def amount(name: str) -> Callable[[ReceivedLine], str]:
        return lambda line: _amount(getattr(line, name), language)

    def rate(line: ReceivedLine) -> str:
        return "" if line.vat_rate is None else formatting.vat_rate(line.vat_rate, language)

    def named(line: ReceivedLine) -> str:
        return f"{line.name} ({line.sku})" if line.sku else line.name

    possible = (
        _Column(texts.name, named),
        _Column(texts.quantity, lambda line: formatting.quantity(line.quantity, language), True),
        _Column(texts.unit, lambda line: line.unit),
        _Column(texts.price, amount("price"), True),
        _Column(texts.net, amount("net"), True),
        _Column(texts.vat_rate, rate, True),
        _Column(texts.vat, amount("vat"), True),
        _Column(texts.gross, amount("gross"), True),
    )
    return [column for column in possible if any(column.text(line) for line in lines)]


def _amount(value: Decimal | None, language: Language) -> str:
    """An amount or a price as it was sent, which may be finer than its currency."""
    if value is None:
        return ""
    locale = {"uk": "uk_UA", "ru": "ru_RU", "en": "en_GB"}[language]
    text = format_decimal(value, "#,##0.00######", locale=locale, decimal_quantization=False)
    return text.replace("\N{NARROW NO-BREAK SPACE}", formatting.NBSP)
