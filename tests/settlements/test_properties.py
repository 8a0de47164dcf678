"""What holds for any history of a contract, in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import Allocation, Credit, DuePart, Entry, Posting
from saleor_b2b_docs.settlements.services import order_changed, post, rebuild, unpost
from tests.builders.orders import make_order
from tests.examples import DATABASE_PHASES, EXAMPLES
from tests.settlements.books import NOW, a_contract, settled
from tests.settlements.histories import ORDERS, Line, distinct_lines, lines

pytestmark = [pytest.mark.django_db, pytest.mark.properties]

_settings = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=DATABASE_PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def contract(db: None) -> Contract:
    contract = a_contract()
    for number, order_id in enumerate(ORDERS, start=1):
        order = make_order(contract.supplier.installation, saleor_id=order_id, number=str(number))
        order.contract = contract
        order.save()
        order_changed(order, now=NOW)
    return contract


@contextmanager
def _undone() -> Iterator[None]:
    """What one example did is gone with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _post(contract: Contract, batch: list[Line]) -> None:
    post(contract.supplier.installation, [line.of(contract) for line in batch], now=NOW)


def _close(contract: Contract, order_id: str, *, is_closed: bool) -> None:
    order = Order.objects.get(saleor_id=order_id)
    order.status = Order.Status.FULFILLED if is_closed else Order.Status.UNFULFILLED
    order.save()
    order_changed(order, now=NOW)


_Step = tuple[str, Any]
_steps: st.SearchStrategy[list[_Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("post"), lines(max_size=4)),
        st.tuples(st.just("post"), lines(max_size=4)),
        st.tuples(st.just("unpost"), st.sampled_from(("d1", "d2", "c1", "c2"))),
        st.tuples(st.just("close"), st.sampled_from(ORDERS)),
        st.tuples(st.just("open"), st.sampled_from(ORDERS)),
    ),
    min_size=1,
    max_size=5,
)


@given(_steps)
@_settings
def test_whatever_happens_the_kept_state_is_what_a_rebuild_makes(
    contract: Contract, steps: list[_Step]
) -> None:
    with _undone():
        for what, argument in steps:
            if what == "post":
                _post(contract, argument)
            elif what == "unpost":
                unpost(contract.supplier.installation, [argument], now=NOW)
            else:
                _close(contract, argument, is_closed=what == "close")

        assert rebuild(contract, is_written=False) == []
        _assert_sound(contract)


def _assert_sound(contract: Contract) -> None:
    """Residuals less advances are the balance, and nothing is settled beyond either side."""
    kept = settled(contract)
    debt, advance, reserved, *_ = kept["figures"]
    live = Posting.objects.filter(entry__contract=contract)
    assert debt - advance == sum(live.values_list("entry__amount", flat=True))
    assert debt - advance == sum(
        Entry.objects.filter(contract=contract).values_list("amount", flat=True)
    )
    assert debt == sum(DuePart.objects.values_list("residual", flat=True))
    assert (advance, reserved) == (
        sum(Credit.objects.values_list("residual", flat=True)),
        sum(Credit.objects.values_list("reserved", flat=True)),
    )
    allocations = list(Allocation.objects.values_list("due_part_id", "credit_id", "amount"))
    for part in DuePart.objects.all():
        by_part = sum(amount for part_id, _, amount in allocations if part_id == part.pk)
        assert 0 <= part.residual == part.amount - by_part
    for credit in Credit.objects.select_related("entry"):
        by_credit = sum(amount for _, pk, amount in allocations if pk == credit.entry_id)
        assert 0 <= credit.residual == -credit.entry.amount - by_credit


@given(distinct_lines(), st.randoms(use_true_random=False), st.integers(1, 4))
@_settings
def test_the_sequence_of_arrival_does_not_change_the_final_state(
    contract: Contract, history: list[Line], random: Random, batches: int
) -> None:
    with _undone():
        _post(contract, history)
        expected = settled(contract)
        transaction.set_rollback(True)
    shuffled = list(history)
    random.shuffle(shuffled)

    with _undone():
        for number in range(batches):
            if batch := shuffled[number::batches]:
                _post(contract, batch)

        assert settled(contract) == expected


@given(distinct_lines(), distinct_lines(max_size=3))
@_settings
def test_a_storno_restores(contract: Contract, history: list[Line], more: list[Line]) -> None:
    added = [line for line in more if line.reference not in {other.reference for other in history}]
    with _undone():
        _post(contract, history)
        before = settled(contract)

        if added:
            _post(contract, added)
            unpost(contract.supplier.installation, [line.reference for line in added], now=NOW)

        assert settled(contract) == before
