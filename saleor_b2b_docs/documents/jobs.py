"""Jobs of documents."""

from __future__ import annotations

import uuid

from saleor_b2b_docs.documents.adoption import services as adoption
from saleor_b2b_docs.documents.mail import send_link
from saleor_b2b_docs.documents.rendering import render_document
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.specs import JobContext


def render(job: JobContext) -> None:
    """Make a document's PDF."""
    render_document(uuid.UUID(job.arguments["document"]), now=job.now)


def mail_link(job: JobContext) -> None:
    """Mail a link to a document to its buyer."""
    send_link(uuid.UUID(job.arguments["document"]), now=job.now)


def adopt_merged(job: JobContext) -> None:
    """A counterparty was merged into another: move its documents there."""
    adoption.adopt_merged(
        _installation_of(job),
        duplicate_id=uuid.UUID(job.arguments["from"]),
        survivor_id=uuid.UUID(job.arguments["to"]),
    )


def follow_contracts(job: JobContext) -> None:
    """Contracts were split off to another counterparty: move their documents there."""
    adoption.follow_contracts(
        _installation_of(job), [uuid.UUID(contract) for contract in job.arguments["contracts"]]
    )


def _installation_of(job: JobContext) -> int:
    if job.installation_id is None:
        raise PermanentFailure("NO_INSTALLATION", "the job is of no Saleor")
    return job.installation_id
