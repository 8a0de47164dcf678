"""One-page PDFs of the demo's papers, plain as an accounting system prints them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from saleor_b2b_docs.documents.forms.fonts import MAIN_FAMILY, face_name, register_fonts

_TITLES = {
    "uk": {
        "waybill": "Видаткова накладна",
        "invoice": "Рахунок на оплату",
        "tax_invoice": "Податкова накладна",
        "return": "Накладна на повернення",
        "correction": "Розрахунок коригування",
        "service_act": "Акт наданих послуг",
        "cash_receipt": "Прибутковий касовий ордер",
    },
    "en": {"waybill": "Delivery note", "invoice": "Invoice", "return": "Return note"},
}
_WORDS = {
    "uk": {
        "number": "№",
        "of": "від",
        "supplier": "Постачальник",
        "buyer": "Покупець",
        "contract": "Договір",
        "columns": ("№", "Товар", "Артикул", "К-сть", "Од.", "Ціна без ПДВ", "Сума з ПДВ"),
        "net": "Разом без ПДВ",
        "vat": "ПДВ",
        "total": "Усього",
        "made": "Від постачальника",
        "taken": "Отримав(ла)",
    },
    "en": {
        "number": "No.",
        "of": "of",
        "supplier": "Supplier",
        "buyer": "Buyer",
        "contract": "Contract",
        "columns": ("#", "Item", "SKU", "Qty", "Unit", "Net price", "Amount"),
        "net": "Net",
        "vat": "VAT",
        "total": "Total",
        "made": "For the supplier",
        "taken": "Received by",
    },
}
_WIDTHS = [8 * mm, 76 * mm, 24 * mm, 14 * mm, 14 * mm, 22 * mm, 24 * mm]


@dataclass(frozen=True, slots=True)
class PaperParty:
    """One of the two."""

    name: str
    tax_id: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed."""

    kind: str
    language: str
    number: str
    day: dt.date
    supplier: PaperParty
    buyer: PaperParty
    contract: str
    currency: str
    lines: Sequence[Mapping[str, str]]
    total: Decimal


def draw(paper: Paper) -> bytes:
    """The paper as a PDF. The same paper gives the same bytes."""
    register_fonts()
    words: Mapping[str, Any] = _WORDS[paper.language]
    title = (
        f"{_TITLES[paper.language][paper.kind]} {words['number']} {paper.number} {words['of']} "
        f"{format_date(paper.day, 'long', locale=paper.language)}"
    )
    output = io.BytesIO()
    SimpleDocTemplate(
        output,
        pagesize=A4,
        leftMargin=15 * mm,
        rightMargin=12 * mm,
        topMargin=15 * mm,
        bottomMargin=15 * mm,
        title=title,
        author=paper.supplier.name,
        invariant=1,
    ).build(
        [
            Paragraph(_escaped(title), _TITLE),
            Spacer(1, 5 * mm),
            *_parties(paper, words),
            Spacer(1, 5 * mm),
            _goods(paper, words),
            Spacer(1, 2 * mm),
            _totals(paper, words),
            Spacer(1, 16 * mm),
            _signatures(words),
        ]
    )
    return output.getvalue()


_BOLD = face_name(MAIN_FAMILY, is_bold=True)
_TITLE = ParagraphStyle("title", fontName=_BOLD, fontSize=14, leading=18)
_TEXT = ParagraphStyle("text", fontName=MAIN_FAMILY, fontSize=9.5, leading=13)
_CELL = ParagraphStyle("cell", parent=_TEXT, fontSize=8.5, leading=11)
_NUMBER = ParagraphStyle("number", parent=_CELL, alignment=TA_RIGHT)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName=_BOLD)


def _parties(paper: Paper, words: Mapping[str, Any]) -> list[Paragraph]:
    parties = ((words["supplier"], paper.supplier), (words["buyer"], paper.buyer))
    return [
        *(
            Paragraph(
                f'{name}: <font name="{_BOLD}">{_escaped(party.name)}</font>, '
                f"{_escaped(party.tax_id)}, {_escaped(party.address)}",
                _TEXT,
            )
            for name, party in parties
        ),
        Paragraph(f"{words['contract']}: {words['number']} {_escaped(paper.contract)}", _TEXT),
    ]


def _goods(paper: Paper, words: Mapping[str, Any]) -> Table:
    rows = [[Paragraph(_escaped(name), _HEAD) for name in words["columns"]]]
    for position, line in enumerate(paper.lines, start=1):
        cells = (str(position), line["name"], line["sku"])
        figures = (
            line["quantity"],
            line["unit"],
            _number(Decimal(line["price"]), paper.language),
            _number(Decimal(line["gross"]), paper.language),
        )
        rows.append(
            [
                *(Paragraph(_escaped(text), _CELL) for text in cells),
                *(Paragraph(_escaped(text), _NUMBER) for text in figures),
            ]
        )
    table = Table(rows, colWidths=_WIDTHS, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#9a9a9a")),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#f0ece6")),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    return table


def _totals(paper: Paper, words: Mapping[str, Any]) -> Table:
    net = sum((Decimal(line["net"]) for line in paper.lines), Decimal(0))
    vat = sum((Decimal(line["vat"]) for line in paper.lines), Decimal(0))
    figures = [(words["net"], net), (words["vat"], vat), (words["total"], paper.total)]
    rows = [
        [
            Paragraph(_escaped(name), _NUMBER),
            Paragraph(f"{_number(amount, paper.language)} {paper.currency}", _NUMBER),
        ]
        for name, amount in figures
    ]
    return Table(rows, colWidths=[142 * mm, 40 * mm])


def _signatures(words: Mapping[str, Any]) -> Table:
    line = "_" * 32
    cells = [Paragraph(f"{words[name]} {line}", _CELL) for name in ("made", "taken")]
    return Table([cells], colWidths=[91 * mm, 91 * mm])


def _number(amount: Decimal, language: str) -> str:
    return str(format_decimal(amount, "#,##0.00##", locale=language))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
