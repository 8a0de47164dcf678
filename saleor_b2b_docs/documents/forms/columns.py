"""The columns of a paper's table of lines: one spec, read by the web table and by the PDF's.

A form lists its columns; the outputs lay them out. A new paper adds columns here and a list in its
own module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from saleor_b2b_docs.documents.forms import formatting
from saleor_b2b_docs.documents.forms.context import Line
from saleor_b2b_docs.documents.forms.currency_names import Language

Align = Literal["start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, how wide and where its text stands, and what it says."""

    key: str
    titles: Mapping[Language, str]
    weight: float
    """Share of the table's width, against the other columns' weights."""
    align: Align
    value: Callable[[Line, Language], str]
    detail: Callable[[Line], str] | None = None
    """A second, smaller text below the value; empty if a line has none."""
    wraps: bool = False
    """Whether the text may take several lines. Figures never do: they get the width they need."""
    takes_rest: bool = False
    """Whether the column gives and takes the width that the others need or leave."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one line says in one column."""

    text: str
    detail: str = ""


def cells_of(line: Line, columns: tuple[Column, ...], language: Language) -> tuple[Cell, ...]:
    """The line's cells, in the order of `columns`."""
    return tuple(
        Cell(column.value(line, language), column.detail(line) if column.detail else "")
        for column in columns
    )


def _rate(line: Line, language: Language) -> str:
    return "–" if line.vat_rate is None else formatting.vat_rate(line.vat_rate, language)


NUMBER = Column(
    key="number",
    titles={"uk": "№", "ru": "№", "en": "No."},
    weight=3,
    align="center",
    value=lambda line, _language: str(line.number),
)
NAME = Column(
    key="name",
    titles={
        "uk": "Товари (роботи, послуги)",
        "ru": "Товары (работы, услуги)",
        "en": "Description",
    },
    weight=46,
    align="start",
    value=lambda line, _language: line.name,
    detail=lambda line: line.sku,
    wraps=True,
    takes_rest=True,
)
QUANTITY = Column(
    key="quantity",
    titles={"uk": "Кіл-сть", "ru": "Кол-во", "en": "Qty"},
    weight=7,
    align="end",
    value=lambda line, language: formatting.quantity(line.quantity, language),
)
UNIT = Column(
    key="unit",
    titles={"uk": "Од.", "ru": "Ед.", "en": "Unit"},
    weight=6,
    align="center",
    value=lambda line, _language: line.unit,
    wraps=True,
)
UNIT_NET = Column(
    key="unit_net",
    titles={"uk": "Ціна без ПДВ", "ru": "Цена без НДС", "en": "Unit price"},
    weight=12,
    align="end",
    value=lambda line, language: formatting.amount(line.unit_net, language),
)
UNIT_GROSS = Column(
    key="unit_gross",
    titles={"uk": "Ціна", "ru": "Цена", "en": "Unit price"},
    weight=12,
    align="end",
    value=lambda line, language: formatting.amount(line.unit_gross, language),
)
NET = Column(
    key="net",
    titles={"uk": "Сума без ПДВ", "ru": "Сумма без НДС", "en": "Net"},
    weight=13,
    align="end",
    value=lambda line, language: formatting.amount(line.net, language),
)
VAT_RATE = Column(
    key="vat_rate",
    titles={"uk": "ПДВ", "ru": "НДС", "en": f"VAT{formatting.NBSP}%"},
    weight=7,
    align="end",
    value=_rate,
)
VAT = Column(
    key="vat",
    titles={"uk": "Сума ПДВ", "ru": "Сумма НДС", "en": "VAT"},
    weight=10,
    align="end",
    value=lambda line, language: formatting.amount(line.vat, language),
)
GROSS = Column(
    key="gross",
    titles={"uk": "Сума", "ru": "Сумма", "en": "Amount"},
    weight=13,
    align="end",
    value=lambda line, language: formatting.amount(line.gross, language),
)
