"""A buyer's account: contracts, debt, and what it consists of."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import told_to_reader
from saleor_b2b_docs.graphql.federation.queries import own_contracts
from saleor_b2b_docs.graphql.global_ids import uuid_from_global_id
from saleor_b2b_docs.graphql.types.pages import After, ExportLanguage, First, page_size
from saleor_b2b_docs.graphql.types.parties import ContractType
from saleor_b2b_docs.graphql.types.settlements import (
    AgingType,
    ContractPanelType,
    DebtPanelType,
    MovementsType,
    OpenDocumentsType,
)
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.queries import money_contract, supplier_today
from saleor_b2b_docs.parties.references import CONTRACT_TYPE
from saleor_b2b_docs.settlements.balance.queries import aging, open_documents
from saleor_b2b_docs.settlements.exports.balance import (
    BalanceTable,
    TableFormat,
    balance_export_url,
)
from saleor_b2b_docs.settlements.movements.queries import movements
from saleor_b2b_docs.settlements.movements.rows import Period
from saleor_b2b_docs.settlements.panel.queries import contract_panel, debt_panel

DEFAULT_MOVEMENTS = 50

strawberry.enum(TableFormat, name="B2BTableFormat")
strawberry.enum(BalanceTable, name="B2BBalanceTable")


@strawberry.type(name="B2BBalance", description="What proves the debt of one contract.")
class BalanceType:
    contract: strawberry.Private[Contract]

    @strawberry.field
    def panel(self, info: Info[Context, None]) -> ContractPanelType:
        return ContractPanelType.of(contract_panel(self.contract, now=info.context.now))

    @strawberry.field(description="What is not settled; its totals equal the panel's figures.")
    def open_documents(
        self,
        info: Info[Context, None],
        search: Annotated[
            str | None, strawberry.argument(description="A number of a paper or of an order.")
        ] = None,
        only_overdue: bool | None = False,
    ) -> OpenDocumentsType:
        found = open_documents(
            self.contract,
            today=supplier_today(self.contract.supplier, info.context.now),
            search=search or "",
            only_overdue=bool(only_overdue),
        )
        return OpenDocumentsType.of(found, info.context)

    @strawberry.field(description="Debits and credits of a period, both days included.")
    def movements(
        self,
        info: Info[Context, None],
        date_from: dt.date,
        date_to: dt.date,
        first: First = DEFAULT_MOVEMENTS,
        after: After = None,
    ) -> MovementsType:
        with told_to_reader():
            found = movements(
                self.contract,
                period=Period(date_from, date_to),
                first=page_size(first, default=DEFAULT_MOVEMENTS),
                after=after or "",
            )
        return MovementsType.of(found, info.context)

    @strawberry.field
    def aging(self, info: Info[Context, None]) -> AgingType:
        today = supplier_today(self.contract.supplier, info.context.now)
        return AgingType.of(aging(self.contract, today=today))

    @strawberry.field(
        description="The address of a table as a file; it opens for ten minutes without a token. "
        "Movements without dates are those of this year until today."
    )
    def export_url(
        self,
        info: Info[Context, None],
        format: TableFormat,  # noqa: A002 - the API's word
        table: BalanceTable,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        language: ExportLanguage = "",
    ) -> str:
        with told_to_reader():
            return balance_export_url(
                info.context.viewer,
                self.contract.pk,
                table=table,
                table_format=format,
                date_from=date_from,
                date_to=date_to,
                language=language,
            )


@strawberry.type
class AccountQueries:
    @strawberry.field(
        name="b2bDebtPanel",
        description="What the caller's companies owe; null for somebody who may see no money.",
    )
    def debt_panel(self, info: Info[Context, None]) -> DebtPanelType | None:
        panel = debt_panel(info.context.viewer, now=info.context.now)
        return DebtPanelType.of(panel) if panel else None

    @strawberry.field(
        name="b2bContracts",
        description="The contracts of the caller's companies, money or not: the company switch.",
    )
    def contracts(self, info: Info[Context, None]) -> list[ContractType]:
        return [ContractType.of(contract) for contract in own_contracts(info.context.viewer)]

    @strawberry.field(
        name="b2bBalance",
        description="A contract whose money the caller may see; null for any other.",
    )
    def balance(self, info: Info[Context, None], contract_id: strawberry.ID) -> BalanceType | None:
        key = uuid_from_global_id(contract_id, CONTRACT_TYPE)
        contract = money_contract(info.context.viewer, key) if key else None
        return BalanceType(contract=contract) if contract else None
