"""An invoice as a PDF: head and closing part by xhtml2pdf, the lines by ReportLab, one document.

xhtml2pdf alone takes time by the square of a table's rows; the line table (`line_table`) is linear.
The same context gives the same bytes: no clock and no random number is read.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import TypeVar

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer
from reportlab.platypus.doctemplate import LayoutError
from xhtml2pdf.config.resources import (
    RenderLimitError,
    ResourceAccessPolicy,
    render_budget,
    use_policy,
)
from xhtml2pdf.context import pisaContext
from xhtml2pdf.document import pisaStory
from xhtml2pdf.files import cleanFiles
from xhtml2pdf.util import reset_caches
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc, PmlFrame, PmlPageTemplate

from saleor_b2b_docs.documents.forms.columns import Column
from saleor_b2b_docs.documents.forms.context import InvoiceContext, Picture
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.documents.forms.fonts import (
    MAIN_FAMILY,
    SPARE_FAMILY,
    font_directory,
    printable,
    register_fonts,
)
from saleor_b2b_docs.documents.forms.line_table import LineTable, TableLook, fitted_look
from saleor_b2b_docs.documents.forms.page_marks import NumberedCanvas, PageMarks
from saleor_b2b_docs.documents.forms.paper import InvoicePaper, invoice_paper
from saleor_b2b_docs.documents.forms.pictures import PrintablePicture, printable_picture
from saleor_b2b_docs.documents.forms.profiles import PROFILES
from saleor_b2b_docs.documents.forms.signatures import SignatureBlock
from saleor_b2b_docs.documents.forms.specimen import specimen
from saleor_b2b_docs.documents.forms.template_engine import render_template
from saleor_b2b_docs.documents.forms.text_layout import TextStyle

_MM = 72 / 25.4
_PAGE_WIDTH: float = A4[0]
_PAGE_HEIGHT: float = A4[1]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Measures of one layout, in points."""

    left: float
    right: float
    top: float
    bottom: float
    look: TableLook

    @property
    def width(self) -> float:
        return _PAGE_WIDTH - self.left - self.right

    @property
    def height(self) -> float:
        return _PAGE_HEIGHT - self.top - self.bottom


_INK = "#111111"

_LAYOUTS: Mapping[str, _Layout] = MappingProxyType(
    {
        # 20 mm at the left: papers of these countries are filed in punched folders.
        "national": _Layout(
            left=20 * _MM,
            right=12 * _MM,
            top=12 * _MM,
            bottom=16 * _MM,
            look=TableLook(
                body=TextStyle(9, 11, _INK),
                detail=TextStyle(7.5, 9, "#666666"),
                head=TextStyle(8.5, 10, _INK, is_bold=True),
                rule_color="#333333",
                head_background="#f0f0f0",
                is_gridded=True,
            ),
        ),
        "international": _Layout(
            left=15 * _MM,
            right=15 * _MM,
            top=14 * _MM,
            bottom=17 * _MM,
            look=TableLook(
                body=TextStyle(9, 11.5, _INK),
                detail=TextStyle(7.5, 9.5, "#6b7785"),
                head=TextStyle(8, 9.5, "#ffffff", is_bold=True),
                rule_color="#c9d1da",
                head_background="#17324d",
                is_gridded=False,
                row_padding=3.5,
                side_padding=5,
            ),
        ),
    }
)

_LOGO_BOX = (60 * _MM, 18 * _MM)
# Between the logo and the bank block, in points.
_BELOW_LOGO = 10.0
# xhtml2pdf turns the marker element into a Spacer of this height; nothing else has it.
_MARKER = 0.625

# ReportLab and xhtml2pdf keep fonts and caches in module globals.
_RENDERING = threading.Lock()


def render_pdf(context: InvoiceContext) -> bytes:
    """The invoice as a PDF file (A4), in its profile's form and language.

    Raises FormError: PROFILE_UNKNOWN, FONTS_MISSING, PICTURE_*, LAYOUT_FAILED.
    """
    paper = _printable_texts(invoice_paper(context))
    logo = _picture(context.logo, lies_over_text=False)
    stamp = _picture(context.stamp, lies_over_text=True)
    signature = _picture(context.signature, lies_over_text=True)
    with _RENDERING:
        _prepare_reportlab()
        policy = _policy()
        try:
            with use_policy(policy), render_budget(policy):
                return _render(paper, context=context, logo=logo, stamp=stamp, signature=signature)
        except (LayoutError, RenderLimitError) as error:
            raise FormError("LAYOUT_FAILED", f"The paper cannot be laid out: {error}") from error
        finally:
            cleanFiles()
            reset_caches()


def _policy() -> ResourceAccessPolicy:
    """Texts come from strangers: a document may reach no network and no file but the fonts."""
    return ResourceAccessPolicy.server(font_directory(), allow_remote=False)


