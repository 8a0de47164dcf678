"""Day one: who acts for whom, from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from saleor_b2b_docs.parties.errors import InvalidInput, PartiesError
from saleor_b2b_docs.parties.importing.rows import Row
from saleor_b2b_docs.parties.matching.queries import (
    counterparties_named,
    counterparties_with_tax_id,
)
from saleor_b2b_docs.parties.members.person import Person, Source
from saleor_b2b_docs.parties.members.services import become_member, schedule_identification
from saleor_b2b_docs.parties.models import Counterparty
from saleor_b2b_docs.parties.references import user_key
from saleor_b2b_docs.saleor.models import Installation

FindUser = Callable[[str], Person | None]
"""The Saleor user of an e-mail."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line, for who reads the report."""

    line: int
    text: str
    is_refused: bool = False


def import_members(
    installation: Installation,
    rows: Sequence[Row],
    *,
    find_user: FindUser,
    is_dry: bool,
    is_partial: bool,
    now: dt.datetime,
) -> list[Outcome]:
    """Make members as the lines say; what became of each.

    All of them or, where one is refused, none, unless `is_partial`. With `is_dry` nothing is kept
    and everything is said. A user who is a member already stays what he is.
    """
    # Saleor is asked before the transaction begins: nothing is locked while it thinks.
    persons = {row.line: _person(row, find_user) for row in rows}
    outcomes: list[Outcome] = []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    text = _import(installation, row, persons[row.line], now=now)
                outcomes.append(Outcome(row.line, text))
            except PartiesError as error:
                outcomes.append(Outcome(row.line, str(error), is_refused=True))
        is_refused = any(outcome.is_refused for outcome in outcomes)
        if is_dry or (is_refused and not is_partial):
            transaction.set_rollback(True)
    return outcomes


def _person(row: Row, find_user: FindUser) -> Person | None:
    """Whom a line means; an id is taken as it stands, an e-mail is looked up at Saleor."""
    if row.user_id:
        return Person(row.user_id, row.email.lower())
    return find_user(row.email.lower()) if row.email else None


def _import(
    installation: Installation, row: Row, person: Person | None, *, now: dt.datetime
) -> str:
    if row.user_id and user_key(row.user_id) is None:
        raise InvalidInput(f"{row.user_id} is not the id of a Saleor user")
    if person is None:
        raise InvalidInput(
            f"Saleor has no customer {row.email}" if row.email else "no user_id and no email"
        )
    role = row.wanted_role
    counterparty, is_made = _counterparty(installation, row, now=now)
    member, is_new = become_member(counterparty, person, role=role, source=Source.IMPORT, now=now)
    who = person.email or person.user_id
    if not is_new:
        return f"{who} is {member.role} of {counterparty.name} already"
    if not person.name:
        schedule_identification(installation.pk, user_id=person.user_id, now=now)
    made = " (made)" if is_made else ""
    return f"{who} is {member.role} of {counterparty.name}{made}"


def _counterparty(
    installation: Installation, row: Row, *, now: dt.datetime
) -> tuple[Counterparty, bool]:
    """Whom a line means, and whether it was made for it. Raises InvalidInput."""
    if row.counterparty:
        named = counterparties_named(installation, row.counterparty)
        if len(named) == 1:
            return named[0], False
        raise InvalidInput(
            f"several counterparties are called {row.counterparty}"
            if named
            else f"no counterparty is called {row.counterparty}"
        )
    if not row.tax_id:
        raise InvalidInput("no counterparty and no tax_id")
    found = counterparties_with_tax_id(installation, (row.tax_id,))
    if len(found) > 1:
        found = [one for one in found if one.name == row.company]
        if len(found) != 1:
            raise InvalidInput(f"several counterparties have the tax id {row.tax_id}")
    if found:
        return found[0], False
    if not row.company:
        raise InvalidInput(f"no counterparty has the tax id {row.tax_id}, and no company is named")
    made = Counterparty.objects.create(
        installation=installation,
        name=row.company[:500],
        tax_id=row.tax_id[:60],
        created_at=now,
    )
    return made, True
