"""Reads of what the books say of orders, for telling Saleor."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet, Sum

from saleor_b2b_docs.documents.models import DocumentKind, DocumentOrder, Origin, Revision
from saleor_b2b_docs.documents.received.context import from_content
from saleor_b2b_docs.onec.into_saleor.notes import Note, NoteCode
from saleor_b2b_docs.onec.into_saleor.paid import PaidPart, reserved_share, share
from saleor_b2b_docs.onec.into_saleor.shipped import OrderedLine, Waybill
from saleor_b2b_docs.onec.models import OrderReport
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias, Contract, Supplier
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.ledger.queries import CLOSED
from saleor_b2b_docs.settlements.models import (
    Allocation,
    Credit,
    Entry,
    EntryKind,
    EntryOrder,
    Payment,
    Posting,
    StatedSettlement,
)

AT_ONCE = 500
"""Ids in one statement; SQLite takes no more than a thousand or so."""

_FOR_GOODS = (
    EntryKind.WAYBILL,
    EntryKind.SERVICE_ACT,
    EntryKind.INVOICE,
    EntryKind.UPWARD_CORRECTION,
    EntryKind.DEBIT_ADJUSTMENT,
)
"""Debits that a payment of an order pays; money paid back is none."""


def reports_anything(installation: Installation) -> bool:
    """Whether any supplier wants Saleor told of anything."""
    return Supplier.objects.filter(_REPORTS, installation=installation).exists()


def reporting_contracts(contracts: Collection[UUID]) -> list[tuple[UUID, int]]:
    """Those of the contracts whose supplier wants Saleor told, each with its installation's id."""
    found: list[tuple[UUID, int]] = []
    for some in _chunks([str(pk) for pk in contracts]):
        found += Contract.objects.filter(_of("supplier", _REPORTS_NAMES), pk__in=some).values_list(
            "pk", "supplier__installation_id"
        )
    return found


def orders_of_papers(installation: Installation, *, source: str, keys: Collection[str]) -> set[str]:
    """Saleor's ids of the orders that received papers are about."""
    found: set[str] = set()
    for some in _chunks(keys):
        papers = Alias.objects.filter(
            installation=installation,
            source=source,
            kind=Alias.Kind.DOCUMENT,
            external_id__in=some,
        ).values_list("target", flat=True)
        found.update(
            DocumentOrder.objects.filter(document__in=list(papers)).values_list(
                "order__saleor_id", flat=True
            )
        )
    return found


def orders_of_contract(contract_id: UUID) -> set[str]:
    """Saleor's ids of the orders that a contract's papers and entries are about."""
    return {
        *EntryOrder.objects.filter(entry__contract=contract_id).values_list("order_id", flat=True),
        *DocumentOrder.objects.filter(document__contract=contract_id).values_list(
            "order__saleor_id", flat=True
        ),
    }


def order_to_report(installation: Installation, order_id: str) -> Order | None:
    """The order with its supplier, if that one wants Saleor told."""
    return (
        Order.objects.filter(_of("supplier", _REPORTS_NAMES))
        .filter(installation=installation, saleor_id=order_id)
        .select_related("supplier", "installation")
        .first()
    )


def untold(installation: Installation, order_ids: Collection[str]) -> list[str]:
    """Those of the orders of which the books say something else than Saleor was told."""
    found: list[str] = []
    for some in _chunks(order_ids):
        said = traces(installation, some)
        told = dict(
            OrderReport.objects.filter(
                order__installation=installation, order__saleor_id__in=some
            ).values_list("order__saleor_id", "trace")
        )
        known = Order.objects.filter(
            _of("supplier", _REPORTS_NAMES), installation=installation, saleor_id__in=some
        ).values_list("saleor_id", flat=True)
        found += [name for name in sorted(known) if said.get(name, "") != told.get(name, "")]
    return found


def last_trace(order: Order) -> str:
    """What Saleor was told last; empty for nothing."""
    return OrderReport.objects.filter(order=order).values_list("trace", flat=True).first() or ""


