"""Who orders, as a stand-in Saleor shows it, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils import timezone
from saleor_sandbox.buyer import ADDRESS

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.gate.services import schedule_order
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.members.services import schedule_identification
from saleor_b2b_docs.parties.models import Contract, Match, Member
from saleor_b2b_docs.settlements.models import ContractFigures
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.runner import run_next
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.parties import make_counterparty, make_member, make_supplier
from tests.sandboxes import BUYER, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sandbox")]

KNOWN = {**ADDRESS, "metadata": [{"key": "taxId", "value": "38451232"}]}


@pytest.fixture
def user_id(shop: Shop) -> Iterator[str]:
    """The buyer's id; nothing that a test writes about him stays."""
    user: dict[str, Any] = shop.sandbox.ask(
        "query($email: String) { user(email: $email) { id } }", email=BUYER[0]
    )["user"]
    yield user["id"]
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_user SET external_reference = NULL, is_confirmed = 1,"
        " metadata = '{}', private_metadata = '{}' WHERE email = ?",
        BUYER[0],
    )


def _tell(shop: Shop, user_id: str, **changes: object) -> None:
    answer = shop.sandbox.ask(
        """mutation($id: ID!, $input: CustomerInput!) {
          customerUpdate(id: $id, input: $input) { errors { field code } } }""",
        id=user_id,
        input=changes,
    )
    assert answer["customerUpdate"]["errors"] == []


def _pairs(entries: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in entries.items()]


def _identify(shop: Shop, user_id: str) -> None:
    schedule_identification(shop.installation.pk, user_id=user_id, now=timezone.now())
    _run_all()


def _run_all() -> None:
    worker = WorkerId.mine()
    runs = 0
    while any(run_next(lane, worker=worker) for lane in Lane):
        runs += 1
        assert runs < 100


def test_an_order_of_a_buyer_whom_the_accounting_system_knows_gets_a_contract(
    shop: Shop, user_id: str
) -> None:
    # given a supplier whose debts begin with his own invoices
    supplier = make_supplier(shop.installation)
    supplier.debt_from = "invoice"
    supplier.save()
    counterparty = make_counterparty(shop.installation, alias="6f1c1f52")
    _tell(shop, user_id, externalReference="6f1c1f52")
    placed = shop.place()

    # when
    schedule_order(installation_id=shop.installation.pk, order_id=placed.id, now=timezone.now())
    _run_all()

    # then
    member = Member.objects.get()
    assert (member.counterparty, member.user_id, member.source) == (
        counterparty,
        user_id,
        "external_reference",
    )
    assert (member.email, member.name) == (BUYER[0], "Олена Ковальчук")
    order = Order.objects.get()
    assert order.contract == Contract.objects.get()
    assert order.contract.counterparty == counterparty
    invoice = Document.objects.get()
    assert (invoice.contract, invoice.counterparty) == (order.contract, counterparty)
    figures = ContractFigures.objects.get()
    assert (figures.debt, figures.open_orders) == (order.gross, 0)
    assert Job.objects.get(name="orders.adopt_contracts").state == Job.State.DONE


def test_the_company_that_a_buyer_chose_is_read_from_private_data(shop: Shop, user_id: str) -> None:
    # given
    make_supplier(shop.installation)
    make_member(make_counterparty(shop.installation, name="A"), user_id=user_id)
    chosen = make_counterparty(shop.installation, name="B")
    make_member(chosen, user_id=user_id)
    placed = shop.place()
    shop.sandbox.ask(
        """mutation($id: ID!, $input: [MetadataInput!]!) {
          updatePrivateMetadata(id: $id, input: $input) { errors { code } } }""",
        id=placed.id,
        input=_pairs({"b2b.contract": str(chosen.pk)}),
    )

    # when
    shop.process(placed.id)

    # then
    contract = Order.objects.get().contract
    assert contract is not None
    assert contract.counterparty == chosen
    assert "parties.identify" not in {job.name for job in Job.objects.all()}


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_an_email_proves_when_it_is_confirmed(shop: Shop, user_id: str, is_confirmed: bool) -> None:
    counterparty = make_counterparty(shop.installation, email=BUYER[0])
    shop.sandbox.meddle(
        "UPDATE saleor_sandbox_user SET is_confirmed = ? WHERE email = ?",
        int(is_confirmed),
        BUYER[0],
    )

    _identify(shop, user_id)

    assert [member.counterparty for member in Member.objects.all()] == (
        [counterparty] if is_confirmed else []
    )
    assert [match.reason for match in Match.objects.all()] == (
        [] if is_confirmed else ["unconfirmed_email"]
    )


