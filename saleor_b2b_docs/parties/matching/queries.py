"""Reads for matching: who may be meant, what is open, and whose money a decision joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.members.person import plain
from saleor_b2b_docs.parties.models import Alias, Contract, Counterparty, Match, Member
from saleor_b2b_docs.parties.queries import counterparty_of, tenant
from saleor_b2b_docs.parties.references import COUNTERPARTY_TYPE, read_reference
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer

_ENOUGH = 10
"""More counterparties than this of one name or number say nothing about whom a user acts for."""


@dataclass(frozen=True, slots=True)
class MatchContracts:
    """What a decision is about: the contracts before it and after it."""

    before: tuple[Contract, ...]
    after: tuple[Contract, ...]


def counterparties_called(installation: Installation, external_id: str) -> list[Counterparty]:
    """Those that outside systems know by exactly this id."""
    external_id = plain(external_id)
    if not external_id:
        return []
    targets = Alias.objects.filter(
        installation=installation, kind=Alias.Kind.COUNTERPARTY, external_id=external_id
    ).values_list("target", flat=True)
    return _present(installation, Q(pk__in=[UUID(target) for target in targets]))


def counterparties_named(installation: Installation, text: str) -> list[Counterparty]:
    """Those that a UUID, a global id or an outside id names."""
    reference = read_reference(text)
    if reference and reference.may_be(COUNTERPARTY_TYPE):
        found = counterparty_of(installation, reference.id)
        if found:
            return [found]
    # A 1C GUID looks like a UUID of ours and may be an alias all the same.
    return counterparties_called(installation, text)


def counterparties_with_email(installation: Installation, email: str) -> list[Counterparty]:
    """Those that the accounting system knows by this e-mail."""
    email = plain(email)
    return _present(installation, Q(email__iexact=email)) if email else []


def counterparties_with_tax_id(
    installation: Installation, tax_ids: Iterable[str]
) -> list[Counterparty]:
    """Those with one of these as tax id or VAT id."""
    known = [tax_id for tax_id in map(plain, tax_ids) if tax_id]
    return _present(installation, Q(tax_id__in=known) | Q(vat_id__in=known)) if known else []


def counterparties_with_name(installation: Installation, name: str) -> list[Counterparty]:
    """Those of exactly this name."""
    name = plain(name)
    return _present(installation, Q(name=name)) if name else []


def open_matches(viewer: Viewer) -> QuerySet[Match]:
    """What staff with MANAGE_USERS have to decide, the oldest first; nothing for anybody else."""
    return visible_matches(viewer).filter(state=Match.State.OPEN).order_by("created_at", "id")


def visible_matches(viewer: Viewer) -> QuerySet[Match]:
    """All matches, also decided ones, for staff with MANAGE_USERS."""
    if not viewer.may_manage_users:
        return Match.objects.none()
    return (
        Match.objects.filter(installation_id=tenant(viewer))
        .exclude(reason=Reason.REMOVED)
        .select_related("counterparty", "duplicate")
    )


def match_contracts(match: Match) -> tuple[tuple[Contract, ...], tuple[Contract, ...]]:
    """The contracts that one match is about, before and after; see `contracts_of_matches`."""
    found = contracts_of_matches([match])[match.pk]
    return found.before, found.after


def contracts_of_matches(matches: Sequence[Match]) -> Mapping[int, MatchContracts]:
    """For each match: what the user sees now and what he would see, or what the counterparty that
    stays has now and what it would have. Two queries, however many matches."""
    users = {match.user_id for match in matches if match.kind == Match.Kind.USER}
    installations = {match.installation_id for match in matches}
    seats: dict[tuple[int, str], set[UUID]] = defaultdict(set)
    for installation_id, user_id, counterparty_id in Member.objects.filter(
        user_id__in=users, counterparty__installation__in=installations
    ).values_list("counterparty__installation_id", "user_id", "counterparty_id"):
        seats[installation_id, user_id].add(counterparty_id)

    sides = {
        match.pk: _sides(match, seats.get((match.installation_id, match.user_id), set()))
        for match in matches
    }
    wanted = {party for _, after in sides.values() for party in after}
    contracts: dict[UUID, list[Contract]] = defaultdict(list)
    for contract in (
        Contract.objects.filter(counterparty__in=wanted, supplier__installation__in=installations)
        .select_related("supplier", "counterparty")
        .order_by("created_at", "id")
    ):
        contracts[contract.counterparty_id].append(contract)
    return {
        pk: MatchContracts(_of(contracts, before), _of(contracts, after))
        for pk, (before, after) in sides.items()
    }


def _sides(match: Match, seats: set[UUID]) -> tuple[list[UUID], list[UUID]]:
    """Whose contracts count before the decision, and whose after it."""
    stays = [match.counterparty_id] if match.counterparty_id else []
    if match.kind == Match.Kind.USER:
        before = sorted(seats)
        return before, sorted({*before, *stays})
    return stays, [*stays, *([match.duplicate_id] if match.duplicate_id else [])]


def _of(contracts: Mapping[UUID, Sequence[Contract]], parties: list[UUID]) -> tuple[Contract, ...]:
    return tuple(contract for party in parties for contract in contracts.get(party, ()))


def _present(installation: Installation, which: Q) -> list[Counterparty]:
    """The counterparties of these that were not merged into others; none when they are many."""
    found = list(
        Counterparty.objects.filter(which, installation=installation, merged_into=None).order_by(
            "created_at", "id"
        )[: _ENOUGH + 1]
    )
    return found if len(found) <= _ENOUGH else []
