"""Jobs of documents."""

from __future__ import annotations

import uuid

from saleor_b2b_docs.documents.mail import send_link
from saleor_b2b_docs.documents.rendering import render_document
from saleor_b2b_docs.work.specs import JobContext


def render(job: JobContext) -> None:
    """Make a document's PDF."""
    render_document(uuid.UUID(job.arguments["document"]), now=job.now)


def mail_link(job: JobContext) -> None:
    """Mail a link to a document to its buyer."""
    send_link(uuid.UUID(job.arguments["document"]), now=job.now)
