"""The PDF's table of lines, of any length, with what must follow it.

ReportLab's tables copy all their border commands at every page end, which makes long ones
quadratic. Here the rows are measured once and each page gets a LongTable of just its own rows:
time stays linear, the head stands on every page, and the closing part (totals, words, signatures)
never stands on a page without goods above it.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, PageBreak, TableStyle

from saleor_b2b_docs.documents.forms.columns import Cell, Column
from saleor_b2b_docs.documents.forms.text_layout import TextBlock, TextStyle, text_width, wrap


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a form draws its table. Measures in points, colours as "#rrggbb"."""

    body: TextStyle
    detail: TextStyle
    head: TextStyle
    rule_color: str
    head_background: str
    is_gridded: bool
    """Lines around every cell (national forms) or below every row (international)."""
    side_padding: float = 4
    row_padding: float = 3
    head_padding: float = 4


@dataclass(frozen=True, slots=True)
class _Row:
    blocks: tuple[TextBlock, ...]
    height: float


_SMALLEST_TEXT = 6.0
_NAME_SHARE = 0.24
"""Part of the table's width that names keep at least, before figures make the text smaller."""


def fitted_look(
    look: TableLook,
    *,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    titles: tuple[str, ...],
    width: float,
) -> tuple[TableLook, list[float]]:
    """`look` and the columns' widths, with text made smaller only if the figures need it."""
    while True:
        widths = _column_widths(look, columns=columns, rows=rows, titles=titles, width=width)
        room_for_names = sum(
            column_width
            for column, column_width in zip(columns, widths, strict=True)
            if column.takes_rest
        )
        if room_for_names >= width * _NAME_SHARE or look.body.size <= _SMALLEST_TEXT:
            return look, widths
        look = _smaller(look)


def _column_widths(
    look: TableLook,
    *,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    titles: tuple[str, ...],
    width: float,
) -> list[float]:
    """Columns of figures get what their longest figure needs; names get what is left."""
    weights = sum(column.weight for column in columns)
    widths = []
    for index, column in enumerate(columns):
        share = width * column.weight / weights
        if not column.wraps:
            # Digits are all of one width, so the longest text is the widest but for a hair.
            longest = max((row[index].text for row in rows), key=len, default="")
            longest_word = max(titles[index].split(" "), key=len, default="")
            needed = max(text_width(longest, look.body), text_width(longest_word, look.head))
            share = max(share, needed + 2 * look.side_padding + 0.5)
        widths.append(share)
    excess = sum(widths) - width
    text_widths = sum(share for column, share in zip(columns, widths, strict=True) if column.wraps)
    remaining = max(text_widths - excess, 1.0) / text_widths
    return [
        share * remaining if column.takes_rest else share
        for column, share in zip(columns, widths, strict=True)
    ]


def _smaller(look: TableLook) -> TableLook:
    def smaller(style: TextStyle) -> TextStyle:
        return TextStyle(style.size - 0.5, style.leading - 0.6, style.color, style.is_bold)

    return TableLook(
        body=smaller(look.body),
        detail=smaller(look.detail),
        head=smaller(look.head),
        rule_color=look.rule_color,
        head_background=look.head_background,
        is_gridded=look.is_gridded,
        side_padding=max(look.side_padding - 0.5, 2),
        row_padding=look.row_padding,
        head_padding=look.head_padding,
    )


