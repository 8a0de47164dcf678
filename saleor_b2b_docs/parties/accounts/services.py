"""Writes of companies and contracts as a source has them; the same facts again change nothing.

What a source calls a thing is kept as an alias, and by it the thing is found the next time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from saleor_b2b_docs.parties.accounts.facts import (
    ContractFacts,
    CounterpartyFacts,
    GroupFacts,
    ManagerFacts,
    Origin,
    Outcome,
)
from saleor_b2b_docs.parties.errors import InvalidInput
from saleor_b2b_docs.parties.matching.queries import counterparties_with_tax_id
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Group,
    Manager,
    Supplier,
)
from saleor_b2b_docs.parties.queries import (
    counterparty_of,
    main_contract,
    resolve_alias,
    seats_by_age,
)
from saleor_b2b_docs.parties.references import COUNTERPARTY_TYPE, read_reference
from saleor_b2b_docs.saleor.models import Installation

_Row = TypeVar("_Row", bound=models.Model)

_MAX_LIMIT = 10**15
"""Minor units; as for limits that staff set."""
_MAX_GROUP_NAME = 300


def keep_manager(installation: Installation, facts: ManagerFacts) -> tuple[Manager, Outcome]:
    """The manager of this name, made if there is none, and as the facts say."""
    manager = Manager.objects.filter(installation=installation, name=facts.name).first()
    return _keep(
        manager or Manager(installation=installation, name=facts.name),
        {"phone": facts.phone, "email": facts.email, "messengers": dict(facts.messengers)},
        is_new=manager is None,
    )


def keep_group(installation: Installation, facts: GroupFacts) -> tuple[Group, Outcome]:
    """The holding of this name, made if there is none. Raises InvalidInput for its limit."""
    _check_limit(facts.credit_limit)
    group = Group.objects.filter(installation=installation, name=facts.name).first()
    return _keep(
        group or Group(installation=installation, name=facts.name),
        {"credit_limit": facts.credit_limit, "currency": facts.currency},
        is_new=group is None,
    )


def call_group(installation: Installation, name: str, *, origin: Origin) -> Group:
    """The holding that the source calls so; one that it never told of is made, with this name.

    Raises InvalidInput for a name that can't be one.
    """
    with transaction.atomic():
        target = resolve_alias(
            installation.pk,
            source=origin.source,
            kind=Alias.Kind.GROUP,
            external_id=origin.external_id,
        )
        found = (
            Group.objects.filter(installation=installation, pk=target).first() if target else None
        )
        if found is None:
            if not name.strip() or len(name) > _MAX_GROUP_NAME:
                raise InvalidInput(f"a holding's name has 1 to {_MAX_GROUP_NAME} characters")
            found, _ = Group.objects.get_or_create(installation=installation, name=name)
            _call(installation, origin, kind=Alias.Kind.GROUP, target=str(found.pk))
    return found


def keep_called_group(
    installation: Installation, facts: GroupFacts, *, origin: Origin
) -> tuple[Group, Outcome]:
    """The holding that the source calls so, as the facts say; made if there is none.

    One that has the name already is taken for it, with the companies of what was made under the
    source's key meanwhile. Raises InvalidInput for its limit or name.
    """
    _check_limit(facts.credit_limit)
    if facts.credit_limit is not None and not facts.currency:
        raise InvalidInput("a limit needs its currency")
    with transaction.atomic():
        group = call_group(installation, facts.name, origin=origin)
        if group.name == facts.name:
            return keep_group(installation, facts)
        namesake = Group.objects.filter(installation=installation, name=facts.name).first()
        if namesake is not None:
            Counterparty.objects.filter(group=group).update(group=namesake)
            Alias.objects.filter(
                installation=installation, kind=Alias.Kind.GROUP, target=str(group.pk)
            ).update(target=str(namesake.pk))
            group.delete()
            kept, _ = keep_group(installation, facts)
            return kept, Outcome.CHANGED
        if len(facts.name) > _MAX_GROUP_NAME or not facts.name.strip():
            raise InvalidInput(f"a holding's name has 1 to {_MAX_GROUP_NAME} characters")
        columns = {
            "name": facts.name,
            "credit_limit": facts.credit_limit,
            "currency": facts.currency,
        }
        return _keep(group, columns, is_new=False)


def call_counterparty(
    installation: Installation, *, origin: Origin, name: str, tax_id: str, now: dt.datetime
) -> tuple[Counterparty, Outcome]:
    """The company that the source calls so, as it is; NEW where it was made, with this name.

    What the source was given by the shop, a counterparty's id or that of a user who acts for one
    company only, means that one. Else it is as in `keep_counterparty`; nothing that is known
    already is changed.
    """
    with transaction.atomic():
        found = _called_counterparty(installation, origin)
        if found is not None:
            return found, Outcome.UNCHANGED
        found = _known_by_own_id(installation, origin.external_id) or namesake(
            installation, tax_id, source=origin.source
        )
        outcome = Outcome.NEW if found is None else Outcome.CHANGED
        if found is None:
            found = Counterparty.objects.create(
                installation=installation, name=name, tax_id=tax_id, created_at=now
            )
        _call(installation, origin, kind=Alias.Kind.COUNTERPARTY, target=str(found.pk))
    return found, outcome


def keep_counterparty(
    installation: Installation, facts: CounterpartyFacts, *, origin: Origin, now: dt.datetime
) -> tuple[Counterparty, Outcome]:
    """The company that the source calls so, made if there is none.

    The first time, the only one with the tax id is taken for it, unless the source calls that one
    something else. One that was merged into another is that other one.
    """
    with transaction.atomic():
        found = _called_counterparty(installation, origin) or namesake(
            installation, facts.tax_id, source=origin.source
        )
        counterparty, outcome = _keep(
            found or Counterparty(installation=installation, created_at=now),
            {
                "name": facts.name,
                "tax_id": facts.tax_id,
                "vat_id": facts.vat_id,
                "address": facts.address,
                "email": facts.email,
                "group": facts.group,
                "manager": facts.manager,
                "terms": facts.terms.to_json() if facts.terms else None,
            },
            is_new=found is None,
        )
        _call(installation, origin, kind=Alias.Kind.COUNTERPARTY, target=str(counterparty.pk))
    return counterparty, outcome


def keep_contract(
    supplier: Supplier,
    counterparty: Counterparty,
    currency: str,
    facts: ContractFacts,
    *,
    origin: Origin,
    now: dt.datetime,
) -> tuple[Contract, Outcome]:
    """The contract that the source calls so, made if there is none.

    The first time, a main contract takes over what was made on the spot for an order of the two in
    this currency. A main one makes the main one before it an ordinary one. Raises InvalidInput for
    a limit that is none, and where the contract was of other parties or in another currency before:
    its money can't be moved.
    """
    _check_limit(facts.credit_limit)
    with transaction.atomic():
        found = _called_contract(supplier.installation, origin)
        if found is None and facts.is_main:
            found = _made_on_the_spot(supplier, counterparty, currency)
        if found is not None and (
            (found.supplier_id, found.counterparty_id, found.currency)
            != (supplier.pk, counterparty.pk, currency)
        ):
            raise InvalidInput("the contract was of other parties or in another currency before")
        if facts.is_main:
            others = Contract.objects.filter(
                supplier=supplier, counterparty=counterparty, currency=currency, is_main=True
            )
            if found is not None:
                others = others.exclude(pk=found.pk)
            others.update(is_main=False)
        contract, outcome = _keep(
            found
            or Contract(
                supplier=supplier, counterparty=counterparty, currency=currency, created_at=now
            ),
            {
                "number": facts.number,
                "name": facts.name,
                "signed_on": facts.signed_on,
                "is_main": facts.is_main,
                "is_closed": facts.is_closed,
                "coverage": facts.coverage.value,
                "books_from": facts.books_from,
                "terms": facts.terms.to_json() if facts.terms else None,
                "credit_limit": facts.credit_limit,
                "manager": facts.manager,
            },
            is_new=found is None,
        )
        _call(supplier.installation, origin, kind=Alias.Kind.CONTRACT, target=str(contract.pk))
    return contract, outcome


def _keep(row: _Row, columns: Mapping[str, object], *, is_new: bool) -> tuple[_Row, Outcome]:
    """Have a row say this; it is written only if it said something else."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if not is_new and not changed:
        return row, Outcome.UNCHANGED
    for name in changed:
        setattr(row, name, columns[name])
    if is_new:
        row.save()
        return row, Outcome.NEW
    row.save(update_fields=changed)
    return row, Outcome.CHANGED