def _render(
    paper: InvoicePaper,
    *,
    context: InvoiceContext,
    logo: PrintablePicture | None,
    stamp: PrintablePicture | None,
    signature: PrintablePicture | None,
) -> bytes:
    layout = _LAYOUTS[paper.layout]
    logo_size = _scaled(logo, _LOGO_BOX) if logo else (0.0, 0.0)
    look, widths = fitted_look(
        layout.look,
        columns=paper.columns,
        rows=paper.rows,
        titles=paper.column_titles,
        width=layout.width,
    )
    html = render_template(
        f"pdf/{paper.layout}.html",
        {
            "paper": paper,
            "marker": f"{_MARKER}pt",
            "has_logo": bool(logo),
            "logo_height": f"{logo_size[1]:.2f}pt",
            "logo_space": f"{logo_size[1] + _BELOW_LOGO:.2f}pt",
            "label_width": f"{layout.width - widths[-1]:.2f}pt",
            "amount_width": f"{widths[-1]:.2f}pt",
        },
    )
    head, closing = _story_parts(html)
    if paper.signatories or stamp or signature:
        closing.append(
            SignatureBlock(
                paper.signatories,
                signed_by=paper.texts.signed_by,
                stamp_place=paper.texts.stamp_place,
                signature=signature,
                stamp=stamp,
            )
        )
    table = LineTable(
        columns=paper.columns,
        titles=paper.column_titles,
        rows=paper.rows,
        widths=widths,
        look=look,
        page_height=layout.height,
        closing=closing,
    )
    return _build([*head, table], paper=paper, context=context, layout=layout, logo=logo)


def _story_parts(html: str) -> tuple[list[Flowable], list[Flowable]]:
    """What stands before and after the lines. One pass: reading the styles costs the most."""
    context = pisaContext(str(font_directory()))
    for family in (MAIN_FAMILY, SPARE_FAMILY):
        context.registerFont(family)
    context.resource_policy = _policy()
    story = pisaStory(html, context=context, default_css=" ").story
    marker = next(
        index
        for index, flowable in enumerate(story)
        if isinstance(flowable, Spacer) and abs(flowable.height - _MARKER) < 0.001
    )
    return story[:marker], story[marker + 1 :]


def _build(
    story: list[Flowable],
    *,
    paper: InvoicePaper,
    context: InvoiceContext,
    layout: _Layout,
    logo: PrintablePicture | None,
) -> bytes:
    output = io.BytesIO()
    document = PmlBaseDoc(
        output,
        pagesize=A4,
        title=paper.title,
        author=paper.supplier.name,
        subject=paper.texts.title,
        creator="B2B Docs for Saleor",
        lang=paper.language,
        displayDocTitle=1,
        invariant=1,
    )
    frame = PmlFrame(
        layout.left,
        layout.bottom,
        layout.width,
        layout.height,
        id="body",
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    marks = PageMarks(
        foot=" · ".join(filter(None, (paper.title, paper.revision_mark, paper.void_mark))),
        page=paper.texts.page,
        void_mark=paper.void_mark,
        left=layout.left,
        right=_PAGE_WIDTH - layout.right,
        issued_on=context.issued_on,
    )
    start_page = partial(_start_page, marks=marks, logo=logo, layout=layout)
    document.addPageTemplates(
        [PmlPageTemplate(id="body", frames=[frame], pagesize=A4, onPage=start_page)]
    )
    document.build(story, canvasmaker=NumberedCanvas)
    return output.getvalue()


def _start_page(
    canvas: NumberedCanvas,
    document: PmlBaseDoc,
    *,
    marks: PageMarks,
    logo: PrintablePicture | None,
    layout: _Layout,
) -> None:
    canvas.marks = marks
    if logo is None or document.page != 1:
        return
    width, height = _scaled(logo, _LOGO_BOX)
    canvas.drawImage(
        ImageReader(io.BytesIO(logo.png)),
        layout.left,
        _PAGE_HEIGHT - layout.top - height,
        width=width,
        height=height,
        mask="auto",
    )


def _scaled(picture: PrintablePicture, box: tuple[float, float]) -> tuple[float, float]:
    scale = min(box[0] / picture.width, box[1] / picture.height)
    return picture.width * scale, picture.height * scale


def _picture(picture: Picture | None, *, lies_over_text: bool) -> PrintablePicture | None:
    return printable_picture(picture, lies_over_text=lies_over_text) if picture else None


_Texts = TypeVar("_Texts")


def _printable_texts(value: _Texts) -> _Texts:
    """`value` (strings in tuples and dataclasses) with every string as the fonts can print it."""
    if isinstance(value, str):
        return printable(value)  # type: ignore[return-value]  # a str for a str
    if isinstance(value, tuple):
        return tuple(_printable_texts(item) for item in value)  # type: ignore[return-value]  # same
    if is_dataclass(value) and not isinstance(value, Column | type):
        changes = {item.name: _printable_texts(getattr(value, item.name)) for item in fields(value)}
        return replace(value, **changes)
    return value


@cache
def _prepare_reportlab() -> None:
    register_fonts()
    # Pictures and fonts go into the file as they are. ReportLab's default wraps them in ASCII,
    # a quarter larger, and in pure Python as slow as the rest of the paper.
    rl_config.useA85 = 0


def warm_up() -> None:
    """Render one small paper of every layout, so that a process's first paper takes no longer."""
    for profile in PROFILES:
        render_pdf(specimen(profile))
