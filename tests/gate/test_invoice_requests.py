"""The dashboard's "generate invoice": answered with the one invoice that there is."""

from __future__ import annotations

import pytest

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.saleor.errors import SaleorUncertain
from saleor_b2b_docs.saleor.models import MutationIntent
from saleor_b2b_docs.work.errors import PermanentFailure
from tests.builders.parties import make_supplier
from tests.sandboxes import EU_BUYER, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]


def _invoices(shop: Shop, order_id: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (invoice["number"], invoice["url"], invoice["status"])
        for invoice in shop.order(order_id)["invoices"]
    ]


def _answer(document: Document) -> tuple[str | None, str | None, str]:
    return (document.number, f"https://docs.example/documents/{document.pk}", "SUCCESS")


def test_a_request_after_our_own_invoice_is_answered_with_the_same(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    shop.request_invoice(placed.id)

    # when
    shop.process(placed.id, invoice_is_requested=True)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))] * 2
    calls = shop.calls()
    assert (calls["invoiceCreate"], calls["invoiceUpdate"]) == (1, 1)


def test_a_request_before_our_own_invoice_is_as_good_as_it(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(paid=True)
    shop.request_invoice(placed.id)

    # when
    shop.process(placed.id, invoice_is_requested=True)
    shop.process(placed.id)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))]
    calls = shop.calls()
    assert (calls["invoiceCreate"], calls["invoiceUpdate"]) == (0, 1)


def test_two_clicks_are_both_answered_with_the_same(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    for _ in range(2):
        shop.request_invoice(placed.id)

    # when
    for _ in range(2):
        shop.process(placed.id, invoice_is_requested=True)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))] * 3
    calls = shop.calls()
    assert (calls["invoiceCreate"], calls["invoiceUpdate"]) == (1, 2)
    assert Document.objects.count() == 1


def test_a_request_whose_event_got_lost_is_answered_with_the_next_one(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    shop.request_invoice(placed.id)

    # when
    shop.process(placed.id)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))] * 2


def test_an_answer_that_got_lost_is_given_again(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    shop.request_invoice(placed.id)
    shop.sandbox.process.set_fault(kind="error", operation="invoiceUpdate", status=503)
    with pytest.raises(SaleorUncertain):
        shop.process(placed.id, invoice_is_requested=True)
    assert _invoices(shop, placed.id)[1] == (None, None, "PENDING")

    # when
    shop.process(placed.id, invoice_is_requested=True)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))] * 2


def test_an_invoice_that_staff_made_themselves_is_left_alone(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(paid=True)
    shop.sandbox.ask(
        """mutation($id: ID!) { invoiceCreate(
          orderId: $id, input: { number: "BY-HAND", url: "https://elsewhere.example/1" }
        ) { errors { code } } }""",
        id=placed.id,
    )

    # when
    shop.process(placed.id)

    # then
    assert _invoices(shop, placed.id) == [
        ("BY-HAND", "https://elsewhere.example/1", "SUCCESS"),
        _answer(shop.document(placed.id)),
    ]


def test_an_old_order_is_invoiced_when_staff_ask_for_it(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    shop.installation.installed_at = shop.installation.installed_at.replace(year=2100)
    shop.installation.save()
    placed = shop.place(paid=True)
    shop.process(placed.id)
    assert not Document.objects.exists()
    shop.request_invoice(placed.id)

    # when
    shop.process(placed.id, invoice_is_requested=True)

    # then
    assert _invoices(shop, placed.id) == [_answer(shop.document(placed.id))]


def test_a_request_for_an_order_that_was_cancelled_names_the_void_invoice(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(channel="eu", who=EU_BUYER)
    shop.change("orderConfirm", placed.id)
    shop.process(placed.id)
    shop.request_invoice(placed.id)
    shop.change("orderCancel", placed.id)

    # when
    shop.process(placed.id, invoice_is_requested=True)

    # then
    document = shop.document(placed.id)
    assert document.voided_at is not None
    assert _invoices(shop, placed.id) == [_answer(document)] * 2


def test_a_namesake_at_saleor_is_left_to_staff_and_not_doubled(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(paid=True)
    # By default the number is the order's own, which another app may use as well.
    shop.create_invoice(placed.id, number=placed.number, url="https://other.example/1.pdf")

    # when
    with pytest.raises(PermanentFailure) as refusal:
        shop.process(placed.id)

    # then
    assert refusal.value.code == "AMBIGUOUS_INVOICE"
    assert [url for _, url, _ in _invoices(shop, placed.id)] == ["https://other.example/1.pdf"]
    assert shop.calls()["invoiceCreate"] == 0
    intent = MutationIntent.objects.get(operation="invoiceCreate")
    assert intent.state == MutationIntent.State.AMBIGUOUS
