"""Two counterparties become one, or one becomes two. Contracts keep their own entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PermissionDenied
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Invitation,
    Match,
    Member,
    Role,
)
from saleor_b2b_docs.parties.queries import tenant, terms_of
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.work.services import enqueue

log = structlog.get_logger(__name__)

_RANK = {Role.OWNER: 0, Role.ACCOUNTANT: 1, Role.BUYER: 2}
_FILLED = ("tax_id", "vat_id", "address", "email")
"""What the one that stays takes from the other where it has nothing itself."""


def merge_counterparties(
    viewer: Viewer, duplicate_id: UUID, *, into: UUID, now: dt.datetime
) -> Counterparty:
    """Staff with MANAGE_USERS make two counterparties one; what it is then.

    Members, aliases, contracts and invitations move; nothing is re-booked. Of two memberships of
    one user the higher role stays. A main contract that meets another main one of its supplier and
    currency is main no more. Contracts keep the terms they had. Documents follow by a job.
    Raises PermissionDenied, NotFound, InvalidInput for one that would be merged into itself.
    """
    _require_staff(viewer)
    return join_counterparties(tenant(viewer), duplicate_id, into=into, by=viewer.user_id, now=now)


def join_counterparties(
    installation_id: int, duplicate_id: UUID, *, into: UUID, by: str, now: dt.datetime
) -> Counterparty:
    """The same without asking who may: where the accounting system itself says that a company,
    which nothing was known of but its key, is one that is known. `by` is who said so.

    Raises NotFound, InvalidInput.
    """
    if duplicate_id == into:
        raise InvalidInput("a counterparty can't be merged into itself", field="counterpartyId")
    with transaction.atomic():
        locked = _locked(installation_id, (duplicate_id, into))
        duplicate, survivor = locked[duplicate_id], locked[into]
        _move_members(duplicate, survivor)
        _move_contracts(duplicate, survivor)
        Invitation.objects.filter(counterparty=duplicate).update(counterparty=survivor)
        _aliases(duplicate).update(target=str(survivor.pk))
        _move_matches(duplicate, survivor, by=by, now=now)
        for name in _FILLED:
            setattr(survivor, name, getattr(survivor, name) or getattr(duplicate, name))
        survivor.group = survivor.group or duplicate.group
        survivor.manager = survivor.manager or duplicate.manager
        survivor.save()
        # Whatever was merged into the duplicate before: one step leads to where it all is.
        Counterparty.objects.filter(merged_into=duplicate).update(merged_into=survivor)
        duplicate.merged_into = survivor
        duplicate.save(update_fields=["merged_into"])
        enqueue(
            "documents.adopt_merged",
            key=str(duplicate.pk),
            installation_id=installation_id,
            arguments={"from": str(duplicate.pk), "to": str(survivor.pk)},
            now=now,
        )
    log.info(
        "counterparties merged",
        duplicate=str(duplicate.pk),
        survivor=str(survivor.pk),
        by=by,
    )
    return survivor


def move_contract(
    contract: Contract, counterparty: Counterparty, *, by: str, now: dt.datetime
) -> None:
    """A contract with its money turns out to be another counterparty's; its papers follow by a job.

    It is that one's main contract no more than it was: a main one there stays.
    """
    with transaction.atomic():
        contract.is_main = (
            contract.is_main
            and not Contract.objects.filter(
                supplier=contract.supplier_id,
                counterparty=counterparty,
                currency=contract.currency,
                is_main=True,
            ).exists()
        )
        former, contract.counterparty = contract.counterparty_id, counterparty
        contract.save(update_fields=["counterparty", "is_main"])
        enqueue(
            "documents.follow_contracts",
            key=f"{contract.pk}:{counterparty.pk}",
            installation_id=counterparty.installation_id,
            arguments={"contracts": [str(contract.pk)]},
            now=now,
        )
    log.info(
        "contract moved",
        contract=str(contract.pk),
        former=str(former),
        counterparty=str(counterparty.pk),
        by=by,
    )


def split_counterparty(
    viewer: Viewer,
    counterparty_id: UUID,
    *,
    name: str,
    tax_id: str = "",
    alias_ids: Collection[int] = (),
    contract_ids: Collection[UUID] = (),
    now: dt.datetime,
) -> Counterparty:
    """Staff with MANAGE_USERS take aliases and contracts out of a counterparty into a new one.

    Members stay where they are: who acts for the new one is for staff to say. Contracts keep the
    terms they had. Raises PermissionDenied, NotFound for what is not the counterparty's, and
    InvalidInput where nothing is taken or the new one has no name.
    """
    _require_staff(viewer)
    if not name.strip():
        raise InvalidInput("the new counterparty needs a name", field="name")
    if not alias_ids and not contract_ids:
        raise InvalidInput("say what is taken out")
    with transaction.atomic():
        whole = _locked(tenant(viewer), (counterparty_id,))[counterparty_id]
        aliases = _aliases(whole).filter(pk__in=alias_ids)
        contracts = Contract.objects.filter(counterparty=whole, pk__in=contract_ids)
        if aliases.count() != len(set(alias_ids)):
            raise NotFound("an alias is not this counterparty's", field="aliasIds")
        if contracts.count() != len(set(contract_ids)):
            raise NotFound("a contract is not this counterparty's", field="contractIds")
        part = Counterparty.objects.create(
            installation_id=whole.installation_id,
            name=name.strip(),
            tax_id=tax_id.strip(),
            manager=whole.manager,
            terms=whole.terms,
            created_at=now,
        )
        aliases.update(target=str(part.pk))
        taken = [str(contract) for contract in contracts.values_list("pk", flat=True)]
        contracts.update(counterparty=part)
        if taken:
            enqueue(
                "documents.follow_contracts",
                key=str(part.pk),
                installation_id=whole.installation_id,
                arguments={"contracts": sorted(taken)},
                now=now,
            )
    log.info("counterparty split", counterparty=str(whole.pk), new=str(part.pk), by=viewer.user_id)
    return part


def _require_staff(viewer: Viewer) -> None:
    if not viewer.may_manage_users:
        raise PermissionDenied("merging and splitting needs MANAGE_USERS")


def _locked(installation_id: int, ids: Collection[UUID]) -> dict[UUID, Counterparty]:
    """The counterparties of these ids, nobody else's until the transaction ends."""
    found = {
        counterparty.pk: counterparty
        # Always in one sequence, so that two merges of the same pair don't wait for each other.
        for counterparty in Counterparty.objects.select_for_update()
        .filter(pk__in=ids, installation_id=installation_id, merged_into=None)
        .order_by("pk")
    }
    if len(found) < len(set(ids)):
        raise NotFound("there is no such counterparty", field="counterpartyId")
    return found


