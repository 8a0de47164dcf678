"""Papers that come to belong to somebody: whose they are follows their orders and the merges."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q, QuerySet

from saleor_b2b_docs.documents.models import Document, DocumentKind, Origin
from saleor_b2b_docs.documents.twins.services import pair_issued, pair_received
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract


def adopt_order(order: Order) -> None:
    """The order got its contract: the papers that were made for it get it, too.

    Received papers have their counterparty from the accounting system, and keep it. Nothing
    happens while the order has no contract.
    """
    if order.contract_id is not None:
        _adopt(Document.objects.filter(order=order))


def adopt_orders(installation_id: int, *, user_id: str) -> None:
    """The same for all orders of a user that have a contract by now."""
    if user_id:
        _adopt(
            Document.objects.filter(
                order__installation_id=installation_id,
                order__user_id=user_id,
                order__contract__isnull=False,
            )
        )


def adopt_merged(installation_id: int, *, duplicate_id: uuid.UUID, survivor_id: uuid.UUID) -> None:
    """A counterparty was merged into another: its papers are the other's.

    Contracts are not touched: they move with their counterparty.
    """
    papers = Document.objects.filter(installation_id=installation_id, counterparty_id=duplicate_id)
    with transaction.atomic():
        # What was no double while the two were two may be one now.
        invoices = list(
            papers.filter(_MAY_BE_PAIRED).order_by("issued_at", "id").values_list("pk", flat=True)
        )
        papers.update(counterparty_id=survivor_id)
        for document_id in invoices:
            pair_received(Document.objects.get(pk=document_id))


def follow_contracts(installation_id: int, contract_ids: Collection[uuid.UUID]) -> None:
    """Contracts were split off to another counterparty: their papers go with them."""
    with transaction.atomic():
        for contract in Contract.objects.filter(
            supplier__installation_id=installation_id, pk__in=contract_ids
        ):
            Document.objects.filter(contract=contract).exclude(
                counterparty_id=contract.counterparty_id
            ).update(counterparty_id=contract.counterparty_id)


_MAY_BE_PAIRED = Q(origin=Origin.RECEIVED, kind=DocumentKind.INVOICE, twin_of=None)


def _adopt(documents: QuerySet[Document]) -> None:
    strayed = (
        documents.filter(origin=Origin.ISSUED)
        .filter(
            Q(contract=None)
            | ~Q(contract=F("order__contract"))
            | Q(counterparty=None)
            | ~Q(counterparty=F("order__contract__counterparty"))
        )
        .select_related("order__contract")
        .order_by("issued_at", "id")
    )
    for document in list(strayed):
        order = document.order
        if order is None or order.contract is None:
            continue
        with transaction.atomic():
            document.contract_id = order.contract_id
            document.counterparty_id = order.contract.counterparty_id
            document.save(update_fields=["contract", "counterparty"])
            pair_issued(document)
