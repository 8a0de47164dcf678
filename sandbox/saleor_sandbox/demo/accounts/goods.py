"""What is on a waybill: goods of the catalogue at its prices."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from saleor_sandbox.seed.catalogue import PRODUCTS, ProductSeed, VariantSeed

Line = dict[str, str]
_CENT = Decimal("0.01")
_DOLLARS_PER_EURO = Decimal("1.12")
_VAT = {"UAH": Decimal("0.2")}
"""What is sold abroad has none."""
_NAME_OF = {"UAH": "uk", "KZT": "ru"}
_UNITS = {
    "шт": "pcs",
    "уп": "pack",
    "компл": "set",
    "кг": "kg",
    "м": "m",
    "рулон": "roll",
    "відро": "bucket",
    "мішок": "bag",
}
_FULL_TAX = tuple(product for product in PRODUCTS if not product.reduced_tax)


def lines(currency: str, *, line_sum: int, chance: random.Random) -> list[Line]:
    """Three to seven kinds of goods, each worth about `line_sum`."""
    chosen = chance.sample(_FULL_TAX, chance.randint(3, 7))
    return [_line(product, currency, line_sum, chance) for product in chosen]


def part_of(sold: Sequence[Mapping[str, str]], *, chance: random.Random) -> list[Line]:
    """What comes back of it: one kind of goods, a quarter of them or so."""
    line = chance.choice(sold)
    quantity = max(1, int(Decimal(line["quantity"]) / 4))
    gross = Decimal(line["gross"]) / Decimal(line["quantity"]) * quantity
    return [_figured(dict(line), quantity, gross.quantize(_CENT, ROUND_HALF_UP))]


def delivery(gross: Decimal, *, currency: str) -> list[Line]:
    """A bill for bringing the goods."""
    line = {
        "name": "Доставка товару, автомобіль до 5 т",
        "sku": "KSH-SRV-01",
        "unit": "послуга",
        "vat_rate": str(_VAT.get(currency, Decimal(0))),
    }
    return [_figured(line, 1, gross)]


def total(sold: Sequence[Mapping[str, str]]) -> Decimal:
    """The sum of the lines, with tax."""
    return sum((Decimal(line["gross"]) for line in sold), Decimal(0))


def _line(product: ProductSeed, currency: str, line_sum: int, chance: random.Random) -> Line:
    variant = chance.choice(product.variants)
    price = _price(variant, currency)
    about = Decimal(line_sum * chance.randint(60, 140)) / 100 / price
    quantity = max(1, int(about) if about < 10 else int(about / 5) * 5)
    name = getattr(product, _NAME_OF.get(currency, "en"))
    line = {
        "name": f"{name}, {variant.name}" if variant.name else name,
        "sku": variant.sku,
        "unit": product.unit if currency in _NAME_OF else _UNITS.get(product.unit, product.unit),
        "vat_rate": str(_VAT.get(currency, Decimal(0))),
    }
    return _figured(line, quantity, price * quantity)


def _figured(line: Line, quantity: int, gross: Decimal) -> Line:
    rate = Decimal(line["vat_rate"])
    net = (gross / (1 + rate)).quantize(_CENT, ROUND_HALF_UP)
    return {
        **line,
        "quantity": str(quantity),
        "price": str((net / quantity).quantize(Decimal("0.0001"), ROUND_HALF_UP)),
        "net": str(net),
        "vat": str(gross - net),
        "gross": str(gross),
    }


def _price(variant: VariantSeed, currency: str) -> Decimal:
    if currency == "USD":
        return (Decimal(variant.eur) * _DOLLARS_PER_EURO).quantize(_CENT, ROUND_HALF_UP)
    return Decimal(getattr(variant, currency.lower())).quantize(_CENT)