def traces(installation: Installation, order_ids: Collection[str]) -> dict[str, str]:
    """SHA-256 of what the books say of each of these orders, at most 500; none where nothing.

    Which of it is told is a part of it, so a supplier that begins to tell more is seen.
    """
    said: dict[str, list[object]] = defaultdict(list)
    waybills = (
        _waybill_links()
        .filter(order__installation=installation, order__saleor_id__in=order_ids)
        .annotate(newest=Max("document__revisions__number"))
        .values_list("order__saleor_id", "document_id", "amount", "newest")
    )
    for name, document, amount, newest in waybills:
        said[name].append(["paper", str(document), amount, newest])
    live = EntryOrder.objects.filter(
        order_id__in=order_ids,
        entry__posting__isnull=False,
        entry__contract__supplier__installation=installation,
    )
    for name, entry, amount in live.values_list("order_id", "entry_id", "amount"):
        said[name].append(["entry", entry, amount])
    allocations = (
        Allocation.objects.filter(
            credit__kind=EntryKind.PAYMENT,
            due_part__entry__orders__order_id__in=order_ids,
            contract__supplier__installation=installation,
        )
        .values_list("due_part__entry__orders__order_id", "credit_id", "due_part__entry_id")
        .annotate(sum=Sum("amount"))
    )
    for name, credit, debit, amount in allocations:
        said[name].append(["paid", credit, debit, amount])
    reserved = Credit.objects.filter(
        reserved__gt=0,
        entry__kind=EntryKind.PAYMENT,
        entry__orders__order_id__in=order_ids,
        contract__supplier__installation=installation,
    ).values_list("entry__orders__order_id", "entry_id", "reserved")
    for name, credit, amount in reserved:
        said[name].append(["reserved", credit, amount])
    flags = {
        name: (shipments, payments)
        for name, shipments, payments in Order.objects.filter(
            installation=installation, saleor_id__in=list(said)
        ).values_list("saleor_id", "supplier__reports_shipments", "supplier__reports_payments")
    }
    return {
        name: hashlib.sha256(
            json.dumps([flags.get(name), sorted(parts, key=str)]).encode()
        ).hexdigest()
        for name, parts in said.items()
    }


def ordered_lines(order: Order) -> tuple[OrderedLine, ...]:
    """The lines of an order, in their sequence."""
    return tuple(
        OrderedLine(line.saleor_id, line.external_reference, line.sku, line.quantity)
        for line in order.lines.all()
    )


def waybills_of(order: Order) -> list[Waybill]:
    """The posted waybills of an order: received papers, and entries without a paper."""
    links = list(
        _waybill_links()
        .filter(order=order)
        .select_related("document")
        .order_by("document__issued_on", "document__number", "document_id")
    )
    found = [_waybill(order, link) for link in links]
    bare = EntryOrder.objects.filter(
        order_id=order.saleor_id,
        entry__posting__isnull=False,
        entry__kind=EntryKind.WAYBILL,
        entry__document__isnull=True,
        entry__contract__supplier=order.supplier_id,
    ).select_related("entry__contract")
    for row in bare.order_by("entry__effective_on", "entry__reference"):
        others = row.entry.orders.exclude(pk=row.pk).exists()
        found.append(
            Waybill(
                reference=row.entry.reference,
                number=row.entry.number,
                amount=row.entry.amount if row.amount is None and not others else row.amount,
                currency=row.entry.contract.currency,
            )
        )
    return found


def _waybill(order: Order, link: DocumentOrder) -> Waybill:
    document = link.document
    content = from_content(
        Revision.objects.filter(document=document)
        .order_by("-number")
        .values_list("content", flat=True)[0]
    )
    names = [name for name, _ in content.orders if name != order.saleor_id]
    known = {
        other.saleor_id: ordered_lines(other)
        for other in Order.objects.filter(
            installation=order.installation_id, saleor_id__in=names
        ).prefetch_related("lines")
    }
    return Waybill(
        reference=str(document.pk),
        number=document.number,
        amount=document.gross if link.amount is None and not names else link.amount,
        currency=document.currency,
        lines=content.lines,
        others=tuple(known.get(name) for name in names),
    )


@dataclass(slots=True)
class Paid:
    """What the books say that was paid of an order."""

    parts: list[PaidPart] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def paid_parts(order: Order) -> Paid:
    """What each payment pays of an order: what it settles of its debits, and what waits for them.

    Debits in another currency than the order's are left out, with a note.
    """
    found = Paid()
    amounts: dict[int, int] = defaultdict(int)
    debits = _orders_of(
        Entry.objects.filter(
            posting__isnull=False,
            kind__in=_FOR_GOODS,
            orders__order_id=order.saleor_id,
            contract__supplier=order.supplier_id,
            contract__currency=order.currency,
        )
    )
    allocations = list(
        Allocation.objects.filter(credit__kind=EntryKind.PAYMENT, due_part__entry__in=list(debits))
        .values_list("credit_id", "due_part__entry_id")
        .annotate(sum=Sum("amount"))
        .order_by("credit_id", "due_part__entry_id")
    )
    reserves = dict(
        Credit.objects.filter(
            reserved__gt=0,
            entry__kind=EntryKind.PAYMENT,
            entry__orders__order_id=order.saleor_id,
            contract__supplier=order.supplier_id,
            contract__currency=order.currency,
        ).values_list("entry_id", "reserved")
    )
    credit_ids = {credit for credit, _, _ in allocations} | set(reserves)
    credits = _orders_of(Entry.objects.filter(pk__in=credit_ids))
    for credit, debit, amount in allocations:
        part = share(
            amount, order=order.saleor_id, debit=debits[debit], credit=credits.get(credit, {})
        )
        if part is None:
            text = "a debit of several orders does not say how much of it is whose"
            found.notes.append(Note(NoteCode.SHARED_DEBIT, text))
        else:
            amounts[credit] += part
    for credit, reserved in reserves.items():
        amounts[credit] += _reserved(order, credit, reserved, credits[credit])
    found.parts = _parts({credit: amount for credit, amount in amounts.items() if amount})
    if _has_other_currency(order):
        text = f"the books of this order are in another currency than {order.currency}"
        found.notes.append(Note(NoteCode.OTHER_CURRENCY, text))
    return found


