"""The signing lines of a PDF, with the supplier's signature and stamp lying over them."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from saleor_b2b_docs.documents.forms.context import Signatory
from saleor_b2b_docs.documents.forms.pictures import PrintablePicture
from saleor_b2b_docs.documents.forms.text_layout import TextBlock, TextStyle, text_width, wrap

_TEXT = TextStyle(9.5, 12, "#111111")
_SMALL = TextStyle(7.5, 9, "#666666")
_LINE_COLOR = "#333333"

_POSITION_WIDTH = 130.0
_LINE_WIDTH = 130.0
_GAP = 8.0
_ROW_HEIGHT = 30.0
_SIGNATURE_BOX = (112.0, 40.0)
_STAMP_SIDE = 104.0
"""A round company stamp is some 37 mm across."""


class SignatureBlock(Flowable):
    """Rows of position, line and name. The signature lies on the first line, the stamp between.

    Pictures are drawn below the texts: an opaque one must not hide a name.
    """

    def __init__(
        self,
        signatories: tuple[Signatory, ...],
        *,
        signed_by: str,
        stamp_place: str,
        signature: PrintablePicture | None,
        stamp: PrintablePicture | None,
    ) -> None:
        super().__init__()
        self.spaceBefore = 14
        self._signature = signature
        self._stamp = stamp
        self._stamp_place = "" if stamp else stamp_place
        self._rows = [
            self._row(signatory, signed_by if index == 0 else "")
            for index, signatory in enumerate(signatories)
        ]

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """The block's size in points: its rows, or the stamp where that is taller."""
        self.width = available_width
        rows = sum(height for _, _, height in self._rows)
        extra = 14.0 if self._stamp_place else 0.0
        stamp = _STAMP_SIDE if self._stamp else 0.0
        self.height = max(self._space_above() + rows + extra, stamp)
        return self.width, self.height

    def _space_above(self) -> float:
        """Room above the first row, so that half a stamp stands above its line."""
        if not self._stamp:
            return 0.0
        first_row = self._rows[0][2] if self._rows else 0.0
        return max(_STAMP_SIDE / 2 - first_row, 0.0)

    def draw(self) -> None:
        """Draw from the block's top downwards: pictures first, lines and texts over them."""
        line_start = _POSITION_WIDTH + _GAP
        name_start = line_start + _LINE_WIDTH + _GAP
        top = self.height - self._space_above()
        first_base = top - (self._rows[0][2] if self._rows else _ROW_HEIGHT) + 4
        if self._stamp:
            # Over the end of the line and the beginning of the name, as stamps are put.
            self._draw_picture(
                self._stamp,
                left=line_start + _LINE_WIDTH * 0.55,
                bottom=min(first_base - _STAMP_SIDE / 2, self.height - _STAMP_SIDE),
                box=(_STAMP_SIDE, _STAMP_SIDE),
            )
        if self._signature:
            self._draw_picture(
                self._signature,
                left=line_start + 6,
                bottom=first_base - 9,
                box=_SIGNATURE_BOX,
            )
        for position, name, height in self._rows:
            base = top - height + 4
            self.canv.setStrokeColor(_LINE_COLOR)
            self.canv.setLineWidth(0.6)
            self.canv.line(line_start, base, line_start + _LINE_WIDTH, base)
            position.drawOn(self.canv, 0, base - 3)
            name.drawOn(self.canv, name_start, base - 3)
            top -= height
        if self._stamp_place:
            lines = wrap(self._stamp_place, _SMALL, 60)
            TextBlock(lines, width=60, align="start").drawOn(self.canv, line_start, top - 12)

    def _row(self, signatory: Signatory, signed_by: str) -> tuple[TextBlock, TextBlock, float]:
        label = f"{signed_by}: {signatory.position}" if signed_by else signatory.position
        position = TextBlock(
            wrap(label.removesuffix(" "), _TEXT, _POSITION_WIDTH),
            width=_POSITION_WIDTH,
            align="start",
        )
        name_width = max(min(text_width(signatory.name, _TEXT) + 1, 200.0), 1.0)
        name = TextBlock(wrap(signatory.name, _TEXT, name_width), width=name_width, align="start")
        return position, name, max(_ROW_HEIGHT, position.height + 10, name.height + 10)

    def _draw_picture(
        self,
        picture: PrintablePicture,
        *,
        left: float,
        bottom: float,
        box: tuple[float, float],
    ) -> None:
        scale = min(box[0] / picture.width, box[1] / picture.height)
        self.canv.drawImage(
            ImageReader(io.BytesIO(picture.png)),
            left,
            bottom,
            width=picture.width * scale,
            height=picture.height * scale,
            mask="auto",
        )
