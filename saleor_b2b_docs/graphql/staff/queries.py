"""Reads for lists that staff see, for all rows of a page at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q

from saleor_b2b_docs.documents.pages import (
    InvalidCursor,
    Page,
    check_page_size,
    decode_cursor,
    encode_cursor,
)
from saleor_b2b_docs.parties.matching.queries import open_matches
from saleor_b2b_docs.parties.members.person import plain
from saleor_b2b_docs.parties.models import Contract, Counterparty, Match, Member
from saleor_b2b_docs.parties.queries import money_contracts, tenant, visible_counterparties
from saleor_b2b_docs.saleor.viewers import Viewer


def counterparties_page(
    viewer: Viewer, *, search: str = "", first: int, after: str = ""
) -> Page[Counterparty]:
    """A page of the counterparties that staff may see, by name.

    `search` is a part of a name, or the beginning of a tax or VAT id. Raises InvalidCursor,
    InvalidPageSize.
    """
    check_page_size(first)
    found = visible_counterparties(viewer).select_related("group")
    if text := plain(search):
        found = found.filter(_is_called(text))
    if after:
        name, key = decode_cursor(after, str, str)
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=_uuid(str(key))))
    rows = list(found.order_by("name", "pk")[: first + 1])
    return Page(
        rows=rows[:first],
        cursors=[encode_cursor(row.name, str(row.pk)) for row in rows[:first]],
        has_next=len(rows) > first,
        has_previous=bool(after),
    )


def matches_page(viewer: Viewer, *, first: int, after: str = "") -> Page[Match]:
    """A page of what staff have to decide, the oldest first. Raises InvalidCursor,
    InvalidPageSize."""
    check_page_size(first)
    found = open_matches(viewer)
    if after:
        moment, key = decode_cursor(after, str, int)
        created_at = _moment(str(moment))
        found = found.filter(Q(created_at__gt=created_at) | Q(created_at=created_at, pk__gt=key))
    rows = list(found[: first + 1])
    return Page(
        rows=rows[:first],
        cursors=[encode_cursor(row.created_at.isoformat(), row.pk) for row in rows[:first]],
        has_next=len(rows) > first,
        has_previous=bool(after),
    )


def contracts_of_counterparties(
    viewer: Viewer, counterparty_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[Contract]]:
    """The contracts of each whose money the viewer may see."""
    found: dict[uuid.UUID, list[Contract]] = defaultdict(list)
    for contract in (
        money_contracts(viewer)
        .filter(counterparty__in=counterparty_ids)
        .order_by("supplier__legal_name", "currency", "-is_main", "pk")
    ):
        found[contract.counterparty_id].append(contract)
    return found


def members_of_counterparties(
    viewer: Viewer, counterparty_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[Member]]:
    """Who acts for each, the oldest first; nobody for who is not staff with MANAGE_USERS."""
    found: dict[uuid.UUID, list[Member]] = defaultdict(list)
    if viewer.may_manage_users:
        for member in Member.objects.filter(
            counterparty__installation=tenant(viewer), counterparty__in=counterparty_ids
        ).order_by("created_at", "id"):
            found[member.counterparty_id].append(member)
    return found


def contract_currency(viewer: Viewer, contract_id: uuid.UUID) -> str | None:
    """In what a contract's limit is, for who may change it: staff with MANAGE_USERS."""
    if not viewer.may_manage_users:
        return None
    return (
        Contract.objects.filter(pk=contract_id, supplier__installation=tenant(viewer))
        .values_list("currency", flat=True)
        .first()
    )


def _is_called(text: str) -> Q:
    called = Q(tax_id__startswith=text) | Q(vat_id__startswith=text) | Q(name__icontains=text)
    # SQLite knows the capitals of no alphabet but the Latin one.
    for variant in (text.lower(), text.upper(), text.capitalize()):
        called |= Q(name__contains=variant)
    return called


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InvalidCursor("not a cursor of this list") from error


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidCursor("not a cursor of this list") from error
    if moment.tzinfo is None:
        raise InvalidCursor("not a cursor of this list")
    return moment
