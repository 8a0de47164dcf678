"""Debt, advances, and what they consist of."""

from __future__ import annotations

import datetime as dt
import uuid

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.types.documents import DocumentType
from saleor_b2b_docs.graphql.types.money import MoneyType
from saleor_b2b_docs.graphql.types.pages import PageInfoType
from saleor_b2b_docs.graphql.types.parties import ContractType, ManagerType
from saleor_b2b_docs.parties.models import Coverage
from saleor_b2b_docs.settlements.aging import Aging, Bucket
from saleor_b2b_docs.settlements.balance.rows import (
    OpenDocument,
    OpenDocuments,
    OpenDocumentsTotal,
)
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.movements.rows import Movement, Movements
from saleor_b2b_docs.settlements.panel.figures import ContractPanel, CurrencyTotals, Panel

strawberry.enum(EntryKind, name="B2BEntryKind", description="What made a debit or a credit.")
strawberry.enum(
    Bucket, name="B2BAgingBucketCode", description="Days by which something is overdue."
)


@strawberry.type(name="B2BDebtTotals", description="Sums of the contracts in one currency.")
class DebtTotalsType:
    currency: str
    debt: MoneyType
    advance: MoneyType
    overdue: MoneyType

    @classmethod
    def of(cls, totals: CurrencyTotals) -> DebtTotalsType:
        return cls(
            currency=totals.currency,
            debt=MoneyType.of(totals.debt),
            advance=MoneyType.of(totals.advance),
            overdue=MoneyType.of(totals.overdue),
        )


@strawberry.type(name="B2BContractPanel", description="A contract's figures.")
class ContractPanelType:
    contract: ContractType
    debt: MoneyType
    advance: MoneyType
    reserved: MoneyType = strawberry.field(
        description="What of the advance waits for a certain order or debit."
    )
    overdue: MoneyType
    next_due_on: dt.date | None = strawberry.field(
        description="The nearest day to pay by that is not past."
    )
    next_due_amount: MoneyType | None
    credit_limit: MoneyType | None
    available: MoneyType | None = strawberry.field(
        description="What may still be bought on credit; negative when a limit is exceeded."
    )
    open_orders: MoneyType
    as_of: dt.datetime = strawberry.field(description="When what we know was last true.")
    is_stale: bool = strawberry.field(
        description="The accounting system was last heard of too long ago."
    )
    coverage: Coverage
    books_from: dt.date | None
    payments_entered_through: dt.date | None
    is_being_checked: bool = strawberry.field(
        description="The accounting system states another balance than ours: debt, advance and "
        "overdue are its figures, as of `statedAsOf`."
    )
    stated_as_of: dt.date | None
    manager: ManagerType | None

    @classmethod
    def of(cls, panel: ContractPanel) -> ContractPanelType:
        contract, manager = panel.contract, panel.manager
        return cls(
            contract=ContractType.of(contract),
            debt=MoneyType.of(panel.debt),
            advance=MoneyType.of(panel.advance),
            reserved=MoneyType.of(panel.reserved),
            overdue=MoneyType.of(panel.overdue),
            next_due_on=panel.next_due_on,
            next_due_amount=MoneyType.if_known(panel.next_due_amount),
            credit_limit=MoneyType.if_known(panel.credit_limit),
            available=MoneyType.if_known(panel.available),
            open_orders=MoneyType.of(panel.open_orders),
            as_of=panel.as_of,
            is_stale=panel.is_stale,
            coverage=Coverage(contract.coverage),
            books_from=contract.books_from,
            payments_entered_through=contract.supplier.payments_entered_through,
            is_being_checked=panel.is_being_checked,
            stated_as_of=panel.stated_as_of,
            manager=ManagerType.of(manager) if manager else None,
        )


@strawberry.type(name="B2BDebtPanel", description="What somebody's companies owe.")
class DebtPanelType:
    totals: list[DebtTotalsType]
    contracts: list[ContractPanelType]

    @classmethod
    def of(cls, panel: Panel) -> DebtPanelType:
        return cls(
            totals=[DebtTotalsType.of(totals) for totals in panel.totals],
            contracts=[ContractPanelType.of(contract) for contract in panel.contracts],
        )


@strawberry.type(name="B2BOpenDocument", description="What is not settled of a paper; an advance.")
class OpenDocumentType:
    document_id: strawberry.Private[uuid.UUID | None]
    kind: EntryKind
    number: str
    date: dt.date
    order_number: str | None
    amount: MoneyType
    returned: MoneyType
    paid: MoneyType
    residual: MoneyType = strawberry.field(description="Negative for an advance.")
    deferral_days: int | None
    pay_by: dt.date | None
    days_overdue: int
    overdue: MoneyType
    is_advance: bool
    is_reserved: bool

    @classmethod
    def of(cls, row: OpenDocument, context: Context) -> OpenDocumentType:
        return cls(
            document_id=named_document(row.document, context),
            kind=EntryKind(row.kind),
            number=row.number,
            date=row.date,
            order_number=row.order_number or None,
            amount=MoneyType.of(row.amount),
            returned=MoneyType.of(row.returned),
            paid=MoneyType.of(row.paid),
            residual=MoneyType.of(row.residual),
            deferral_days=row.deferral_days,
            pay_by=row.pay_by,
            days_overdue=row.days_overdue,
            overdue=MoneyType.of(row.overdue),
            is_advance=row.is_advance,
            is_reserved=row.is_reserved,
        )

    @strawberry.field
    def document(self, info: Info[Context, None]) -> DocumentType | None:
        return linked_document(self.document_id, info.context)


