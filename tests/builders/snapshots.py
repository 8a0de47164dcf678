"""Orders as Saleor shows them to the app, before anything is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from saleor_b2b_docs.saleor.api.fragments import OrderForSnapshot

PLACED_AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
UPDATED_AT = dt.datetime(2026, 3, 2, 9, 31, tzinfo=dt.UTC)


def taxed(net: float, gross: float, *, currency: str = "UAH") -> dict[str, Any]:
    """A price with its tax, which is written as Saleor does: the difference as a float."""
    return {
        "net": {"amount": net, "currency": currency},
        "tax": {"amount": round(gross - net, 3), "currency": currency},
        "gross": {"amount": gross, "currency": currency},
    }


def address(metadata: Mapping[str, str] | None = None, **changes: object) -> dict[str, Any]:
    """A company's address in Kyiv."""
    return {
        "firstName": "Олена",
        "lastName": "Ковальчук",
        "companyName": "ТОВ «Магазин Затишок»",
        "streetAddress1": "вул. Кирилівська, 102",
        "streetAddress2": "",
        "city": "Київ",
        "cityArea": "",
        "postalCode": "04073",
        "countryArea": "",
        "phone": "+380445551234",
        "country": {"code": "UA", "country": "Ukraine"},
        "metadata": entries(metadata or {}),
        **changes,
    }


def entries(metadata: Mapping[str, str]) -> list[dict[str, str]]:
    """Metadata as a list of key and value."""
    return [{"key": key, "value": value} for key, value in metadata.items()]


def line(
    *,
    net: float = 240.83,
    gross: float = 289.0,
    quantity: int = 1,
    currency: str = "UAH",
    unit: Mapping[str, Any] | None = None,
    **changes: object,
) -> dict[str, Any]:
    """A line of one hammer."""
    return {
        "id": "T3JkZXJMaW5lOjE=",
        "productName": "Молоток",
        "variantName": "KSH-10450",
        "translatedProductName": "",
        "translatedVariantName": "",
        "productSku": "KSH-10450",
        "quantity": quantity,
        "taxRate": 0.2,
        "unitPrice": unit or taxed(net, gross, currency=currency),
        "undiscountedUnitPrice": taxed(net, gross, currency=currency),
        "totalPrice": taxed(net, gross, currency=currency),
        "undiscountedTotalPrice": taxed(net, gross, currency=currency),
        "variant": {
            "id": "UHJvZHVjdFZhcmlhbnQ6MQ==",
            "externalReference": None,
            "metafield": None,
            "product": {"id": "UHJvZHVjdDox", "externalReference": None, "metafield": None},
        },
        **changes,
    }


def shown_order(
    *,
    currency: str = "UAH",
    lines: Sequence[Mapping[str, Any]] | None = None,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
    **changes: object,
) -> OrderForSnapshot:
    """A confirmed order of one hammer without delivery, by a customer with an account.

    `changes` are fields of Saleor's Order by their names there.
    """
    return OrderForSnapshot.model_validate(
        {
            "id": "T3JkZXI6OGY0MmQ3YzQ=",
            "number": "1001",
            "status": "UNFULFILLED",
            "origin": "CHECKOUT",
            "created": PLACED_AT,
            "updatedAt": UPDATED_AT,
            "chargeStatus": "NONE",
            "languageCodeEnum": "UK",
            "externalReference": None,
            "displayGrossPrices": True,
            "taxExemption": False,
            "channel": {"id": "Q2hhbm5lbDox", "slug": "default-channel", "currencyCode": currency},
            "user": {"id": "VXNlcjox", "email": "buyer@example.com", "externalReference": None},
            "userEmail": "Buyer@Example.com",
            "metadata": entries(metadata or {}),
            "privateMetadata": entries(private_metadata or {}),
            "billingAddress": address(),
            "shippingAddress": address(),
            "lines": [line(currency=currency)] if lines is None else list(lines),
            "discounts": [],
            "shippingMethodName": None,
            "collectionPointName": None,
            "shippingPrice": taxed(0, 0, currency=currency),
            "shippingTaxRate": 0.2,
            "undiscountedShippingPrice": {"amount": 0, "currency": currency},
            "subtotal": taxed(240.83, 289.0, currency=currency),
            "total": taxed(240.83, 289.0, currency=currency),
            "undiscountedTotal": taxed(240.83, 289.0, currency=currency),
            "totalCharged": {"amount": 0, "currency": currency},
            **changes,
        }
    )
