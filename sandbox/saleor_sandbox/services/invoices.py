"""Invoices, with exactly the checks that Saleor makes, and no others.

Any text passes as an address, and a number may come twice: those checks are the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import Invoice, Order
from saleor_sandbox.models.apps import JobStatus
from saleor_sandbox.models.sales import OrderStatus
from saleor_sandbox.refusals import Refusal, Refusals
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import orders
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.writes import writing

_NOT_YET = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED, OrderStatus.EXPIRED)


def _require_invoiceable(order: Order, verb: str) -> None:
    if order.status in _NOT_YET:
        raise Refusal(
            f"Cannot {verb} an invoice for draft, unconfirmed or expired order.",
            code="INVALID_STATUS",
            field="orderId",
        )
    if order.billing_address is None:
        raise Refusal(
            f"Cannot {verb} an invoice for order without billing address.",
            code="NOT_READY",
            field="orderId",
        )


def create(order_id: str, values: Mapping[str, Any]) -> Invoice:
    """A finished invoice. Raises Refusal or Refusals (INVALID_STATUS, NOT_READY, REQUIRED)."""
    with writing():
        order = orders.find(order_id, field="orderId")
        _require_invoiceable(order, "create")
        empty = [
            Refusal(f"{name} cannot be empty.", code="REQUIRED", field=name)
            for name in ("url", "number")
            if values[name] == ""
        ]
        if empty:
            raise Refusals(empty)
        invoice = Invoice.objects.create(
            order=order,
            number=values["number"],
            external_url=values["url"],
            status=JobStatus.SUCCESS,
            metadata=pairs(values.get("metadata"), field="metadata"),
            private_metadata=pairs(values.get("private_metadata"), field="privateMetadata"),
        )
        _touch(order)
        return invoice


def request(order_id: str, *, number: str | None, requestor: Requestor) -> Order:
    """Ask the apps for an invoice: an empty one is stored, INVOICE_REQUESTED tells its id.

    Raises Refusal (INVALID_STATUS, NOT_READY, NO_INVOICE_PLUGIN).
    """
    with writing():
        order = orders.find(order_id, field="orderId")
        _require_invoiceable(order, "request")
        if not events.webhooks_for(event_types.INVOICE_REQUESTED, []):
            raise Refusal(
                "No app or plugin is configured to handle invoice requests.",
                code="NO_INVOICE_PLUGIN",
                field="orderId",
            )
        invoice = Invoice.objects.create(order=order, number=number)
        events.emit(event_types.INVOICE_REQUESTED, invoice, requestor=requestor)
        _touch(order)
        return order


def update(invoice_id: str, values: Mapping[str, Any]) -> Invoice:
    """Complete or change an invoice. Raises Refusals (NUMBER_NOT_SET, URL_NOT_SET)."""
    with writing():
        invoice = _find(invoice_id)
        refusals = []
        if not (invoice.number or values.get("number")):
            refusals.append(
                Refusal(
                    "Number need to be set after update operation.",
                    code="NUMBER_NOT_SET",
                    field="number",
                )
            )
        if not (invoice.external_url or values.get("url")):
            refusals.append(
                Refusal(
                    "URL need to be set after update operation.", code="URL_NOT_SET", field="url"
                )
            )
        if refusals:
            raise Refusals(refusals)
        if values.get("number") is not None:
            invoice.number = values["number"]
        if values.get("url") is not None:
            invoice.external_url = values["url"]
        invoice.status = JobStatus.SUCCESS
        invoice.metadata |= pairs(values.get("metadata"), field="metadata")
        invoice.private_metadata |= pairs(values.get("private_metadata"), field="privateMetadata")
        invoice.save()
        return invoice


def delete(invoice_id: str) -> Invoice:
    """Take an invoice away."""
    with writing():
        invoice = _find(invoice_id)
        key = invoice.pk
        invoice.delete()
        invoice.pk = key
        return invoice


def _find(invoice_id: str) -> Invoice:
    try:
        key = int(global_ids.decode_as(invoice_id, "Invoice"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    invoice = Invoice.objects.select_related("order").filter(pk=key).first()
    if invoice is None:
        raise Refusal(f"Couldn't resolve to a node: {invoice_id}", code="NOT_FOUND", field="id")
    return invoice


def _touch(order: Order) -> None:
    # Saleor refreshes the order's search index here, and with it updatedAt.
    order.save(update_fields=["updated_at"])
