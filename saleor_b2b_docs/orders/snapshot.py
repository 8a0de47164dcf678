"""Reading Saleor's order into our columns: exact amounts, one-line addresses, tax ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.saleor.api.fragments import (
    AddressForSnapshot,
    OrderForSnapshot,
    OrderLineForSnapshot,
)

VAT_ID_KEYS = ("vatId", "vat_id", "vatNumber", "vat_number", "vat", "ipn")
TAX_ID_KEYS = (
    "taxId",
    "tax_id",
    "edrpou",
    "inn",
    "bin",
    "companyId",
    "company_id",
    "registrationNumber",
)
"""Metadata keys under which shops keep a buyer's ids, since Saleor has no field for them. Looked up
in the billing address, then in the order."""


CONTRACT_KEY = "b2b.contract"
"""Private metadata key of an order: the contract or company that the buyer chose, as an id."""

PERSONAL_COLUMNS = frozenset({"user_id", "user_email", "billing_phone"})
"""What leads to a person and stands on no paper."""


class _Amount(Protocol):
    amount: float
    currency: str


class MetadataEntry(Protocol):
    """A pair of Saleor's metadata, of whatever it is."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Column values for an Order and its unsaved lines."""

    columns: dict[str, object]
    lines: tuple[OrderLine, ...]
    wanted_contract: str = ""
    """What the buyer chose in the company switch; not checked, and kept in no column."""


def read_snapshot(order: OrderForSnapshot) -> Snapshot:
    """What of Saleor's order is kept.

    Raises MoneyError for a total that its currency cannot express.
    """
    billing, shipping = order.billing_address, order.shipping_address
    metadata: list[MetadataEntry] = [*(billing.metadata if billing else []), *order.metadata]
    columns: dict[str, object] = {
        "number": order.number,
        "status": order.status.value,
        "channel_slug": order.channel.slug,
        "currency": order.channel.currency_code,
        "language_code": order.language_code_enum.value,
        "placed_at": order.created,
        "saleor_updated_at": order.updated_at,
        "user_id": order.user.id if order.user else "",
        "user_email": (order.user_email or (order.user.email if order.user else "")).lower(),
        "buyer_name": _name(billing)[:500] or _name(shipping)[:500] or (order.user_email or ""),
        "buyer_tax_id": _first(metadata, TAX_ID_KEYS)[:60],
        "buyer_vat_id": _first(metadata, VAT_ID_KEYS)[:60],
        "billing_address": _one_line(billing),
        "billing_country": billing.country.code if billing else "",
        "billing_phone": (billing.phone if billing else "") or "",
        "shipping_address": _one_line(shipping),
        "shipping_country": shipping.country.code if shipping else "",
        "shipping_name": order.shipping_method_name or order.collection_point_name or "",
        "external_reference": order.external_reference or "",
        "net": _minor(order.total.net),
        "tax": _minor(order.total.tax),
        "gross": _minor(order.total.gross),
        "undiscounted_gross": _minor(order.undiscounted_total.gross),
        "shipping_net": _minor(order.shipping_price.net),
        "shipping_tax": _minor(order.shipping_price.tax),
        "shipping_gross": _minor(order.shipping_price.gross),
        "shipping_tax_rate": _rate(order.shipping_tax_rate),
    }
    lines = tuple(_line(position, line) for position, line in enumerate(order.lines, start=1))
    return Snapshot(columns, lines, _first(order.private_metadata, (CONTRACT_KEY,)))


def tax_ids_in(metadata: Sequence[MetadataEntry]) -> tuple[str, ...]:
    """The tax id and the VAT id that metadata names, as far as it does."""
    found = (_first(metadata, TAX_ID_KEYS), _first(metadata, VAT_ID_KEYS))
    return tuple(tax_id for tax_id in found if tax_id)


def apply_snapshot(order: Order, snapshot: Snapshot) -> None:
    """Put the column values on an order, unsaved."""
    for name, value in snapshot.columns.items():
        if not (order.is_person_forgotten and name in PERSONAL_COLUMNS):
            setattr(order, name, value)
    if order.is_person_forgotten and order.buyer_name.lower() == snapshot.columns["user_email"]:
        # Where an address names nobody, the e-mail stands in for the name.
        order.buyer_name = ""


def _line(position: int, line: OrderLineForSnapshot) -> OrderLine:
    product = line.translated_product_name or line.product_name
    variant = line.translated_variant_name or line.variant_name
    # A product without variants has one that is named after its SKU or not at all.
    plain = variant in ("", product, line.product_sku, line.variant and line.variant.id)
    return OrderLine(
        position=position,
        saleor_id=line.id,
        name=(product if plain else f"{product}, {variant}")[:1000],
        sku=line.product_sku or "",
        external_reference=(line.variant.external_reference if line.variant else "") or "",
        unit=_unit(line)[:30],
        quantity=line.quantity,
        tax_rate=_rate(line.tax_rate),
        # A price per unit may be finer than the currency; the line's totals are what counts.
        unit_net=_rounded_minor(line.unit_price.net),
        unit_gross=_rounded_minor(line.unit_price.gross),
        net=_minor(line.total_price.net),
        tax=_minor(line.total_price.tax),
        gross=_minor(line.total_price.gross),
        undiscounted_gross=_minor(line.undiscounted_total_price.gross),
    )


def _unit(line: OrderLineForSnapshot) -> str:
    if line.variant is None:
        return ""
    return line.variant.metafield or line.variant.product.metafield or ""


def _minor(amount: _Amount) -> int:
    return Money.from_api(amount.amount, amount.currency).minor


def _rounded_minor(amount: _Amount) -> int:
    return Money.rounded(amount.amount, amount.currency).minor


def _rate(rate: float) -> Decimal:
    return Decimal(str(rate)).quantize(Decimal("0.000001"))


def _name(address: AddressForSnapshot | None) -> str:
    if address is None:
        return ""
    return address.company_name or f"{address.first_name} {address.last_name}".strip()


def _one_line(address: AddressForSnapshot | None) -> str:
    """Postal order of Ukraine, Russia and Kazakhstan alike: code, town, district, street."""
    if address is None:
        return ""
    parts = (
        address.postal_code,
        address.city,
        address.city_area,
        address.country_area,
        address.street_address_1,
        address.street_address_2,
    )
    return ", ".join(part for part in parts if part)


def _first(metadata: Sequence[MetadataEntry], keys: Sequence[str]) -> str:
    # Reversed, so that of two entries of a key the first counts; an empty one is as good as none.
    present = {
        entry.key: entry.value.strip() for entry in reversed(metadata) if entry.value.strip()
    }
    return next((present[key] for key in keys if key in present), "")
