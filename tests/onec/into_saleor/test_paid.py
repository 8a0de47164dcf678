"""Which part of a payment is an order's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.onec.into_saleor.paid import PaidPart, reserved_share, share, within


def test_a_debit_of_one_order_pays_that_order() -> None:
    assert share(500, order="A", debit={"A": None}, credit=[]) == 500


def test_a_payment_that_names_an_order_pays_that_one_of_a_shared_debit() -> None:
    debit = {"A": 600, "B": 400}

    assert share(500, order="A", debit=debit, credit=["A"]) == 500
    assert share(500, order="B", debit=debit, credit=["A"]) == 0


def test_a_shared_debit_is_paid_by_amounts() -> None:
    debit = {"A": 600, "B": 400}

    assert share(501, order="A", debit=debit, credit=[]) == 300
    assert share(501, order="B", debit=debit, credit=[]) == 201


def test_a_shared_debit_without_amounts_is_nobodys() -> None:
    assert share(500, order="A", debit={"A": None, "B": 400}, credit=[]) is None


@given(
    amount=st.integers(1, 10**12),
    debit=st.dictionaries(
        st.text("ABCDE", min_size=1, max_size=2), st.integers(1, 10**12), min_size=1
    ),
)
def test_shares_add_up_to_what_was_paid(amount: int, debit: dict[str, int]) -> None:
    shares = [share(amount, order=order, debit=dict(debit), credit=[]) for order in debit]

    assert sum(part or 0 for part in shares) == amount
    assert all(part is not None and part >= 0 for part in shares)


def test_what_waits_for_a_debit_that_is_named_waits_for_no_order() -> None:
    def of(awaited: int | None) -> int:
        return reserved_share(300, order="A", orders=[("A", None)], allocated={}, awaited=awaited)

    assert (of(0), of(100), of(None)) == (300, 200, 0)


def test_what_is_reserved_for_several_orders_goes_by_their_amounts() -> None:
    orders = [("A", 200), ("B", 300)]

    def of(order: str) -> int:
        return reserved_share(400, order=order, orders=orders, allocated={"A": 100}, awaited=0)

    assert (of("A"), of("B")) == (100, 300)


def test_the_earlier_payments_take_the_room_first() -> None:
    parts = [PaidPart(reference=name, number=name, amount=100) for name in ("P1", "P2")]

    assert within(parts, room=150) == {"P1": 100, "P2": 50}
    assert within(parts, room=None) == {"P1": 100, "P2": 100}
