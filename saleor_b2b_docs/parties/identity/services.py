"""Who a Saleor user is: what makes him a member by himself, and what staff are only asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import transaction

from saleor_b2b_docs.parties.identity.shown import Company, IdentifiedUser
from saleor_b2b_docs.parties.matching.queries import (
    counterparties_called,
    counterparties_named,
    counterparties_with_email,
    counterparties_with_name,
    counterparties_with_tax_id,
)
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.matching.services import suggest_user
from saleor_b2b_docs.parties.members.person import Source, plain
from saleor_b2b_docs.parties.members.services import become_member
from saleor_b2b_docs.parties.models import Counterparty, Match, Member
from saleor_b2b_docs.parties.queries import seats_by_age
from saleor_b2b_docs.saleor.models import Installation

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Suggestion:
    reason: Reason
    counterparty: Counterparty | None
    company: Company


def identify(
    installation: Installation, shown: IdentifiedUser, *, now: dt.datetime
) -> list[Member]:
    """Make a user a member of those that he proves to act for, and suggest the others to staff.

    Proof is what he can't write himself: his external reference, private metadata, and a confirmed
    e-mail that exactly one counterparty has. The first member of a counterparty is its owner,
    later ones are buyers, unless private metadata says otherwise. Answers all his memberships.
    Call it under the user's serial key.
    """
    person = shown.person
    with transaction.atomic():
        Member.objects.filter(
            counterparty__installation=installation, user_id=person.user_id
        ).update(email=plain(person.email)[:254], name=plain(person.name)[:200])
        removed = _removed_from(installation, person.user_id)
        for counterparty, source in _proven(installation, shown):
            if counterparty.pk not in removed:
                become_member(counterparty, person, role=shown.role, source=source, now=now)
        members = list(seats_by_age(installation, person.user_id))
        _suggest(
            installation,
            shown,
            seats=frozenset(member.counterparty_id for member in members),
            now=now,
        )
    return members


def _proven(installation: Installation, shown: IdentifiedUser) -> list[tuple[Counterparty, Source]]:
    """Whom a user acts for beyond doubt, and by what."""
    proven: list[tuple[Counterparty, Source]] = []
    for name in shown.named_privately:
        named = counterparties_named(installation, name)
        if len(named) == 1:
            proven.append((named[0], Source.PRIVATE_METADATA))
        else:
            log.warning(
                "private metadata names no single counterparty",
                user=shown.person.user_id,
                found=len(named),
            )
    called = counterparties_called(installation, shown.external_reference)
    if len(called) == 1:
        proven.insert(0, (called[0], Source.EXTERNAL_REFERENCE))
    if shown.is_email_confirmed:
        owners = counterparties_with_email(installation, shown.person.email)
        if len(owners) == 1:
            proven.append((owners[0], Source.EMAIL))
    return proven


def _removed_from(installation: Installation, user_id: str) -> frozenset[UUID | None]:
    return frozenset(
        Match.objects.filter(
            installation=installation, user_id=user_id, reason=Reason.REMOVED
        ).values_list("counterparty_id", flat=True)
    )


def _suggest(
    installation: Installation,
    shown: IdentifiedUser,
    *,
    seats: frozenset[UUID],
    now: dt.datetime,
) -> None:
    """Ask staff about every counterparty that a user may act for and doesn't yet.

    Where nobody fits a company that he names, and he is nobody's member, staff are asked who that
    is. Each question is asked once.
    """
    found = list(_suggestions(installation, shown))
    if not found and not seats:
        found = [
            _Suggestion(Reason.NOTHING, None, company)
            for company in shown.companies[:1]
            if company.name or company.tax_ids
        ]
    for suggestion in found:
        if suggestion.counterparty is None or suggestion.counterparty.pk not in seats:
            suggest_user(
                installation,
                shown.person,
                counterparty=suggestion.counterparty,
                company=suggestion.company,
                reason=suggestion.reason,
                now=now,
            )


def _suggestions(installation: Installation, shown: IdentifiedUser) -> Iterator[_Suggestion]:
    """The strongest first, since each pair is asked about once."""
    latest = shown.companies[0] if shown.companies else Company()
    for counterparty in counterparties_called(installation, shown.external_reference):
        yield _Suggestion(Reason.SHARED_REFERENCE, counterparty, latest)
    reason = Reason.SHARED_EMAIL if shown.is_email_confirmed else Reason.UNCONFIRMED_EMAIL
    for counterparty in counterparties_with_email(installation, shown.person.email):
        yield _Suggestion(reason, counterparty, latest)
    for company in shown.companies:
        for counterparty in counterparties_with_tax_id(installation, company.tax_ids):
            yield _Suggestion(Reason.TAX_ID, counterparty, company)
    for company in shown.companies:
        for counterparty in counterparties_with_name(installation, company.name):
            yield _Suggestion(Reason.COMPANY_NAME, counterparty, company)
    for name in shown.named_publicly:
        for counterparty in counterparties_named(installation, name):
            yield _Suggestion(Reason.PUBLIC_METADATA, counterparty, latest)
    for counterparty in counterparties_with_tax_id(installation, shown.public_tax_ids):
        yield _Suggestion(
            Reason.PUBLIC_METADATA, counterparty, Company(latest.name, shown.public_tax_ids)
        )