def _call(installation: Installation, origin: Origin, *, kind: Alias.Kind, target: str) -> None:
    Alias.objects.get_or_create(
        installation=installation,
        source=origin.source,
        kind=kind,
        external_id=origin.external_id,
        defaults={"target": target},
    )


def _called_counterparty(installation: Installation, origin: Origin) -> Counterparty | None:
    target = resolve_alias(
        installation.pk,
        source=origin.source,
        kind=Alias.Kind.COUNTERPARTY,
        external_id=origin.external_id,
    )
    found = counterparty_of(installation, UUID(target)) if target else None
    return found and Counterparty.objects.select_for_update().get(pk=found.pk)


def _known_by_own_id(installation: Installation, external_id: str) -> Counterparty | None:
    """The company of this id of ours, or the only one that the Saleor user of this id acts for."""
    reference = read_reference(external_id)
    if reference is not None and reference.may_be(COUNTERPARTY_TYPE):
        found = counterparty_of(installation, reference.id)
        if found is not None:
            return found
    seats = seats_by_age(installation, external_id)
    return seats[0].counterparty if len(seats) == 1 else None


def namesake(installation: Installation, tax_id: str, *, source: str) -> Counterparty | None:
    """The only company with this tax id, if the source has no name for it yet."""
    found = counterparties_with_tax_id(installation, (tax_id,)) if tax_id else []
    if len(found) != 1:
        return None
    is_called = Alias.objects.filter(
        installation=installation,
        source=source,
        kind=Alias.Kind.COUNTERPARTY,
        target=str(found[0].pk),
    ).exists()
    return None if is_called else found[0]


def _called_contract(installation: Installation, origin: Origin) -> Contract | None:
    target = resolve_alias(
        installation.pk,
        source=origin.source,
        kind=Alias.Kind.CONTRACT,
        external_id=origin.external_id,
    )
    if target is None:
        return None
    return Contract.objects.select_for_update().filter(pk=target).first()


def _made_on_the_spot(
    supplier: Supplier, counterparty: Counterparty, currency: str
) -> Contract | None:
    found = main_contract(supplier, counterparty, currency)
    if found is None or found.number or found.is_closed:
        return None
    is_called = Alias.objects.filter(
        installation_id=supplier.installation_id, kind=Alias.Kind.CONTRACT, target=str(found.pk)
    ).exists()
    return None if is_called else found


def _check_limit(limit: int | None) -> None:
    if limit is not None and not 0 <= limit <= _MAX_LIMIT:
        raise InvalidInput("a limit is not negative, and not absurd")
