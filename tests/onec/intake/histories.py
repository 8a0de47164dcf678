"""What an accounting base says in the course of time, made up by hypothesis.

What a permutation can't be expected to keep is left out: terms and the day that books begin don't
change once they were said, since changed ones touch only what is posted from then on, and which
contract is the main one of two companies doesn't change either.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.facts import (
    AdjustmentFact,
    ContractFact,
    CounterpartyFact,
    DeletionFact,
    DocumentFact,
    Fact,
    OpeningFact,
    OrderRef,
    PartyRef,
    PaymentFact,
    Settled,
    Stamp,
)
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.settlements.models import AdjustmentSubtype

_FIRST = dt.date(2026, 2, 1)
BOOKS_FROM = dt.date(2026, 2, 10)
_DEBITS = ("W1", "W2", "W3")
_TAX_IDS = {"C1": "11111111", "C2": ""}
_TERMS = {"C1": Terms.of_days(30), "C2": None}

_days = st.integers(0, 40).map(lambda days: _FIRST + dt.timedelta(days=days))
_amounts = st.integers(1, 90).map(Decimal)
_orders = st.lists(st.sampled_from(("T3JkZXI6QQ==", "T3JkZXI6Qg==")), max_size=1).map(
    lambda ids: tuple(OrderRef(id=each) for each in ids)
)
_settles = st.lists(st.sampled_from(_DEBITS), max_size=1).map(
    lambda keys: tuple(Settled(key=key) for key in keys)
)


@st.composite
def _parties(draw: st.DrawFn) -> PartyRef:
    counterparty = draw(st.sampled_from(("C1", "C2")))
    return PartyRef(
        counterparty_key=counterparty,
        # The company that a contract's money names may be another one than the contract's.
        contract_key=draw(st.sampled_from(("", "K1", "K1", "K2"))),
    )


_currencies = st.sampled_from(("UAH", "UAH", "UAH", "EUR"))


@st.composite
def _papers(draw: st.DrawFn) -> DocumentFact:
    key = draw(st.sampled_from((*_DEBITS, "R1")))
    is_return = key == "R1"
    gross = draw(st.none() | _amounts)
    return DocumentFact(
        key=key,
        kind=DocumentKind.RETURN if is_return else DocumentKind.WAYBILL,
        number=key,
        issued_on=draw(_days),
        party=draw(_parties()),
        currency=draw(_currencies),
        gross=gross,
        orders=draw(_orders),
        settles=draw(_settles) if is_return else (),
        is_posted=draw(st.sampled_from((True, True, True, False))),
    )


@st.composite
def _payments(draw: st.DrawFn) -> PaymentFact:
    return PaymentFact(
        key=draw(st.sampled_from(("P1", "P2"))),
        received_on=draw(_days),
        party=draw(_parties()),
        currency=draw(_currencies),
        amount=draw(_amounts),
        orders=draw(_orders),
        settles=draw(_settles),
        is_posted=draw(st.sampled_from((True, True, True, False))),
    )


@st.composite
def _adjustments(draw: st.DrawFn) -> AdjustmentFact:
    return AdjustmentFact(
        key="A1",
        subtype=AdjustmentSubtype.NETTING,
        effective_on=draw(_days),
        party=draw(_parties()),
        currency=draw(_currencies),
        amount=draw(_amounts) * draw(st.sampled_from((1, -1))),
    )


@st.composite
def _openings(draw: st.DrawFn) -> OpeningFact:
    return OpeningFact(
        key="O1",
        party=PartyRef(counterparty_key="C1", contract_key="K1"),
        currency="UAH",
        amount=draw(_amounts) * draw(st.sampled_from((1, -1))),
        books_from=BOOKS_FROM,
        due_on=draw(st.none() | _days),
    )


_deletions = st.sampled_from(
    [
        DeletionFact(key="W1", of_kind="waybill"),
        DeletionFact(key="W2", of_kind="waybill", is_deleted=False),
        DeletionFact(key="P1", of_kind="payment"),
        DeletionFact(key="A1", of_kind="adjustment"),
    ]
)


def _company(key: str) -> CounterpartyFact:
    return CounterpartyFact(key=key, name=f"ТОВ «{key}»", tax_id=_TAX_IDS[key], terms=_TERMS[key])


@st.composite
def histories(draw: st.DrawFn, *, max_size: int = 9) -> list[Fact]:
    """Messages in the sequence in which they were sent, each with its stamp."""
    is_main = draw(st.booleans())
    books_from = draw(st.sampled_from((None, BOOKS_FROM)))

    def contract(key: str, owner: str) -> ContractFact:
        return ContractFact(
            key=key,
            party=PartyRef(counterparty_key=owner),
            currency="UAH",
            number=f"Д-{key}",
            is_main=is_main and key == "K1",
            books_from=books_from if key == "K1" else None,
            terms=Terms.of_days(5) if key == "K2" else None,
        )

    owners = st.sampled_from(("C1", "C2"))
    moves = st.one_of(
        _papers(),
        _papers(),
        _payments(),
        _payments(),
        _adjustments(),
        _openings() if books_from else _payments(),
        _deletions,
        owners.map(lambda owner: contract("K2", owner)),
        st.sampled_from(("C1", "C2")).map(_company),
    )
    said: list[Fact] = draw(st.lists(moves, min_size=1, max_size=max_size))
    # In the end the base has told of all that its money names.
    said += [
        _company("C1"),
        _company("C2"),
        contract("K1", "C1"),
        contract("K2", draw(owners)),
    ]
    return [
        dataclasses.replace(fact, stamp=Stamp(epoch="life-1", sequence=number))
        for number, fact in enumerate(said, start=1)
    ]


def without_stamps(facts: list[Fact]) -> list[Fact]:
    """The same on a channel that doesn't order."""
    return [dataclasses.replace(fact, stamp=None) for fact in facts]
