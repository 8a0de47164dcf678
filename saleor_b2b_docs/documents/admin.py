"""Documents for the supplier's staff: to be found, opened, and their mailed links revoked."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from saleor_b2b_docs.documents.access import address_of
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.services import create_link, revoke_links
from saleor_b2b_docs.work.admin import ReadOnlyAdmin


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin[Document]):
    """Papers change with their order, not by hand; they are voided, not deleted."""

    list_display = ["number", "kind", "issued_on", "order", "supplier", "voided_at", "page"]
    list_filter = ["kind", "origin", "supplier"]
    search_fields = ["number", "order__number"]
    actions = ["make_links", "revoke_all_links"]

    @admin.display(description="page")
    def page(self, document: Document) -> str:
        """A link to the document."""
        return format_html('<a href="{}">open</a>', address_of(document.pk))

    @admin.action(description="Make links to send by mail")
    def make_links(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """Show a link per document, once: only its hash is kept."""
        for document in queryset:
            secret = create_link(document, now=timezone.now())
            self.message_user(
                request,
                f"{document.number}: {address_of(document.pk)}?link={secret}",
                messages.SUCCESS,
            )

    @admin.action(description="Revoke all links that were sent")
    def revoke_all_links(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """Make every link of the chosen documents worthless."""
        revoked = sum(revoke_links(document.pk, now=timezone.now()) for document in queryset)
        self.message_user(request, f"{revoked} links revoked", messages.SUCCESS)
