"""What of Saleor's order is kept, to the minor unit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from saleor_b2b_docs.money import MoneyError
from saleor_b2b_docs.orders.snapshot import read_snapshot
from tests.builders.snapshots import PLACED_AT, UPDATED_AT, address, line, shown_order, taxed


def test_all_columns_of_an_order_with_delivery_and_two_rates() -> None:
    # given
    shown = shown_order(
        lines=[
            line(net=722.5, gross=867.0, quantity=3, unit=taxed(240.833, 289.0)),
            line(
                id="T3JkZXJMaW5lOjI=",
                productName="Рукавички",
                productSku="KSH-60100",
                variantName="KSH-60100",
                taxRate=0.07,
                net=200.0,
                gross=214.0,
                undiscountedTotalPrice=taxed(224.3, 240.0),
            ),
        ],
        shippingMethodName="Нова пошта",
        shippingPrice=taxed(200.0, 240.0),
        total=taxed(1122.5, 1321.0),
        undiscountedTotal=taxed(1146.8, 1347.0),
        externalReference="1c-77",
        shippingAddress=address(streetAddress1="вул. Скляренка, 9", companyName=""),
    )

    # when
    snapshot = read_snapshot(shown)

    # then
    assert snapshot.columns == {
        "number": "1001",
        "status": "UNFULFILLED",
        "channel_slug": "default-channel",
        "currency": "UAH",
        "language_code": "UK",
        "placed_at": PLACED_AT,
        "saleor_updated_at": UPDATED_AT,
        "user_id": "VXNlcjox",
        "user_email": "buyer@example.com",
        "buyer_name": "ТОВ «Магазин Затишок»",
        "buyer_tax_id": "",
        "buyer_vat_id": "",
        "billing_address": "04073, Київ, вул. Кирилівська, 102",
        "billing_country": "UA",
        "billing_phone": "+380445551234",
        "shipping_address": "04073, Київ, вул. Скляренка, 9",
        "shipping_country": "UA",
        "shipping_name": "Нова пошта",
        "external_reference": "1c-77",
        "net": 112_250,
        "tax": 19_850,
        "gross": 132_100,
        "undiscounted_gross": 134_700,
        "shipping_net": 20_000,
        "shipping_tax": 4_000,
        "shipping_gross": 24_000,
        "shipping_tax_rate": Decimal("0.200000"),
    }
    first, second = snapshot.lines
    assert (first.position, first.name, first.sku, first.quantity, first.tax_rate) == (
        1,
        "Молоток",
        "KSH-10450",
        3,
        Decimal("0.200000"),
    )
    assert (first.unit_net, first.unit_gross) == (24_083, 28_900)
    assert (first.net, first.tax, first.gross) == (72_250, 14_450, 86_700)
    assert (second.position, second.tax_rate) == (2, Decimal("0.070000"))
    assert (second.net, second.tax, second.gross) == (20_000, 1_400, 21_400)
    assert second.undiscounted_gross == 24_000


@pytest.mark.parametrize(
    ("currency", "amount", "minor"),
    [("UAH", 12.3, 1_230), ("EUR", 0.1, 10), ("JPY", 1200.0, 1_200), ("KWD", 1.234, 1_234)],
)
def test_amounts_are_minor_units_of_their_currency(
    currency: str, amount: float, minor: int
) -> None:
    # given
    price = taxed(amount, amount, currency=currency)
    shown = shown_order(currency=currency, total=price, lines=[])

    # when
    columns = read_snapshot(shown).columns

    # then
    assert (columns["net"], columns["tax"], columns["gross"]) == (minor, 0, minor)


def test_a_total_finer_than_its_currency_is_refused() -> None:
    # given
    shown = shown_order(total=taxed(100.005, 120.0))

    # when / then
    with pytest.raises(MoneyError, match=r"100\.005 has more decimals than UAH"):
        read_snapshot(shown)


def test_a_guest_has_no_account_and_a_lower_cased_email() -> None:
    # given
    shown = shown_order(user=None, userEmail="Guest@Example.COM")

    # when
    columns = read_snapshot(shown).columns

    # then
    assert (columns["user_id"], columns["user_email"]) == ("", "guest@example.com")


def test_the_email_of_the_account_stands_in_for_a_missing_one() -> None:
    # given
    shown = shown_order(userEmail=None)

    # when
    columns = read_snapshot(shown).columns

    # then
    assert columns["user_email"] == "buyer@example.com"


@pytest.mark.parametrize(
    ("billing", "shipping", "name"),
    [
        (address(), address(companyName="Склад"), "ТОВ «Магазин Затишок»"),
        (address(companyName=""), address(companyName="Склад"), "Олена Ковальчук"),
        (address(companyName="", firstName="", lastName=""), address(companyName="Склад"), "Склад"),
        (None, address(companyName="Склад"), "Склад"),
        (None, None, "Buyer@Example.com"),
    ],
    ids=["company", "person", "nameless", "no billing address", "no address"],
)
def test_the_buyer_is_the_company_else_the_person_else_who_receives(
    billing: dict[str, Any] | None, shipping: dict[str, Any] | None, name: str
) -> None:
    # given
    shown = shown_order(billingAddress=billing, shippingAddress=shipping)

    # when
    columns = read_snapshot(shown).columns

    # then
    assert columns["buyer_name"] == name


def test_an_order_without_addresses_has_empty_ones() -> None:
    # given
    shown = shown_order(billingAddress=None, shippingAddress=None)

    # when
    columns = read_snapshot(shown).columns

    # then
    assert columns["billing_address"] == ""
    assert (columns["billing_country"], columns["shipping_country"]) == ("", "")
    assert columns["billing_phone"] == ""
    assert columns["shipping_address"] == ""


@pytest.mark.parametrize(
    ("of_address", "of_order", "vat_id", "tax_id"),
    [
        ({"vatId": "384512326587", "edrpou": "38451232"}, {}, "384512326587", "38451232"),
        ({}, {"vat_number": "DE298457163", "companyId": "HRB 118452"}, "DE298457163", "HRB 118452"),
        ({"vatId": " DE1 "}, {"vatId": "DE2"}, "DE1", ""),
        ({"vatId": ""}, {"vatId": "DE2", "inn": "7701234567"}, "DE2", "7701234567"),
        ({"vatId": "  "}, {}, "", ""),
        ({"colour": "red"}, {"note": "x"}, "", ""),
    ],
    ids=["address", "order", "address first", "empty in the address", "blank", "neither"],
)
def test_ids_come_from_the_metadata_of_the_billing_address_then_of_the_order(
    of_address: dict[str, str], of_order: dict[str, str], vat_id: str, tax_id: str
) -> None:
    # given
    shown = shown_order(billingAddress=address(of_address), metadata=of_order)

    # when
    columns = read_snapshot(shown).columns

    # then
    assert (columns["buyer_vat_id"], columns["buyer_tax_id"]) == (vat_id, tax_id)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"productName": "Фарба", "variantName": "4,2 кг"}, "Фарба, 4,2 кг"),
        ({"productName": "Молоток", "variantName": "KSH-10450"}, "Молоток"),
        ({"productName": "Молоток", "variantName": ""}, "Молоток"),
        ({"productName": "Молоток", "variantName": "Молоток"}, "Молоток"),
        ({"productName": "Молоток", "variantName": "UHJvZHVjdFZhcmlhbnQ6MQ=="}, "Молоток"),
        (
            {
                "productName": "Фарба",
                "translatedProductName": "Paint",
                "variantName": "4,2 кг",
                "translatedVariantName": "4.2 kg",
            },
            "Paint, 4.2 kg",
        ),
        (
            {"productName": "Фарба", "translatedProductName": "Paint", "variantName": "4,2 кг"},
            "Paint, 4,2 кг",
        ),
    ],
)
def test_a_line_is_named_by_product_and_variant_in_the_order_s_language(
    names: dict[str, Any], expected: str
) -> None:
    # given
    shown = shown_order(lines=[line(**names)])

    # when
    (kept,) = read_snapshot(shown).lines

    # then
    assert kept.name == expected


@pytest.mark.parametrize(
    ("of_variant", "of_product", "unit"),
    [("уп", "шт", "уп"), (None, "кг", "кг"), ("", "кг", "кг"), (None, None, "")],
)
def test_the_unit_is_a_metafield_of_the_variant_else_of_the_product(
    of_variant: str | None, of_product: str | None, unit: str
) -> None:
    # given
    variant = {
        "id": "UHJvZHVjdFZhcmlhbnQ6MQ==",
        "externalReference": "guid-1",
        "metafield": of_variant,
        "product": {"id": "UHJvZHVjdDox", "externalReference": None, "metafield": of_product},
    }
    shown = shown_order(lines=[line(variant=variant)])

    # when
    (kept,) = read_snapshot(shown).lines

    # then
    assert (kept.unit, kept.external_reference) == (unit, "guid-1")


def test_a_line_whose_variant_was_deleted_keeps_its_name_and_price() -> None:
    # given
    shown = shown_order(lines=[line(variant=None, productSku=None)])

    # when
    (kept,) = read_snapshot(shown).lines

    # then
    assert (kept.name, kept.sku, kept.unit) == ("Молоток, KSH-10450", "", "")
    assert kept.gross == 28_900


def test_delivery_at_a_pickup_point_has_its_name() -> None:
    # given
    shown = shown_order(collectionPointName="Склад № 4")

    # when
    columns = read_snapshot(shown).columns

    # then
    assert columns["shipping_name"] == "Склад № 4"


def test_times_keep_their_zone() -> None:
    # given
    shown = shown_order(created="2026-03-02T11:30:00+02:00")

    # when
    placed_at = read_snapshot(shown).columns["placed_at"]

    # then
    assert placed_at == dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
