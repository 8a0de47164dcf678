"""The match queue: what may be the same, for staff to decide."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import Enum

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
from saleor_b2b_docs.graphql.global_ids import int_from_global_id, uuid_from_global_id
from saleor_b2b_docs.graphql.staff.queries import matches_page
from saleor_b2b_docs.graphql.types.counterparties import MATCH, MatchConnectionType, MatchType
from saleor_b2b_docs.graphql.types.pages import After, First, page_size
from saleor_b2b_docs.parties.matching.services import dismiss, link, merge
from saleor_b2b_docs.parties.models import Match, Role
from saleor_b2b_docs.parties.references import COUNTERPARTY_TYPE
from saleor_b2b_docs.saleor.viewers import Viewer

DEFAULT_ROWS = 20


@strawberry.enum(name="B2BMatchAction")
class MatchAction(Enum):
    LINK = "LINK"
    MERGE = "MERGE"
    DISMISS = "DISMISS"


@strawberry.input(name="B2BMatchInput", description="What staff decide about a match.")
class MatchInput:
    action: MatchAction
    counterparty_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="LINK: whom the user acts for, if not for the one suggested. MERGE: which of "
        "the two stays.",
    )
    role: Role | None = strawberry.field(
        default=None,
        description="LINK: without one the first member is the owner, and later ones are buyers.",
    )


@strawberry.type(name="B2BMatchResolve")
class MatchResolvePayload:
    match: MatchType | None
    errors: list[ErrorType]


@strawberry.type
class MatchQueries:
    @strawberry.field(
        name="b2bMatches",
        description="What waits for a decision, the oldest first. Needs the permission "
        "MANAGE_USERS.",
    )
    def matches(
        self,
        info: Info[Context, None],
        first: First = DEFAULT_ROWS,
        after: After = None,
    ) -> MatchConnectionType:
        viewer = info.context.viewer
        require(viewer.may_manage_users, permission="MANAGE_USERS")
        with told_to_reader():
            page = matches_page(
                viewer, first=page_size(first, default=DEFAULT_ROWS), after=after or ""
            )
        return MatchConnectionType.of(page, info.context)


@strawberry.type
class MatchMutations:
    @strawberry.mutation(
        name="b2bMatchResolve",
        description="Decide about a match. Needs the permission MANAGE_USERS.",
    )
    def match_resolve(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
        input: MatchInput,  # noqa: A002 - the API's word
    ) -> MatchResolvePayload:
        viewer, now = info.context.viewer, info.context.now
        require(viewer.may_manage_users, permission="MANAGE_USERS")
        key = int_from_global_id(id, MATCH)
        if key is None:
            return MatchResolvePayload(match=None, errors=[not_found("id", "match")])
        counterparty_id = None
        if input.counterparty_id is not None:
            counterparty_id = uuid_from_global_id(input.counterparty_id, COUNTERPARTY_TYPE)
            if counterparty_id is None:
                errors = [not_found("counterpartyId", "counterparty")]
                return MatchResolvePayload(match=None, errors=errors)
        match, errors = attempt(
            lambda: _resolve(
                viewer,
                key,
                action=input.action,
                counterparty_id=counterparty_id,
                role=input.role,
                now=now,
            )
        )
        return MatchResolvePayload(
            match=MatchType.of(match, info.context) if match else None, errors=errors
        )


def _resolve(
    viewer: Viewer,
    match_id: int,
    *,
    action: MatchAction,
    counterparty_id: uuid.UUID | None,
    role: Role | None,
    now: dt.datetime,
) -> Match:
    if action is MatchAction.LINK:
        return link(viewer, match_id, counterparty_id=counterparty_id, role=role, now=now)
    if action is MatchAction.MERGE:
        return merge(viewer, match_id, survivor_id=counterparty_id, now=now)
    return dismiss(viewer, match_id, now=now)
