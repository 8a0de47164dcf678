"""The door of exports: files for whoever brings a ticket."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from saleor_b2b_docs.documents.exports.registry import NothingToExport, exporter_of
from saleor_b2b_docs.documents.exports.texts import EXPIRED
from saleor_b2b_docs.documents.exports.tickets import InvalidTicket, open_ticket
from saleor_b2b_docs.documents.responses import content_disposition, plain_text, private
from saleor_b2b_docs.documents.texts import access_texts


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The file of a ticket, as a download; 403 for a ticket that is no good any more."""
    exporter = exporter_of(kind)
    if exporter is None:
        return plain_text("Not found.\n", status=404)
    language = access_texts(request).language
    try:
        ticket = open_ticket(request.GET.get("ticket", ""), kind=kind)
    except InvalidTicket:
        return plain_text(EXPIRED[language], status=403)
    try:
        file = exporter(ticket.viewer, ticket.arguments, timezone.now())
    except NothingToExport as reason:
        return plain_text(reason.words[language], status=reason.status)
    response = StreamingHttpResponse(file.chunks, content_type=file.content_type)
    response.headers["Content-Disposition"] = content_disposition(file.name, is_download=True)
    return private(response)
