"""How long an invoice's PDF takes, against WeasyPrint on the same content in the same run.

    python -m benchmarks.invoice_pdf

Both engines are warm, take turns, print the same head, table and closing part from the same
templates with the same font files, without pictures; the medians are compared. The goal: at ten
lines not slower than WeasyPrint.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from django.utils.html import escape
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.tables import table
from saleor_b2b_docs.documents.forms import render_pdf, warm_up
from saleor_b2b_docs.documents.forms.context import InvoiceContext
from saleor_b2b_docs.documents.forms.fonts import FONT_FILES, font_directory
from saleor_b2b_docs.documents.forms.paper import InvoicePaper, invoice_paper
from saleor_b2b_docs.documents.forms.specimen import specimen
from saleor_b2b_docs.documents.forms.template_engine import render_template
from saleor_b2b_docs.money import Money

# Form, lines, and how often it is rendered: WeasyPrint takes many seconds for a thousand lines.
_CASES = (
    ("UA", 10, 30),
    ("RU", 10, 30),
    ("INT", 10, 30),
    ("UA", 100, 5),
    ("INT", 100, 5),
    ("UA", 1000, 1),
)


def invoice(profile: str, lines: int) -> InvoiceContext:
    """An invoice of `lines` lines, from the forms' specimen."""
    one = specimen(profile)
    line = replace(one.lines[0], name="Кава мелена «Арабіка», 250 г, вакуумна упаковка")
    rows = tuple(replace(line, number=number) for number in range(1, lines + 1))

    def times(money: Money) -> Money:
        return Money(money.amount * Decimal(lines), money.currency)

    net, vat, gross = times(one.net), times(one.vat), times(one.gross)
    total = replace(one.vat_totals[0], net=net, vat=vat, gross=gross)
    return replace(one, lines=rows, vat_totals=(total,), net=net, vat=vat, gross=gross)


def whole_html(paper: InvoicePaper) -> str:
    """The paper as one HTML document, its lines in an HTML table."""
    marker = "lines-go-here"
    html = render_template(
        f"pdf/{paper.layout}.html",
        {"paper": paper, "marker": marker, "label_width": "400pt", "amount_width": "100pt"},
    )
    head = "".join(f"<th>{escape(title)}</th>" for title in paper.column_titles)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(c.text)}<br>{escape(c.detail)}</td>" for c in row) + "</tr>"
        for row in paper.rows
    )
    table = f'<table class="lines"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return html.replace(f'<pdf:spacer height="{marker}"/>', table)


def font_css() -> str:
    """The same typefaces for WeasyPrint."""
    faces = "".join(
        f"@font-face {{ font-family: {file.family}; font-weight: "
        f"{'bold' if file.is_bold else 'normal'}; "
        f"src: url({(font_directory() / file.file_name).as_uri()}) }}"
        for file in FONT_FILES
    )
    return faces + "@page { size: A4; margin: 14mm } .lines td, .lines th { border: 1px solid }"


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> str:
    """The table: seconds of both engines for each case, and how many times faster ours is."""
    warm_up()
    fonts = FontConfiguration()
    css = CSS(string=font_css(), font_config=fonts)
    rows = []
    for profile, lines, rounds in _CASES:
        context = invoice(profile, lines)
        html = whole_html(invoice_paper(context))

        def theirs(html: str = html) -> object:
            return HTML(string=html).write_pdf(stylesheets=[css], font_config=fonts)

        def ours(context: InvoiceContext = context) -> object:
            return render_pdf(context)

        if rounds > 1:
            theirs()
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
        mine = statistics.median(pair[0] for pair in pairs)
        other = statistics.median(pair[1] for pair in pairs)
        rows.append((f"{profile}, {lines}", f"{mine:.3f}", f"{other:.3f}", f"{other / mine:.1f}"))
    return table(("form, lines", "ours, s", "WeasyPrint, s", "times as fast"), rows)


if __name__ == "__main__":
    print(main())
