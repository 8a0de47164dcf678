"""Printed forms: values in, a web page or a PDF out. Knows no database and no settings."""

from saleor_b2b_docs.documents.forms.codec import from_json, to_json
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.documents.forms.pdf import render_pdf, warm_up
from saleor_b2b_docs.documents.forms.web import render_html

FORMS_VERSION = "1"
"""Which edition of the forms made a paper; changes whenever the same context prints otherwise."""

__all__ = [
    "FORMS_VERSION",
    "FormError",
    "from_json",
    "render_html",
    "render_pdf",
    "to_json",
    "warm_up",
]
