"""Papers and money of facts, as the Journal and the books have them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.onec.facts import (
    AdjustmentFact,
    BalanceFact,
    DeletionFact,
    EnteredThroughFact,
    OpeningFact,
    OrderRef,
    Paper,
    Settled,
)
from saleor_b2b_docs.onec.models import Authority, Base
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.settlements.models import (
    AdjustmentSubtype,
    Entry,
    EntryKind,
    Payment,
    StatedBalance,
)
from tests.builders.documents import LINE, PDF
from tests.builders.onec import (
    BUYER,
    books,
    contract_called,
    contract_fact,
    make_base,
    payment_fact,
    say,
    stored,
    waybill_fact,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def _entries() -> list[tuple[str, int]]:
    return list(Entry.objects.order_by("pk").values_list("kind", "amount"))


def _figures(base: Base) -> list[tuple[int, int, int]]:
    """Debt, advance and what of it is reserved, of the only contract with money."""
    return list(books(base)["figures"].values())


def test_a_waybill_is_a_paper_and_a_debt(base: Base) -> None:
    # when
    say(
        base,
        waybill_fact(
            lines=(LINE,),
            pdf=PDF,
            paper=Paper(
                amount=Decimal("25.50"),
                currency="USD",
                rate=Decimal("39.2157"),
                rate_on=DAY,
            ),
            comment="самовивіз",
        ),
    )

    # then
    entry = Entry.objects.get()
    assert (entry.kind, entry.amount, entry.effective_on) == (EntryKind.WAYBILL, 100_000, DAY)
    assert (entry.reference, entry.number, entry.comment) == ("1c-main:W1", "РН-W1", "самовивіз")
    assert (entry.document_amount, entry.document_currency) == (2_550, "USD")
    assert (entry.rate, entry.rate_on) == (Decimal("39.2157"), DAY)
    paper = Document.objects.get()
    assert (paper.currency, paper.gross, entry.document) == ("USD", 2_550, paper)
    assert paper.contract == entry.contract
    assert paper.revisions.get().pdf_name


@pytest.mark.parametrize(
    ("kind", "gross", "entry"),
    [
        (DocumentKind.SERVICE_ACT, "10", (EntryKind.SERVICE_ACT, 1_000)),
        (DocumentKind.RETURN, "10", (EntryKind.RETURN, -1_000)),
        (DocumentKind.CORRECTION, "10", (EntryKind.UPWARD_CORRECTION, 1_000)),
        (DocumentKind.CORRECTION, "-10", (EntryKind.DOWNWARD_CORRECTION, -1_000)),
        (DocumentKind.INVOICE, "10", None),
        (DocumentKind.TAX_INVOICE, "10", None),
        (DocumentKind.CASH_RECEIPT, "10", None),
        (DocumentKind.WAYBILL, "0", None),
        (DocumentKind.WAYBILL, None, None),
    ],
)
def test_what_a_paper_is_in_the_books(
    base: Base, kind: DocumentKind, gross: str | None, entry: tuple[str, int] | None
) -> None:
    # when
    summary = say(base, waybill_fact(kind=kind, gross=gross))

    # then
    assert summary.new == 1
    assert _entries() == ([entry] if entry else [])
    expected = None if gross is None else int(gross) * 100
    assert Document.objects.get().gross == expected


def test_a_paper_that_merely_accompanies_moves_no_money(base: Base) -> None:
    # when
    say(base, waybill_fact(kind=DocumentKind.CORRECTION, gross="-10", moves_money=False))

    # then
    assert not Entry.objects.exists()
    assert Document.objects.get().gross == -1_000


def test_a_supplier_whose_debts_are_its_invoices_has_no_entries_of_waybills(base: Base) -> None:
    # given
    Supplier.objects.update(debt_from="invoice")

    # when
    say(base, waybill_fact(), payment_fact())

    # then
    assert _entries() == [(EntryKind.PAYMENT, -40_000)]


def test_a_sum_that_is_known_no_more_leaves_the_books(base: Base) -> None:
    # given
    say(base, waybill_fact())

    # when
    say(base, waybill_fact(gross=None, currency="UAH"))

    # then
    assert _entries() == [(EntryKind.WAYBILL, 100_000), (EntryKind.WAYBILL, -100_000)]
    assert Document.objects.get().gross is None


def test_a_repost_is_a_storno_and_a_new_entry(base: Base) -> None:
    # given
    say(base, waybill_fact())

    # when
    summary = say(base, waybill_fact(gross="900", on=dt.date(2026, 3, 3)))

    # then
    assert (summary.changed, len(summary.contracts)) == (1, 1)
    assert list(Entry.objects.order_by("pk").values_list("amount", "effective_on")) == [
        (100_000, DAY),
        (-100_000, DAY),
        (90_000, dt.date(2026, 3, 3)),
    ]


@pytest.mark.parametrize(
    "said",
    [
        DeletionFact(key="W1", of_kind="waybill"),
        DeletionFact(key="W1", of_kind="waybill", is_deleted=False),
        waybill_fact(is_posted=False),
    ],
)
def test_what_is_taken_back_is_void_and_reversed(base: Base, said: Any) -> None:
    # given
    say(base, waybill_fact())

    # when
    summary = say(base, said)

    # then
    assert summary.changed == 1
    assert len(summary.contracts) == 1
    assert _figures(base) == []
    assert Document.objects.get().voided_at is not None

    # when
    say(base, waybill_fact())

    # then
    assert _figures(base) == [(100_000, 0, 0)]
    assert Document.objects.get().voided_at is None


def test_a_payment_is_taken_back(base: Base) -> None:
    # given
    say(base, payment_fact())

    # when
    say(base, DeletionFact(key="P1", of_kind="payment"))

    # then
    assert _entries() == [(EntryKind.PAYMENT, -40_000), (EntryKind.PAYMENT, 40_000)]
    assert Payment.objects.get().entry is None


def test_what_a_payment_settles_is_what_the_base_says(base: Base) -> None:
    # when
    say(base, payment_fact(settles=["W2"]), waybill_fact("W1", "400"), waybill_fact("W2", "400"))

    # then
    assert books(base)["allocations"] == [("1c-main:P1", "1c-main:W2", "stated", 40_000)]


def test_a_debit_that_is_named_twice_is_settled_by_both_sums(base: Base) -> None:
    # given
    twice = (Settled(key="W1", amount=Decimal(100)), Settled(key="W1", amount=Decimal(50)))

    # when
    say(base, waybill_fact(), dataclasses.replace(payment_fact(), settles=twice))

    # then
    allocations = books(base)["allocations"]
    assert allocations[0] == ("1c-main:P1", "1c-main:W1", "oldest", 25_000)
    assert allocations[1] == ("1c-main:P1", "1c-main:W1", "stated", 15_000)


def test_a_refund_is_a_debit(base: Base) -> None:
    # when
    say(base, payment_fact(is_refund=True, purpose="п" * 600))

    # then
    assert _entries() == [(EntryKind.REFUND, 40_000)]
    payment = Payment.objects.get()
    assert (payment.amount, len(payment.purpose)) == (-40_000, 500)


def test_a_payment_without_a_sum_moves_nothing(base: Base) -> None:
    # when
    summary = say(base, payment_fact("P1", None), payment_fact("P2", None, method="cash"))

    # then
    assert summary.new == 2
    assert not Payment.objects.exists()
    paper = Document.objects.get()
    assert (paper.kind, paper.number, paper.gross) == ("cash_receipt", "P2", None)

    # when
    say(base, payment_fact("P2", "400", method="cash"))

    # then
    paper.refresh_from_db()
    assert paper.voided_at is not None
    assert Payment.objects.get().amount == 40_000


def test_an_adjustment_is_on_the_side_of_its_sign(base: Base) -> None:
    # given
    adjustment = AdjustmentFact(
        key="A1",
        subtype=AdjustmentSubtype.NETTING,
        effective_on=DAY,
        party=BUYER,
        currency="UAH",
        amount=Decimal("-70"),
    )

    # when
    say(base, adjustment, dataclasses.replace(adjustment, key="A2", amount=Decimal(30)))

    # then
    assert _entries() == [
        (EntryKind.CREDIT_ADJUSTMENT, -7_000),
        (EntryKind.DEBIT_ADJUSTMENT, 3_000),
    ]


def _opening(**fields: Any) -> OpeningFact:
    values: dict[str, Any] = {"amount": Decimal(500), "books_from": dt.date(2026, 3, 1), **fields}
    return OpeningFact(key="O1", party=BUYER, currency="UAH", **values)


def test_an_opening_begins_the_books_and_what_is_older_leaves_them(base: Base) -> None:
    # given
    say(base, waybill_fact(on=dt.date(2026, 2, 20)), payment_fact(on=dt.date(2026, 2, 21)))

    # when
    say(base, _opening())

    # then
    assert contract_called(base).books_from == dt.date(2026, 3, 1)
    assert _figures(base) == [(50_000, 0, 0)]
    assert books(base)["parts"] == [(("K1#UAH", ("C1",)), "1c-main:O1", "None", 50_000)]


def test_an_opening_advance(base: Base) -> None:
    # when
    say(base, _opening(amount=Decimal(-500)))

    # then
    assert _entries() == [(EntryKind.OPENING_ADVANCE, -50_000)]


def test_a_stated_balance_is_kept_once(base: Base) -> None:
    # given
    stated = BalanceFact(
        key="B1",
        party=BUYER,
        currency="UAH",
        as_of=DAY,
        debt=Decimal(700),
        overdue=Decimal("0.50"),
    )
    say(base, stated)

    # when
    say(base, dataclasses.replace(stated, key="B2"))
    say(base, dataclasses.replace(stated, key="B3", debt=Decimal(-1), overdue=None))

    # then
    assert list(StatedBalance.objects.order_by("pk").values_list("debt", "overdue")) == [
        (70_000, 50),
        (-100, None),
    ]


def test_bank_statements_are_entered_through_a_day(base: Base) -> None:
    # when
    say(base, EnteredThroughFact(key="through", supplier_key="", through=DAY))

    # then
    assert Supplier.objects.get().payments_entered_through == DAY


def test_another_base_is_not_believed_and_its_payments_are_only_announced(base: Base) -> None:
    # given
    say(base, waybill_fact(), payment_fact(), contract_fact())
    other = make_base(code="bank", supplier=Supplier.objects.get())
    before = stored(Payment)

    # when
    summary = say(other, waybill_fact("W2"), contract_fact("K9"))

    # then
    assert [refusal.code for refusal in summary.refused] == ["NOT_AUTHORITATIVE"] * 2
    assert stored(Payment) == before

    # when
    announced = payment_fact("P2", "300", party=dataclasses.replace(BUYER, contract_key="K2"))
    say(other, announced)

    # then
    payment = Payment.objects.get(is_provisional=True)
    assert (payment.reference, payment.amount, payment.entry) == ("bank:P2", 30_000, None)
    assert set(Authority.objects.values_list("base", flat=True)) == {base.pk}

    # when
    say(other, DeletionFact(key="P2", of_kind="payment"))

    # then
    assert not Payment.objects.filter(is_provisional=True).exists()


def test_an_order_that_is_not_known_is_waited_for(base: Base) -> None:
    # when
    say(
        base,
        payment_fact("P1", "100", orders=["T3JkZXI6QQ=="]),
        waybill_fact("W1", "100", on=dt.date(2026, 3, 1)),
    )

    # then
    assert _figures(base) == [(10_000, 10_000, 10_000)]

    # when
    say(base, waybill_fact("W2", "60", orders=["T3JkZXI6QQ=="]))

    # then
    assert ("1c-main:P1", "1c-main:W2", "order", 6_000) in books(base)["allocations"]


def test_an_order_named_by_its_number_only_is_not_waited_for(base: Base) -> None:
    # when
    fact = payment_fact("P1", "100")
    say(base, dataclasses.replace(fact, orders=(OrderRef(number="142"),)))

    # then
    assert _figures(base) == [(0, 10_000, 0)]
    assert Contract.objects.count() == 1
