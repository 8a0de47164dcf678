"""Suppliers, and contracts with them, as staff change them."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from enum import Enum

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import (
    AmountRefused,
    ErrorType,
    attempt,
    not_found,
    require,
)
from saleor_b2b_docs.graphql.global_ids import int_from_global_id, uuid_from_global_id
from saleor_b2b_docs.graphql.scalars import ExactDecimal, money_of
from saleor_b2b_docs.graphql.staff.queries import contract_currency
from saleor_b2b_docs.graphql.staff.services import (
    SupplierChanges,
    change_contract,
    change_supplier,
)
from saleor_b2b_docs.graphql.types.parties import (
    MANAGER,
    SUPPLIER,
    ContractType,
    SupplierType,
)
from saleor_b2b_docs.money import MoneyError
from saleor_b2b_docs.parties.contracts.changes import NOT_GIVEN, ContractChanges, NotGiven
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound
from saleor_b2b_docs.parties.models import Contract, Coverage
from saleor_b2b_docs.parties.queries import suppliers
from saleor_b2b_docs.parties.references import CONTRACT_TYPE
from saleor_b2b_docs.parties.terms import CountedFrom, CountedIn, Stage, Terms
from saleor_b2b_docs.saleor.queries import installation
from saleor_b2b_docs.saleor.viewers import Viewer


@strawberry.enum(name="B2BDaysCountedIn")
class DaysCountedIn(Enum):
    CALENDAR = "calendar"
    BANKING = "banking"


@strawberry.enum(name="B2BDaysCountedFrom")
class DaysCountedFrom(Enum):
    SHIPMENT = "shipment"
    NEXT_DAY = "next_day"
    INVOICE = "invoice"


@strawberry.input(name="B2BStageInput", description="A part of a sum and when it is to be paid.")
class StageInput:
    percent: ExactDecimal
    days: int


@strawberry.input(
    name="B2BTermsInput", description="When to pay; the stages add up to 100 per cent."
)
class TermsInput:
    stages: list[StageInput]
    counted_in: DaysCountedIn = DaysCountedIn.CALENDAR
    counted_from: DaysCountedFrom = DaysCountedFrom.SHIPMENT

    def read(self) -> Terms:
        """Raises TermsError."""
        counted_in: CountedIn = self.counted_in.value
        counted_from: CountedFrom = self.counted_from.value
        stages = tuple(Stage(Decimal(stage.percent), stage.days) for stage in self.stages)
        return Terms(stages, counted_in, counted_from)


@strawberry.input(name="B2BContractInput", description="What is not given stays as it is.")
class ContractInput:
    credit_limit: ExactDecimal | None = strawberry.field(
        default=strawberry.UNSET, description="In the contract's currency; null removes it."
    )
    terms_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Calendar days from the shipment; null: the company's terms, else the "
        "supplier's.",
    )
    terms: TermsInput | None = strawberry.field(
        default=strawberry.UNSET, description="Instead of `termsDays`, for all else."
    )
    coverage: Coverage | None = None
    books_from: dt.date | None = strawberry.UNSET
    is_main: bool | None = None
    manager_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Null: the company's."
    )
    apply_terms_to_open: bool = strawberry.field(
        default=False,
        description="Date the open debits anew, except those that the accounting system dated.",
    )

    def read(self, currency: str) -> ContractChanges:
        """Raises AmountRefused, TermsError, InvalidInput, NotFound."""
        return ContractChanges(
            credit_limit=_limit(self.credit_limit, currency),
            terms=self._terms(),
            coverage=NOT_GIVEN if self.coverage is None else self.coverage,
            books_from=NOT_GIVEN if self.books_from is strawberry.UNSET else self.books_from,
            is_main=NOT_GIVEN if self.is_main is None else self.is_main,
            manager_id=_manager_key(self.manager_id),
        )

    def _terms(self) -> Terms | None | NotGiven:
        days, terms = self.terms_days, self.terms
        if days is not strawberry.UNSET and terms is not strawberry.UNSET:
            raise InvalidInput("either termsDays or terms", field="terms")
        if terms is not strawberry.UNSET:
            return terms.read() if terms else None
        if days is not strawberry.UNSET:
            return None if days is None else Terms.of_days(days)
        return NOT_GIVEN


@strawberry.type(name="B2BContractUpdate")
class ContractUpdatePayload:
    contract: ContractType | None
    errors: list[ErrorType]


@strawberry.input(name="B2BSupplierInput", description="What is not given stays as it is.")
class SupplierInput:
    payment_days: int | None = None
    counts_open_orders: bool | None = None
    stale_after_hours: int | None = None


@strawberry.type(name="B2BSupplierUpdate")
class SupplierUpdatePayload:
    supplier: SupplierType | None
    errors: list[ErrorType]


@strawberry.type
class SupplierQueries:
    @strawberry.field(
        name="b2bSuppliers",
        description="Who sells in this shop. For staff who have any permission of MANAGE_ORDERS, "
        "MANAGE_USERS and MANAGE_SETTINGS.",
    )
    def suppliers(self, info: Info[Context, None]) -> list[SupplierType]:
        viewer = info.context.viewer
        require(
            viewer.may_read_orders or viewer.may_manage_users or viewer.may_manage_settings,
            permission="MANAGE_ORDERS, MANAGE_USERS or MANAGE_SETTINGS",
        )
        shop = installation(viewer.installation_id) if viewer.installation_id else None
        return [SupplierType.of(supplier) for supplier in suppliers(shop)] if shop else []


@strawberry.type
class SupplierMutations:
    @strawberry.mutation(
        name="b2bContractUpdate",
        description="Change a contract. Needs the permission MANAGE_USERS.",
    )
    def contract_update(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
        input: ContractInput,  # noqa: A002 - the API's word
    ) -> ContractUpdatePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_users, permission="MANAGE_USERS")
        key = uuid_from_global_id(id, CONTRACT_TYPE)
        if key is None:
            return ContractUpdatePayload(contract=None, errors=[not_found("id", "contract")])
        contract, errors = attempt(lambda: _change(viewer, key, input, now=now))
        return ContractUpdatePayload(
            contract=ContractType.of(contract) if contract else None, errors=errors
        )

    @strawberry.mutation(
        name="b2bSupplierUpdate",
        description="Change a supplier. Needs the permission MANAGE_SETTINGS.",
    )
    def supplier_update(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
        input: SupplierInput,  # noqa: A002 - the API's word
    ) -> SupplierUpdatePayload:
        viewer = info.context.viewer
        require(viewer.may_manage_settings, permission="MANAGE_SETTINGS")
        key = int_from_global_id(id, SUPPLIER)
        if key is None:
            return SupplierUpdatePayload(supplier=None, errors=[not_found("id", "supplier")])
        changes = SupplierChanges(
            payment_days=input.payment_days,
            counts_open_orders=input.counts_open_orders,
            stale_after_hours=input.stale_after_hours,
        )
        supplier, errors = attempt(lambda: change_supplier(viewer, key, changes=changes))
        return SupplierUpdatePayload(
            supplier=SupplierType.of(supplier) if supplier else None, errors=errors
        )


def _change(
    viewer: Viewer, contract_id: uuid.UUID, given: ContractInput, *, now: dt.datetime
) -> Contract:
    currency = contract_currency(viewer, contract_id)
    if currency is None:
        raise NotFound("there is no such contract", field="id")
    return change_contract(
        viewer,
        contract_id,
        changes=given.read(currency),
        applies_to_open=given.apply_terms_to_open,
        now=now,
    )


def _limit(amount: Decimal | None, currency: str) -> int | None | NotGiven:
    if amount is strawberry.UNSET:
        return NOT_GIVEN
    if amount is None:
        return None
    try:
        return money_of(amount, currency).minor
    except MoneyError as error:
        raise AmountRefused(str(error), field="creditLimit") from error


def _manager_key(global_id: str | None) -> int | None | NotGiven:
    if global_id is strawberry.UNSET:
        return NOT_GIVEN
    if global_id is None:
        return None
    key = int_from_global_id(global_id, MANAGER)
    if key is None:
        raise NotFound("there is no such manager", field="managerId")
    return key
