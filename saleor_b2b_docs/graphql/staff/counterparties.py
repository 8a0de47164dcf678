"""Companies that buy, as staff see them, and who acts for them."""

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
from saleor_b2b_docs.graphql.global_ids import uuid_from_global_id
from saleor_b2b_docs.graphql.staff.queries import counterparties_page
from saleor_b2b_docs.graphql.types.counterparties import (
    CounterpartyConnectionType,
    CounterpartyType,
)
from saleor_b2b_docs.graphql.types.pages import After, First, page_size
from saleor_b2b_docs.graphql.types.parties import MemberType
from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.parties.members.services import create_member
from saleor_b2b_docs.parties.merging.services import split_counterparty
from saleor_b2b_docs.parties.models import Role
from saleor_b2b_docs.parties.queries import visible_counterparty
from saleor_b2b_docs.parties.references import CONTRACT_TYPE, COUNTERPARTY_TYPE

DEFAULT_ROWS = 20


@strawberry.type(name="B2BMemberCreate")
class MemberCreatePayload:
    member: MemberType | None
    errors: list[ErrorType]


@strawberry.input(name="B2BCounterpartySplitInput", description="What a new company takes along.")
class CounterpartySplitInput:
    name: str
    tax_id: str = ""
    contract_ids: list[strawberry.ID] = strawberry.field(
        description="They keep their entries, terms and papers: no figure of a contract changes."
    )


@strawberry.type(name="B2BCounterpartySplit")
class CounterpartySplitPayload:
    counterparty: CounterpartyType | None = strawberry.field(description="What is left of it.")
    new_counterparty: CounterpartyType | None
    errors: list[ErrorType]


@strawberry.type
class CounterpartyQueries:
    @strawberry.field(
        name="b2bCounterparties",
        description="Companies that buy, by name. Needs the permission MANAGE_ORDERS.",
    )
    def counterparties(
        self,
        info: Info[Context, None],
        search: str | None = None,
        first: First = DEFAULT_ROWS,
        after: After = None,
    ) -> CounterpartyConnectionType:
        viewer = info.context.viewer
        require(viewer.may_read_orders, permission="MANAGE_ORDERS")
        with told_to_reader():
            page = counterparties_page(
                viewer,
                search=search or "",
                first=page_size(first, default=DEFAULT_ROWS),
                after=after or "",
            )
        return CounterpartyConnectionType.of(page, info.context)

    @strawberry.field(
        name="b2bCounterparty",
        description="A company that buys, or null. Needs the permission MANAGE_ORDERS.",
    )
    def counterparty(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
    ) -> CounterpartyType | None:
        viewer = info.context.viewer
        require(viewer.may_read_orders, permission="MANAGE_ORDERS")
        key = uuid_from_global_id(id, COUNTERPARTY_TYPE)
        found = visible_counterparty(viewer, key) if key else None
        return CounterpartyType.of(found, info.context) if found else None


@strawberry.type
class CounterpartyMutations:
    @strawberry.mutation(
        name="b2bCounterpartySplit",
        description="Take contracts out of a company into a new one. Needs the permission "
        "MANAGE_USERS.",
    )
    def counterparty_split(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
        input: CounterpartySplitInput,  # noqa: A002 - the API's word
    ) -> CounterpartySplitPayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_users, permission="MANAGE_USERS")
        key = uuid_from_global_id(id, COUNTERPARTY_TYPE)
        whole = visible_counterparty(viewer, key) if key else None
        if whole is None:
            return _not_split(not_found("id", "counterparty"))
        contract_ids = [uuid_from_global_id(one, CONTRACT_TYPE) for one in input.contract_ids]
        chosen = [contract_id for contract_id in contract_ids if contract_id]
        if len(chosen) < len(contract_ids):
            return _not_split(not_found("contractIds", "contract"))
        part, errors = attempt(
            lambda: split_counterparty(
                viewer,
                whole.pk,
                name=input.name,
                tax_id=input.tax_id,
                contract_ids=chosen,
                now=now,
            )
        )
        if part is None:
            return _not_split(*errors)
        return CounterpartySplitPayload(
            counterparty=CounterpartyType.of(whole, info.context),
            new_counterparty=CounterpartyType.of(part, info.context),
            errors=[],
        )

    @strawberry.mutation(
        name="b2bMemberCreate",
        description="Let a user act for a company. Needs the permission MANAGE_USERS.",
    )
    def member_create(
        self,
        info: Info[Context, None],
        counterparty_id: strawberry.ID,
        user_id: strawberry.ID,
        role: Role,
        email: str | None = None,
    ) -> MemberCreatePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_users, permission="MANAGE_USERS")
        key = uuid_from_global_id(counterparty_id, COUNTERPARTY_TYPE)
        if key is None:
            errors = [not_found("counterpartyId", "counterparty")]
            return MemberCreatePayload(member=None, errors=errors)
        person = Person(user_id=user_id, email=email or "")
        member, errors = attempt(lambda: create_member(viewer, key, person, role=role, now=now))
        return MemberCreatePayload(member=MemberType.of(member) if member else None, errors=errors)


def _not_split(*errors: ErrorType) -> CounterpartySplitPayload:
    return CounterpartySplitPayload(counterparty=None, new_counterparty=None, errors=list(errors))