def _reserved(order: Order, credit: int, reserved: int, orders: dict[str, int | None]) -> int:
    closed = set(
        Order.objects.filter(
            installation=order.installation_id, saleor_id__in=list(orders), status__in=CLOSED
        ).values_list("saleor_id", flat=True)
    )
    allocated: dict[str, int] = defaultdict(int)
    for name, amount in (
        Allocation.objects.filter(credit=credit, due_part__entry__orders__order_id__in=list(orders))
        .values_list("due_part__entry__orders__order_id")
        .annotate(sum=Sum("amount"))
    ):
        allocated[name] = amount
    return reserved_share(
        reserved,
        order=order.saleor_id,
        orders=[(name, said) for name, said in orders.items() if name not in closed],
        allocated=allocated,
        awaited=_awaited(order, credit),
    )


def _awaited(order: Order, credit: int) -> int | None:
    """How much of a payment is kept for debits that it names and that have not come."""
    stated = list(StatedSettlement.objects.filter(entry=credit).values_list("reference", "amount"))
    came = set(
        Posting.objects.filter(
            installation=order.installation_id,
            reference__in=[reference for reference, _ in stated],
            entry__isnull=False,
        ).values_list("reference", flat=True)
    )
    amounts = [amount for reference, amount in stated if reference not in came]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _parts(amounts: dict[int, int]) -> list[PaidPart]:
    rows = {
        payment.entry_id: payment
        for payment in Payment.objects.filter(entry__in=list(amounts)).prefetch_related(
            "provisional"
        )
    }
    parts = []
    for entry in Entry.objects.filter(pk__in=list(amounts)).order_by("effective_on", "reference"):
        payment = rows.get(entry.pk)
        announced = list(payment.provisional.all()) if payment else []
        own_names = {entry.reference, entry.reference.partition(":")[2], entry.number}
        parts.append(
            PaidPart(
                reference=entry.reference,
                number=entry.number,
                amount=amounts[entry.pk],
                aliases=frozenset(
                    name
                    for name in (*own_names, *(row.reference for row in announced))
                    if name.strip()
                ),
                came_from_saleor=any(row.source == "saleor" for row in announced),
            )
        )
    return parts


def _orders_of(entries: QuerySet[Entry]) -> dict[int, dict[str, int | None]]:
    """The orders of each entry, as the books have them."""
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    rows = EntryOrder.objects.filter(entry__in=entries.values("pk")).order_by("entry_id", "id")
    for entry, name, amount in rows.values_list("entry_id", "order_id", "amount"):
        found[entry][name] = amount
    return found


def _has_other_currency(order: Order) -> bool:
    return (
        EntryOrder.objects.filter(
            order_id=order.saleor_id,
            entry__posting__isnull=False,
            entry__contract__supplier=order.supplier_id,
        )
        .exclude(entry__contract__currency=order.currency)
        .exists()
    )


def _waybill_links() -> QuerySet[DocumentOrder]:
    """Waybills that stand, of the order's own supplier."""
    return DocumentOrder.objects.filter(
        document__kind=DocumentKind.WAYBILL,
        document__origin=Origin.RECEIVED,
        document__voided_at__isnull=True,
        document__supplier=F("order__supplier"),
    )


_REPORTS_NAMES = ("reports_shipments", "reports_payments")
_REPORTS = Q(reports_shipments=True) | Q(reports_payments=True)


def _of(relation: str, names: Sequence[str]) -> Q:
    condition = Q()
    for name in names:
        condition |= Q(**{f"{relation}__{name}": True})
    return condition


def _chunks(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
