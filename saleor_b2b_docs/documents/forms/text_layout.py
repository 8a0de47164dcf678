"""Text in table cells: split over lines by measured width, each letter from a face that has it.

ReportLab's own paragraphs draw a box for a letter that their one face lacks and parse a markup
language on the way; cells need neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from xhtml2pdf.bidi import get_display, needs_bidi
from xhtml2pdf.util import shape_frag_text

from saleor_b2b_docs.documents.forms.columns import Align
from saleor_b2b_docs.documents.forms.fonts import (
    MAIN_FAMILY,
    SPARE_FAMILY,
    face_name,
    letters_of,
)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks. Sizes in points, colour as "#rrggbb"."""

    size: float
    leading: float
    color: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class StyledLine:
    """One line as it is drawn, in visual order."""

    text: str
    style: TextStyle


@lru_cache(maxsize=8192)
def runs_of(text: str, *, is_bold: bool) -> tuple[tuple[str, str], ...]:
    """`text` cut into (face, text) where the face changes."""
    main = letters_of(MAIN_FAMILY)
    main_face = face_name(MAIN_FAMILY, is_bold=is_bold)
    if all(ord(letter) in main for letter in text):
        return ((main_face, text),)
    spare_face = face_name(SPARE_FAMILY, is_bold=is_bold)
    runs: list[tuple[str, str]] = []
    for letter in text:
        face = main_face if ord(letter) in main else spare_face
        if runs and runs[-1][0] == face:
            runs[-1] = (face, runs[-1][1] + letter)
        else:
            runs.append((face, letter))
    return tuple(runs)


@lru_cache(maxsize=8192)
def _width_at_size_one(text: str, is_bold: bool) -> float:
    widths = (pdfmetrics.stringWidth(run, face, 1) for face, run in runs_of(text, is_bold=is_bold))
    return float(sum(widths))


def text_width(text: str, style: TextStyle) -> float:
    """Width of `text` on one line, in points."""
    return _width_at_size_one(text, style.is_bold) * style.size


# A line may end after a space, and after a hyphen or slash between letters, but not at a
# no-break space.
_PIECES = re.compile(r"[^ \n\-/]*[\-/]+|[^ \n\-/]+| +|\n")


def wrap(text: str, style: TextStyle, width: float) -> list[StyledLine]:
    """`text` on lines of `width` points at most; a word wider than that is cut.

    Lines of right-to-left text are put into visual order, one by one.
    """
    if needs_bidi(text):
        # Arabic letters take their joined shapes before their width is measured.
        text = shape_frag_text(text, face_name(SPARE_FAMILY, is_bold=style.is_bold)) or text
    lines: list[str] = []
    line = ""
    used = 0.0
    for piece in _PIECES.findall(text):
        if piece == "\n":
            lines.append(line)
            line, used = "", 0.0
            continue
        piece_width = text_width(piece, style)
        if piece.isspace():
            # No line begins with a space; one at its end is cut off below.
            if line:
                line += piece
                used += piece_width
            continue
        if used + piece_width > width and line:
            lines.append(line)
            line, used = "", 0.0
        parts = [piece] if piece_width <= width else _cut(piece, style, width)
        lines.extend(parts[:-1])
        line += parts[-1]
        used += text_width(parts[-1], style)
    if line.strip():
        lines.append(line)
    return [StyledLine(_visual(line.rstrip(" ")), style) for line in lines]


def _cut(word: str, style: TextStyle, width: float) -> list[str]:
    """`word` in parts of `width` at most, a letter each at least."""
    parts = [""]
    used = 0.0
    for letter in word:
        letter_width = text_width(letter, style)
        if used + letter_width > width and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += letter
        used += letter_width
    return parts


def _visual(line: str) -> str:
    return get_display(line) if needs_bidi(line) else line


@lru_cache
def _color(code: str) -> HexColor:
    # Given a text, ReportLab reads it anew for every word it draws.
    return HexColor(code)


class TextBlock(Flowable):
    """Lines that were wrapped already, drawn at the width they were wrapped for."""

    def __init__(self, lines: list[StyledLine], *, width: float, align: Align) -> None:
        super().__init__()
        self.lines = lines
        self.align = align
        self.width = width
        self.height = sum(line.style.leading for line in lines)

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Size in points; it never depends on the room there is."""
        return self.width, self.height

    def split_at(self, height: float) -> tuple[TextBlock, TextBlock]:
        """The lines that fit into `height` (one at least), and the others."""
        used, count = 0.0, 0
        for line in self.lines:
            used += line.style.leading
            if used > height and count:
                break
            count += 1
        return (
            TextBlock(self.lines[:count], width=self.width, align=self.align),
            TextBlock(self.lines[count:], width=self.width, align=self.align),
        )

    def draw(self) -> None:
        """Draw at the canvas's origin, the lower left corner."""
        draw_lines(self.canv, self.lines, top=self.height, width=self.width, align=self.align)


def draw_lines(
    canvas: Canvas, lines: list[StyledLine], *, top: float, width: float, align: Align
) -> None:
    """Draw `lines` downwards from `top`, each with its face, size and colour."""
    y = top
    for line in lines:
        style = line.style
        # The baseline stands so that the letters' middle is the line's middle.
        baseline = y - style.leading / 2 - style.size * 0.33
        free = width - text_width(line.text, style)
        x = {"start": 0.0, "center": free / 2, "end": free}[align]
        canvas.setFillColor(_color(style.color))
        for face, run in runs_of(line.text, is_bold=style.is_bold):
            canvas.setFont(face, style.size)
            canvas.drawString(x, baseline, run)
            x += pdfmetrics.stringWidth(run, face, style.size)
        y -= style.leading
