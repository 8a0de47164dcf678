"""Reads for the gate, and what a buyer is told of an order's papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.queries import documents_of, papers_of
from saleor_b2b_docs.gate.models import ConfirmationPolicy
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.services import SUPPLIER_NOT_READY
from saleor_b2b_docs.saleor.models import Channel, Installation
from saleor_b2b_docs.work.queries import is_waiting, parked_code

_ORDER_JOBS = ("gate.process_order", "gate.answer_invoice_request", "gate.look_for_order")
"""The jobs that make an order's papers: whichever gave up knows why there are none."""
_REQUEST_JOBS = ("gate.answer_invoice_request", "gate.look_for_order")
"""Those of them that may make the invoice of an order from before the installation."""


class PapersState(Enum):
    PREPARING = "PREPARING"
    READY = "READY"
    FAILED = "FAILED"


class PapersCode(Enum):
    """Why an order has no papers to hand out."""

    SUPPLIER_NOT_READY = "SUPPLIER_NOT_READY"
    RENDERING_FAILED = "RENDERING_FAILED"
    ORDER_CANCELLED = "ORDER_CANCELLED"
    NOT_INVOICEABLE = "NOT_INVOICEABLE"
    NOT_REQUESTED = "NOT_REQUESTED"
    """The order is older than the app: its invoice is made when somebody asks for it."""


@dataclass(frozen=True, slots=True)
class OrderPapers:
    """An order's papers as its buyer is told of them."""

    state: PapersState
    code: PapersCode | None = None
    documents: Sequence[Document] = ()


def confirms_at_once(installation: Installation, channel_slug: str) -> bool:
    """Whether orders of a channel are confirmed by the app as soon as they arrive.

    Unless the merchant said otherwise, the channel's own setting decides: Saleor leaves unpaid
    orders unconfirmed even where it is set to confirm by itself, and that is what we make up for.
    """
    policy = ConfirmationPolicy.objects.filter(
        installation=installation, channel_slug=channel_slug
    ).first()
    if policy and policy.mode != ConfirmationPolicy.Mode.FOLLOW_CHANNEL:
        return policy.mode == ConfirmationPolicy.Mode.AT_ONCE
    channel = Channel.objects.filter(installation=installation, slug=channel_slug).first()
    return channel is not None and channel.confirms_automatically


def order_papers(order: Order) -> OrderPapers:
    """What to tell the buyer of an order that he may see."""
    documents = documents_of(order)
    if documents and all(_is_rendered(document) for document in documents):
        return OrderPapers(PapersState.READY, documents=papers_of(order))
    if documents:
        failed = any(parked_code("documents.render", str(document.pk)) for document in documents)
        return (
            OrderPapers(PapersState.FAILED, PapersCode.RENDERING_FAILED)
            if failed
            else OrderPapers(PapersState.PREPARING)
        )
    if order.status in (Order.Status.CANCELED, Order.Status.EXPIRED):
        return OrderPapers(PapersState.FAILED, PapersCode.ORDER_CANCELLED)
    key = order_key(order.installation_id, order.saleor_id)
    code = next(filter(None, (parked_code(name, key) for name in _ORDER_JOBS)), None)
    if code == SUPPLIER_NOT_READY:
        return OrderPapers(PapersState.FAILED, PapersCode.SUPPLIER_NOT_READY)
    if code:
        return OrderPapers(PapersState.FAILED, PapersCode.NOT_INVOICEABLE)
    is_older = order.placed_at < order.installation.installed_at
    if is_older and not is_waiting(_REQUEST_JOBS, key):
        return OrderPapers(PapersState.FAILED, PapersCode.NOT_REQUESTED)
    return OrderPapers(PapersState.PREPARING)


def is_sought(installation_id: int, saleor_id: str) -> bool:
    """Whether a job is at work or waiting that may bring us this order."""
    return is_waiting(_ORDER_JOBS, order_key(installation_id, saleor_id))


def order_key(installation_id: int, saleor_id: str) -> str:
    """The key of an order's jobs, and the serial key that lets only one of them run."""
    return f"{installation_id}:{saleor_id}"


def _is_rendered(document: Document) -> bool:
    current = document.revisions.all()[0]
    return bool(current.pdf_name) and current.pdf_is_void == (document.voided_at is not None)
