"""Suppliers, contracts, and who acts for whom."""

from __future__ import annotations

import datetime as dt

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.parties.models import (
    Contract,
    Counterparty,
    Coverage,
    Group,
    Manager,
    Member,
    Role,
    Supplier,
)
from saleor_b2b_docs.parties.queries import MONEY_ROLES
from saleor_b2b_docs.parties.references import CONTRACT_TYPE, COUNTERPARTY_TYPE

SUPPLIER = "B2BSupplier"
MANAGER = "B2BManager"
MEMBER = "B2BMember"
GROUP = "B2BGroup"

strawberry.enum(Role, name="B2BRole")
strawberry.enum(Coverage, name="B2BCoverage")


@strawberry.type(name="B2BParty", description="A supplier or a company that buys.")
class PartyType:
    id: strawberry.ID
    name: str
    tax_id: str

    @classmethod
    def of_supplier(cls, supplier: Supplier) -> PartyType:
        global_id = strawberry.ID(to_global_id(SUPPLIER, supplier.pk))
        return cls(id=global_id, name=supplier.legal_name, tax_id=supplier.tax_id)

    @classmethod
    def of_counterparty(cls, counterparty: Counterparty) -> PartyType:
        global_id = strawberry.ID(to_global_id(COUNTERPARTY_TYPE, counterparty.pk))
        return cls(id=global_id, name=counterparty.name, tax_id=counterparty.tax_id)


@strawberry.type(name="B2BMessenger")
class MessengerType:
    kind: str = strawberry.field(description="As `telegram` or `viber`; the merchant decides.")
    address: str


@strawberry.type(name="B2BManager", description="Who at the supplier's looks after the buyer.")
class ManagerType:
    id: strawberry.ID
    name: str
    phone: str
    email: str
    messengers: list[MessengerType]

    @classmethod
    def of(cls, manager: Manager) -> ManagerType:
        return cls(
            id=strawberry.ID(to_global_id(MANAGER, manager.pk)),
            name=manager.name,
            phone=manager.phone,
            email=manager.email,
            messengers=[
                MessengerType(kind=kind, address=str(address))
                for kind, address in manager.messengers.items()
            ],
        )


@strawberry.type(
    name=CONTRACT_TYPE, description="What a supplier and a company settle by, in one currency."
)
class ContractType:
    contract: strawberry.Private[Contract]
    id: strawberry.ID
    number: str = strawberry.field(description="Empty for one that nobody signed.")
    name: str
    currency: str
    signed_on: dt.date | None
    is_main: bool = strawberry.field(description="It takes orders that name no other contract.")
    is_closed: bool
    supplier: PartyType
    counterparty: PartyType
    coverage: Coverage = strawberry.field(description="How much of its money is known here.")

    @classmethod
    def of(cls, contract: Contract) -> ContractType:
        """The contract's supplier and counterparty are best read with it."""
        return cls(
            contract=contract,
            id=strawberry.ID(to_global_id(CONTRACT_TYPE, contract.pk)),
            number=contract.number,
            name=contract.name,
            currency=contract.currency,
            signed_on=contract.signed_on,
            is_main=contract.is_main,
            is_closed=contract.is_closed,
            supplier=PartyType.of_supplier(contract.supplier),
            counterparty=PartyType.of_counterparty(contract.counterparty),
            coverage=Coverage(contract.coverage),
        )

    @strawberry.field(description="The caller's; null for staff.")
    def role(self, info: Info[Context, None]) -> Role | None:
        return info.context.seats.get(self.contract.counterparty_id)

    @strawberry.field(description="Whether the caller may see its debt and payments.")
    def may_see_money(self, info: Info[Context, None]) -> bool:
        return (
            info.context.viewer.may_read_orders
            or info.context.seats.get(self.contract.counterparty_id) in MONEY_ROLES
        )


@strawberry.type(name=GROUP, description="A holding.")
class GroupType:
    id: strawberry.ID
    name: str

    @classmethod
    def of(cls, group: Group) -> GroupType:
        return cls(id=strawberry.ID(to_global_id(GROUP, group.pk)), name=group.name)


@strawberry.type(name=MEMBER, description="A user who acts for a company.")
class MemberType:
    id: strawberry.ID
    user_id: strawberry.ID = strawberry.field(description="At Saleor.")
    email: str
    name: str
    role: Role
    source: str = strawberry.field(description="How the user became one, e.g. `invitation`.")
    created_at: dt.datetime

    @classmethod
    def of(cls, member: Member) -> MemberType:
        return cls(
            id=strawberry.ID(to_global_id(MEMBER, member.pk)),
            user_id=strawberry.ID(member.user_id),
            email=member.email,
            name=member.name,
            role=Role(member.role),
            source=member.source,
            created_at=member.created_at,
        )


@strawberry.type(name=SUPPLIER, description="A legal entity that sells.")
class SupplierType:
    id: strawberry.ID
    code: str
    legal_name: str
    tax_id: str
    is_default: bool
    time_zone: str
    payment_days: int = strawberry.field(description="Of deferral, where nothing else is agreed.")
    counts_open_orders: bool = strawberry.field(
        description="Whether open orders lessen what a credit limit leaves available."
    )
    stale_after_hours: int = strawberry.field(
        description="The accounting system was last heard of longer ago: buyers are told so."
    )
    heard_at: dt.datetime | None = strawberry.field(
        description="When the accounting system last said anything."
    )
    payments_entered_through: dt.date | None

    @classmethod
    def of(cls, supplier: Supplier) -> SupplierType:
        return cls(
            id=strawberry.ID(to_global_id(SUPPLIER, supplier.pk)),
            code=supplier.code,
            legal_name=supplier.legal_name,
            tax_id=supplier.tax_id,
            is_default=supplier.is_default,
            time_zone=supplier.time_zone,
            payment_days=supplier.payment_days,
            counts_open_orders=supplier.counts_open_orders,
            stale_after_hours=supplier.stale_after_hours,
            heard_at=supplier.heard_at,
            payments_entered_through=supplier.payments_entered_through,
        )