class LineTable(Flowable):
    """A table that hands itself out page by page, and its closing part with its last rows."""

    def __init__(
        self,
        *,
        columns: tuple[Column, ...],
        titles: tuple[str, ...],
        rows: tuple[tuple[Cell, ...], ...],
        widths: list[float],
        look: TableLook,
        page_height: float,
        closing: list[Flowable],
    ) -> None:
        super().__init__()
        self._look = look
        self._columns = columns
        self._widths = widths
        self._page_height = page_height
        self._closing = closing
        self._head = self._measured_head(titles)
        tallest = page_height - self._head.height
        self._rows = [
            part for row in rows for part in _split_tall(self._measured(row), look, tallest)
        ]
        self._next = 0
        self._closing_height: float | None = None

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Always more than any page has, so that ReportLab asks `split` for a page's worth."""
        return available_width, 10 * self._page_height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """The rows for this page, then a page break and the rest, or the closing part."""
        if self._closing_height is None:
            self._closing_height = _stacked_height(
                self._closing,
                width=available_width,
                available_height=self._page_height,
                canvas=self.canv,
            )
        is_fresh_page = available_height >= self._page_height - 1
        room = available_height - self._head.height
        remaining = len(self._rows) - self._next
        fitting = self._count_fitting(room)
        if fitting == remaining:
            rest = room - sum(row.height for row in self._rows[self._next :])
            closing_fits = self._closing_height <= rest
            closing_never_fits = self._closing_height + self._least_height() > self._page_height
            if closing_fits or closing_never_fits:
                return [self._page_table(remaining), *self._closing]
            # The closing part takes two rows with it to the next page.
            fitting = max(remaining - 2, min(remaining - 1, 1))
        if fitting == 0 or (fitting == 1 and remaining > 2 and not is_fresh_page):
            if not is_fresh_page:
                return [PageBreak(), self]
            fitting = 1
        table = self._page_table(fitting)
        self._next += fitting
        return [table, PageBreak(), self]

    def draw(self) -> None:
        """Never called: `split` always hands out tables instead."""
        raise AssertionError("a LineTable is drawn page by page")

    def _count_fitting(self, room: float) -> int:
        count = 0
        for index in range(self._next, len(self._rows)):
            room -= self._rows[index].height
            if room < 0:
                break
            count += 1
        return count

    def _least_height(self) -> float:
        """Height of a page's least content above the closing part: head and the last rows."""
        last = self._rows[-2:] if len(self._rows) - self._next >= 2 else self._rows[-1:]
        return self._head.height + sum(row.height for row in last)

    def _measured_head(self, titles: tuple[str, ...]) -> _Row:
        look = self._look
        blocks = tuple(
            TextBlock(
                wrap(title, look.head, width - 2 * look.side_padding),
                width=width - 2 * look.side_padding,
                align="center" if look.is_gridded else column.align,
            )
            for title, column, width in zip(titles, self._columns, self._widths, strict=True)
        )
        return _Row(blocks, max(block.height for block in blocks) + 2 * look.head_padding)

    def _measured(self, cells: tuple[Cell, ...]) -> _Row:
        look = self._look
        blocks = []
        for cell, column, width in zip(cells, self._columns, self._widths, strict=True):
            inner = width - 2 * look.side_padding
            lines = wrap(cell.text, look.body, inner)
            if cell.detail:
                lines += wrap(cell.detail, look.detail, inner)
            blocks.append(TextBlock(lines, width=inner, align=column.align))
        return _Row(tuple(blocks), max(block.height for block in blocks) + 2 * look.row_padding)

    def _page_table(self, count: int) -> LongTable:
        look = self._look
        rows = [self._head, *self._rows[self._next : self._next + count]]
        table = LongTable(
            [list(row.blocks) for row in rows],
            colWidths=self._widths,
            rowHeights=[row.height for row in rows],
            repeatRows=0,
        )
        style: list[tuple[object, ...]] = [
            ("LEFTPADDING", (0, 0), (-1, -1), look.side_padding),
            ("RIGHTPADDING", (0, 0), (-1, -1), look.side_padding),
            ("TOPPADDING", (0, 0), (-1, -1), look.row_padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), look.row_padding),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, 0), look.head_background),
        ]
        if look.is_gridded:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, look.rule_color))
            style.append(("BOX", (0, 0), (-1, -1), 1, look.rule_color))
        else:
            style.append(("LINEBELOW", (0, 1), (-1, -1), 0.5, look.rule_color))
        table.setStyle(TableStyle(style))
        return table


def _split_tall(row: _Row, look: TableLook, tallest: float) -> list[_Row]:
    """`row`, or the parts of it where it is taller than a whole page."""
    parts = []
    while row.height > tallest:
        halves = [block.split_at(tallest - 2 * look.row_padding) for block in row.blocks]
        parts.append(_Row(tuple(first for first, _ in halves), tallest))
        blocks = tuple(second for _, second in halves)
        row = _Row(blocks, max(block.height for block in blocks) + 2 * look.row_padding)
    return [*parts, row]


def _stacked_height(
    flowables: list[Flowable], *, width: float, available_height: float, canvas: Canvas
) -> float:
    """Height of `flowables` one below the other, with the spaces between them."""
    height = 0.0
    space_after = 0.0
    for flowable in flowables:
        height += max(flowable.getSpaceBefore() - space_after, 0)
        height += flowable.wrapOn(canvas, width, available_height)[1]
        space_after = flowable.getSpaceAfter()
        height += space_after
    # Rounding must not push the last line to a page of its own.
    return height - space_after + 1
