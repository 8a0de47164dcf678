"""Who acts for a company: its owners decide, and staff."""

from __future__ import annotations

import datetime as dt

import strawberry
from django.conf import settings
from strawberry.types import Info

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.errors import ErrorType, attempt, not_found
from saleor_b2b_docs.graphql.global_ids import int_from_global_id, uuid_from_global_id
from saleor_b2b_docs.graphql.types.parties import MEMBER, MemberType
from saleor_b2b_docs.parties.members.queries import members_of
from saleor_b2b_docs.parties.members.services import (
    accept_invitation,
    invite,
    remove_member,
)
from saleor_b2b_docs.parties.models import Invitation, Role
from saleor_b2b_docs.parties.references import COUNTERPARTY_TYPE


@strawberry.type(
    name="B2BInvitation", description="A link that makes whoever opens it a member, once."
)
class InvitationType:
    url: str | None = strawberry.field(
        description="Shown this once. Give it to the person who is meant. Null where the shop has "
        "named no page for invitations (B2B_DOCS_INVITATION_URL)."
    )
    secret: str = strawberry.field(
        description="What the link carries: the page that it leads to gives it to "
        "`b2bInvitationAccept`, in the name of the customer who is signed in there."
    )
    expires_at: dt.datetime
    role: Role
    email: str = strawberry.field(description="Whom it is meant for; it proves nothing.")

    @classmethod
    def of(cls, invitation: Invitation, secret: str) -> InvitationType:
        return cls(
            # Behind the #, so that no server's log keeps it.
            url=f"{settings.INVITATION_URL}#invitation={secret}"
            if settings.INVITATION_URL
            else None,
            secret=secret,
            expires_at=invitation.expires_at,
            role=Role(invitation.role),
            email=invitation.email,
        )


@strawberry.type(name="B2BMemberInvite")
class MemberInvitePayload:
    invitation: InvitationType | None
    errors: list[ErrorType]


@strawberry.type(name="B2BInvitationAccept")
class InvitationAcceptPayload:
    member: MemberType | None
    errors: list[ErrorType]


@strawberry.type(name="B2BMemberDelete")
class MemberDeletePayload:
    member: MemberType | None = strawberry.field(description="As it was.")
    errors: list[ErrorType]


@strawberry.type
class MemberQueries:
    @strawberry.field(
        name="b2bMembers",
        description="Who acts for a company: for its owners, and for staff with MANAGE_USERS. "
        "Empty for anybody else.",
    )
    def members(
        self, info: Info[Context, None], counterparty_id: strawberry.ID
    ) -> list[MemberType]:
        viewer = info.context.viewer
        key = uuid_from_global_id(counterparty_id, COUNTERPARTY_TYPE)
        return [MemberType.of(member) for member in members_of(viewer, key)] if key else []


@strawberry.type
class MemberMutations:
    @strawberry.mutation(
        name="b2bMemberInvite",
        description="Invite somebody to act for a company: by its owner, or staff with "
        "MANAGE_USERS.",
    )
    def member_invite(
        self,
        info: Info[Context, None],
        counterparty_id: strawberry.ID,
        role: Role,
        email: str | None = None,
    ) -> MemberInvitePayload:
        viewer, now = info.context.viewer, info.context.now
        key = uuid_from_global_id(counterparty_id, COUNTERPARTY_TYPE)
        if key is None:
            errors = [not_found("counterpartyId", "counterparty")]
            return MemberInvitePayload(invitation=None, errors=errors)
        made, errors = attempt(lambda: invite(viewer, key, email=email or "", role=role, now=now))
        return MemberInvitePayload(
            invitation=InvitationType.of(*made) if made else None, errors=errors
        )

    @strawberry.mutation(
        name="b2bInvitationAccept",
        description="Become what an invitation says. The caller must be signed in as a customer.",
    )
    def invitation_accept(self, info: Info[Context, None], secret: str) -> InvitationAcceptPayload:
        viewer, now = info.context.viewer, info.context.now
        member, errors = attempt(lambda: accept_invitation(viewer, secret, now=now))
        return InvitationAcceptPayload(
            member=MemberType.of(member) if member else None, errors=errors
        )

    @strawberry.mutation(
        name="b2bMemberDelete",
        description="Let somebody act for a company no more: by its owner, or staff with "
        "MANAGE_USERS.",
    )
    def member_delete(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002 - the API's word
    ) -> MemberDeletePayload:
        viewer, now = info.context.viewer, info.context.now
        key = int_from_global_id(id, MEMBER)
        if key is None:
            return MemberDeletePayload(member=None, errors=[not_found("id", "member")])
        member, errors = attempt(lambda: remove_member(viewer, key, now=now))
        return MemberDeletePayload(member=MemberType.of(member) if member else None, errors=errors)
