"""What holds whatever comes when and how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.onec.facts import Fact
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.services import rebuild
from tests.builders.onec import books, make_base, say, stored
from tests.builders.parties import make_counterparty
from tests.examples import DATABASE_PHASES, DELIVERIES
from tests.onec.intake.histories import histories, without_stamps

pytestmark = [pytest.mark.django_db, pytest.mark.properties]

_settings = settings(
    max_examples=DELIVERIES,
    deadline=None,
    phases=DATABASE_PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def base(db: None) -> Base:
    base = make_base()
    # Known by its tax id before the base tells of it.
    make_counterparty(base.installation, name="ТОВ «Перший»", tax_id="11111111")
    return base


@contextmanager
def _undone() -> Iterator[None]:
    """What one example did is gone with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _outcome(base: Base, facts: Sequence[Fact], *, batches: int = 1) -> dict[str, Any]:
    """The books after so many deliveries."""
    with _undone():
        for number in range(batches):
            if some := facts[number * len(facts) // batches : (number + 1) * len(facts) // batches]:
                summary = say(base, *some)
                assert summary.refused == []
        for contract in Contract.objects.select_related("supplier", "counterparty"):
            assert rebuild(contract, is_written=False) == []
        return books(base)


@given(histories(), st.randoms(use_true_random=False), st.integers(1, 6))
@_settings
def test_ordered_messages_give_the_same_books_in_any_sequence_and_any_number(
    base: Base, history: list[Fact], random: Random, batches: int
) -> None:
    expected = _outcome(base, history, batches=len(history))
    shuffled = [*history, *random.sample(history, random.randint(0, len(history)))]
    random.shuffle(shuffled)

    assert _outcome(base, shuffled, batches=batches) == expected


@given(histories(), st.integers(1, 6))
@_settings
def test_one_batch_gives_what_many_give(base: Base, history: list[Fact], batches: int) -> None:
    facts = without_stamps(history)

    assert _outcome(base, facts, batches=batches) == _outcome(base, facts, batches=len(facts))


@given(histories())
@_settings
def test_unordered_messages_repeated_change_nothing(base: Base, history: list[Fact]) -> None:
    with _undone():
        facts = without_stamps(history)
        for fact in facts:
            say(base, fact)
            before = stored()
            again = say(base, fact)

            assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
            assert stored() == before
        # The last word on each key, all of it again.
        last = list({(type(fact), fact.key): fact for fact in facts}.values())
        say(base, *last)
        expected = books(base)

        say(base, *last)

        assert books(base) == expected
