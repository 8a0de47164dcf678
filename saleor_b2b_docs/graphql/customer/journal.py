"""The Journal and Payments."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import Enum
from typing import Annotated

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.exports.selection import (
    DocumentsFormat,
    TooManyDocuments,
    documents_export_url,
)
from saleor_b2b_docs.documents.journal.keys import JournalSort, SortField
from saleor_b2b_docs.documents.journal.queries import JournalFilters, journal
from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.pages import Page
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import NOT_FOUND, refusal, told_to_reader
from saleor_b2b_docs.graphql.global_ids import is_order_id, uuid_from_global_id
from saleor_b2b_docs.graphql.types.documents import DOCUMENT, DocumentType
from saleor_b2b_docs.graphql.types.pages import (
    After,
    ExportLanguage,
    First,
    PageInfoType,
    page_size,
)
from saleor_b2b_docs.graphql.types.payments import PaymentConnectionType
from saleor_b2b_docs.parties.references import CONTRACT_TYPE, COUNTERPARTY_TYPE
from saleor_b2b_docs.settlements.payments.queries import payments
from saleor_b2b_docs.settlements.payments.rows import PaymentFilters

DEFAULT_ROWS = 20

strawberry.enum(SortField, name="B2BJournalSortField")
strawberry.enum(DocumentsFormat, name="B2BDocumentsFormat")


@strawberry.enum(name="B2BOrderDirection")
class OrderDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.input(name="B2BJournalFilter", description="What of the Journal is wanted.")
class JournalFilterInput:
    search: str | None = strawberry.field(
        default=None,
        description="Part of a number, ours or the accounting system's. Leading zeros don't "
        "count, and Latin letters are like Cyrillic ones that look the same.",
    )
    kinds: list[DocumentKind] | None = None
    contract_id: strawberry.ID | None = None
    counterparty_id: strawberry.ID | None = None
    order_id: strawberry.ID | None = strawberry.field(default=None, description="At Saleor.")
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    is_void: bool | None = None
    has_pdf: bool | None = None

    def read(self) -> JournalFilters:
        """Raises _NothingMeant for an id that is not one."""
        return JournalFilters(
            search=self.search or "",
            kinds=self.kinds or (),
            contract_id=_key(self.contract_id, CONTRACT_TYPE),
            counterparty_id=_key(self.counterparty_id, COUNTERPARTY_TYPE),
            order_saleor_id=_order_key(self.order_id),
            date_from=self.date_from,
            date_to=self.date_to,
            is_void=self.is_void,
            has_pdf=self.has_pdf,
        )


@strawberry.input(name="B2BJournalSort")
class JournalSortInput:
    field: SortField
    direction: OrderDirection

    def read(self) -> JournalSort:
        return JournalSort(field=self.field, is_descending=self.direction is OrderDirection.DESC)


@strawberry.input(name="B2BPaymentFilter", description="Which payments are wanted.")
class PaymentFilterInput:
    search: str | None = strawberry.field(default=None, description="A number or an amount.")
    contract_id: strawberry.ID | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    is_provisional: bool | None = None

    def read(self) -> PaymentFilters:
        """Raises _NothingMeant for an id that is not one."""
        return PaymentFilters(
            search=self.search or "",
            contract_id=_key(self.contract_id, CONTRACT_TYPE),
            date_from=self.date_from,
            date_to=self.date_to,
            is_provisional=self.is_provisional,
        )


@strawberry.type(name="B2BDocumentEdge")
class DocumentEdgeType:
    node: DocumentType
    cursor: str


@strawberry.type(name="B2BDocumentConnection")
class DocumentConnectionType:
    edges: list[DocumentEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[Document]) -> DocumentConnectionType:
        return cls(
            edges=[
                DocumentEdgeType(node=DocumentType.of(row), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )

    @strawberry.field(
        description="The address of these documents as one file; it opens for ten minutes without "
        "a token. What the caller may not see is left out of the file."
    )
    def export_url(
        self,
        info: Info[Context, None],
        format: DocumentsFormat,  # noqa: A002 - the API's word
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="1 to 200.")],
        language: ExportLanguage = "",
    ) -> str:
        keys = [uuid_from_global_id(global_id, DOCUMENT) for global_id in ids]
        chosen = [key for key in keys if key]
        if len(chosen) < len(keys):
            raise refusal(NOT_FOUND, "An id is not the id of a document.")
        try:
            return documents_export_url(
                info.context.viewer, chosen, export_format=format, language=language
            )
        except TooManyDocuments as error:
            raise refusal(error.code, str(error)) from error


@strawberry.type
class JournalQueries:
    @strawberry.field(
        name="b2bJournal",
        description="The documents that the caller may see, with an order or without one.",
    )
    def journal(
        self,
        info: Info[Context, None],
        filter: JournalFilterInput | None = None,  # noqa: A002 - the API's word
        sort_by: JournalSortInput | None = None,
        first: First = DEFAULT_ROWS,
        after: After = None,
    ) -> DocumentConnectionType:
        size = page_size(first, default=DEFAULT_ROWS)
        try:
            with told_to_reader():
                page = journal(
                    info.context.viewer,
                    filters=filter.read() if filter else JournalFilters(),
                    sort=sort_by.read() if sort_by else JournalSort(),
                    first=size,
                    after=after or "",
                )
        except _NothingMeant:
            page = Page(rows=(), cursors=(), has_next=False, has_previous=False)
        return DocumentConnectionType.of(page)

    @strawberry.field(
        name="b2bPayments",
        description="Money that came from the caller's companies or went back, newest first.",
    )
    def payments(
        self,
        info: Info[Context, None],
        filter: PaymentFilterInput | None = None,  # noqa: A002 - the API's word
        first: First = DEFAULT_ROWS,
        after: After = None,
    ) -> PaymentConnectionType:
        size = page_size(first, default=DEFAULT_ROWS)
        try:
            with told_to_reader():
                page = payments(
                    info.context.viewer,
                    filters=filter.read() if filter else PaymentFilters(),
                    first=size,
                    after=after or "",
                )
        except _NothingMeant:
            page = Page(rows=(), cursors=(), has_next=False, has_previous=False)
        return PaymentConnectionType.of(page, info.context)


class _NothingMeant(Exception):
    """A filter by an id of nothing: like a foreign one, it finds nothing."""


def _key(global_id: str | None, type_name: str) -> uuid.UUID | None:
    if global_id is None:
        return None
    key = uuid_from_global_id(global_id, type_name)
    if key is None:
        raise _NothingMeant
    return key


def _order_key(order_id: str | None) -> str:
    if order_id is None:
        return ""
    if not is_order_id(order_id):
        raise _NothingMeant
    return order_id
