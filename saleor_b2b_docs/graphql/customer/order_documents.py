"""The papers of an order, for whoever placed it."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.attempts import TooManyAttempts
from saleor_b2b_docs.documents.queries import visible_document
from saleor_b2b_docs.gate.papers import Asker, order_papers_for
from saleor_b2b_docs.gate.queries import OrderPapers
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import ErrorType, not_found, refusal
from saleor_b2b_docs.graphql.global_ids import is_order_id, uuid_from_global_id
from saleor_b2b_docs.graphql.types.documents import DOCUMENT, DocumentType, OrderDocumentsType

OrderId = Annotated[
    strawberry.ID, strawberry.argument(description="The order's global id at Saleor.")
]
GuestEmail = Annotated[
    str | None,
    strawberry.argument(description="For guests: the e-mail that the order was placed with."),
]


@strawberry.type(name="B2BInvoiceRequest")
class InvoiceRequestPayload:
    order_documents: OrderDocumentsType | None
    errors: list[ErrorType]


@strawberry.type
class OrderDocumentsQueries:
    @strawberry.field(
        name="b2bOrderDocuments",
        description="The papers of an order that the caller placed; null for any other.",
    )
    def order_documents(
        self, info: Info[Context, None], order_id: OrderId, guest_email: GuestEmail = None
    ) -> OrderDocumentsType | None:
        found = _papers(info.context, order_id, guest_email, request_invoice=False)
        return OrderDocumentsType.of(found) if found else None

    @strawberry.field(
        name="b2bDocument", description="A document that the caller may see; null for any other."
    )
    def document(
        self,
        info: Info[Context, None],
        global_id: Annotated[strawberry.ID, strawberry.argument(name="id")],
    ) -> DocumentType | None:
        document_id = uuid_from_global_id(global_id, DOCUMENT)
        document = visible_document(info.context.viewer, document_id) if document_id else None
        return DocumentType.of(document) if document else None


@strawberry.type
class OrderDocumentsMutations:
    @strawberry.mutation(
        name="b2bInvoiceRequest",
        description="Have the invoice of an order made that has none yet, e.g. an old one.",
    )
    def invoice_request(
        self, info: Info[Context, None], order_id: OrderId, guest_email: GuestEmail = None
    ) -> InvoiceRequestPayload:
        found = _papers(info.context, order_id, guest_email, request_invoice=True)
        if found is None:
            return InvoiceRequestPayload(
                order_documents=None, errors=[not_found("orderId", "order")]
            )
        return InvoiceRequestPayload(order_documents=OrderDocumentsType.of(found), errors=[])


def _papers(
    context: Context, order_id: str, guest_email: str | None, *, request_invoice: bool
) -> OrderPapers | None:
    if not is_order_id(order_id):
        return None
    try:
        return order_papers_for(
            Asker(
                viewer=context.viewer,
                api_url=context.request.headers.get("Saleor-Api-Url", ""),
                client_address=context.client_address,
                guest_email=guest_email or "",
            ),
            order_id,
            request_invoice=request_invoice,
            now=context.now,
        )
    except TooManyAttempts as error:
        wait = int(error.retry_after.total_seconds() * 1000)
        raise refusal(error.code, str(error), retryAfter=wait) from error
