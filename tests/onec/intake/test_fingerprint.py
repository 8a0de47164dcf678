"""When a fact says the same again."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.onec.facts import Fact, Settled
from saleor_b2b_docs.onec.intake.fingerprint import fingerprint
from saleor_b2b_docs.onec.intake.refusals import Refused
from tests.builders.documents import LINE, PDF
from tests.builders.onec import contract_fact, counterparty_fact, stamp, waybill_fact


@pytest.mark.parametrize(
    "same",
    [
        {"gross": "1000.00"},
        {"gross": "1E3"},
        {"stamp": stamp(7)},
        {"version": "AAAAAA=="},
        {"lines": (dataclasses.replace(LINE, price=Decimal("120")),)},
    ],
)
def test_the_same_in_other_words(same: dict[str, Any]) -> None:
    said: dict[str, Any] = {"lines": (LINE,), "pdf": PDF}

    assert fingerprint(waybill_fact(**{**said, **same})) == fingerprint(waybill_fact(**said))


OTHER: list[dict[str, Any]] = [
    {"gross": "1000.01"},
    {"gross": "100"},
    {"number": "2"},
    {"pdf": PDF + b"2"},
    {"pdf": None},
    {"lines": ()},
    {"is_posted": False},
    {"settles": ["W2"]},
    {"comment": "1"},
]


@pytest.mark.parametrize("other", OTHER)
def test_something_else(other: dict[str, Any]) -> None:
    said: dict[str, Any] = {"lines": (LINE,), "pdf": PDF}

    assert fingerprint(waybill_fact(**{**said, **other})) != fingerprint(waybill_fact(**said))


def test_a_part_is_not_the_whole() -> None:
    without, with_amount = (
        dataclasses.replace(waybill_fact(), settles=(Settled(key="W2", amount=amount),))
        for amount in (None, Decimal(1))
    )

    assert fingerprint(without) != fingerprint(with_amount)


@pytest.mark.parametrize(
    "fact",
    [
        waybill_fact(number="1\0"),
        waybill_fact(lines=(dataclasses.replace(LINE, name="\0"),)),
        counterparty_fact(name="\udfff"),
        contract_fact(name="\ud800"),
    ],
)
def test_a_text_that_no_database_keeps_is_refused(fact: Fact) -> None:
    with pytest.raises(Refused) as refused:
        fingerprint(fact)

    assert refused.value.code == "INVALID_TEXT"


def test_an_escape_that_is_written_out_is_a_text() -> None:
    assert fingerprint(waybill_fact(number="\\u0000")) != fingerprint(waybill_fact(number="0"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.integers(0, 4))
def test_a_figure_is_the_same_with_however_many_zeros(figure: Decimal, zeros: int) -> None:
    longer = Decimal(f"{figure:f}" + "0" * zeros)

    first, second = (
        fingerprint(dataclasses.replace(waybill_fact(), gross=gross)) for gross in (figure, longer)
    )
    assert first == second