def test_an_email_proves_nothing_where_we_cannot_see_that_the_shop_confirms_any(
    shop: Shop, user_id: str
) -> None:
    make_counterparty(shop.installation, email=BUYER[0])
    shop.installation.granted_permissions = ["MANAGE_ORDERS", "MANAGE_USERS"]
    shop.installation.save()

    _identify(shop, user_id)

    assert not Member.objects.exists()
    assert Match.objects.get().reason == "unconfirmed_email"


def test_private_metadata_proves_and_public_only_asks(shop: Shop, user_id: str) -> None:
    proven = make_counterparty(shop.installation, name="A", tax_id="1")
    asked = make_counterparty(shop.installation, name="B", tax_id="2")
    by_tax_id = make_counterparty(shop.installation, name="C", tax_id="3")
    _tell(
        shop,
        user_id,
        privateMetadata=_pairs({"b2b.counterparty": str(proven.pk), "b2b.role": "accountant"}),
        metadata=_pairs({"b2b.counterparty": str(asked.pk), "taxId": "3"}),
    )

    _identify(shop, user_id)

    member = Member.objects.get()
    assert (member.counterparty, member.role) == (proven, "accountant")
    assert [(match.counterparty, match.reason) for match in Match.objects.order_by("pk")] == [
        (asked, "public_metadata"),
        (by_tax_id, "public_metadata"),
    ]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_tax_id_on_an_order_only_asks(shop: Shop, user_id: str, is_known: bool) -> None:
    # given
    make_supplier(shop.installation)
    known = make_counterparty(shop.installation, name="A") if is_known else None

    # when
    shop.process(shop.place(address=KNOWN).id)
    _run_all()

    # then
    match = Match.objects.get()
    assert (match.counterparty, match.reason) == (known, "tax_id" if is_known else "nothing")
    assert (match.user_id, match.user_email, match.tax_id) == (user_id, BUYER[0], "38451232")
    assert not Member.objects.exists()
    assert Order.objects.get().contract is None


def test_a_user_whom_saleor_has_not_got_is_asked_for_three_times(shop: Shop) -> None:
    _identify(shop, "VXNlcjo5OTk5OQ==")
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.QUEUED, 1)

    for _ in range(2):
        Job.objects.update(run_at=timezone.now())
        _run_all()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 3)
    assert shop.calls()["user"] == 3
    assert not Match.objects.exists()


def test_an_order_that_was_kept_while_its_buyer_became_a_member_is_settled_all_the_same(
    shop: Shop, user_id: str
) -> None:
    # given
    make_supplier(shop.installation)
    shop.process(shop.place().id)
    make_member(make_counterparty(shop.installation), user_id=user_id)

    # when
    _run_all()

    # then
    assert [job.name for job in Job.objects.filter(name="orders.adopt_contracts")] == []
    assert Order.objects.get().contract == Contract.objects.get()


def test_identifying_twice_changes_nothing(shop: Shop, user_id: str) -> None:
    make_supplier(shop.installation)
    shop.process(shop.place(address=KNOWN).id)
    _run_all()
    before = list(Match.objects.values())

    _identify(shop, user_id)

    assert list(Match.objects.values()) == before
