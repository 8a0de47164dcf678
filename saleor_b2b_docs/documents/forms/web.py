"""An invoice as a web page of its own: readable on a phone, printable on A4, loading nothing.

It works under the policy `default-src 'none'; style-src 'nonce-…'; script-src 'nonce-…';
img-src data:`.
"""

from __future__ import annotations

from dataclasses import dataclass

from saleor_b2b_docs.documents.forms.columns import Align
from saleor_b2b_docs.documents.forms.context import InvoiceContext, Picture
from saleor_b2b_docs.documents.forms.paper import BankText, Field, InvoicePaper, invoice_paper
from saleor_b2b_docs.documents.forms.pictures import printable_picture
from saleor_b2b_docs.documents.forms.template_engine import render_template


@dataclass(frozen=True, slots=True)
class _WebColumn:
    key: str
    align: Align
    title: str


@dataclass(frozen=True, slots=True)
class _WebCell:
    column: _WebColumn
    text: str
    detail: str


def render_html(context: InvoiceContext, *, pdf_url: str, nonce: str) -> str:
    """The invoice as a whole HTML document in its profile's form and language.

    `pdf_url` is where "Download PDF" leads; `nonce` is the one that the response's
    Content-Security-Policy names. Raises FormError: PROFILE_UNKNOWN, PICTURE_*.
    """
    paper = invoice_paper(context)
    columns = tuple(
        _WebColumn(column.key, column.align, title)
        for column, title in zip(paper.columns, paper.column_titles, strict=True)
    )
    rows = tuple(
        tuple(
            _WebCell(column, cell.text, cell.detail)
            for column, cell in zip(columns, row, strict=True)
        )
        for row in paper.rows
    )
    return render_template(
        "web/invoice.html",
        {
            "paper": paper,
            "columns": columns,
            "rows": rows,
            "payments": tuple(_payment_fields(bank, paper) for bank in paper.banks),
            "is_international": paper.layout == "international",
            "logo": _data_uri(context.logo, lies_over_text=False),
            "stamp": _data_uri(context.stamp, lies_over_text=True),
            "signature": _data_uri(context.signature, lies_over_text=True),
            "pdf_url": pdf_url,
            "nonce": nonce,
        },
    )


def _payment_fields(bank: BankText, paper: InvoicePaper) -> tuple[Field, ...]:
    texts = paper.texts
    pairs = [
        (texts.payee, paper.payee),
        (paper.payee_code_label, paper.payee_code),
        (texts.registration_reason_code, paper.payee_registration_reason_code),
        (texts.bank, bank.bank_name),
        *((field.label, field.value) for field in bank.fields),
        (texts.purpose, paper.purpose),
    ]
    return tuple(Field(label, value) for label, value in pairs if value)


def _data_uri(picture: Picture | None, *, lies_over_text: bool) -> str:
    if picture is None:
        return ""
    return printable_picture(picture, lies_over_text=lies_over_text).data_uri
