"""An order as it goes out, made of its snapshot; and how a change of it is noticed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import uuid
import zoneinfo
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.onec.orders_out.context import (
    CANCELLED,
    Names,
    OutgoingContract,
    OutgoingDelivery,
    OutgoingLine,
    OutgoingOrder,
    OutgoingParty,
    OutgoingSeller,
)
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.models import CountryProfile, Supplier

_PRICE_UNIT = Decimal("0.0001")

_ORDER_COLUMNS = (
    "number",
    "currency",
    "supplier_id",
    "contract_id",
    "user_id",
    "user_email",
    "buyer_name",
    "buyer_tax_id",
    "buyer_vat_id",
    "billing_address",
    "billing_phone",
    "shipping_address",
    "shipping_name",
    "gross",
    "tax",
    "shipping_gross",
    "shipping_tax",
    "shipping_tax_rate",
)
_LINE_COLUMNS = (
    "name",
    "sku",
    "external_reference",
    "unit",
    "quantity",
    "tax_rate",
    "gross",
    "tax",
    "undiscounted_gross",
)


def fingerprint(order: Order, lines: Sequence[OrderLine]) -> str:
    """SHA-256 of what a base must be told again if it changes.

    Of the status it counts only whether the order is cancelled: the base itself tells what was
    shipped, and must not get the order back for it. What is paid is not counted either.
    """
    said = {
        "order": [_plain(getattr(order, name)) for name in _ORDER_COLUMNS],
        "is_cancelled": order.status in CANCELLED,
        "lines": [[_plain(getattr(line, name)) for name in _LINE_COLUMNS] for line in lines],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def unmapped(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The lines whose goods the base can't know: they have no reference of its own."""
    return [line for line in lines if not line.external_reference]


def build(
    order: Order, lines: Sequence[OrderLine], *, base: Base, names: Names, paid: int
) -> OutgoingOrder:
    """The order as it goes to a base. `paid` is in minor units of the order's currency."""
    supplier = order.supplier
    if supplier is None:
        raise ValueError("an order without a supplier goes to no base")
    zone = zoneinfo.ZoneInfo(supplier.time_zone)
    rest = order.gross - order.shipping_gross - sum(line.gross for line in lines)
    return OutgoingOrder(
        id=order_key(order),
        number=order.number,
        placed_at=order.placed_at.astimezone(zone),
        changed_at=order.saleor_updated_at.astimezone(zone),
        currency=_currency_word(base, order.currency),
        status=order.status,
        is_cancelled=order.status in CANCELLED,
        is_paid=0 < order.gross <= paid,
        buyer=party_of(order, names),
        seller=_seller(supplier),
        contract=_contract(order, names),
        lines=tuple(_line(line, order.currency) for line in lines),
        delivery=OutgoingDelivery(
            name=order.shipping_name,
            address=order.shipping_address,
            gross=_major(order.shipping_gross, order.currency),
            tax=_major(order.shipping_tax, order.currency),
            tax_rate=order.shipping_tax_rate,
        ),
        discount=_major(max(0, -rest), order.currency),
        surplus=_major(max(0, rest), order.currency),
        gross=_major(order.gross, order.currency),
        tax=_major(order.tax, order.currency),
    )


def order_key(order: Order) -> str:
    """The UUID in Saleor's global id, in which shape bases keep ids; else the id as it is."""
    try:
        kind, _, key = base64.b64decode(order.saleor_id, validate=True).decode().partition(":")
        return str(uuid.UUID(key)) if kind == "Order" else order.saleor_id
    except (binascii.Error, ValueError):  # UnicodeError is a ValueError
        return order.saleor_id


def party_of(order: Order, names: Names) -> OutgoingParty:
    """The buyer: by the base's own name of the company, or by our id, so that it is known again
    when the base tells of it. Someone who acts for no company yet is known by the account; a guest
    only as the buyer of this one order."""
    contact = {"email": order.user_email, "phone": order.billing_phone}
    if order.contract is None:
        return OutgoingParty(
            id=order.user_id or f"guest-{order_key(order)}",
            name=order.buyer_name or order.user_email,
            tax_id=order.buyer_tax_id,
            vat_id=order.buyer_vat_id,
            address=order.billing_address,
            **contact,
        )
    company = order.contract.counterparty
    return OutgoingParty(
        id=names.counterparties.get(str(company.pk), str(company.pk)),
        name=company.name,
        tax_id=company.tax_id or order.buyer_tax_id,
        vat_id=company.vat_id or order.buyer_vat_id,
        address=company.address or order.billing_address,
        **contact,
    )


def _contract(order: Order, names: Names) -> OutgoingContract | None:
    if order.contract is None:
        return None
    key = str(order.contract.pk)
    return OutgoingContract(
        id=names.contracts.get(key, key),
        number=order.contract.number,
        signed_on=order.contract.signed_on,
    )


def _seller(supplier: Supplier) -> OutgoingSeller:
    return OutgoingSeller(
        code=supplier.code,
        name=supplier.legal_name,
        tax_id=supplier.tax_id,
        is_ukrainian=supplier.profile == CountryProfile.UA,
    )


def _line(line: OrderLine, currency: str) -> OutgoingLine:
    gross = _major(line.gross, currency)
    return OutgoingLine(
        id=line.external_reference or line.sku,
        name=line.name,
        sku=line.sku,
        unit=line.unit,
        quantity=line.quantity,
        price=_price(gross, line.quantity),
        gross=gross,
        tax=_major(line.tax, currency),
        tax_rate=line.tax_rate,
        discount=_major(max(0, line.undiscounted_gross - line.gross), currency),
    )


def _plain(value: object) -> str:
    # A rate that was just read from Saleor may have other zeros than the one in the database.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _price(gross: Decimal, quantity: int) -> Decimal:
    if not quantity:
        return gross
    price = (gross / quantity).quantize(_PRICE_UNIT, ROUND_HALF_UP)
    in_units = price.quantize(gross)
    return in_units if in_units == price else price


def _currency_word(base: Base, currency: str) -> str:
    words = (word for word, code in sorted(base.currencies.items()) if code == currency)
    return next(words, currency)


def _major(minor: int, currency: str) -> Decimal:
    return Money.from_minor(minor, currency).amount
