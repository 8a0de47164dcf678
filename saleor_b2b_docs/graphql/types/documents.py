"""Papers."""

from __future__ import annotations

import datetime as dt

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents import access
from saleor_b2b_docs.documents.models import Document, DocumentKind, Origin, Revision
from saleor_b2b_docs.gate.queries import OrderPapers, PapersCode, PapersState
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.graphql.sight import orders_of
from saleor_b2b_docs.graphql.types.money import MoneyType
from saleor_b2b_docs.graphql.types.parties import ContractType
from saleor_b2b_docs.money import Money

DOCUMENT = "B2BDocument"

strawberry.enum(PapersState, name="B2BOrderDocumentsState")
strawberry.enum(PapersCode, name="B2BOrderDocumentsCode")
strawberry.enum(DocumentKind, name="B2BDocumentKind")


@strawberry.type(name="B2BOrderLink", description="An order that a paper is about.")
class OrderLinkType:
    id: strawberry.ID = strawberry.field(description="The order's global id at Saleor.")
    number: str


@strawberry.type(name="B2BDocumentRevision", description="What a document said at some time.")
class RevisionType:
    number: int
    created_at: dt.datetime
    total: MoneyType | None = strawberry.field(description="Null where the sum is not known.")
    url: str = strawberry.field(description="The page; opens for an hour without a token.")
    pdf_url: str | None = strawberry.field(
        description="The file; opens for an hour without a token. Null for a paper without one."
    )

    @classmethod
    def of(cls, revision: Revision, document: Document) -> RevisionType:
        return cls(
            number=revision.number,
            created_at=revision.created_at,
            total=_total(revision),
            url=access.web_url(document.pk, revision=revision.number),
            pdf_url=(
                access.pdf_url(document.pk, revision=revision.number)
                if _will_have_pdf(document, revision)
                else None
            ),
        )


@strawberry.type(name=DOCUMENT, description="A numbered paper.")
class DocumentType:
    document: strawberry.Private[Document]
    id: strawberry.ID
    kind: DocumentKind
    number: str
    twin_number: str | None = strawberry.field(
        description="Of the accounting system's paper for the same thing, if it has another number."
    )
    issued_on: dt.date = strawberry.field(description="The day in the supplier's time zone.")
    is_void: bool
    is_received: bool = strawberry.field(
        description="It came from the accounting system or from staff."
    )
    revision: int = strawberry.field(description="Number of the current revision.")
    total: MoneyType | None = strawberry.field(description="Null where the sum is not known.")
    has_pdf: bool = strawberry.field(description="Whether there is a file now.")
    url: str = strawberry.field(description="The page; opens for an hour without a token.")
    pdf_url: str | None = strawberry.field(
        description="The file; opens for an hour without a token. Null for a paper without one."
    )
    lasting_url: str = strawberry.field(description="The address that stays; it asks who is there.")
    revisions: list[RevisionType] = strawberry.field(description="Newest first.")

    @classmethod
    def of(cls, document: Document) -> DocumentType:
        """Of a document read by `documents.queries.with_papers`."""
        current, *_ = revisions = list(document.revisions.all())
        return cls(
            document=document,
            id=strawberry.ID(to_global_id(DOCUMENT, document.pk)),
            kind=DocumentKind(document.kind),
            number=document.number,
            twin_number=document.twin.number if document.twin else None,
            issued_on=document.issued_on,
            is_void=document.voided_at is not None,
            is_received=document.origin == Origin.RECEIVED,
            revision=current.number,
            total=_total(current),
            has_pdf=bool(current.pdf_name),
            url=access.web_url(document.pk),
            pdf_url=access.pdf_url(document.pk) if _will_have_pdf(document, current) else None,
            lasting_url=access.address_of(document.pk),
            revisions=[RevisionType.of(revision, document) for revision in revisions],
        )

    @strawberry.field(description="The orders that it is about, as far as the caller may see them.")
    def orders(self, info: Info[Context, None]) -> list[OrderLinkType]:
        context = info.context
        return [
            OrderLinkType(id=strawberry.ID(order.saleor_id), number=order.number)
            for order in orders_of(self.document, viewer=context.viewer, seats=context.seats)
        ]

    @strawberry.field(description="What it is settled by. Null for who acts for neither party.")
    def contract(self, info: Info[Context, None]) -> ContractType | None:
        contract, context = self.document.contract, info.context
        if contract is None:
            return None
        may_see = context.viewer.may_read_orders or contract.counterparty_id in context.seats
        return ContractType.of(contract) if may_see else None


@strawberry.type(name="B2BOrderDocuments", description="The papers of one order.")
class OrderDocumentsType:
    state: PapersState
    code: PapersCode | None = strawberry.field(description="Why, when the state is FAILED.")
    retry_after: int = strawberry.field(
        description="Milliseconds to wait before asking again; 0 when that is of no use."
    )
    documents: list[DocumentType]

    @classmethod
    def of(cls, papers: OrderPapers) -> OrderDocumentsType:
        return cls(
            state=papers.state,
            code=papers.code,
            retry_after=700 if papers.state is PapersState.PREPARING else 0,
            documents=[DocumentType.of(document) for document in papers.documents],
        )


def _total(revision: Revision) -> MoneyType | None:
    if revision.gross is None:
        return None
    return MoneyType.of(Money.from_minor(revision.gross, revision.currency))


def _will_have_pdf(document: Document, revision: Revision) -> bool:
    """Papers of ours are always rendered; a received one has a file only if it came with one or
    can be rendered, and then has it by now."""
    return document.origin == Origin.ISSUED or bool(revision.pdf_name)
