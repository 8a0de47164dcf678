"""An accounting base, and what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from saleor_b2b_docs.documents.models import Document, DocumentKind, DocumentOrder, Revision
from saleor_b2b_docs.onec.facts import (
    ContractFact,
    CounterpartyFact,
    DocumentFact,
    OrderRef,
    PartyRef,
    PaymentFact,
    Said,
    Settled,
    Stamp,
)
from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.intake.summary import Summary
from saleor_b2b_docs.onec.models import Authority, Base, Delivery, FactState
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Group,
    Manager,
    Match,
    Supplier,
)
from saleor_b2b_docs.settlements.models import (
    Allocation,
    ContractFigures,
    Credit,
    DuePart,
    Entry,
    Payment,
    Posting,
    StatedBalance,
)
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

NOW = dt.datetime(2026, 3, 10, 9, 30, tzinfo=dt.UTC)
BUYER = PartyRef(
    counterparty_key="C1", counterparty_name="ТОВ «Магазин Затишок»", contract_key="K1"
)
"""The usual counterparty and contract, by the base's keys."""

STORED = (
    Alias,
    Allocation,
    Authority,
    Contract,
    ContractFigures,
    Counterparty,
    Credit,
    Document,
    DocumentOrder,
    DuePart,
    Entry,
    FactState,
    Group,
    Manager,
    Match,
    Payment,
    Posting,
    Revision,
    StatedBalance,
    Supplier,
)
"""Every row that a fact could make or change, but for what is kept of refusals."""


def make_base(
    *, code: str = "1c-main", supplier: Supplier | None = None, currencies: Any = None
) -> Base:
    """A base of a shop with one supplier, made if none is given."""
    supplier = supplier or make_supplier(make_installation())
    return Base.objects.create(
        installation=supplier.installation,
        code=code,
        currencies=currencies or {},
        created_at=NOW,
    )


def make_delivery(base: Base, *, channel: str = Delivery.Channel.EVENTS) -> Delivery:
    """A delivery whose bytes nobody asks for."""
    return Delivery.objects.create(
        base=base,
        channel=channel,
        external_id=f"delivery-{Delivery.objects.count()}",
        content_hash="0" * 64,
        size=0,
        received_at=NOW,
    )


def say(base: Base, *said: Said, now: dt.datetime = NOW, channel: str | None = None) -> Summary:
    """Apply facts, without a delivery unless a channel is given."""
    delivery = make_delivery(base, channel=channel) if channel else None
    return apply(base, said, delivery=delivery, now=now)


def counterparty_fact(key: str = "C1", **fields: Any) -> CounterpartyFact:
    """The usual buyer's company."""
    return CounterpartyFact(key=key, **{"name": "ТОВ «Магазин Затишок»", **fields})


def contract_fact(key: str = "K1", *, counterparty: str = "C1", **fields: Any) -> ContractFact:
    """A contract in hryvnias."""
    values: dict[str, Any] = {
        "party": PartyRef(counterparty_key=counterparty),
        "currency": "UAH",
        "number": "Д-1",
        **fields,
    }
    return ContractFact(key=key, **values)


def waybill_fact(
    key: str = "W1",
    gross: str | None = "1000",
    *,
    on: dt.date = dt.date(2026, 3, 2),
    kind: DocumentKind = DocumentKind.WAYBILL,
    orders: Sequence[str] = (),
    settles: Sequence[str] = (),
    **fields: Any,
) -> DocumentFact:
    """A paper of the usual contract, a waybill unless said otherwise."""
    values: dict[str, Any] = {
        "number": f"РН-{key}",
        "party": BUYER,
        "currency": "UAH" if gross is not None else "",
        **fields,
    }
    return DocumentFact(
        key=key,
        kind=kind,
        issued_on=on,
        gross=None if gross is None else Decimal(gross),
        orders=tuple(OrderRef(id=order) for order in orders),
        settles=tuple(Settled(key=debit) for debit in settles),
        **values,
    )


def payment_fact(
    key: str = "P1",
    amount: str | None = "400",
    *,
    on: dt.date = dt.date(2026, 3, 5),
    orders: Sequence[str] = (),
    settles: Sequence[str] = (),
    **fields: Any,
) -> PaymentFact:
    """Money that came for the usual contract."""
    values: dict[str, Any] = {
        "number": key,
        "party": BUYER,
        "currency": "UAH" if amount is not None else "",
        **fields,
    }
    return PaymentFact(
        key=key,
        received_on=on,
        amount=None if amount is None else Decimal(amount),
        orders=tuple(OrderRef(id=order) for order in orders),
        settles=tuple(Settled(key=debit) for debit in settles),
        **values,
    )


def stamp(sequence: int, epoch: str = "life-1") -> Stamp:
    """Where a message stands."""
    return Stamp(epoch=epoch, sequence=sequence)


def contract_called(base: Base, key: str = "K1", currency: str = "UAH") -> Contract:
    """The contract that money in this currency goes to, if it names this key."""
    target = Alias.objects.get(
        source=base.code, kind=Alias.Kind.CONTRACT, external_id=f"{key}#{currency}"
    ).target
    return Contract.objects.select_related("supplier", "counterparty").get(pk=target)


def stored(*without: type[Any]) -> dict[str, list[dict[str, Any]]]:
    """Every row that a fact could make or change, but for some; when a supplier was heard of is
    left out."""
    rows = {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in STORED
        if model not in without
    }
    for supplier in rows.get("Supplier", []):
        del supplier["heard_at"]
    return rows


def books(base: Base) -> dict[str, Any]:
    """What the books say, by the names that the base has for things: equal for equal books,
    whatever came when."""
    names = {
        target: name
        for target, name in Alias.objects.filter(
            source=base.code, kind=Alias.Kind.CONTRACT
        ).values_list("target", "external_id")
        if "#" in name
    }
    contracts = {
        contract.pk: (
            names.get(str(contract.pk), f"main {contract.currency}"),
            _called(base, contract.counterparty_id),
        )
        for contract in Contract.objects.filter(supplier__installation=base.installation)
    }
    return {
        "figures": {
            contracts[row.contract_id]: (row.debt, row.advance, row.reserved)
            for row in ContractFigures.objects.all()
            if row.debt or row.advance
        },
        "parts": sorted(
            (contracts[row.contract_id], row.entry.reference, str(row.due_on), row.residual)
            for row in DuePart.objects.select_related("entry")
        ),
        "credits": sorted(
            (contracts[row.contract_id], row.entry.reference, row.residual, row.reserved)
            for row in Credit.objects.select_related("entry")
        ),
        "allocations": sorted(
            (row.credit.reference, row.due_part.entry.reference, row.rule, row.amount)
            for row in Allocation.objects.select_related("credit", "due_part__entry")
        ),
    }


def _called(base: Base, counterparty_id: Any) -> tuple[str, ...]:
    names: Iterable[str] = Alias.objects.filter(
        source=base.code, kind=Alias.Kind.COUNTERPARTY, target=str(counterparty_id)
    ).values_list("external_id", flat=True)
    return tuple(sorted(names))
