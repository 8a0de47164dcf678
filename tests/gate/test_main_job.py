"""An order that arrives: confirmed where that is ours, invoiced once, told to Saleor once."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.models import Document, Revision
from saleor_b2b_docs.gate.models import ConfirmationPolicy
from saleor_b2b_docs.gate.queries import PapersState, order_papers
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.saleor.models import MutationIntent
from tests.builders.documents import file_current_revision
from tests.builders.parties import make_supplier
from tests.sandboxes import EU_BUYER, HAMMER, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]


def _invoices(shop: Shop, order_id: str) -> list[tuple[str, str]]:
    return [(invoice["number"], invoice["url"]) for invoice in shop.order(order_id)["invoices"]]


def _published(document: Document) -> list[tuple[str, str]]:
    return [(document.number, f"https://docs.example/documents/{document.pk}")]


def test_an_unpaid_order_is_confirmed_invoiced_and_published(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    assert placed.status == "UNCONFIRMED"

    # when
    shop.process(placed.id)

    # then
    document = shop.document(placed.id)
    assert (document.number, document.revisions.get().gross) == (placed.number, 86_700)
    assert Order.objects.get().status == "UNFULFILLED"
    assert shop.order(placed.id)["status"] == "UNFULFILLED"
    assert _invoices(shop, placed.id) == _published(document)
    assert shop.calls() == {"order": 1, "orderConfirm": 1, "invoiceCreate": 1}
    assert set(MutationIntent.objects.values_list("operation", "target", "state")) == {
        ("orderConfirm", placed.id, "done"),
        ("invoiceCreate", str(document.pk), "done"),
    }


def test_a_paid_order_is_confirmed_by_saleor_itself(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(paid=True)
    assert placed.status == "UNFULFILLED"

    # when
    shop.process(placed.id)

    # then
    assert _invoices(shop, placed.id) == _published(shop.document(placed.id))
    assert shop.calls() == {"order": 1, "invoiceCreate": 1}


def test_our_own_changes_come_back_as_events_and_change_nothing(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    before = (list(Document.objects.values()), list(Revision.objects.values()))

    # when
    for _ in range(3):
        shop.process(placed.id)

    # then
    assert (list(Document.objects.values()), list(Revision.objects.values())) == before
    assert shop.calls() == {"order": 4, "orderConfirm": 1, "invoiceCreate": 1}


def test_where_a_manager_confirms_the_buyer_has_the_invoice_before_saleor(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(channel="eu", who=EU_BUYER)

    # when
    shop.process(placed.id)

    # then
    document = shop.document(placed.id)
    file_current_revision(document)
    assert order_papers(Order.objects.get()).state is PapersState.READY
    assert _invoices(shop, placed.id) == []
    assert shop.calls() == {"order": 1}

    # when
    shop.change("orderConfirm", placed.id)
    shop.process(placed.id)

    # then
    assert _invoices(shop, placed.id) == _published(document)
    assert shop.calls() == {"order": 2, "invoiceCreate": 1}


@pytest.mark.parametrize(
    ("channel", "mode", "is_confirmed"),
    [
        ("ua", ConfirmationPolicy.Mode.MANAGER, False),
        ("ua", ConfirmationPolicy.Mode.AT_ONCE, True),
        ("ua", ConfirmationPolicy.Mode.FOLLOW_CHANNEL, True),
        ("eu", ConfirmationPolicy.Mode.MANAGER, False),
        ("eu", ConfirmationPolicy.Mode.AT_ONCE, True),
        ("eu", ConfirmationPolicy.Mode.FOLLOW_CHANNEL, False),
    ],
)
def test_the_merchant_s_policy_outweighs_the_channel_s_setting(
    shop: Shop, channel: str, mode: str, is_confirmed: bool
) -> None:
    # given
    make_supplier(shop.installation)
    ConfirmationPolicy.objects.create(
        installation=shop.installation, channel_slug=channel, mode=mode
    )
    placed = shop.place(channel=channel)

    # when
    shop.process(placed.id)

    # then
    assert shop.calls()["orderConfirm"] == is_confirmed
    assert len(_invoices(shop, placed.id)) == is_confirmed
    assert shop.document(placed.id).number == placed.number


def test_orders_of_a_channel_that_we_have_not_read_yet_are_left_to_a_manager(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    shop.installation.channel_set.all().delete()
    placed = shop.place()

    # when
    shop.process(placed.id)

    # then
    assert shop.order(placed.id)["status"] == "UNCONFIRMED"
    assert shop.document(placed.id).number == placed.number


def test_an_edited_order_gets_a_revision_and_is_published_once(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(channel="eu", who=EU_BUYER)
    shop.process(placed.id)
    (line,) = shop.order(placed.id)["lines"]
    shop.sandbox.ask(
        """mutation($id: ID!) { orderLineUpdate(id: $id, input: { quantity: 5 }) {
          errors { code } } }""",
        id=line["id"],
    )

    # when
    shop.process(placed.id)
    shop.change("orderConfirm", placed.id)
    shop.process(placed.id)

    # then
    document = shop.document(placed.id)
    grosses = document.revisions.order_by("number").values_list("gross", flat=True)
    assert list(grosses) == [7_914, 9_198]
    assert _invoices(shop, placed.id) == _published(document)
    assert shop.calls()["invoiceCreate"] == 1


def test_a_cancelled_order_voids_its_invoice_and_keeps_it_at_saleor(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    shop.process(placed.id)
    shop.change("orderCancel", placed.id)
    now = timezone.now()

    # when
    shop.process(placed.id, now=now)

    # then
    document = shop.document(placed.id)
    assert (document.number, document.voided_at) == (placed.number, now)
    assert Order.objects.get().status == "CANCELED"
    assert _invoices(shop, placed.id) == _published(document)
    assert shop.calls()["invoiceCreate"] == 1


@pytest.mark.parametrize("status", ["CANCELED", "EXPIRED"])
def test_an_order_that_ended_before_it_was_published_is_void_and_never_published(
    shop: Shop, status: str
) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place(channel="eu", who=EU_BUYER)
    shop.process(placed.id)
    _set_status(shop, placed.id, status)

    # when
    shop.process(placed.id)

    # then
    assert shop.document(placed.id).voided_at is not None
    assert _invoices(shop, placed.id) == []
    assert shop.calls() == {"order": 2}


@pytest.mark.parametrize("status", ["CANCELED", "EXPIRED"])
def test_an_order_that_ended_before_it_was_seen_gets_no_invoice(shop: Shop, status: str) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    _set_status(shop, placed.id, status)

    # when
    shop.process(placed.id)

    # then
    assert Order.objects.get().status == status
    assert not Document.objects.exists()
    assert shop.calls() == {"order": 1}


def test_a_draft_is_nobody_s_order_yet(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    (order_id,) = shop.place_in_bulk(1, status="DRAFT")

    # when
    shop.process(order_id)

    # then
    assert not Order.objects.exists()
    assert shop.calls() == {"order": 1}


def test_an_order_from_before_the_installation_gets_an_invoice_only_when_asked_for(
    shop: Shop,
) -> None:
    # given
    make_supplier(shop.installation)
    (order_id,) = shop.place_in_bulk(
        1, created_at=shop.installation.installed_at - dt.timedelta(days=1)
    )

    # when
    shop.process(order_id)

    # then
    assert Order.objects.get().saleor_id == order_id
    assert not Document.objects.exists()
    assert shop.calls() == {"order": 1}

    # when
    shop.process(order_id, invoice_is_requested=True)

    # then
    document = shop.document(order_id)
    assert _invoices(shop, order_id) == _published(document)

    # when
    shop.process(order_id)

    # then
    assert shop.calls() == {"order": 3, "invoiceCreate": 1}


def test_an_order_from_before_the_installation_is_not_confirmed_by_us(shop: Shop) -> None:
    # given
    make_supplier(shop.installation)
    (order_id,) = shop.place_in_bulk(
        1,
        status="UNCONFIRMED",
        created_at=shop.installation.installed_at - dt.timedelta(days=1),
    )

    # when
    shop.process(order_id)
    shop.process(order_id, invoice_is_requested=True)

    # then
    assert shop.document(order_id).revisions.count() == 1
    assert shop.calls() == {"order": 2}


EVENTS = ("created", "confirmed", "updated", "metadata", "requested")


def _event(shop: Shop, order_id: str, name: str, known: dict[str, Any]) -> None:
    """What each event asks of the gate. Its name decides nothing; its time may lag behind."""
    shop.process(
        order_id,
        invoice_is_requested=name == "requested",
        not_before=None if name == "requested" else known[name],
    )


@pytest.mark.parametrize("order_of_events", list(permutations(EVENTS[:3])))
def test_events_in_any_order_lead_to_the_same_end(
    shop: Shop, order_of_events: tuple[str, ...]
) -> None:
    # given
    make_supplier(shop.installation)
    placed = shop.place()
    created_at = dt.datetime.fromisoformat(shop.order(placed.id)["updatedAt"])
    known = dict.fromkeys(EVENTS, created_at)

    # when
    for name in order_of_events:
        _event(shop, placed.id, name, known)

    # then
    _assert_done_once(shop, placed.id)


# Each example is an order of its own, in the transaction of the one test.
@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    events=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=6),
    is_cancelled=st.booleans(),
    channel=st.sampled_from(["ua", "eu"]),
)
def test_any_number_of_events_in_any_order_leads_to_one_invoice(
    shop: Shop, events: list[str], is_cancelled: bool, channel: str
) -> None:
    # given
    if not shop.installation.supplier_set.exists():
        make_supplier(shop.installation)
    placed = shop.place(HAMMER, channel=channel)
    known = dict.fromkeys(EVENTS, dt.datetime.fromisoformat(shop.order(placed.id)["updatedAt"]))
    shop.sandbox.process.forget_calls()

    # when
    for name in events:
        _event(shop, placed.id, name, known)
    if channel == "eu":
        shop.change("orderConfirm", placed.id)
        shop.process(placed.id)

    # then
    _assert_done_once(shop, placed.id, confirms=channel == "ua")

    # when
    if is_cancelled:
        shop.change("orderCancel", placed.id)
        for name in events:
            _event(shop, placed.id, name, known)

    # then
    assert (shop.document(placed.id).voided_at is not None) is is_cancelled
    _assert_done_once(shop, placed.id, confirms=channel == "ua")


def _assert_done_once(shop: Shop, order_id: str, *, confirms: bool = True) -> None:
    document = shop.document(order_id)
    assert document.revisions.count() == 1
    assert _invoices(shop, order_id) == _published(document)
    calls = shop.calls()
    assert (calls["orderConfirm"], calls["invoiceCreate"]) == (confirms, 1)


def _set_status(shop: Shop, order_id: str, status: str) -> None:
    if status == "CANCELED":
        shop.change("orderCancel", order_id)
        return
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_order SET status = ? WHERE number = ?",
        status,
        shop.order(order_id)["number"],
    )
