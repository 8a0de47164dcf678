"""Writes of members: who becomes one by himself, by staff, by an owner, and who stops being one."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from uuid import UUID

import structlog
from django.db import transaction

from saleor_b2b_docs.parties.errors import (
    AlreadyAccepted,
    AlreadyMember,
    Expired,
    InvalidInput,
    LastOwner,
    NotFound,
    PermissionDenied,
    TooManyInvitations,
)
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.members.person import Person, Source, plain
from saleor_b2b_docs.parties.models import Counterparty, Invitation, Match, Member, Role
from saleor_b2b_docs.parties.queries import seats, tenant
from saleor_b2b_docs.parties.references import user_key
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)

_MAX_EMAIL = 254
_INVITATION_LIFETIME = dt.timedelta(days=7)
_MAX_OPEN_INVITATIONS = 50
"""Of one counterparty: more is a mistake, or somebody filling the table."""


def schedule_identification(installation_id: int, *, user_id: str, now: dt.datetime) -> None:
    """Have it looked up at Saleor who a user is: he is new, or something about him changed."""
    key = f"{installation_id}:{user_id}"
    enqueue(
        "parties.identify",
        key=key,
        # Two at once would suggest the same twice.
        serial_key=f"identity:{key}",
        installation_id=installation_id,
        arguments={"user": user_id},
        now=now,
    )


def become_member(
    counterparty: Counterparty,
    person: Person,
    *,
    role: Role | None,
    source: Source,
    now: dt.datetime,
) -> tuple[Member, bool]:
    """Let a user act for a counterparty, and whether that is new. A present member stays as he is.

    Without a role the first member is the owner, and later ones are buyers. What he ordered before
    gets its contract by a job, and what was suggested about the two is decided.
    """
    with transaction.atomic():
        # Whoever comes second must see the first, or both would be the first.
        counterparty = _locked(counterparty)
        present = Member.objects.filter(counterparty=counterparty, user_id=person.user_id).first()
        if present is not None:
            return present, False
        is_first = not Member.objects.filter(counterparty=counterparty).exists()
        member = Member.objects.create(
            counterparty=counterparty,
            user_id=person.user_id,
            email=plain(person.email)[:254],
            name=plain(person.name)[:200],
            role=role or (Role.OWNER if is_first else Role.BUYER),
            source=source,
            created_at=now,
        )
        member_added(member, now=now)
    log.info(
        "member added",
        counterparty=str(counterparty.pk),
        user=person.user_id,
        role=member.role,
        source=str(source),
    )
    return member, True


def member_added(member: Member, *, now: dt.datetime) -> None:
    """A membership began: what was asked about it is answered, and orders get their contract."""
    installation_id = member.counterparty.installation_id
    with transaction.atomic():
        _decide_matches(member, now=now)
        enqueue(
            "orders.adopt_contracts",
            key=f"{installation_id}:{member.user_id}",
            installation_id=installation_id,
            arguments={"user": member.user_id},
            now=now,
        )


def create_member(
    viewer: Viewer, counterparty_id: UUID, person: Person, *, role: Role, now: dt.datetime
) -> Member:
    """Staff with MANAGE_USERS make a user a member.

    Raises PermissionDenied, NotFound, InvalidInput for what is no user's id, AlreadyMember.
    """
    if not viewer.may_manage_users:
        raise PermissionDenied("adding members needs MANAGE_USERS")
    if user_key(person.user_id) is None:
        raise InvalidInput("that is not the id of a user", field="userId")
    counterparty = Counterparty.objects.filter(
        pk=counterparty_id, installation_id=tenant(viewer), merged_into=None
    ).first()
    if counterparty is None:
        raise NotFound("there is no such counterparty", field="counterpartyId")
    member, is_new = become_member(counterparty, person, role=role, source=Source.STAFF, now=now)
    if not is_new:
        raise AlreadyMember("the user acts for this counterparty already", field="userId")
    return member


def remove_member(viewer: Viewer, member_id: int, *, now: dt.datetime) -> Member:
    """An owner of the counterparty, or staff with MANAGE_USERS, end a membership.

    Nothing but staff or an invitation makes the user a member of it again. Raises NotFound,
    PermissionDenied, and LastOwner when a customer would leave the counterparty without an owner.
    """
    with transaction.atomic():
        found = (
            Member.objects.filter(pk=member_id, counterparty__installation_id=tenant(viewer))
            .select_related("counterparty")
            .first()
        )
        if found is None:
            raise NotFound("there is no such member", field="id")
        # Two owners who remove each other at once would leave nobody.
        counterparty = _locked(found.counterparty)
        member = Member.objects.filter(pk=member_id).select_related("counterparty").first()
        if member is None or not _manages(viewer, counterparty):
            raise NotFound("there is no such member", field="id")
        owners = Member.objects.filter(counterparty=counterparty, role=Role.OWNER)
        if (
            not viewer.may_manage_users
            and member.role == Role.OWNER
            and not owners.exclude(pk=member.pk).exists()
        ):
            raise LastOwner("the last owner can't be removed", field="id")
        end_membership(member, by=viewer.user_id, now=now)
    return member


def end_membership(member: Member, *, by: str, now: dt.datetime) -> None:
    """The user acts for the counterparty no more, and by himself never again.

    The invitations that he gave out are revoked. Orders keep their contracts.
    """
    counterparty = member.counterparty
    with transaction.atomic():
        Invitation.objects.filter(
            counterparty=counterparty,
            invited_by=member.user_id,
            accepted_at=None,
            revoked_at=None,
        ).update(revoked_at=now)
        Match.objects.create(
            installation_id=counterparty.installation_id,
            kind=Match.Kind.USER,
            user_id=member.user_id,
            counterparty=counterparty,
            reason=Reason.REMOVED,
            state=Match.State.DISMISSED,
            created_at=now,
            resolved_at=now,
            resolved_by=by,
        )
        Member.objects.filter(pk=member.pk).delete()
    log.info("member removed", counterparty=str(counterparty.pk), user=member.user_id, by=by)


def invite(
    viewer: Viewer, counterparty_id: UUID, *, email: str, role: Role, now: dt.datetime
) -> tuple[Invitation, str]:
    """An owner, or staff with MANAGE_USERS, invite somebody; the invitation and its secret.

    The secret is shown this once; only its hash is kept. Whoever brings it within seven days is a
    member, once. The e-mail says whom it is meant for, and proves nothing.
    Raises NotFound, PermissionDenied, InvalidInput, TooManyInvitations.
    """
    address = plain(email)
    if len(address) > _MAX_EMAIL or (address and "@" not in address):
        raise InvalidInput("that is not an e-mail address", field="email")
    with transaction.atomic():
        counterparty = (
            Counterparty.objects.select_for_update()
            .filter(pk=counterparty_id, installation_id=tenant(viewer), merged_into=None)
            .first()
        )
        if counterparty is None or not _manages(viewer, counterparty):
            raise NotFound("there is no such counterparty", field="counterpartyId")
        waiting = Invitation.objects.filter(
            counterparty=counterparty, accepted_at=None, revoked_at=None, expires_at__gt=now
        )
        if waiting.count() >= _MAX_OPEN_INVITATIONS:
            raise TooManyInvitations("too many invitations are open")
        secret = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            counterparty=counterparty,
            email=address,
            role=role,
            secret_hash=_hash(secret),
            invited_by=viewer.user_id,
            created_at=now,
            expires_at=now + _INVITATION_LIFETIME,
        )
    log.info(
        "member invited",
        counterparty=str(counterparty.pk),
        role=str(role),
        by=viewer.user_id,
    )
    return invitation, secret


def accept_invitation(viewer: Viewer, secret: str, *, now: dt.datetime) -> Member:
    """A customer becomes what an invitation says, and the invitation is used up.

    Name and e-mail are read from Saleor by a job. Raises PermissionDenied for who is no customer,
    NotFound for a secret of no invitation here or of a revoked one, Expired, AlreadyAccepted, and
    AlreadyMember, which leaves the invitation to others.
    """
    if viewer.kind is not ViewerKind.CUSTOMER or not viewer.user_id:
        raise PermissionDenied("only a customer who is signed in accepts an invitation")
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("counterparty")
            .filter(
                secret_hash=_hash(secret),
                counterparty__installation_id=tenant(viewer),
                revoked_at=None,
            )
            .first()
        )
        if invitation is None:
            raise NotFound("there is no such invitation", field="secret")
        if invitation.accepted_at is not None:
            raise AlreadyAccepted("the invitation was accepted before", field="secret")
        if invitation.expires_at <= now:
            raise Expired("the invitation has expired", field="secret")
        member, is_new = become_member(
            invitation.counterparty,
            Person(viewer.user_id),
            role=Role(invitation.role),
            source=Source.INVITATION,
            now=now,
        )
        if not is_new:
            raise AlreadyMember("you act for this counterparty already", field="secret")
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        schedule_identification(tenant(viewer), user_id=viewer.user_id, now=now)
    return member


def forget_members(installation: Installation, *, user_id: str) -> int:
    """A person left: he acts for nobody any more, and nothing here names him; of how many he was
    a member. Raises ValueError for an empty id."""
    if not user_id:
        raise ValueError("whose memberships?")
    with transaction.atomic():
        members = Member.objects.filter(counterparty__installation=installation, user_id=user_id)
        emails = [email for email in members.values_list("email", flat=True) if email]
        invitations = Invitation.objects.filter(counterparty__installation=installation)
        invitations.filter(email__in=emails).update(email="")
        invitations.filter(invited_by=user_id).update(invited_by="")
        Match.objects.filter(installation=installation, user_id=user_id).delete()
        count = members.count()
        members.delete()
    return count


def _manages(viewer: Viewer, counterparty: Counterparty) -> bool:
    """Whether the viewer manages this counterparty's members; False for who has nothing to do with
    it. Raises PermissionDenied for who may see it, but not do that."""
    if viewer.may_manage_users:
        return counterparty.installation_id == viewer.installation_id
    if viewer.kind is not ViewerKind.CUSTOMER:
        raise PermissionDenied("managing members needs MANAGE_USERS")
    role = seats(viewer).get(counterparty.pk)
    if role is not None and role is not Role.OWNER:
        raise PermissionDenied("only an owner manages members")
    return role is Role.OWNER


def _decide_matches(member: Member, *, now: dt.datetime) -> None:
    """What was asked about the two is answered; what was asked about nobody in particular, too."""
    about_him = Match.objects.filter(
        installation_id=member.counterparty.installation_id,
        kind=Match.Kind.USER,
        user_id=member.user_id,
    )
    about_him.filter(reason=Reason.REMOVED, counterparty=member.counterparty).delete()
    waiting = about_him.filter(state=Match.State.OPEN)
    answer = {
        "state": Match.State.LINKED,
        "resolved_at": now,
        "resolved_by": member.source,
        "counterparty": member.counterparty,
    }
    waiting.filter(counterparty=member.counterparty).update(**answer)
    waiting.filter(counterparty=None).update(**answer)


def _locked(counterparty: Counterparty) -> Counterparty:
    """The counterparty, or what it was merged into, nobody else's until the transaction ends."""
    found = Counterparty.objects.select_for_update().get(pk=counterparty.pk)
    if found.merged_into_id is not None:
        found = Counterparty.objects.select_for_update().get(pk=found.merged_into_id)
    return found


def _hash(secret: str) -> str:
    """How an invitation's secret is kept and looked up."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
