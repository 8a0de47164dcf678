"""Every root field that reads against every kind of caller: the exact answer of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine

from tests.builders.callers import (
    CALLERS,
    MANAGING_USERS,
    NAMELESS,
    POWERLESS_STAFF,
    REFUSED_TOKENS,
)
from tests.builders.saleor import BUYER_ID
from tests.graphql.world import NOW, World, ask, codes, kept, make_world

pytestmark = pytest.mark.django_db

OWNER, ACCOUNTANT, COLLEAGUE = "the buyer", "the accountant", "the colleague"
OTHER_OWNER = "another company's owner"
ORDERS, SETTINGS = "staff with MANAGE_ORDERS", "staff with MANAGE_SETTINGS"
ELSEWHERE = "another shop's staff"
CUSTOMERS = frozenset(
    {
        OWNER,
        ACCOUNTANT,
        COLLEAGUE,
        OTHER_OWNER,
        "another buyer",
        "staff as a customer",
        "another shop's buyer of the same id",
        *NAMELESS,
    }
)
NOT_SETTING = CUSTOMERS | MANAGING_USERS | POWERLESS_STAFF | {ORDERS, ELSEWHERE}
DENIED = "PERMISSION_DENIED"


@dataclass(frozen=True)
class Read:
    """A root field: its query, what those see who see something, and what all others do."""

    query: str
    answers: Mapping[str, Any]
    """By caller."""
    others: Any
    variables: Callable[[Mapping[str, str]], dict[str, Any]] = field(default=lambda ids: {})
    denied: frozenset[str] = frozenset()
    is_public: bool = False
    """Whether even a token that is no good makes no difference."""


def _each(callers: frozenset[str] | set[str], answer: Any) -> dict[str, Any]:
    return dict.fromkeys(callers, answer)


def _panel(role: str) -> dict[str, Any]:
    return {
        "totals": [{"currency": "UAH", "debt": {"amount": 700.0}, "overdue": {"amount": 700.0}}],
        "contracts": [{"contract": _contract(role, money=True), "debt": {"amount": 700.0}}],
    }


def _contract(role: str | None, *, money: bool) -> dict[str, Any]:
    return {"number": "Д-1", "role": role, "maySeeMoney": money}


_CONTRACT = "number role maySeeMoney"
_NO_ROWS: dict[str, Any] = {"edges": []}
_BALANCE = {
    "panel": {"debt": {"amount": 700.0}},
    "openDocuments": {"rows": [{"number": "В-1", "residual": {"amount": 700.0}}]},
    "movements": {
        "opening": {"amount": 0.0},
        "edges": [{"node": {"number": "В-1"}}, {"node": {"number": "П-1"}}],
        "closing": {"amount": 700.0},
    },
    "aging": {
        "buckets": [
            {"code": code, "amount": {"amount": 700.0 if code == "D8_14" else 0.0}}
            for code in ("NOT_DUE", "D1_7", "D8_14", "D15_30", "D31_60", "D61_90", "OVER_90")
        ]
    },
}
_MEMBERS = [
    {"role": "OWNER", "email": "buyer@example.com"},
    {"role": "ACCOUNTANT", "email": "accountant@example.com"},
    {"role": "BUYER", "email": "colleague@example.com"},
]
_COMPANY = {
    "name": "ТОВ «Магазин Затишок»",
    "contracts": [{"debt": {"amount": 700.0}}],
    "members": [],
}
_SUPPLIERS = [{"legalName": "ТОВ «Ромашка»", "paymentDays": 14}]
_PAYMENTS = {
    "edges": [
        {
            "node": {
                "number": "П-1",
                "settled": [{"number": "В-1", "amount": {"amount": 300.0}}],
                "unallocated": {"amount": 0.0},
            }
        }
    ]
}
_DELIVERY = {
    "baseCode": "1c",
    "state": "APPLIED",
    "new": 2,
    "refused": 1,
    "error": None,
    "facts": [{"kind": "waybill", "count": 3}],
    "setAside": [
        {
            "kind": "waybill",
            "key": "W1",
            "code": "INVALID_EVENT",
            "reason": "gross: no amount",
            "settledAt": None,
        }
    ],
}
_INVOICE = {"number": "1001", "contract": {"number": "Д-1"}, "orders": [{"number": "1001"}]}


def _entities(*, panel: Any, contracts: list[Any], papers: list[Any]) -> list[Any]:
    return [
        {"b2bDebtPanel": panel, "b2bContracts": contracts},
        {"b2bDocuments": papers, "b2bInvoice": papers[0] if papers else None},
    ]


_SEEN_DEBT = {"totals": [{"debt": {"amount": 700.0}}]}

READS: dict[str, Read] = {
    "b2bDebtPanel": Read(
        f"""{{ b2bDebtPanel {{ totals {{ currency debt {{ amount }} overdue {{ amount }} }}
          contracts {{ contract {{ {_CONTRACT} }} debt {{ amount }} }} }} }}""",
        {
            OWNER: _panel("OWNER"),
            ACCOUNTANT: _panel("ACCOUNTANT"),
            OTHER_OWNER: {"totals": [], "contracts": []},
        },
        others=None,
    ),
    "b2bContracts": Read(
        f"{{ b2bContracts {{ {_CONTRACT} }} }}",
        {
            OWNER: [_contract("OWNER", money=True)],
            ACCOUNTANT: [_contract("ACCOUNTANT", money=True)],
            COLLEAGUE: [_contract("BUYER", money=False)],
        },
        others=[],
    ),
    "b2bBalance": Read(
        """query($contract: ID!) { b2bBalance(contractId: $contract) {
          panel { debt { amount } }
          openDocuments { rows { number residual { amount } } }
          movements(dateFrom: "2026-01-01", dateTo: "2026-12-31") {
            opening { amount } edges { node { number } } closing { amount } }
          aging { buckets { code amount { amount } } } } }""",
        _each({OWNER, ACCOUNTANT, ORDERS}, _BALANCE),
        others=None,
        variables=lambda ids: {"contract": ids["contract"]},
    ),
    "b2bJournal": Read(
        "{ b2bJournal { edges { node { number contract { number } orders { number } } } } }",
        _each({OWNER, ACCOUNTANT, ORDERS}, {"edges": [{"node": _INVOICE}]}),
        others=_NO_ROWS,
    ),
    "b2bPayments": Read(
        """{ b2bPayments { edges { node { number
          settled { number amount { amount } } unallocated { amount } } } } }""",
        _each({OWNER, ACCOUNTANT, ORDERS}, _PAYMENTS),
        others=_NO_ROWS,
    ),
    "b2bDocument": Read(
        """query($document: ID!) { b2bDocument(id: $document) {
          number contract { number } orders { number } } }""",
        _each({OWNER, ACCOUNTANT, ORDERS}, _INVOICE),
        others=None,
        variables=lambda ids: {"document": ids["document"]},
    ),
    "b2bMembers": Read(
        """query($company: ID!) { b2bMembers(counterpartyId: $company) { role email } }""",
        _each({OWNER, *MANAGING_USERS}, _MEMBERS),
        others=[],
        variables=lambda ids: {"company": ids["company"]},
    ),
    "b2bCounterparties": Read(
        """{ b2bCounterparties(search: "затишок") { edges { node {
          name contracts { debt { amount } } members { role } } } } }""",
        {ORDERS: {"edges": [{"node": _COMPANY}]}, ELSEWHERE: _NO_ROWS},
        others=None,
        denied=CUSTOMERS | MANAGING_USERS | POWERLESS_STAFF | {SETTINGS},
    ),
    "b2bCounterparty": Read(
        """query($company: ID!) { b2bCounterparty(id: $company) {
          name contracts { debt { amount } } members { role } } }""",
        {ORDERS: _COMPANY, ELSEWHERE: None},
        others=None,
        variables=lambda ids: {"company": ids["company"]},
        denied=CUSTOMERS | MANAGING_USERS | POWERLESS_STAFF | {SETTINGS},
    ),
    "b2bMatches": Read(
        """{ b2bMatches { edges { node { userEmail counterparty { taxId }
          preview { currency } } } } }""",
        {
            **_each(
                MANAGING_USERS,
                {
                    "edges": [
                        {
                            "node": {
                                "userEmail": "new@example.com",
                                "counterparty": {"taxId": "38451232"},
                                "preview": [],
                            }
                        }
                    ]
                },
            ),
            ELSEWHERE: _NO_ROWS,
        },
        others=None,
        denied=CUSTOMERS | POWERLESS_STAFF | {ORDERS, SETTINGS},
    ),
    "b2bSuppliers": Read(
        "{ b2bSuppliers { legalName paymentDays } }",
        {**_each({ORDERS, SETTINGS, *MANAGING_USERS}, _SUPPLIERS), ELSEWHERE: []},
        others=None,
        denied=CUSTOMERS | POWERLESS_STAFF,
    ),
    "b2bAccountingBases": Read(
        """{ b2bAccountingBases { code name setAsideCount keys {
          kind name baseCode username revokedAt } } }""",
        {
            SETTINGS: [
                {
                    "code": "1c",
                    "name": "УНФ",
                    "setAsideCount": 1,
                    "keys": [
                        {
                            "kind": "BEARER_KEY",
                            "name": "Обмін",
                            "baseCode": "1c",
                            "username": None,
                            "revokedAt": None,
                        }
                    ],
                }
            ],
        },
        others=None,
        denied=NOT_SETTING,
    ),
    "b2bExchangeLog": Read(
        """{ b2bExchangeLog(filter: { baseCode: "1c", channel: EVENTS, hasSetAside: true }) {
          edges { node { baseCode state new refused error facts { kind count }
            setAside { kind key code reason settledAt } } } } }""",
        {SETTINGS: {"edges": [{"node": _DELIVERY}]}},
        others=None,
        denied=NOT_SETTING,
    ),
    "b2bHeldOrders": Read(
        """{ b2bHeldOrders { edges { node { orderNumber baseCode reason since } } } }""",
        {
            SETTINGS: {
                "edges": [
                    {
                        "node": {
                            "orderNumber": "1001",
                            "baseCode": "1c",
                            "reason": "the base can't know the goods of these lines: COFFEE-250",
                            "since": "2026-03-20T09:00:00+00:00",
                        }
                    }
                ]
            },
        },
        others=None,
        denied=NOT_SETTING,
    ),
    "_service": Read(
        "{ _service { __typename } }", {}, others={"__typename": "_Service"}, is_public=True
    ),
    "_entities": Read(
        """query($entities: [_Any!]!) { _entities(representations: $entities) {
          ... on User { b2bDebtPanel { totals { debt { amount } } }
                        b2bContracts { number role maySeeMoney } }
          ... on Order { b2bDocuments { number } b2bInvoice { number } } } }""",
        {
            OWNER: _entities(
                panel=_SEEN_DEBT,
                contracts=[_contract("OWNER", money=True)],
                papers=[{"number": "1001"}],
            ),
            ACCOUNTANT: _entities(panel=None, contracts=[], papers=[{"number": "1001"}]),
            ORDERS: _entities(
                panel=_SEEN_DEBT,
                contracts=[_contract(None, money=True)],
                papers=[{"number": "1001"}],
            ),
        },
        others=_entities(panel=None, contracts=[], papers=[]),
        variables=lambda ids: {
            "entities": [
                {"__typename": "User", "id": BUYER_ID},
                {"__typename": "Order", "id": ids["order"]},
            ]
        },
    ),
}


@pytest.fixture
def world(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("caller", CALLERS)
def test_a_read(world: World, name: str, caller: str) -> None:
    # given
    read, before = READS[name], kept()

    # when
    answer = ask(read.query, read.variables(world.ids()), headers=CALLERS[caller]())

    # then
    assert kept() == before
    if caller in REFUSED_TOKENS and not read.is_public:
        assert set(codes(answer)) == {"UNAUTHENTICATED"}
        assert _holds_nothing(answer["data"])
    elif caller in read.denied:
        assert codes(answer) == [DENIED]
        assert _holds_nothing(answer["data"])
    else:
        assert answer == {"data": {name: read.answers.get(caller, read.others)}}


def _holds_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_holds_nothing, value.values()))
    return all(map(_holds_nothing, value)) if isinstance(value, list) else value is None
