"""Reads for a gateway, which asks for many orders or users at once.

A gateway's representation proves nothing: whoever may send a query may name any id. Everything is
scoped by the viewer, as in every other read.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from saleor_b2b_docs.documents.models import Document, DocumentOrder
from saleor_b2b_docs.documents.queries import IS_NO_DOUBLE, visible_documents
from saleor_b2b_docs.graphql.global_ids import is_order_id
from saleor_b2b_docs.graphql.sight import orders_of
from saleor_b2b_docs.parties.models import Contract, Member, Role
from saleor_b2b_docs.parties.queries import (
    MONEY_ROLES,
    money_contracts,
    seats,
    tenant,
    visible_contracts,
)
from saleor_b2b_docs.parties.references import user_key
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.panel.figures import Panel, panel_of
from saleor_b2b_docs.settlements.panel.queries import contract_panels, debt_panel


def papers_of_orders(viewer: Viewer, order_ids: Sequence[str]) -> Mapping[str, Sequence[Document]]:
    """The papers of each of these orders, by their ids at Saleor, as far as the viewer may see
    them; the oldest first. The accounting system's double of an invoice of ours is left out."""
    wanted = frozenset(filter(is_order_id, order_ids))
    of_these = DocumentOrder.objects.filter(document=OuterRef("pk"), order__saleor_id__in=wanted)
    documents = visible_documents(viewer).filter(IS_NO_DOUBLE).filter(Exists(of_these))
    own_seats = seats(viewer)
    papers: dict[str, list[Document]] = defaultdict(list)
    for document in documents.order_by("issued_on", "issued_at", "number"):
        for order in orders_of(document, viewer=viewer, seats=own_seats):
            if order.saleor_id in wanted:
                papers[order.saleor_id].append(document)
    return papers


def panels_of_users(
    viewer: Viewer, user_ids: Sequence[str], *, now: dt.datetime
) -> Mapping[str, Panel]:
    """The debt panel of each of these users who may see money: a customer's own, or, for staff
    with MANAGE_ORDERS, anybody's of their installation."""
    if not viewer.may_read_orders:
        own = debt_panel(viewer, now=now) if viewer.user_id in user_ids else None
        return {viewer.user_id: own} if own else {}
    parties = _parties_of(viewer, user_ids, roles=MONEY_ROLES)
    panels = contract_panels(
        list(_in_sequence(money_contracts(viewer).filter(counterparty__in=_all(parties)))), now=now
    )
    return {
        user_id: panel_of(panel for panel in panels if panel.contract.counterparty_id in own)
        for user_id, own in parties.items()
    }


def contracts_of_users(viewer: Viewer, user_ids: Sequence[str]) -> Mapping[str, Sequence[Contract]]:
    """The contracts of everybody that each of these users acts for: a customer's own, or, for
    staff with MANAGE_ORDERS, anybody's of their installation."""
    if not viewer.may_read_orders:
        if viewer.kind is not ViewerKind.CUSTOMER or viewer.user_id not in user_ids:
            return {}
        return {viewer.user_id: own_contracts(viewer)}
    parties = _parties_of(viewer, user_ids, roles=tuple(Role))
    contracts = list(_in_sequence(visible_contracts(viewer).filter(counterparty__in=_all(parties))))
    return {
        user_id: [contract for contract in contracts if contract.counterparty_id in own]
        for user_id, own in parties.items()
    }


def own_contracts(viewer: Viewer) -> Sequence[Contract]:
    """What a customer may choose from in the company switch; nothing for anybody else, since staff
    see the contracts of one counterparty at a time."""
    if viewer.kind is not ViewerKind.CUSTOMER:
        return []
    return list(_in_sequence(visible_contracts(viewer)))


def _in_sequence(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    return contracts.order_by(
        "counterparty__name", "supplier__legal_name", "currency", "-is_main", "pk"
    )


def _parties_of(
    viewer: Viewer, user_ids: Sequence[str], *, roles: Sequence[Role]
) -> Mapping[str, set[uuid.UUID]]:
    """For each user who acts for somebody in one of these roles: for whom."""
    parties: dict[str, set[uuid.UUID]] = defaultdict(set)
    for user_id, counterparty_id in Member.objects.filter(
        counterparty__installation=tenant(viewer),
        user_id__in=list(filter(user_key, user_ids)),
        role__in=roles,
    ).values_list("user_id", "counterparty_id"):
        parties[user_id].add(counterparty_id)
    return parties


def _all(parties: Mapping[str, set[uuid.UUID]]) -> set[uuid.UUID]:
    return set().union(*parties.values())
