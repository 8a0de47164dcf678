"""Writes of the match queue: what may be the same, for staff to decide."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import structlog
from django.db import transaction

from saleor_b2b_docs.parties.errors import (
    AlreadyResolved,
    InvalidInput,
    NotFound,
    PermissionDenied,
)
from saleor_b2b_docs.parties.identity.shown import Company
from saleor_b2b_docs.parties.matching.queries import visible_matches
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.members.person import Person, Source, plain
from saleor_b2b_docs.parties.members.services import become_member
from saleor_b2b_docs.parties.merging.services import merge_counterparties
from saleor_b2b_docs.parties.models import Counterparty, Match, Role
from saleor_b2b_docs.parties.queries import tenant
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer

log = structlog.get_logger(__name__)

_MAX_OPEN_PER_USER = 20
"""A buyer writes his tax ids himself: he must not be able to fill staff's queue."""


def suggest_user(
    installation: Installation,
    person: Person,
    *,
    counterparty: Counterparty | None,
    company: Company,
    reason: Reason,
    now: dt.datetime,
) -> Match | None:
    """Ask staff whether a user acts for a counterparty, or, without one, who he is.

    The same pair is asked about once: not while the question is open, nor after staff dismissed
    it. None where nothing is asked. Call it under the user's serial key.
    """
    name = plain(company.name)[:500]
    tax_id = plain(next(iter(company.tax_ids), ""))[:60]
    asked = Match.objects.filter(
        installation=installation,
        kind=Match.Kind.USER,
        user_id=person.user_id,
        state__in=(Match.State.OPEN, Match.State.DISMISSED),
    )
    same = asked.filter(counterparty=counterparty)
    if counterparty is None:
        same = same.filter(company=name, tax_id=tax_id)
    if same.exists() or asked.filter(state=Match.State.OPEN).count() >= _MAX_OPEN_PER_USER:
        return None
    return Match.objects.create(
        installation=installation,
        kind=Match.Kind.USER,
        user_id=person.user_id,
        user_email=plain(person.email)[:254],
        user_name=plain(person.name)[:200],
        company=name,
        tax_id=tax_id,
        counterparty=counterparty,
        reason=reason,
        created_at=now,
    )


def suggest_duplicate(
    counterparty: Counterparty, duplicate: Counterparty, *, reason: Reason, now: dt.datetime
) -> Match | None:
    """Ask staff whether two counterparties are one; once, whichever of the two is named first."""
    pair = [counterparty.pk, duplicate.pk]
    if Match.objects.filter(
        kind=Match.Kind.DUPLICATE,
        counterparty__in=pair,
        duplicate__in=pair,
        state__in=(Match.State.OPEN, Match.State.DISMISSED),
    ).exists():
        return None
    return Match.objects.create(
        installation_id=counterparty.installation_id,
        kind=Match.Kind.DUPLICATE,
        company=duplicate.name,
        tax_id=duplicate.tax_id,
        counterparty=counterparty,
        duplicate=duplicate,
        reason=reason,
        created_at=now,
    )


def link(
    viewer: Viewer,
    match_id: int,
    *,
    counterparty_id: UUID | None = None,
    role: Role | None = None,
    now: dt.datetime,
) -> Match:
    """Staff say that the user acts for the suggested counterparty, or for another one.

    Without a role the first member is the owner, and later ones are buyers. Raises
    PermissionDenied, NotFound, AlreadyResolved, and InvalidInput where no counterparty is meant.
    """
    with transaction.atomic():
        match = _open_match(viewer, match_id, kind=Match.Kind.USER)
        counterparty = match.counterparty
        if counterparty_id is not None:
            counterparty = Counterparty.objects.filter(
                pk=counterparty_id, installation_id=tenant(viewer), merged_into=None
            ).first()
            if counterparty is None:
                raise NotFound("there is no such counterparty", field="counterpartyId")
        if counterparty is None:
            raise InvalidInput("say which counterparty", field="counterpartyId")
        member, _ = become_member(
            counterparty,
            Person(match.user_id, match.user_email, match.user_name),
            role=role,
            source=Source.STAFF,
            now=now,
        )
        match.counterparty = member.counterparty
        _resolve(match, Match.State.LINKED, viewer, now=now)
    return match


def merge(
    viewer: Viewer, match_id: int, *, survivor_id: UUID | None = None, now: dt.datetime
) -> Match:
    """Staff say that the two counterparties are one; the one that stays is the match's
    `counterparty` unless `survivor_id` is its `duplicate`.

    Raises PermissionDenied, NotFound, AlreadyResolved, InvalidInput for a third survivor.
    """
    with transaction.atomic():
        match = _open_match(viewer, match_id, kind=Match.Kind.DUPLICATE)
        survivor, duplicate = match.counterparty, match.duplicate
        if survivor is None or duplicate is None:
            raise InvalidInput("the match doesn't name two counterparties", field="id")
        if survivor_id == duplicate.pk:
            survivor, duplicate = duplicate, survivor
        elif survivor_id not in (None, survivor.pk):
            raise InvalidInput("only one of the two can stay", field="counterpartyId")
        merge_counterparties(viewer, duplicate.pk, into=survivor.pk, now=now)
        match.counterparty, match.duplicate = survivor, duplicate
        _resolve(match, Match.State.MERGED, viewer, now=now)
    return match


def dismiss(viewer: Viewer, match_id: int, *, now: dt.datetime) -> Match:
    """Staff say no; the same is not asked again.

    Raises PermissionDenied, NotFound, AlreadyResolved.
    """
    with transaction.atomic():
        match = _open_match(viewer, match_id)
        _resolve(match, Match.State.DISMISSED, viewer, now=now)
    return match


def _open_match(viewer: Viewer, match_id: int, *, kind: Match.Kind | None = None) -> Match:
    if not viewer.may_manage_users:
        raise PermissionDenied("deciding matches needs MANAGE_USERS")
    match = visible_matches(viewer).select_for_update(of=("self",)).filter(pk=match_id).first()
    if match is None:
        raise NotFound("there is no such match", field="id")
    if match.state != Match.State.OPEN:
        raise AlreadyResolved(f"the match is {match.state} already", field="id")
    if kind is not None and match.kind != kind:
        raise InvalidInput("that can't be done with this kind of match", field="action")
    return match


def _resolve(match: Match, state: Match.State, viewer: Viewer, *, now: dt.datetime) -> None:
    match.state = state
    match.resolved_at = now
    match.resolved_by = viewer.user_id
    match.save(update_fields=["state", "resolved_at", "resolved_by", "counterparty", "duplicate"])
    log.info("match resolved", match=match.pk, state=str(state), by=viewer.user_id)
