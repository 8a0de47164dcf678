"""Accounting bases, what they prove themselves with, and what they sent, as staff see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.pages import Page
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.graphql.types.pages import PageInfoType
from saleor_b2b_docs.onec.models import Base, Credential, Delivery, OrderExport, SetAside

ACCOUNTING_BASE = "B2BAccountingBase"
KEY = "B2BKey"
DELIVERY = "B2BDelivery"
HELD_ORDER = "B2BHeldOrder"

strawberry.enum(Credential.Kind, name="B2BKeyKind")
strawberry.enum(Delivery.Channel, name="B2BDeliveryChannel")
strawberry.enum(Delivery.State, name="B2BDeliveryState")


@strawberry.type(name=KEY, description="What an accounting base proves itself with.")
class KeyType:
    id: strawberry.ID
    kind: Credential.Kind
    name: str = strawberry.field(description="What staff call it.")
    base_code: str
    username: str | None = strawberry.field(description="Of a password.")
    key_id: str | None = strawberry.field(
        description="Of a signing secret: the `key` in the address that messages are sent to. No "
        "secret itself."
    )
    created_at: dt.datetime
    last_used_at: dt.datetime | None = strawberry.field(description="To the minute.")
    revoked_at: dt.datetime | None

    @classmethod
    def of(cls, credential: Credential, base_code: str) -> KeyType:
        is_secret = credential.kind == Credential.Kind.SIGNING_SECRET
        return cls(
            id=strawberry.ID(to_global_id(KEY, credential.pk)),
            kind=Credential.Kind(credential.kind),
            name=credential.name,
            base_code=base_code,
            username=credential.username or None,
            key_id=credential.lookup if is_secret else None,
            created_at=credential.created_at,
            last_used_at=credential.last_used_at,
            revoked_at=credential.revoked_at,
        )


@strawberry.type(name=ACCOUNTING_BASE, description="An accounting base that exchanges with us.")
class AccountingBaseType:
    id: strawberry.ID
    code: str
    name: str
    supplier_name: str | None = strawberry.field(
        description="Whose facts they are that name no supplier; null: the shop's default one's."
    )
    heard_at: dt.datetime | None = strawberry.field(description="When it last said something.")
    set_aside_count: int = strawberry.field(
        description="How much of what it said could not be applied, and was not mended since."
    )
    keys: list[KeyType] = strawberry.field(description="The newest first, revoked ones, too.")

    @classmethod
    def of(cls, base: Base, set_aside: Mapping[int, int]) -> AccountingBaseType:
        """The base's supplier and credentials are best read with it."""
        return cls(
            id=strawberry.ID(to_global_id(ACCOUNTING_BASE, base.pk)),
            code=base.code,
            name=base.name,
            supplier_name=base.supplier.legal_name if base.supplier else None,
            heard_at=base.heard_at,
            set_aside_count=set_aside.get(base.pk, 0),
            keys=[KeyType.of(credential, base.code) for credential in base.credentials.all()],
        )


@strawberry.type(name="B2BSetAside", description="A fact that could not be applied.")
class SetAsideType:
    kind: str = strawberry.field(description="Such as `waybill`.")
    key: str = strawberry.field(description="What the base calls the thing.")
    code: str
    reason: str
    at: dt.datetime
    settled_at: dt.datetime | None = strawberry.field(
        description="When a later version of the same was applied."
    )

    @classmethod
    def of(cls, one: SetAside) -> SetAsideType:
        return cls(
            kind=one.kind,
            key=one.key,
            code=one.code,
            reason=one.reason,
            at=one.at,
            settled_at=one.settled_at,
        )


@strawberry.type(name="B2BFactCount")
class FactCountType:
    kind: str
    count: int


@strawberry.type(name=DELIVERY, description="What a base sent at once, and what became of it.")
class DeliveryType:
    delivery: strawberry.Private[Delivery]
    id: strawberry.ID
    base_code: str
    channel: Delivery.Channel
    external_id: str = strawberry.field(description="What the sender calls it.")
    format: str = strawberry.field(description="Such as `commerceml 2.09`; empty: not read yet.")
    size: float = strawberry.field(description="Bytes.")
    state: Delivery.State
    error: str | None = strawberry.field(description="Why all of it failed.")
    received_at: dt.datetime
    finished_at: dt.datetime | None
    facts: list[FactCountType]
    new: int
    changed: int
    unchanged: int
    unmatched: int = strawberry.field(description="Companies that nobody acts for yet.")
    refused: int

    @classmethod
    def of(cls, delivery: Delivery, context: Context) -> DeliveryType:
        """The delivery's base is best read with it."""
        context.set_aside_of_deliveries.name(delivery.pk)
        counts = delivery.summary
        return cls(
            delivery=delivery,
            id=strawberry.ID(to_global_id(DELIVERY, delivery.pk)),
            base_code=delivery.base.code,
            channel=Delivery.Channel(delivery.channel),
            external_id=delivery.external_id,
            format=delivery.format,
            size=delivery.size,
            state=Delivery.State(delivery.state),
            error=delivery.error or None,
            received_at=delivery.received_at,
            finished_at=delivery.finished_at,
            facts=[
                FactCountType(kind=kind, count=count)
                for kind, count in counts.get("facts", {}).items()
            ],
            new=counts.get("new", 0),
            changed=counts.get("changed", 0),
            unchanged=counts.get("unchanged", 0),
            unmatched=counts.get("unmatched", 0),
            refused=counts.get("refused", 0),
        )

    @strawberry.field(description="What of it could not be applied: the first hundred.")
    def set_aside(self, info: Info[Context, None]) -> list[SetAsideType]:
        found = info.context.set_aside_of_deliveries.get(self.delivery.pk) or ()
        return [SetAsideType.of(one) for one in found]


@strawberry.type(name="B2BDeliveryEdge")
class DeliveryEdgeType:
    node: DeliveryType
    cursor: str


@strawberry.type(name="B2BDeliveryConnection")
class DeliveryConnectionType:
    edges: list[DeliveryEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[Delivery], context: Context) -> DeliveryConnectionType:
        return cls(
            edges=[
                DeliveryEdgeType(node=DeliveryType.of(row, context), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )


@strawberry.type(
    name=HELD_ORDER,
    description="An order that an accounting base is not offered until staff release it, or it "
    "changes.",
)
class HeldOrderType:
    id: strawberry.ID
    order_id: strawberry.ID = strawberry.field(description="Of the order at Saleor.")
    order_number: str
    base_code: str
    reason: str = strawberry.field(description="Empty once it is released.")
    since: dt.datetime = strawberry.field(description="Of its state.")

    @classmethod
    def of(cls, export: OrderExport) -> HeldOrderType:
        """The export's base and order are best read with it."""
        return cls(
            id=strawberry.ID(to_global_id(HELD_ORDER, export.pk)),
            order_id=strawberry.ID(export.order.saleor_id),
            order_number=export.order.number,
            base_code=export.base.code,
            reason=export.reason,
            since=export.changed_at,
        )


@strawberry.type(name="B2BHeldOrderEdge")
class HeldOrderEdgeType:
    node: HeldOrderType
    cursor: str


@strawberry.type(name="B2BHeldOrderConnection")
class HeldOrderConnectionType:
    edges: list[HeldOrderEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[OrderExport]) -> HeldOrderConnectionType:
        return cls(
            edges=[
                HeldOrderEdgeType(node=HeldOrderType.of(row), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )
