"""Histories of one contract, made up by hypothesis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.postings import NewPosting

ORDERS = ("T3JkZXI6QQ==", "T3JkZXI6Qg==", "T3JkZXI6Qw==")
_FIRST_DAY = dt.date(2026, 2, 20)
_DEBITS = ("d1", "d2", "d3", "d4")
_CREDITS = ("c1", "c2", "c3", "c4")


@dataclass(frozen=True, slots=True)
class Line:
    """A posting without its contract."""

    reference: str
    kind: EntryKind
    amount: int
    effective_on: dt.date
    due_parts: tuple[tuple[dt.date | None, int], ...] | None
    orders: tuple[tuple[str, int | None], ...]
    stated: tuple[tuple[str, int | None], ...]

    def of(self, contract: Contract) -> NewPosting:
        """The posting to this contract."""
        return NewPosting(
            reference=self.reference,
            contract=contract,
            kind=self.kind,
            amount=self.amount,
            effective_on=self.effective_on,
            due_parts=self.due_parts,
            orders=self.orders,
            stated=self.stated,
        )


_amounts = st.integers(1, 60)
_days = st.integers(0, 40).map(lambda days: _FIRST_DAY + dt.timedelta(days=days))
_caps = st.none() | st.integers(1, 40)


@st.composite
def _debit(draw: st.DrawFn) -> Line:
    amounts = draw(st.lists(_amounts, min_size=1, max_size=2))
    return Line(
        reference=draw(st.sampled_from(_DEBITS)),
        kind=draw(st.sampled_from((EntryKind.WAYBILL, EntryKind.OPENING_DEBT, EntryKind.REFUND))),
        amount=sum(amounts),
        effective_on=draw(_days),
        due_parts=tuple((draw(st.none() | _days), amount) for amount in amounts),
        orders=draw(_links(ORDERS)),
        stated=(),
    )


@st.composite
def _credit(draw: st.DrawFn) -> Line:
    return Line(
        reference=draw(st.sampled_from(_CREDITS)),
        kind=draw(
            st.sampled_from(
                (EntryKind.PAYMENT, EntryKind.PAYMENT, EntryKind.RETURN, EntryKind.OPENING_ADVANCE)
            )
        ),
        amount=draw(_amounts),
        effective_on=draw(_days),
        due_parts=None,
        orders=draw(_links(ORDERS)),
        stated=draw(_links(_DEBITS)),
    )


@st.composite
def _links(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[tuple[str, int | None], ...]:
    # Mostly none or one, as in life.
    count = draw(st.sampled_from((0, 0, 0, 1, 1, 2)))
    chosen = draw(st.permutations(names))[:count]
    return tuple((name, draw(_caps)) for name in chosen)


def lines(*, max_size: int = 10) -> st.SearchStrategy[list[Line]]:
    """Debits and credits; a reference that comes again replaces what it said before."""
    return st.lists(_debit() | _credit(), min_size=1, max_size=max_size)


def distinct_lines(*, max_size: int = 8) -> st.SearchStrategy[list[Line]]:
    """The same, each reference once."""
    return st.lists(
        _debit() | _credit(), min_size=1, max_size=max_size, unique_by=lambda line: line.reference
    )


def closed_orders() -> st.SearchStrategy[frozenset[str]]:
    """Which of the orders are closed."""
    return st.frozensets(st.sampled_from(ORDERS))
