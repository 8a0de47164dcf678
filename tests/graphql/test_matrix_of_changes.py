"""Every root field that changes something against every kind of caller: the exact answer of each,
and that a refusal changed nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.graphql.schema import schema
from saleor_b2b_docs.onec.models import Credential, OrderExport
from saleor_b2b_docs.parties.models import Contract, Match, Member, Supplier
from tests.builders.callers import (
    CALLERS,
    MANAGING_USERS,
    NAMELESS,
    POWERLESS_STAFF,
    REFUSED_TOKENS,
    STAFF,
)
from tests.graphql import test_matrix, test_matrix_of_reads
from tests.graphql.test_matrix_of_reads import (
    ACCOUNTANT,
    COLLEAGUE,
    CUSTOMERS,
    DENIED,
    ELSEWHERE,
    OWNER,
)
from tests.graphql.world import NOW, World, ask, codes, kept, make_world

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Change:
    """A root field: its mutation, who is refused and how, and what it does for all others."""

    query: str
    changed: Any
    """The payload, without its errors, for whom it is done."""
    done: Callable[[World], bool]
    variables: tuple[str, ...]
    refused: Mapping[str, tuple[str, str]]
    """The payload's error, as field and code, by caller."""
    denied: frozenset[str]


_ERRORS = "errors { field code }"
NOT_MANAGING_USERS = STAFF - MANAGING_USERS - {ELSEWHERE}
STRANGERS = CUSTOMERS - {OWNER, ACCOUNTANT, COLLEAGUE}
_NO_COMPANY, _NO_ID = ("counterpartyId", "NOT_FOUND"), ("id", "NOT_FOUND")

CHANGES: dict[str, Change] = {
    "b2bMemberInvite": Change(
        f"""mutation($company: ID!) {{ b2bMemberInvite(
          counterpartyId: $company, role: ACCOUNTANT, email: "new@example.com") {{
          invitation {{ role email expiresAt }} {_ERRORS} }} }}""",
        {
            "invitation": {
                "role": "ACCOUNTANT",
                "email": "new@example.com",
                "expiresAt": "2026-03-27T09:00:00+00:00",
            }
        },
        done=lambda world: world.company.invitations.count() == 2,
        variables=("company",),
        refused=dict.fromkeys(STRANGERS | {ELSEWHERE}, _NO_COMPANY),
        denied=NOT_MANAGING_USERS | {ACCOUNTANT, COLLEAGUE},
    ),
    "b2bInvitationAccept": Change(
        f"""mutation($secret: String!) {{ b2bInvitationAccept(secret: $secret) {{
          member {{ role source }} {_ERRORS} }} }}""",
        {"member": {"role": "BUYER", "source": "invitation"}},
        done=lambda world: world.company.members.count() == 4,
        variables=("secret",),
        refused={
            **dict.fromkeys({OWNER, ACCOUNTANT, COLLEAGUE}, ("secret", "ALREADY_MEMBER")),
            "another shop's buyer of the same id": ("secret", "NOT_FOUND"),
        },
        denied=STAFF | NAMELESS,
    ),
    "b2bMemberCreate": Change(
        f"""mutation($company: ID!) {{ b2bMemberCreate(
          counterpartyId: $company, userId: "VXNlcjo3Nw==", email: "n@example.com", role: BUYER) {{
          member {{ userId email role source }} {_ERRORS} }} }}""",
        {
            "member": {
                "userId": "VXNlcjo3Nw==",
                "email": "n@example.com",
                "role": "BUYER",
                "source": "staff",
            }
        },
        done=lambda world: world.company.members.filter(user_id="VXNlcjo3Nw==").exists(),
        variables=("company",),
        refused={ELSEWHERE: _NO_COMPANY},
        denied=NOT_MANAGING_USERS | CUSTOMERS,
    ),
    "b2bMemberDelete": Change(
        f"""mutation($member: ID!) {{ b2bMemberDelete(id: $member) {{
          member {{ email role }} {_ERRORS} }} }}""",
        {"member": {"email": "accountant@example.com", "role": "ACCOUNTANT"}},
        done=lambda world: not Member.objects.filter(pk=world.accountant.pk).exists(),
        variables=("member",),
        refused=dict.fromkeys(STRANGERS | {ELSEWHERE}, _NO_ID),
        denied=NOT_MANAGING_USERS | {ACCOUNTANT, COLLEAGUE},
    ),
    "b2bCounterpartySplit": Change(
        f"""mutation($company: ID!, $contract: ID!) {{ b2bCounterpartySplit(id: $company, input: {{
          name: "ТОВ «Частина»", contractIds: [$contract] }}) {{
          newCounterparty {{ name taxId }} {_ERRORS} }} }}""",
        {"newCounterparty": {"name": "ТОВ «Частина»", "taxId": ""}},
        done=lambda world: (
            Contract.objects.get(pk=world.contract.pk).counterparty.name == "ТОВ «Частина»"
        ),
        variables=("company", "contract"),
        refused={ELSEWHERE: _NO_ID},
        denied=NOT_MANAGING_USERS | CUSTOMERS,
    ),
    "b2bContractUpdate": Change(
        f"""mutation($contract: ID!) {{ b2bContractUpdate(id: $contract, input: {{
          creditLimit: "50000.50", termsDays: 30 }}) {{
          contract {{ number role }} {_ERRORS} }} }}""",
        {"contract": {"number": "Д-1", "role": None}},
        done=lambda world: Contract.objects.get(pk=world.contract.pk).credit_limit == 5_000_050,
        variables=("contract",),
        refused={ELSEWHERE: _NO_ID},
        denied=NOT_MANAGING_USERS | CUSTOMERS,
    ),
    "b2bSupplierUpdate": Change(
        f"""mutation($supplier: ID!) {{ b2bSupplierUpdate(id: $supplier, input: {{
          paymentDays: 21 }}) {{ supplier {{ paymentDays countsOpenOrders }} {_ERRORS} }} }}""",
        {"supplier": {"paymentDays": 21, "countsOpenOrders": True}},
        done=lambda world: Supplier.objects.get(pk=world.supplier.pk).payment_days == 21,
        variables=("supplier",),
        refused={},
        denied=(STAFF - {"staff with MANAGE_SETTINGS"}) | CUSTOMERS,
    ),
    "b2bKeyCreate": Change(
        f"""mutation {{ b2bKeyCreate(input: {{ baseCode: "new", kind: PASSWORD, name: "УТ" }}) {{
          key {{ kind name baseCode keyId revokedAt }} {_ERRORS} }} }}""",
        {
            "key": {
                "kind": "PASSWORD",
                "name": "УТ",
                "baseCode": "new",
                "keyId": None,
                "revokedAt": None,
            }
        },
        done=lambda world: Credential.objects.filter(base__code="new").count() == 1,
        variables=(),
        refused={},
        denied=(STAFF - {"staff with MANAGE_SETTINGS"}) | CUSTOMERS,
    ),
    "b2bKeyRevoke": Change(
        f"""mutation($key: ID!) {{ b2bKeyRevoke(id: $key) {{
          key {{ kind name revokedAt }} {_ERRORS} }} }}""",
        {
            "key": {
                "kind": "BEARER_KEY",
                "name": "Обмін",
                "revokedAt": "2026-03-20T09:00:00+00:00",
            }
        },
        done=lambda world: Credential.objects.get(pk=world.key.pk).revoked_at == NOW,
        variables=("key",),
        refused={},
        denied=(STAFF - {"staff with MANAGE_SETTINGS"}) | CUSTOMERS,
    ),
    "b2bOrderRelease": Change(
        f"""mutation($held: ID!) {{ b2bOrderRelease(id: $held) {{
          heldOrder {{ orderNumber baseCode reason since }} {_ERRORS} }} }}""",
        {
            "heldOrder": {
                "orderNumber": "1001",
                "baseCode": "1c",
                "reason": "",
                "since": "2026-03-20T09:00:00+00:00",
            }
        },
        done=lambda world: OrderExport.objects.get(pk=world.held.pk).state == "waiting",
        variables=("held",),
        refused={},
        denied=(STAFF - {"staff with MANAGE_SETTINGS"}) | CUSTOMERS,
    ),
    "b2bMatchResolve": Change(
        f"""mutation($match: ID!) {{ b2bMatchResolve(id: $match, input: {{ action: LINK }}) {{
          match {{ state counterparty {{ taxId }} }} {_ERRORS} }} }}""",
        {"match": {"state": "LINKED", "counterparty": {"taxId": "38451232"}}},
        done=lambda world: Match.objects.get(pk=world.match.pk).state == Match.State.LINKED,
        variables=("match",),
        refused={ELSEWHERE: _NO_ID},
        denied=NOT_MANAGING_USERS | CUSTOMERS,
    ),
}


@pytest.fixture
def world(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("caller", CALLERS)
def test_a_change(world: World, name: str, caller: str) -> None:
    # given
    change, before = CHANGES[name], kept()
    variables = {key: world.ids()[key] for key in change.variables}

    # when
    answer = ask(change.query, variables, headers=CALLERS[caller]())

    # then
    if caller in REFUSED_TOKENS or caller in change.denied:
        assert codes(answer) == ["UNAUTHENTICATED" if caller in REFUSED_TOKENS else DENIED]
        assert answer["data"] is None
        assert kept() == before
    elif caller in change.refused:
        field, code = change.refused[caller]
        nothing = dict.fromkeys(change.changed)
        errors = [{"field": field, "code": code}]
        assert answer == {"data": {name: {**nothing, "errors": errors}}}
        assert kept() == before
    else:
        assert answer == {"data": {name: {**change.changed, "errors": []}}}
        assert change.done(world)


def test_every_root_field_is_in_a_matrix() -> None:
    definition = schema._schema
    assert definition.query_type is not None
    assert definition.mutation_type is not None
    served = {*definition.query_type.fields, *definition.mutation_type.fields}

    assert served == {*test_matrix.FIELDS, *test_matrix_of_reads.READS, *CHANGES}


def test_somebody_of_staff_may_do_each_thing() -> None:
    """Nothing is refused to all: every field has somebody for whom it does something."""
    for change in CHANGES.values():
        assert set(CALLERS) - change.denied - set(change.refused) - REFUSED_TOKENS
    assert POWERLESS_STAFF < STAFF