@strawberry.type(name="B2BOpenDocumentsTotal", description="Sums of all rows, shown or not.")
class OpenDocumentsTotalType:
    amount: MoneyType
    residual: MoneyType
    overdue: MoneyType
    debt: MoneyType = strawberry.field(description="Of the whole contract, whatever is filtered.")
    advance: MoneyType

    @classmethod
    def of(cls, total: OpenDocumentsTotal) -> OpenDocumentsTotalType:
        return cls(
            amount=MoneyType.of(total.amount),
            residual=MoneyType.of(total.residual),
            overdue=MoneyType.of(total.overdue),
            debt=MoneyType.of(total.debt),
            advance=MoneyType.of(total.advance),
        )


@strawberry.type(name="B2BOpenDocuments")
class OpenDocumentsType:
    rows: list[OpenDocumentType] = strawberry.field(
        description="The longest due first, advances last; at most 1000."
    )
    total: OpenDocumentsTotalType
    is_cut: bool = strawberry.field(description="There are more rows than are shown.")

    @classmethod
    def of(cls, found: OpenDocuments, context: Context) -> OpenDocumentsType:
        return cls(
            rows=[OpenDocumentType.of(row, context) for row in found.rows],
            total=OpenDocumentsTotalType.of(found.total),
            is_cut=found.is_cut,
        )


@strawberry.type(name="B2BMovement", description="A debit or a credit, and the balance after it.")
class MovementType:
    document_id: strawberry.Private[uuid.UUID | None]
    date: dt.date
    kind: EntryKind
    number: str
    debit: MoneyType | None = strawberry.field(description="Of a storno: negative.")
    credit: MoneyType | None
    balance: MoneyType = strawberry.field(description="Positive: the buyer owes it.")
    is_storno: bool
    comment: str

    @classmethod
    def of(cls, row: Movement, context: Context) -> MovementType:
        return cls(
            document_id=named_document(row.document, context),
            date=row.date,
            kind=EntryKind(row.kind),
            number=row.number,
            debit=MoneyType.if_known(row.debit),
            credit=MoneyType.if_known(row.credit),
            balance=MoneyType.of(row.balance),
            is_storno=row.is_storno,
            comment=row.comment,
        )

    @strawberry.field
    def document(self, info: Info[Context, None]) -> DocumentType | None:
        return linked_document(self.document_id, info.context)


@strawberry.type(name="B2BMovementEdge")
class MovementEdgeType:
    node: MovementType
    cursor: str


@strawberry.type(name="B2BMovements", description="A period: what it began with, added and left.")
class MovementsType:
    opening: MoneyType
    closing: MoneyType
    debit: MoneyType
    credit: MoneyType
    edges: list[MovementEdgeType]
    page_info: PageInfoType

    @classmethod
    def of(cls, found: Movements, context: Context) -> MovementsType:
        return cls(
            opening=MoneyType.of(found.turnover.opening),
            closing=MoneyType.of(found.turnover.closing),
            debit=MoneyType.of(found.turnover.debit),
            credit=MoneyType.of(found.turnover.credit),
            edges=[
                MovementEdgeType(node=MovementType.of(row, context), cursor=cursor)
                for row, cursor in zip(found.page.rows, found.page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(found.page),
        )


@strawberry.type(name="B2BAgingBucket")
class AgingBucketType:
    code: Bucket
    amount: MoneyType


@strawberry.type(name="B2BAging", description="A debt by how long it is overdue.")
class AgingType:
    buckets: list[AgingBucketType] = strawberry.field(description="They sum to the debt.")

    @classmethod
    def of(cls, aging: Aging) -> AgingType:
        return cls(
            buckets=[
                AgingBucketType(code=bucket.bucket, amount=MoneyType.of(bucket.amount))
                for bucket in aging.buckets
            ]
        )


def linked_document(document_id: uuid.UUID | None, context: Context) -> DocumentType | None:
    """The paper that a row links to, if the caller may see it."""
    document = context.documents.get(document_id) if document_id else None
    return DocumentType.of(document) if document else None


def named_document(document: Document | None, context: Context) -> uuid.UUID | None:
    """Its id, said to the request so that the papers of all rows are read at once."""
    if document is None:
        return None
    context.documents.name(document.pk)
    return document.pk
