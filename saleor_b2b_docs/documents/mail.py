"""Mailing a link: the way in for a buyer who has the address of a document and no token."""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid

import structlog
from django.core.mail import EmailMessage

from saleor_b2b_docs.documents.access import address_of
from saleor_b2b_docs.documents.kind_names import kind_name
from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.documents.queries import document_for_mail
from saleor_b2b_docs.documents.services import create_link
from saleor_b2b_docs.documents.texts import mail_texts
from saleor_b2b_docs.work.errors import TemporaryFailure

log = structlog.get_logger(__name__)


def send_link(document_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Mail a new link to the e-mail that the order was placed with, in the buyer's language.

    Nothing is sent for an order of somebody who was forgotten. Raises TemporaryFailure while the
    mail server takes nothing.
    """
    document = document_for_mail(document_id)
    if document is None or document.order is None or not document.order.user_email:
        return
    order, supplier = document.order, document.supplier
    texts = mail_texts(order.language_code)
    paper = (
        texts.invoice
        if document.kind == DocumentKind.INVOICE
        else kind_name(document.kind, language=texts.language, profile=supplier.profile)
    )
    link = f"{address_of(document_id)}?link={create_link(document, now=now)}"
    message = EmailMessage(
        subject=texts.subject.format(
            paper=paper, number=document.number, supplier=supplier.legal_name
        ),
        body=texts.body.format(
            paper=paper,
            number=document.number,
            order=order.number,
            supplier=supplier.legal_name,
            link=link,
        ),
        to=[order.user_email],
        reply_to=[supplier.email] if supplier.email else [],
    )
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise TemporaryFailure(f"the mail server takes nothing: {error}") from error
    log.info("link mailed", document=str(document_id))
