"""The exchange with the accounting system, as staff see it, and the keys to it."""

from __future__ import annotations

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import (
    ErrorType,
    attempt,
    not_found,
    require,
    told_to_reader,
)
from saleor_b2b_docs.graphql.global_ids import int_from_global_id
from saleor_b2b_docs.graphql.types.onec import (
    HELD_ORDER,
    KEY,
    AccountingBaseType,
    DeliveryConnectionType,
    HeldOrderConnectionType,
    HeldOrderType,
    KeyType,
)
from saleor_b2b_docs.graphql.types.pages import After, First, page_size
from saleor_b2b_docs.onec.credentials.queries import bases_with_credentials
from saleor_b2b_docs.onec.credentials.services import create_key, revoke
from saleor_b2b_docs.onec.deliveries.log.queries import deliveries_page, open_set_aside_counts
from saleor_b2b_docs.onec.models import Credential, Delivery
from saleor_b2b_docs.onec.orders_out.queries import held_page
from saleor_b2b_docs.onec.orders_out.services import release

DEFAULT_ROWS = 20
_PERMISSION = "MANAGE_SETTINGS"


@strawberry.input(name="B2BExchangeLogFilter", description="All that is given must hold.")
class ExchangeLogFilter:
    base_code: str | None = None
    channel: Delivery.Channel | None = None
    state: Delivery.State | None = None
    has_set_aside: bool | None = strawberry.field(
        default=None,
        description="Whether something of it could not be applied, and was not mended since.",
    )


@strawberry.input(name="B2BKeyInput", description="What the key is for.")
class KeyInput:
    base_code: str = strawberry.field(
        description="1 to 40 Latin letters, digits, `-` and `_`. A base that is not known is made."
    )
    kind: Credential.Kind
    name: str = ""


@strawberry.type(name="B2BKeyCreate")
class KeyCreatePayload:
    key: KeyType | None
    secret: str | None = strawberry.field(
        description="The signing secret, the bearer key, or the password: shown this once."
    )
    errors: list[ErrorType]


@strawberry.type(name="B2BKeyRevoke")
class KeyRevokePayload:
    key: KeyType | None
    errors: list[ErrorType]


@strawberry.type(name="B2BOrderRelease")
class OrderReleasePayload:
    held_order: HeldOrderType | None = strawberry.field(description="As it is now.")
    errors: list[ErrorType]


@strawberry.type
class ExchangeQueries:
    @strawberry.field(
        name="b2bAccountingBases",
        description=f"The accounting bases and their keys. Needs the permission {_PERMISSION}.",
    )
    def accounting_bases(self, info: Info[Context, None]) -> list[AccountingBaseType]:
        viewer = info.context.viewer
        require(viewer.may_manage_settings, permission=_PERMISSION)
        counts = open_set_aside_counts(viewer)
        return [AccountingBaseType.of(base, counts) for base in bases_with_credentials(viewer)]

    @strawberry.field(
        name="b2bExchangeLog",
        description="What accounting bases sent, the newest first. Needs the permission "
        f"{_PERMISSION}.",
    )
    def exchange_log(
        self,
        info: Info[Context, None],
        filter: ExchangeLogFilter | None = None,  # noqa: A002 - the API's word
        first: First = DEFAULT_ROWS,
        after: After = None,
    ) -> DeliveryConnectionType:
        viewer = info.context.viewer
        require(viewer.may_manage_settings, permission=_PERMISSION)
        wanted = filter or ExchangeLogFilter()
        with told_to_reader():
            page = deliveries_page(
                viewer,
                base_code=wanted.base_code or "",
                channel=wanted.channel,
                state=wanted.state,
                has_set_aside=wanted.has_set_aside,
                first=page_size(first, default=DEFAULT_ROWS),
                after=after or "",
            )
        return DeliveryConnectionType.of(page, info.context)

    @strawberry.field(
        name="b2bHeldOrders",
        description="Orders that wait for staff on their way to an accounting base, the newest "
        f"first. Needs the permission {_PERMISSION}.",
    )
    def held_orders(
        self, info: Info[Context, None], first: First = DEFAULT_ROWS, after: After = None
    ) -> HeldOrderConnectionType:
        viewer = info.context.viewer
        require(viewer.may_manage_settings, permission=_PERMISSION)
        with told_to_reader():
            page = held_page(
                viewer, first=page_size(first, default=DEFAULT_ROWS), after=after or ""
            )
        return HeldOrderConnectionType.of(page)


@strawberry.type
class ExchangeMutations:
    @strawberry.mutation(
        name="b2bKeyCreate",
        description=f"Make a key for an accounting base. Needs the permission {_PERMISSION}.",
    )
    def key_create(
        self,
        info: Info[Context, None],
        input: KeyInput,  # noqa: A002 - the API's word
    ) -> KeyCreatePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_settings, permission=_PERMISSION)
        made, errors = attempt(
            lambda: create_key(
                viewer, base_code=input.base_code, kind=input.kind, name=input.name, now=now
            )
        )
        if made is None:
            return KeyCreatePayload(key=None, secret=None, errors=errors)
        credential, secret = made
        return KeyCreatePayload(
            key=KeyType.of(credential, credential.base.code), secret=secret, errors=[]
        )

    @strawberry.mutation(
        name="b2bKeyRevoke",
        description=f"Refuse a key from now on. Needs the permission {_PERMISSION}.",
    )
    def key_revoke(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
    ) -> KeyRevokePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_settings, permission=_PERMISSION)
        credential_id = int_from_global_id(id, KEY)
        if credential_id is None:
            return KeyRevokePayload(key=None, errors=[not_found("id", "key")])
        credential, errors = attempt(lambda: revoke(viewer, credential_id, now=now))
        if credential is None:
            return KeyRevokePayload(key=None, errors=errors)
        return KeyRevokePayload(key=KeyType.of(credential, credential.base.code), errors=[])

    @strawberry.mutation(
        name="b2bOrderRelease",
        description="Offer a held order to its accounting base as it is, with the SKUs of goods "
        f"that the base can't know. Needs the permission {_PERMISSION}.",
    )
    def order_release(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
    ) -> OrderReleasePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_settings, permission=_PERMISSION)
        export_id = int_from_global_id(id, HELD_ORDER)
        if export_id is None:
            return OrderReleasePayload(held_order=None, errors=[not_found("id", "held order")])
        export, errors = attempt(lambda: release(viewer, export_id, now=now))
        return OrderReleasePayload(
            held_order=HeldOrderType.of(export) if export is not None else None, errors=errors
        )
