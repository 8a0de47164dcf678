"""What this app adds to Saleor's users and orders, for a gateway.

A representation proves nothing, so every field asks for itself what the viewer may see: somebody
else's user or order is like one that we know nothing of.
"""

from __future__ import annotations

import strawberry
from strawberry.federation import type as federation_type
from strawberry.types import Info

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.types.documents import DocumentType
from saleor_b2b_docs.graphql.types.parties import ContractType
from saleor_b2b_docs.graphql.types.settlements import DebtPanelType


@federation_type(name="User", keys=["id"], description="A user of Saleor.")
class UserEntity:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, info: Info[Context, None], key: str) -> UserEntity:
        info.context.panels_of_users.name(key)
        info.context.contracts_of_users.name(key)
        return cls(id=strawberry.ID(key))

    @strawberry.field(
        name="b2bDebtPanel",
        description="What the user's companies owe: for the user, and for staff with "
        "MANAGE_ORDERS. Null for anybody else, and for a user who may see no money.",
    )
    def debt_panel(self, info: Info[Context, None]) -> DebtPanelType | None:
        panel = info.context.panels_of_users.get(self.id)
        return DebtPanelType.of(panel) if panel else None

    @strawberry.field(
        name="b2bContracts",
        description="The contracts of the user's companies: for the user, and for staff with "
        "MANAGE_ORDERS. Empty for anybody else.",
    )
    def contracts(self, info: Info[Context, None]) -> list[ContractType]:
        contracts = info.context.contracts_of_users.get(self.id) or ()
        return [ContractType.of(contract) for contract in contracts]


@federation_type(name="Order", keys=["id"], description="An order of Saleor.")
class OrderEntity:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, info: Info[Context, None], key: str) -> OrderEntity:
        info.context.papers_of_orders.name(key)
        return cls(id=strawberry.ID(key))

    @strawberry.field(
        name="b2bDocuments",
        description="The papers of the order that the caller may see, the oldest first.",
    )
    def documents(self, info: Info[Context, None]) -> list[DocumentType]:
        papers = info.context.papers_of_orders.get(self.id) or ()
        return [DocumentType.of(document) for document in papers]

    @strawberry.field(
        name="b2bInvoice",
        description="The invoice to pay the order by: the newest that is not void, else the "
        "newest.",
    )
    def invoice(self, info: Info[Context, None]) -> DocumentType | None:
        papers = info.context.papers_of_orders.get(self.id) or ()
        invoices = [paper for paper in papers if paper.kind == DocumentKind.INVOICE]
        newest = max(invoices, key=_rank, default=None)
        return DocumentType.of(newest) if newest else None


def _rank(invoice: Document) -> tuple[bool, object]:
    return (invoice.voided_at is None, invoice.issued_at)
