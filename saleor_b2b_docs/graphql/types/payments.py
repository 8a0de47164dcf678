"""Money that came, or went back."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import Enum

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.pages import Page
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.graphql.types.documents import DocumentType
from saleor_b2b_docs.graphql.types.money import MoneyType
from saleor_b2b_docs.graphql.types.pages import PageInfoType
from saleor_b2b_docs.graphql.types.parties import ContractType
from saleor_b2b_docs.graphql.types.settlements import linked_document, named_document
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.payments.rows import PaymentRow, Settled

PAYMENT = "B2BPayment"


@strawberry.enum(name="B2BPaymentMethod")
class PaymentMethod(Enum):
    BANK = "bank"
    CASH = "cash"
    OTHER = "other"


@strawberry.type(name="B2BSettled", description="A debit that a payment paid, and how much of it.")
class SettledType:
    kind: EntryKind
    number: str
    date: dt.date
    amount: MoneyType

    @classmethod
    def of(cls, settled: Settled) -> SettledType:
        return cls(
            kind=EntryKind(settled.kind),
            number=settled.number,
            date=settled.date,
            amount=MoneyType.of(settled.amount),
        )


@strawberry.type(name=PAYMENT)
class PaymentType:
    document_id: strawberry.Private[uuid.UUID | None]
    id: strawberry.ID
    number: str
    received_on: dt.date
    amount: MoneyType = strawberry.field(description="Negative for money that was paid back.")
    is_refund: bool
    method: PaymentMethod
    purpose: str
    is_provisional: bool = strawberry.field(
        description="Received, and not posted in the accounting system yet."
    )
    contract: ContractType
    settled: list[SettledType]
    unallocated: MoneyType = strawberry.field(description="What of it is an advance.")

    @classmethod
    def of(cls, row: PaymentRow, context: Context) -> PaymentType:
        payment = row.payment
        return cls(
            document_id=named_document(payment.document, context),
            id=strawberry.ID(to_global_id(PAYMENT, payment.pk)),
            number=payment.number,
            received_on=payment.received_on,
            amount=MoneyType.of(row.amount),
            is_refund=row.is_refund,
            method=PaymentMethod(payment.method),
            purpose=payment.purpose,
            is_provisional=payment.is_provisional,
            contract=ContractType.of(payment.contract),
            settled=[SettledType.of(settled) for settled in row.settled],
            unallocated=MoneyType.of(row.unallocated),
        )

    @strawberry.field
    def document(self, info: Info[Context, None]) -> DocumentType | None:
        return linked_document(self.document_id, info.context)


@strawberry.type(name="B2BPaymentEdge")
class PaymentEdgeType:
    node: PaymentType
    cursor: str


@strawberry.type(name="B2BPaymentConnection")
class PaymentConnectionType:
    edges: list[PaymentEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[PaymentRow], context: Context) -> PaymentConnectionType:
        return cls(
            edges=[
                PaymentEdgeType(node=PaymentType.of(row, context), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )
