"""Ids of strangers, and what is no id: nothing is found, and nothing changed."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.onec.models import Base, Credential, OrderExport
from saleor_b2b_docs.parties.models import Match, Role
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import (
    API_URL,
    BUYER_ID,
    OTHER_API_URL,
    OTHER_BUYER_ID,
)
from tests.builders.settlements import make_payment, post_debit
from tests.graphql.world import NOW, TODAY, World, ask, buyer, kept, make_world, staff

pytestmark = pytest.mark.django_db

UNKNOWN = uuid.UUID("7d1c7f0a-52b4-4a5e-9f0a-0d9a2f2f7a11")


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def _strangers(world: World, *, at: str) -> dict[str, str]:
    """Ids of another company of the same shop, or of another shop: nothing of it is the buyer's."""
    installation = Installation.objects.get(api_url=at)
    supplier = make_supplier(installation, code="stranger", is_default=False)
    company = make_counterparty(installation, name="Чужа", tax_id="99999999")
    member = make_member(company, user_id=OTHER_BUYER_ID, role=Role.ACCOUNTANT)
    contract = make_contract(supplier, company, number="Ч-1")
    order = make_order(
        installation, number="9001", supplier=supplier, user_id=OTHER_BUYER_ID, user_email="o@e.com"
    )
    order.contract = contract
    order.save()
    post_debit(contract, 5_000, on=TODAY, number="Ч-2")
    make_payment(contract, 5_000, on=TODAY, number="Ч-3", is_provisional=True)
    match = Match.objects.create(
        installation=installation,
        kind=Match.Kind.USER,
        user_id="VXNlcjo3OA==",
        counterparty=company,
        reason="tax_id",
        created_at=NOW,
    )
    base = Base.objects.create(installation=installation, code="stranger", created_at=NOW)
    key = Credential.objects.create(
        base=base, kind=Credential.Kind.BEARER_KEY, lookup="f" * 64, created_at=NOW
    )
    held = OrderExport.objects.create(
        base=base, order=order, state=OrderExport.State.HELD, changed_at=NOW
    )
    return {
        "contract": to_global_id("B2BContract", contract.pk),
        "company": to_global_id("B2BCounterparty", company.pk),
        "document": to_global_id("B2BDocument", issue_invoice(order).pk),
        "supplier": to_global_id("B2BSupplier", supplier.pk),
        "member": to_global_id("B2BMember", member.pk),
        "manager": to_global_id("B2BManager", make_manager(installation).pk),
        "match": to_global_id("B2BMatch", match.pk),
        "key": to_global_id("B2BKey", key.pk),
        "held": to_global_id("B2BHeldOrder", held.pk),
        "order": order.saleor_id,
    }


def _no_ids(world: World, type_name: str) -> list[str]:
    """What stands in place of an id of this type, and is none of a thing that there is."""
    key = world.contract.pk if type_name != "B2BContract" else world.company.pk
    return [
        "",
        "garbage",
        "ідентифікатор",
        str(UNKNOWN),
        to_global_id(type_name, UNKNOWN),
        to_global_id(type_name, 10**17),
        to_global_id(type_name, 10**40),
        to_global_id(type_name, -1),
        to_global_id(type_name, "1 OR 1=1"),
        to_global_id(type_name, "\0"),
        base64.b64encode(b"\xff\xfe:1").decode(),
        # Another thing's key under the right name, and a name of Saleor's.
        to_global_id(type_name, key),
        to_global_id("User", 1),
    ]


READS: dict[str, tuple[str, str, str, Any]] = {
    "b2bBalance": (
        "contract",
        "B2BContract",
        "query($id: ID!) { b2bBalance(contractId: $id) { panel { debt { amount } } } }",
        None,
    ),
    "b2bDocument": (
        "document",
        "B2BDocument",
        "query($id: ID!) { b2bDocument(id: $id) { number } }",
        None,
    ),
    "b2bMembers": (
        "company",
        "B2BCounterparty",
        "query($id: ID!) { b2bMembers(counterpartyId: $id) { email } }",
        [],
    ),
    "b2bJournal of a contract": (
        "contract",
        "B2BContract",
        "query($id: ID!) { b2bJournal(filter: {contractId: $id}) { edges { cursor } } }",
        {"edges": []},
    ),
    "b2bJournal of a company": (
        "company",
        "B2BCounterparty",
        "query($id: ID!) { b2bJournal(filter: {counterpartyId: $id}) { edges { cursor } } }",
        {"edges": []},
    ),
    "b2bJournal of an order": (
        "order",
        "Order",
        "query($id: ID!) { b2bJournal(filter: {orderId: $id}) { edges { cursor } } }",
        {"edges": []},
    ),
    "b2bPayments": (
        "contract",
        "B2BContract",
        "query($id: ID!) { b2bPayments(filter: {contractId: $id}) { edges { cursor } } }",
        {"edges": []},
    ),
}


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("at", [API_URL, OTHER_API_URL])
def test_another_companys_id_is_an_id_of_nothing(world: World, name: str, at: str) -> None:
    what, _, query, nothing = READS[name]
    foreign = _strangers(world, at=at)
    before = kept()

    answer = ask(query, {"id": foreign[what]}, headers=buyer())

    assert answer == {"data": {name.split()[0]: nothing}}
    assert kept() == before


@pytest.mark.parametrize("name", READS)
def test_what_is_no_id_of_the_right_kind_finds_nothing(world: World, name: str) -> None:
    what, type_name, query, nothing = READS[name]
    others = [value for key, value in world.ids().items() if key not in (what, "secret")]
    for global_id in (*_no_ids(world, type_name), *others):
        answer = ask(query, {"id": global_id}, headers=buyer())

        assert answer == {"data": {name.split()[0]: nothing}}, global_id


_ERRORS = "errors { field code }"
CHANGES: dict[str, tuple[str, str, str, str]] = {
    "b2bMemberInvite": (
        "company",
        "B2BCounterparty",
        "counterpartyId",
        f"""mutation($id: ID!) {{ b2bMemberInvite(counterpartyId: $id, role: BUYER) {{
          {_ERRORS} }} }}""",
    ),
    "b2bMemberCreate": (
        "company",
        "B2BCounterparty",
        "counterpartyId",
        f"""mutation($id: ID!) {{ b2bMemberCreate(counterpartyId: $id, userId: "{BUYER_ID}",
          role: BUYER) {{ {_ERRORS} }} }}""",
    ),
    "b2bMemberDelete": (
        "member",
        "B2BMember",
        "id",
        f"mutation($id: ID!) {{ b2bMemberDelete(id: $id) {{ {_ERRORS} }} }}",
    ),
    "b2bCounterpartySplit": (
        "company",
        "B2BCounterparty",
        "id",
        f"""mutation($id: ID!) {{ b2bCounterpartySplit(id: $id, input: {{ name: "X",
          contractIds: [] }}) {{ {_ERRORS} }} }}""",
    ),
    "b2bContractUpdate": (
        "contract",
        "B2BContract",
        "id",
        f"""mutation($id: ID!) {{ b2bContractUpdate(id: $id, input: {{ termsDays: 1 }}) {{
          {_ERRORS} }} }}""",
    ),
    "b2bSupplierUpdate": (
        "supplier",
        "B2BSupplier",
        "id",
        f"""mutation($id: ID!) {{ b2bSupplierUpdate(id: $id, input: {{ paymentDays: 1 }}) {{
          {_ERRORS} }} }}""",
    ),
    "b2bMatchResolve": (
        "match",
        "B2BMatch",
        "id",
        f"""mutation($id: ID!) {{ b2bMatchResolve(id: $id, input: {{ action: DISMISS }}) {{
          {_ERRORS} }} }}""",
    ),
    "b2bKeyRevoke": (
        "key",
        "B2BKey",
        "id",
        f"mutation($id: ID!) {{ b2bKeyRevoke(id: $id) {{ {_ERRORS} }} }}",
    ),
    "b2bOrderRelease": (
        "held",
        "B2BHeldOrder",
        "id",
        f"mutation($id: ID!) {{ b2bOrderRelease(id: $id) {{ {_ERRORS} }} }}",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_of_another_shop_is_changed(world: World, name: str) -> None:
    what, _, field, query = CHANGES[name]
    foreign = _strangers(world, at=OTHER_API_URL)
    before = kept()

    answer = ask(query, {"id": foreign[what]}, headers=staff())

    assert answer == {"data": {name: {"errors": [{"field": field, "code": "NOT_FOUND"}]}}}
    assert kept() == before


@pytest.mark.parametrize("name", ["b2bMemberInvite", "b2bMemberDelete"])
def test_an_owner_changes_nothing_of_another_company(world: World, name: str) -> None:
    what, _, field, query = CHANGES[name]
    foreign = _strangers(world, at=API_URL)
    before = kept()

    answer = ask(query, {"id": foreign[what]}, headers=buyer())

    assert answer == {"data": {name: {"errors": [{"field": field, "code": "NOT_FOUND"}]}}}
    assert kept() == before


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_changed_by_what_is_no_id(world: World, name: str) -> None:
    what, type_name, field, query = CHANGES[name]
    before = kept()
    others = [value for key, value in world.ids().items() if what not in key and key != "secret"]
    for global_id in (*_no_ids(world, type_name), *others):
        answer = ask(query, {"id": global_id}, headers=staff())

        wrong = [{"field": field, "code": "NOT_FOUND"}]
        assert answer == {"data": {name: {"errors": wrong}}}, global_id
    assert kept() == before


def test_another_shops_manager_is_nobody(world: World) -> None:
    foreign = _strangers(world, at=OTHER_API_URL)
    before = kept()

    answer = ask(
        f"""mutation($id: ID!, $input: B2BContractInput!) {{
          b2bContractUpdate(id: $id, input: $input) {{ {_ERRORS} }} }}""",
        {"id": world.ids()["contract"], "input": {"managerId": foreign["manager"]}},
        headers=staff(),
    )

    errors = [{"field": "managerId", "code": "NOT_FOUND"}]
    assert answer["data"]["b2bContractUpdate"] == {"errors": errors}
    assert kept() == before
