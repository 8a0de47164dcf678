"""Facts applied: once each, the newest of a key, and bad ones set aside."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.onec.facts import (
    Container,
    DeletionFact,
    Fact,
    OrderRef,
    OrderStatusFact,
    PartyRef,
    Said,
    Unreadable,
)
from saleor_b2b_docs.onec.intake.batches import BATCH
from saleor_b2b_docs.onec.intake.services import apply
from saleor_b2b_docs.onec.models import Base, FactState, SetAside
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.settlements.models import Entry
from tests.builders.documents import PDF
from tests.builders.onec import (
    BUYER,
    NOW,
    books,
    contract_fact,
    counterparty_fact,
    make_base,
    payment_fact,
    say,
    stamp,
    stored,
    waybill_fact,
)

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def _counts(summary: Any) -> tuple[int, int, int, int]:
    return summary.new, summary.changed, summary.unchanged, summary.refused_count


def _debts(base: Base) -> list[int]:
    """Debt and advance of the only contract."""
    return [figure for row in books(base)["figures"].values() for figure in row[:2]]


def test_the_summary_counts_what_became_of_each_fact(base: Base) -> None:
    # given
    say(base, waybill_fact("W1"), waybill_fact("W2"))

    # when
    summary = say(
        base,
        waybill_fact("W1"),
        waybill_fact("W2", "900"),
        payment_fact(),
        payment_fact("P2", "1.234"),
    )

    # then
    assert summary.to_json() == {
        "facts": {"payment": 2, "waybill": 2},
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "unmatched": 1,
        "refused": 1,
        "refusals": [
            {
                "kind": "payment",
                "key": "P2",
                "code": "INVALID_AMOUNT",
                "reason": "1.234 has more decimals than UAH",
            }
        ],
    }
    assert len(summary.contracts) == 1


def test_everything_again_changes_nothing(base: Base) -> None:
    # given
    said = [
        contract_fact(),
        counterparty_fact(),
        waybill_fact(pdf=PDF, lines=()),
        payment_fact(settles=["W1"]),
        waybill_fact("R1", "10", kind=DocumentKind.RETURN, settles=["W1"]),
        waybill_fact("I1", "1000", kind=DocumentKind.INVOICE),
    ]
    say(base, *said)
    before = stored()

    # when
    summary = say(base, *said, now=LATER)

    # then
    assert _counts(summary) == (0, 0, 6, 0)
    assert stored() == before


def test_a_known_fact_costs_no_statement_of_its_own(base: Base) -> None:
    # given
    few, many = ([waybill_fact(f"W{n}") for n in range(count)] for count in (2, 60))
    say(base, *many)

    # when
    with CaptureQueriesContext(
        connection,
    ) as of_few:
        say(base, *few)
    with CaptureQueriesContext(connection) as of_many:
        say(base, *many)

    # then
    assert len(of_many) == len(of_few) <= 12


def test_the_statements_of_a_batch_do_not_grow_with_its_rows(base: Base) -> None:
    # given
    say(base, waybill_fact("W0"), payment_fact("P0"))

    def facts(first: int, count: int) -> list[Fact]:
        days = [dt.date(2026, 3, 6) + dt.timedelta(days=first)] * 2
        return [
            fact
            for n in range(first, first + count)
            for fact in (
                waybill_fact(f"W{n}", orders=["T3JkZXI6QQ=="], on=days[0]),
                payment_fact(f"P{n}", on=days[1]),
            )
        ]

    # when
    with CaptureQueriesContext(connection) as of_few:
        say(base, *facts(1, 2))
    with CaptureQueriesContext(connection) as of_many:
        say(base, *facts(10, 100))

    # then
    assert len(of_many) <= len(of_few) + 10


def test_of_several_versions_in_one_stream_the_last_counts(base: Base) -> None:
    # when
    summary = say(
        base, waybill_fact(gross="10"), waybill_fact(gross="20"), waybill_fact(gross="20")
    )

    # then
    assert _counts(summary) == (1, 1, 1, 0)
    assert _debts(base) == [2_000, 0]
    assert Entry.objects.count() == 1


def test_a_good_version_counts_where_the_next_one_is_bad(base: Base) -> None:
    # when
    summary = say(base, waybill_fact(gross="10"), waybill_fact(gross="20.001"))

    # then
    assert _counts(summary) == (1, 0, 0, 1)
    assert _debts(base) == [1_000, 0]


def test_an_older_message_changes_nothing(base: Base) -> None:
    # given
    say(base, waybill_fact(gross="20", stamp=stamp(7)))
    before = stored()

    # when
    summary = say(
        base,
        waybill_fact(gross="10", stamp=stamp(6)),
        waybill_fact(gross="30", stamp=stamp(7)),
    )

    # then
    assert _counts(summary) == (0, 0, 2, 0)
    assert stored() == before


def test_a_repeated_message_moves_its_place_on(base: Base) -> None:
    # given
    say(base, waybill_fact(gross="20", stamp=stamp(1)))
    say(base, waybill_fact(gross="20", stamp=stamp(5)))

    # when
    say(base, waybill_fact(gross="10", stamp=stamp(3)))

    # then
    assert _debts(base) == [2_000, 0]


def test_a_restored_base_begins_another_life(base: Base) -> None:
    # given
    say(base, waybill_fact(gross="20", stamp=stamp(700)))

    # when
    say(base, waybill_fact(gross="30", stamp=stamp(1, "life-2")))
    say(base, waybill_fact(gross="40", stamp=stamp(701)))

    # then
    assert _debts(base) == [3_000, 0]
    base.refresh_from_db()
    assert (base.epoch, base.past_epochs) == ("life-2", ["life-1"])


def test_without_stamps_the_last_received_counts_whatever_its_version(base: Base) -> None:
    # when
    say(base, waybill_fact(gross="20", version="AAAB"))
    say(base, waybill_fact(gross="10", version="AAAA"))
    say(base, waybill_fact(gross="30", version="AAAA"))

    # then
    assert _debts(base) == [3_000, 0]


def test_a_deletion_before_what_it_deletes(base: Base) -> None:
    # when
    deletion = say(base, DeletionFact(key="W1", of_kind="waybill", stamp=stamp(2)))
    creation = say(base, waybill_fact(stamp=stamp(1)))

    # then
    assert (_counts(deletion), _counts(creation)) == ((0, 0, 1, 0), (0, 0, 1, 0))
    assert not Entry.objects.exists()
    assert FactState.objects.get().is_gone


BAD: list[tuple[Fact, str]] = [
    (waybill_fact("X", "1.001"), "INVALID_AMOUNT"),
    (waybill_fact("X", "1" * 18), "INVALID_AMOUNT"),
    (waybill_fact("X", "NaN"), "INVALID_AMOUNT"),
    (waybill_fact("X", "-1"), "INVALID_AMOUNT"),
    (waybill_fact("X", currency="руб"), "UNKNOWN_CURRENCY"),
    (waybill_fact("X", currency=""), "UNKNOWN_CURRENCY"),
    (waybill_fact("X", number=""), "INVALID_NUMBER"),
    (waybill_fact("X", number="1\0"), "INVALID_TEXT"),
    (waybill_fact("X", comment="\ud800"), "INVALID_TEXT"),
    (waybill_fact("X", pdf=b"MZ"), "INVALID_PDF"),
    (waybill_fact("X", on=dt.date(1980, 1, 1)), "INVALID_DATE"),
    (waybill_fact("X", settles=["W1"]), "INVALID_SETTLEMENT"),
    (waybill_fact("X", due=((None, Decimal(1)), (None, Decimal(2)))), "INVALID_DUE_PARTS"),
    (waybill_fact("X", party=PartyRef()), "UNKNOWN_COUNTERPARTY"),
    (
        waybill_fact("X", party=dataclasses.replace(BUYER, supplier_key="stranger")),
        "UNKNOWN_SUPPLIER",
    ),
    (waybill_fact("X", orders=["7" * 101]), "INVALID_ORDERS"),
    (waybill_fact(""), "INVALID_KEY"),
    (waybill_fact("X" * 151), "INVALID_KEY"),
    (payment_fact("X", "0"), "INVALID_AMOUNT"),
    (payment_fact("X", number="7" * 81), "INVALID_NUMBER"),
    (payment_fact("G1"), "KEY_TAKEN"),
    (waybill_fact("G1", kind=DocumentKind.INVOICE), "KIND_CHANGED"),
    (contract_fact("X", currency="XYZ"), "UNKNOWN_CURRENCY"),
    (contract_fact("X", credit_limit=Decimal(-1)), "INVALID"),
    (contract_fact("X", party=PartyRef()), "UNKNOWN_COUNTERPARTY"),
    (counterparty_fact("X", name="n" * 501), "INVALID_TEXT"),
]


@pytest.mark.parametrize(("fact", "code"), BAD)
def test_a_bad_fact_is_set_aside_and_the_rest_go_on(base: Base, fact: Fact, code: str) -> None:
    # given
    say(base, waybill_fact("G1"))
    before = stored()

    # when
    refused = say(base, fact)

    # then
    assert [refusal.code for refusal in refused.refused] == [code]
    assert stored() == before

    # when
    mixed = say(base, waybill_fact("G2"), fact, payment_fact("G3"))

    # then
    assert (mixed.new, mixed.refused_count) == (2, 1)
    assert _debts(base) == [160_000, 0]
    waiting = SetAside.objects.get()
    assert (waiting.code, waiting.settled_at) == (code, None)


def test_what_was_set_aside_is_settled_by_a_later_version(base: Base) -> None:
    # given
    say(base, waybill_fact(gross="1.001"))

    # when
    say(base, waybill_fact(gross="1.01"), now=LATER)

    # then
    assert SetAside.objects.get().settled_at == LATER


def test_what_a_parser_could_not_read_is_set_aside(base: Base) -> None:
    # when
    summary = say(
        base,
        Unreadable(kind="document", key="", code="NO_NUMBER", reason="a document without a number"),
        waybill_fact(),
    )

    # then
    assert _counts(summary) == (1, 0, 0, 1)
    assert summary.facts == {"document": 1, "waybill": 1}
    assert SetAside.objects.values_list("kind", "code").get() == ("document", "NO_NUMBER")


def test_a_dry_run_counts_and_keeps_nothing(base: Base, tmp_path: Any) -> None:
    # given
    before = stored()
    said = [counterparty_fact(), waybill_fact(pdf=PDF), payment_fact("P1", "1.001")]

    # when
    summary = apply(base, said, delivery=None, now=NOW, is_dry=True)

    # then
    assert _counts(summary) == (2, 0, 0, 1)
    assert stored() == before
    assert not SetAside.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    base.refresh_from_db()
    assert base.heard_at is None


class _Crash(Exception):
    pass


def test_after_a_crash_the_stream_again_gives_what_it_had_given(base: Base) -> None:
    # given
    count = BATCH + 20

    def said(until: int) -> Iterator[Said]:
        for n in range(count):
            if n == until:
                raise _Crash
            yield waybill_fact(f"W{n}", str(n + 1))

    # when
    with pytest.raises(_Crash):
        apply(base, said(BATCH + 10), delivery=None, now=NOW)
    applied = FactState.objects.count()
    seen: list[int] = []
    summary = apply(base, said(count), delivery=None, now=NOW, on_progress=seen.append)

    # then
    assert applied == BATCH
    assert _counts(summary) == (20, 0, BATCH, 0)
    assert seen == [BATCH, count]
    assert _debts(base) == [100 * count * (count + 1) // 2, 0]


def test_what_vanishes_from_a_container_is_flagged_and_not_reversed(base: Base) -> None:
    # given
    say(base, Container(key="order-1", facts=(waybill_fact(), payment_fact())))

    # when
    say(base, Container(key="order-1", facts=(waybill_fact(),)), now=LATER)

    # then
    assert FactState.objects.get(key="P1").missing_since == LATER
    assert FactState.objects.get(key="W1").missing_since is None
    assert _debts(base) == [60_000, 0]

    # when
    say(base, Container(key="order-1", facts=(waybill_fact(), payment_fact())))

    # then
    assert FactState.objects.get(key="P1").missing_since is None


def test_another_container_says_nothing_of_what_is_missing(base: Base) -> None:
    # given
    say(base, Container(key="order-1", facts=(waybill_fact(),)))

    # when
    say(base, Container(key="order-2", facts=(payment_fact(),)), waybill_fact("W9"))

    # then
    assert not FactState.objects.filter(missing_since__isnull=False).exists()


def test_how_an_order_stands_is_remembered_and_nothing_else(base: Base) -> None:
    # given
    before = stored(FactState)

    # when
    summary = say(base, OrderStatusFact(key="O1", order=OrderRef(id="142"), is_cancelled=True))

    # then
    assert _counts(summary) == (1, 0, 0, 0)
    assert stored(FactState) == before


def test_whoever_a_base_speaks_for_was_heard_of(base: Base) -> None:
    # when
    say(base, waybill_fact(), now=LATER)

    # then
    assert Supplier.objects.get().heard_at == LATER
    assert base.heard_at == LATER
    assert Document.objects.count() == 1
