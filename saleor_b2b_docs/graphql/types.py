"""Types that several parts of the API share."""

from __future__ import annotations

import datetime as dt
from enum import Enum

import strawberry

from saleor_b2b_docs.documents import access
from saleor_b2b_docs.documents.models import Document, Revision
from saleor_b2b_docs.gate.queries import OrderPapers, PapersCode, PapersState
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.money import Money

DOCUMENT = "B2BDocument"

strawberry.enum(PapersState, name="B2BOrderDocumentsState")
strawberry.enum(PapersCode, name="B2BOrderDocumentsCode")


@strawberry.enum(name="B2BDocumentKind")
class DocumentKindEnum(Enum):
    INVOICE = "invoice"


@strawberry.type(name="B2BMoney", description="An exact amount in major units.")
class MoneyType:
    amount: float = strawberry.field(description="As Saleor's Money: 12.3 is 12.30.")
    currency: str = strawberry.field(description="ISO 4217.")

    @classmethod
    def of(cls, money: Money) -> MoneyType:
        return cls(amount=float(money.amount), currency=money.currency)


@strawberry.type(name="B2BDocumentRevision", description="What a document said at some time.")
class RevisionType:
    number: int
    created_at: dt.datetime
    total: MoneyType
    url: str = strawberry.field(description="The page; opens for an hour without a token.")
    pdf_url: str = strawberry.field(description="The file; opens for an hour without a token.")

    @classmethod
    def of(cls, revision: Revision) -> RevisionType:
        return cls(
            number=revision.number,
            created_at=revision.created_at,
            total=MoneyType.of(Money.from_minor(revision.gross, revision.currency)),
            url=access.web_url(revision.document_id, revision=revision.number),
            pdf_url=access.pdf_url(revision.document_id, revision=revision.number),
        )


@strawberry.type(name=DOCUMENT, description="A numbered paper.")
class DocumentType:
    id: strawberry.ID
    kind: DocumentKindEnum
    number: str
    issued_on: dt.date = strawberry.field(description="The day in the supplier's time zone.")
    is_void: bool
    revision: int = strawberry.field(description="Number of the current revision.")
    total: MoneyType
    url: str = strawberry.field(description="The page; opens for an hour without a token.")
    pdf_url: str = strawberry.field(description="The file; opens for an hour without a token.")
    lasting_url: str = strawberry.field(description="The address that stays; it asks who is there.")
    revisions: list[RevisionType] = strawberry.field(description="Newest first.")

    @classmethod
    def of(cls, document: Document) -> DocumentType:
        revisions = [RevisionType.of(revision) for revision in document.revisions.all()]
        return cls(
            id=strawberry.ID(to_global_id(DOCUMENT, document.pk)),
            kind=DocumentKindEnum(document.kind),
            number=document.number,
            issued_on=document.issued_on,
            is_void=document.voided_at is not None,
            revision=revisions[0].number,
            total=revisions[0].total,
            url=access.web_url(document.pk),
            pdf_url=access.pdf_url(document.pk),
            lasting_url=access.address_of(document.pk),
            revisions=revisions,
        )


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
