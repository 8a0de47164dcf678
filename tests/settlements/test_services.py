"""Posting and what is derived from it; the money rules, each by its name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.parties.terms import Stage, Terms
from saleor_b2b_docs.settlements.models import (
    ContractFigures,
    DuePart,
    Entry,
    EntryKind,
    ImmutableEntry,
    Posting,
    StatedBalance,
)
from saleor_b2b_docs.settlements.postings import MAX_AMOUNT, InvalidPosting, NewPosting
from saleor_b2b_docs.settlements.services import (
    apply_terms_to_open,
    date_opening,
    order_changed,
    post,
    rebuild,
    state_balance,
    unpost,
)
from tests.builders.orders import LineFigures, make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation
from tests.settlements.books import (
    NOW,
    a_contract,
    book,
    day,
    entry_rows,
    payment,
    posting,
    residuals,
    sales_return,
    settled,
    waybill,
)

pytestmark = pytest.mark.django_db

ORDER = "T3JkZXI6YQ=="
OTHER_ORDER = "T3JkZXI6Yg=="


@pytest.fixture
def contract(db: None) -> Contract:
    return a_contract()


def _figures(contract: Contract) -> tuple[int, int, int]:
    figures = ContractFigures.objects.get(contract=contract)
    return (figures.debt, figures.advance, figures.reserved)


# Rule 1: what makes an entry


@pytest.mark.parametrize(
    "kind",
    [
        EntryKind.WAYBILL,
        EntryKind.SERVICE_ACT,
        EntryKind.UPWARD_CORRECTION,
        EntryKind.REFUND,
        EntryKind.OPENING_DEBT,
    ],
)
def test_what_adds_to_the_debt(contract: Contract, kind: EntryKind) -> None:
    # when
    book(posting(contract, kind, "a", 500, day(1)))

    # then
    assert Entry.objects.get().amount == 500
    assert _figures(contract) == (500, 0, 0)


@pytest.mark.parametrize(
    "kind",
    [
        EntryKind.PAYMENT,
        EntryKind.RETURN,
        EntryKind.DOWNWARD_CORRECTION,
        EntryKind.OPENING_ADVANCE,
    ],
)
def test_what_takes_from_the_debt(contract: Contract, kind: EntryKind) -> None:
    # when
    book(posting(contract, kind, "a", 500, day(1)))

    # then
    assert Entry.objects.get().amount == -500
    assert _figures(contract) == (0, 500, 0)


@pytest.mark.parametrize(
    "subtype",
    ["netting", "debt_transfer", "write_off", "bonus", "penalty", "exchange_difference"],
)
def test_adjustments_of_every_subtype_on_both_sides(contract: Contract, subtype: str) -> None:
    # when
    book(
        posting(contract, EntryKind.DEBIT_ADJUSTMENT, "a", 500, day(1), subtype=subtype),
        posting(contract, EntryKind.CREDIT_ADJUSTMENT, "b", 200, day(2), subtype=subtype),
    )

    # then
    assert [(entry.amount, entry.subtype) for entry in Entry.objects.order_by("pk")] == [
        (500, subtype),
        (-200, subtype),
    ]
    assert _figures(contract) == (300, 0, 0)


def test_an_order_makes_no_entry(contract: Contract) -> None:
    # given
    order = _order(contract, gross=1_200)

    # when
    order_changed(order, now=NOW)

    # then
    assert not Entry.objects.exists()
    figures = ContractFigures.objects.get()
    assert (figures.debt, figures.advance, figures.open_orders) == (0, 0, 1_200)


# Rule 2: immutable


def test_entries_can_be_neither_changed_nor_deleted(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)))
    entry = Entry.objects.get()
    entry.amount = 1
    before = entry_rows()

    # when / then
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(amount=1),
        lambda: Entry.objects.bulk_update([entry], ["amount"]),
    ):
        with pytest.raises(ImmutableEntry):
            attempt()
    assert entry_rows() == before


def test_unposting_is_a_storno_with_the_original_s_effective_day(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)))

    # when
    count = unpost(contract.supplier.installation, ["a", "never posted"], now=NOW)

    # then
    original, storno = Entry.objects.order_by("pk")
    assert count == 1
    assert (storno.amount, storno.effective_on, storno.reverses) == (-500, day(1), original)
    assert _figures(contract) == (0, 0, 0)
    assert not DuePart.objects.exists()
    assert settled(contract)["turnovers"] == {}


def test_a_reposted_waybill_is_reversed_and_entered_anew(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)), payment(contract, "p", 300, day(2)))

    # when
    summary = book(waybill(contract, "a", 450, day(3)))

    # then
    assert (summary.new, summary.changed, summary.unchanged) == (0, 1, 0)
    assert [row[:3] for row in entry_rows()] == [
        ("a", 500, day(1)),
        ("p", -300, day(2)),
        ("a", -500, day(1)),
        ("a", 450, day(3)),
    ]
    assert residuals(contract) == {"a": 150}


def test_the_same_again_changes_nothing(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)), payment(contract, "p", 300, day(2)))
    before = (entry_rows(), settled(contract))

    # when
    summary = book(waybill(contract, "a", 500, day(1)), payment(contract, "p", 300, day(2)))

    # then
    assert (summary.new, summary.changed, summary.unchanged) == (0, 0, 2)
    assert (entry_rows(), settled(contract)) == before


def test_a_storno_restores_what_was_before(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)), waybill(contract, "b", 200, day(2)))
    before = settled(contract)
    book(payment(contract, "p", 600, day(3)))
    assert residuals(contract) == {"b": 100}

    # when
    unpost(contract.supplier.installation, ["p"], now=NOW)

    # then
    assert settled(contract) == before


def test_posted_again_after_unposting(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)))
    unpost(contract.supplier.installation, ["a"], now=NOW)

    # when
    summary = book(waybill(contract, "a", 500, day(1)))

    # then
    assert summary.new == 1
    assert Entry.objects.count() == 3
    assert _figures(contract) == (500, 0, 0)


def test_a_document_that_moves_to_another_contract_leaves_the_first(contract: Contract) -> None:
    # given
    other = a_contract(contract.supplier)
    book(waybill(contract, "a", 500, day(1)))

    # when
    book(waybill(other, "a", 500, day(1)))

    # then
    assert _figures(contract) == (0, 0, 0)
    assert _figures(other) == (500, 0, 0)


# Rule 4: due dates


def test_due_date_is_the_accounting_system_s_own(contract: Contract) -> None:
    # when
    book(waybill(contract, "a", 500, day(1), due=day(20)))

    # then
    assert DuePart.objects.get().due_on == day(20)
    assert Entry.objects.get().terms_days == 19


def test_due_date_by_the_installation_s_fourteen_days(contract: Contract) -> None:
    # when
    book(waybill(contract, "a", 500, day(1)))

    # then
    assert DuePart.objects.get().due_on == day(15)
    assert Entry.objects.get().terms_days == 14


def test_stages_make_a_due_part_each(contract: Contract) -> None:
    # given
    contract.terms = Terms((Stage(Decimal(30), 0), Stage(Decimal(70), 14))).to_json()
    contract.save()

    # when
    book(waybill(contract, "a", 1_001, day(1)))

    # then
    parts = DuePart.objects.order_by("position")
    assert [(part.due_on, part.amount) for part in parts] == [(day(1), 300), (day(15), 701)]
    assert Entry.objects.get().terms_days is None


def test_changed_terms_touch_new_debits_only_until_staff_apply_them(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)), waybill(contract, "given", 100, day(1), due=day(5)))
    contract.terms = Terms.of_days(30).to_json()
    contract.save()

    # when
    book(waybill(contract, "b", 500, day(2)))

    # then
    def dates() -> dict[str, dt.date | None]:
        parts = DuePart.objects.select_related("entry")
        return {part.entry.reference: part.due_on for part in parts}

    assert dates() == {"a": day(15), "given": day(5), "b": day(1, 4)}
    assert apply_terms_to_open(contract, now=NOW) == 1
    assert dates() == {"a": day(31), "given": day(5), "b": day(1, 4)}
    assert rebuild(contract, is_written=False) == []


# Rule 5: allocation


def test_a_stated_settlement_holds(contract: Contract) -> None:
    # given
    book(waybill(contract, "old", 500, day(1)), waybill(contract, "new", 300, day(2)))

    # when
    book(payment(contract, "p", 300, day(3), stated=["new"]))

    # then
    assert residuals(contract) == {"old": 500}


def test_a_stated_settlement_holds_against_what_was_settled_by_age(contract: Contract) -> None:
    """A payment without a purpose came first and took the waybill that another one pays for."""
    # given
    book(
        waybill(contract, "w1", 300, day(1)),
        waybill(contract, "w2", 300, day(2)),
        payment(contract, "p1", 300, day(3)),
    )
    assert residuals(contract) == {"w2": 300}

    # when
    book(payment(contract, "p2", 300, day(4), stated=["w1"]))

    # then
    assert residuals(contract) == {}
    allocations = settled(contract)["allocations"]
    assert allocations == {("p2", "w1", 0, "stated"): 300, ("p1", "w2", 0, "oldest"): 300}


def test_a_return_settles_its_own_waybill_first(contract: Contract) -> None:
    # given
    book(waybill(contract, "old", 500, day(1)), waybill(contract, "own", 300, day(2)))

    # when
    book(sales_return(contract, "r", 100, day(3), stated=["own"]))

    # then
    assert residuals(contract) == {"old": 500, "own": 200}


def test_a_return_larger_than_the_sale_leaves_an_advance(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 100, day(1)))

    # when
    book(sales_return(contract, "r", 250, day(2), stated=["a"]))

    # then
    assert residuals(contract) == {"r": -150}
    assert _figures(contract) == (0, 150, 0)


def test_a_payment_for_an_order_waits_for_its_waybills_as_a_reserved_advance(
    contract: Contract,
) -> None:
    # given
    book(waybill(contract, "other", 500, day(1)))

    # when
    book(payment(contract, "p", 300, day(2), orders=[ORDER]))

    # then
    assert _figures(contract) == (500, 300, 300)

    # when
    book(waybill(contract, "own", 400, day(3), orders=[ORDER]))

    # then
    assert residuals(contract) == {"other": 500, "own": 100}
    assert _figures(contract) == (600, 0, 0)


def test_a_reserved_advance_is_free_once_its_order_is_closed(contract: Contract) -> None:
    # given
    order = _order(contract, gross=300)
    book(
        waybill(contract, "other", 500, day(1)),
        payment(contract, "p", 300, day(2), orders=[order.saleor_id]),
    )
    assert _figures(contract) == (500, 300, 300)

    # when
    order.status = Order.Status.CANCELED
    order.save()
    order_changed(order, now=NOW)

    # then
    assert _figures(contract) == (200, 0, 0)
    assert rebuild(contract, is_written=False) == []

    # when the order is opened again
    order.status = Order.Status.UNFULFILLED
    order.save()
    order_changed(order, now=NOW)

    # then
    assert _figures(contract) == (500, 300, 300)


def test_money_never_waits_for_its_partner(contract: Contract) -> None:
    """A payment may come before the waybill that it settles."""
    # when
    book(payment(contract, "p", 300, day(1), stated=["later"]))

    # then
    assert _figures(contract) == (0, 300, 300)

    # when
    book(waybill(contract, "later", 300, day(2)))

    # then
    assert _figures(contract) == (0, 0, 0)
    assert settled(contract)["allocations"] == {("p", "later", 0, "stated"): 300}


def test_the_rest_settles_the_oldest_due_first(contract: Contract) -> None:
    # given
    book(
        waybill(contract, "late", 100, day(1), due=day(30)),
        waybill(contract, "urgent", 100, day(2), due=day(10)),
        posting(contract, EntryKind.OPENING_DEBT, "undated", 100, day(1)),
    )

    # when
    book(payment(contract, "p", 150, day(3)))

    # then
    assert residuals(contract) == {"late": 50, "undated": 100}


def test_a_payment_larger_than_the_debt_leaves_an_advance_for_the_next_waybill(
    contract: Contract,
) -> None:
    # given
    book(waybill(contract, "a", 100, day(1)), payment(contract, "p", 250, day(2)))
    assert _figures(contract) == (0, 150, 0)

    # when
    book(waybill(contract, "b", 120, day(3)))

    # then
    assert _figures(contract) == (0, 30, 0)


def test_a_back_dated_payment_settles_what_was_open_then(contract: Contract) -> None:
    # given
    book(
        waybill(contract, "w1", 100, day(1)),
        payment(contract, "p2", 100, day(10)),
        waybill(contract, "w2", 100, day(11)),
    )
    assert residuals(contract) == {"w2": 100}

    # when
    book(payment(contract, "p1", 100, day(2)))

    # then
    assert settled(contract)["allocations"] == {
        ("p1", "w1", 0, "oldest"): 100,
        ("p2", "w2", 0, "oldest"): 100,
    }
    assert residuals(contract) == {}


# Rule 6: openings


def test_what_is_older_than_the_books_makes_no_entry(contract: Contract) -> None:
    # given
    contract.books_from = day(5)
    contract.save()

    # when
    summary = book(
        waybill(contract, "before", 100, day(4)),
        waybill(contract, "on the day", 200, day(5)),
        posting(contract, EntryKind.OPENING_DEBT, "opening", 50, day(4)),
    )

    # then
    assert (summary.before_books, summary.new) == (1, 2)
    assert residuals(contract) == {"on the day": 200, "opening": 50}


def test_an_opening_without_documents_is_never_overdue_until_staff_date_it(
    contract: Contract,
) -> None:
    # given
    book(posting(contract, EntryKind.OPENING_DEBT, "opening", 50, day(1)))
    assert DuePart.objects.get().due_on is None

    # when
    date_opening(contract, "opening", due_on=day(7), now=NOW)

    # then
    assert DuePart.objects.get().due_on == day(7)
    assert rebuild(contract, is_written=False) == []
    with pytest.raises(InvalidPosting):
        date_opening(contract, "nothing", due_on=day(7), now=NOW)


# Rule 8: a stated balance


def test_a_stated_balance_adjusts_nothing(contract: Contract) -> None:
    # given
    book(waybill(contract, "a", 500, day(1)))
    before = (entry_rows(), settled(contract))

    # when
    state_balance(contract, as_of=day(2), debt=-100, overdue=None, now=NOW)

    # then
    assert StatedBalance.objects.get().debt == -100
    assert (entry_rows(), settled(contract)) == before


# Open orders


def test_an_open_order_is_its_total_less_waybills_less_reserved_advances(
    contract: Contract,
) -> None:
    # given
    order = _order(contract, gross=1_200)
    order_changed(order, now=NOW)

    # when
    book(
        payment(contract, "p", 300, day(1), orders=[order.saleor_id]),
        waybill(contract, "w", 500, day(2), orders=[(order.saleor_id, 450), (OTHER_ORDER, 50)]),
    )

    # then
    figures = ContractFigures.objects.get()
    assert (figures.debt, figures.reserved, figures.open_orders) == (200, 0, 750)

    # when
    unpost(contract.supplier.installation, ["w"], now=NOW)

    # then
    figures.refresh_from_db()
    assert (figures.debt, figures.reserved, figures.open_orders) == (0, 300, 900)


def test_a_cancelled_order_holds_nothing(contract: Contract) -> None:
    # given
    order = _order(contract, gross=1_200)
    order_changed(order, now=NOW)

    # when
    order.status = Order.Status.CANCELED
    order.save()
    order_changed(order, now=NOW)

    # then
    assert ContractFigures.objects.get().open_orders == 0


def _order(contract: Contract, *, gross: int) -> Order:
    order = make_order(
        contract.supplier.installation,
        supplier=contract.supplier,
        lines=(LineFigures(quantity=1, unit_net=gross * 5 // 6),),
    )
    order.contract = contract
    order.save()
    assert order.gross == gross
    return order


# Bad input


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": 0}, "INVALID_AMOUNT"),
        ({"amount": -1}, "INVALID_AMOUNT"),
        ({"amount": MAX_AMOUNT + 1}, "INVALID_AMOUNT"),
        ({"reference": ""}, "INVALID_REFERENCE"),
        ({"reference": "x" * 201}, "INVALID_REFERENCE"),
        ({"effective_on": dt.date(1990, 12, 31)}, "INVALID_DATE"),
        ({"subtype": "bonus"}, "INVALID_SUBTYPE"),
        ({"kind": EntryKind.DEBIT_ADJUSTMENT}, "INVALID_SUBTYPE"),
        ({"stated": (("other", None),)}, "INVALID_SETTLEMENT"),
        ({"orders": ((ORDER, 0),)}, "INVALID_AMOUNT"),
        ({"orders": ((ORDER, 1), (ORDER, 2))}, "INVALID_LINK"),
        ({"orders": (("", None),)}, "INVALID_LINK"),
        ({"due_parts": ((day(1), 99),)}, "INVALID_DUE_PARTS"),
        ({"due_parts": ((day(1), 200), (day(2), -100))}, "INVALID_DUE_PARTS"),
        ({"document_amount": 5}, "INVALID_AMOUNT"),
    ],
)
def test_a_posting_that_can_t_be_one_changes_nothing(
    contract: Contract, changes: dict[str, object], code: str
) -> None:
    # given
    good = {
        "reference": "bad",
        "contract": contract,
        "kind": EntryKind.WAYBILL,
        "amount": 100,
        "effective_on": day(1),
    }
    bad = NewPosting(**{**good, **changes})  # type: ignore[arg-type]  # wrong on purpose

    # when
    with pytest.raises(InvalidPosting) as refused:
        post(
            contract.supplier.installation,
            [waybill(contract, "good", 100, day(1)), bad],
            now=NOW,
        )

    # then
    assert refused.value.code == code
    assert not Entry.objects.exists()
    assert not Posting.objects.exists()


def test_a_contract_of_another_installation_is_not_found(contract: Contract) -> None:
    # given
    other = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    foreign = a_contract(make_supplier(other))

    # when
    with pytest.raises(InvalidPosting) as refused:
        post(contract.supplier.installation, [waybill(foreign, "a", 100, day(1))], now=NOW)

    # then
    assert refused.value.code == "NOT_FOUND"
    assert not Entry.objects.exists()


def test_the_same_reference_twice_in_a_batch_counts_as_the_last_said(contract: Contract) -> None:
    # when
    book(waybill(contract, "a", 500, day(1)), waybill(contract, "a", 400, day(2)))

    # then
    assert [row[:3] for row in entry_rows()] == [("a", 400, day(2))]


# Cost


def test_posting_on_top_costs_the_same_whatever_the_history(contract: Contract) -> None:
    def statements(reference: str, on: dt.date) -> int:
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            book(waybill(contract, f"w{reference}", 10, on))
            book(payment(contract, f"p{reference}", 10, on))
        return len(captured)

    first = [statements(str(number), day(number)) for number in range(1, 4)]
    for number in range(4, 25):
        statements(f"{number:02}", day(number))

    assert statements("99", day(28)) == first[-1]