def _aliases(counterparty: Counterparty) -> QuerySet[Alias]:
    return Alias.objects.filter(
        installation_id=counterparty.installation_id,
        kind=Alias.Kind.COUNTERPARTY,
        target=str(counterparty.pk),
    )


def _move_members(duplicate: Counterparty, survivor: Counterparty) -> None:
    present = {member.user_id: member for member in Member.objects.filter(counterparty=survivor)}
    for member in Member.objects.filter(counterparty=duplicate):
        twin = present.get(member.user_id)
        if twin is None:
            continue
        if _RANK[Role(member.role)] < _RANK[Role(twin.role)]:
            Member.objects.filter(pk=twin.pk).update(role=member.role)
        Member.objects.filter(pk=member.pk).delete()
    Member.objects.filter(counterparty=duplicate).update(counterparty=survivor)


def _move_contracts(duplicate: Counterparty, survivor: Counterparty) -> None:
    mains = set(
        Contract.objects.filter(counterparty=survivor, is_main=True).values_list(
            "supplier_id", "currency"
        )
    )
    for contract in Contract.objects.filter(counterparty=duplicate).select_related(
        "supplier", "counterparty"
    ):
        if contract.terms is None and duplicate.terms != survivor.terms:
            contract.terms = terms_of(contract).to_json()
        if contract.is_main and (contract.supplier_id, contract.currency) in mains:
            contract.is_main = False
        contract.counterparty = survivor
        contract.save(update_fields=["terms", "is_main", "counterparty"])


def _move_matches(
    duplicate: Counterparty, survivor: Counterparty, *, by: str, now: dt.datetime
) -> None:
    """Open questions about the duplicate are about the survivor now; none is asked twice."""
    known = Match.objects.filter(kind=Match.Kind.USER, counterparty=survivor)
    about_users = Match.objects.filter(kind=Match.Kind.USER, counterparty=duplicate)
    members = Member.objects.filter(counterparty=survivor).values("user_id")
    about_users.filter(state=Match.State.OPEN).filter(
        user_id__in=known.exclude(state=Match.State.LINKED).values("user_id")
    ).delete()
    about_users.filter(state=Match.State.OPEN, user_id__in=members).delete()
    # Whoever is a member of the one was perhaps removed from the other: he is one now.
    about_users.filter(reason=Reason.REMOVED, user_id__in=members).delete()
    known.filter(reason=Reason.REMOVED, user_id__in=members).delete()
    about_users.update(counterparty=survivor)

    pairs = Match.objects.filter(kind=Match.Kind.DUPLICATE)
    ids = (duplicate.pk, survivor.pk)
    pairs.filter(state=Match.State.OPEN, counterparty__in=ids, duplicate__in=ids).update(
        state=Match.State.MERGED, resolved_at=now, resolved_by=by
    )
    for match in pairs.filter(
        Q(counterparty=duplicate) | Q(duplicate=duplicate), state=Match.State.OPEN
    ):
        is_first = match.counterparty_id == duplicate.pk
        pair = (match.duplicate_id if is_first else match.counterparty_id, survivor.pk)
        if pairs.filter(
            counterparty__in=pair,
            duplicate__in=pair,
            state__in=(Match.State.OPEN, Match.State.DISMISSED),
        ).exists():
            match.delete()
        elif is_first:
            Match.objects.filter(pk=match.pk).update(counterparty=survivor)
        else:
            Match.objects.filter(pk=match.pk).update(duplicate=survivor)
