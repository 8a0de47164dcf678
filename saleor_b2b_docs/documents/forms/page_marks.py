"""What stands on every page beside its content: the foot with "page 1 of 3", and the void mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from xhtml2pdf.builders.printmarks import MarkedCanvas

from saleor_b2b_docs.documents.forms.fonts import MAIN_FAMILY, face_name
from saleor_b2b_docs.documents.forms.text_layout import (
    StyledLine,
    TextStyle,
    draw_lines,
    text_width,
    wrap,
)

_FOOT = TextStyle(7.5, 9, "#6b6b6b")
_FOOT_BASE = 22.0
_VOID_COLOR = "#b3261e"
_VOID_OPACITY = 0.16
_VOID_ANGLE = 52


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The texts of the marks, and where the page's content begins and ends (points)."""

    foot: str
    """Left of the foot: which paper the page belongs to."""
    page: str
    """Right of the foot, with `{page}` and `{pages}`."""
    void_mark: str
    left: float
    right: float
    issued_on: dt.date


class NumberedCanvas(MarkedCanvas):
    """A canvas that numbers its pages once it knows how many there are.

    Pages are kept as they are finished and written at the end; that costs one pass less than
    laying the document out twice.
    """

    marks: PageMarks
    """Set when the first page begins: ReportLab makes the canvas itself, from its class."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """Keep the page for `save`."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the kept pages, each with its marks, and the file."""
        # A file says when it was made; the paper's own day keeps its bytes the same for ever.
        self._doc._timeStamp.YMDhms = (*self.marks.issued_on.timetuple()[:3], 0, 0, 0)
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_marks(number, len(self._pages))
            super().showPage()
        super().save()

    def _draw_marks(self, number: int, total: int) -> None:
        marks = self.marks
        self.saveState()
        page = marks.page.format(page=number, pages=total)
        width = marks.right - marks.left
        self.translate(marks.left, _FOOT_BASE)
        draw_lines(self, [StyledLine(page, _FOOT)], top=_FOOT.leading, width=width, align="end")
        room = width - text_width(page, _FOOT) - 12
        foot = wrap(marks.foot, _FOOT, room)[:1]
        draw_lines(self, foot, top=_FOOT.leading, width=width, align="start")
        self.restoreState()
        if marks.void_mark:
            self._draw_void_mark()

    def _draw_void_mark(self) -> None:
        """The mark across the page, pale enough to read the paper through it."""
        face = face_name(MAIN_FAMILY, is_bold=True)
        mark = self.marks.void_mark
        size = min(560 / stringWidth(mark, face, 1), 150)
        self.saveState()
        self.translate(A4[0] / 2, A4[1] / 2)
        self.rotate(_VOID_ANGLE)
        self.setFillColor(_VOID_COLOR)
        self.setFillAlpha(_VOID_OPACITY)
        self.setFont(face, size)
        self.drawCentredString(0, -size * 0.33, mark)
        self.restoreState()
