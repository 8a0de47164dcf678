"""What of an order was shipped, by its waybills."""

from __future__ import annotations

from typing import Any

from saleor_b2b_docs.onec.into_saleor.shipped import OrderedLine, Shipped, Waybill, shipped
from tests.onec.into_saleor.conftest import line

BOLTS = OrderedLine("L1", "guid-bolts", "BOLT-8", 10)
NUTS = OrderedLine("L2", "", "NUT-8", 4)


def waybill(goods: dict[str, str | int], **more: Any) -> Waybill:
    """A waybill of these goods."""
    values: dict[str, Any] = {"reference": "W1", "number": "W1", "amount": None, "currency": "UAH"}
    return Waybill(
        lines=tuple(line(key, quantity) for key, quantity in goods.items()), **(values | more)
    )


def of(*waybills: Waybill, lines: tuple[OrderedLine, ...] = (BOLTS, NUTS)) -> Shipped:
    """What they ship of an order of 100 hryvnias."""
    return shipped(lines, waybills, gross=10_000, currency="UAH")


def quantities(found: Shipped) -> dict[str, int]:
    """By line, without those of which nothing was."""
    return {name: quantity for name, quantity in found.quantities.items() if quantity}


def codes(found: Shipped) -> list[str]:
    """What staff are told."""
    return [note.code.value for note in found.notes]


def test_goods_are_known_by_external_reference_or_sku() -> None:
    found = of(waybill({"guid-bolts": 6, "NUT-8": 4}))

    assert quantities(found) == {"L1": 6, "L2": 4}
    assert found.references == ["W1"]


def test_an_external_reference_comes_before_a_sku_of_the_same_text() -> None:
    confusing = OrderedLine("L3", "", "guid-bolts", 5)

    assert quantities(of(waybill({"guid-bolts": 3}), lines=(confusing, BOLTS))) == {"L1": 3}


def test_a_name_never_tells() -> None:
    found = of(waybill({"": 3}))

    assert quantities(found) == {}
    assert codes(found) == ["UNKNOWN_GOODS"]


def test_waybills_add_up_and_end_at_what_was_ordered() -> None:
    found = of(waybill({"BOLT-8": 6}), waybill({"guid-bolts": 7}, reference="W2", number="W2"))

    assert quantities(found) == {"L1": 10}
    assert codes(found) == ["MORE_THAN_ORDERED"]
    assert found.references == ["W1", "W2"]


def test_the_same_goods_in_two_lines_are_filled_in_their_sequence() -> None:
    again = OrderedLine("L4", "", "NUT-8", 5)

    assert quantities(of(waybill({"NUT-8": 6}), lines=(NUTS, again))) == {"L2": 4, "L4": 2}


def test_a_broken_quantity_ships_nothing() -> None:
    found = of(waybill({"NUT-8": "2.5", "BOLT-8": "3.000"}))

    assert quantities(found) == {"L1": 3}
    assert codes(found) == ["BROKEN_QUANTITY"]


def test_without_lines_only_the_whole_sum_ships() -> None:
    whole = of(waybill({}, amount=10_000))
    part = of(waybill({}, amount=9_999))
    foreign = of(waybill({}, amount=10_000, currency="EUR"))

    assert quantities(whole) == {"L1": 10, "L2": 4}
    assert (quantities(part), codes(part)) == ({}, ["WAYBILL_WITHOUT_LINES"])
    assert (quantities(foreign), codes(foreign)) == ({}, ["WAYBILL_WITHOUT_LINES"])


def test_of_several_orders_goods_that_only_one_has_are_its() -> None:
    other = (OrderedLine("X1", "", "SCREW", 7),)

    found = of(waybill({"NUT-8": 2, "SCREW": 7}, others=(other,)))

    assert quantities(found) == {"L2": 2}
    assert codes(found) == []


def test_goods_of_several_orders_are_shared_only_where_all_of_them_went() -> None:
    other = (OrderedLine("X1", "", "NUT-8", 6),)

    everything = of(waybill({"NUT-8": 10}, others=(other,)))
    part = of(waybill({"NUT-8": 9}, others=(other,)))

    assert quantities(everything) == {"L2": 4}
    assert (quantities(part), codes(part)) == ({}, ["SHARED_GOODS"])


def test_beside_an_order_that_is_not_known_here_nothing_is_certain() -> None:
    found = of(waybill({"NUT-8": 4}, others=(None,)))

    assert (quantities(found), codes(found)) == ({}, ["SHARED_GOODS"])
