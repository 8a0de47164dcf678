"""No list's SQL grows with its rows: as many statements for 30 as for 3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.onec.models import Base, Credential, OrderExport, SetAside
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.models import Contract, Match, Supplier
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.documents import issue_invoice
from tests.builders.onec import make_delivery
from tests.builders.orders import make_order
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_group,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import bearer, customer_token, make_installation, staff_token
from tests.builders.settlements import make_payment, post_credit, post_debit
from tests.graphql.world import NOW, ask, staff

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 1)


def _buyer() -> dict[str, str]:
    return bearer(customer_token())


def _staff() -> dict[str, str]:
    return bearer(staff_token())


class Plenty:
    """As many of one kind of thing as were asked for, all of the buyer's."""

    def __init__(self) -> None:
        self.installation = make_installation()
        self.supplier = make_supplier(self.installation)
        self.contract = _company(self.installation, self.supplier, 0)
        self.companies = 1
        self.orders: list[str] = []
        self.users: list[str] = []

    def add_companies(self, count: int) -> None:
        """Companies with a contract, members and a match; and as many suppliers."""
        for number in range(self.companies, count):
            _company(self.installation, self.supplier, number)
            make_supplier(self.installation, code=f"s{number}", is_default=False)
        self.companies = count

    def add_users(self, count: int) -> None:
        """Owners of the first company, beside the buyer and one other."""
        for number in range(len(self.users), count):
            user_id = to_global_id("User", 100 + number)
            make_member(self.contract.counterparty, user_id=user_id, email=f"{number}@example.com")
            self.users.append(user_id)

    def add_trade(self, count: int) -> None:
        """Orders of the first company with an invoice, an open waybill, a payment, an advance."""
        for number in range(len(self.orders), count):
            self._trade(number)

    def _trade(self, number: int) -> None:
        order = make_order(self.installation, number=str(1001 + number), supplier=self.supplier)
        order.contract = self.contract
        order.save()
        self.orders.append(order.saleor_id)
        invoice = issue_invoice(order)
        waybill = post_debit(
            self.contract, 1000 + number, on=DAY, number=f"В-{number}", document=invoice
        )
        payment, advance = f"П-{number}", f"А-{number}"
        paid = post_credit(self.contract, 400, on=DAY, number=payment, settles=[waybill])
        make_payment(self.contract, 400, on=DAY, number=payment, entry=paid, document=invoice)
        # For an order that is not shipped yet, so that it stays an advance.
        coming = make_order(self.installation, number=advance, user_id="", user_email="")
        post_credit(self.contract, 7, on=DAY, number=advance, orders=[(coming.saleor_id, None)])

    def add_exchange(self, count: int) -> None:
        """Accounting bases with two keys, a delivery with a fact set aside, and a held order."""
        for number in range(Base.objects.count(), count):
            _exchange(self.installation, self.supplier, number)


def _exchange(installation: Installation, supplier: Supplier, number: int) -> None:
    base = Base.objects.create(
        installation=installation, code=f"base-{number}", supplier=supplier, created_at=NOW
    )
    for key in ("a", "b"):
        Credential.objects.create(
            base=base,
            kind=Credential.Kind.BEARER_KEY,
            lookup=f"{key}{number}",
            created_at=NOW,
        )
    delivery = make_delivery(base)
    SetAside.objects.create(
        base=base, delivery=delivery, kind="waybill", key="W1", code="INVALID", at=NOW
    )
    OrderExport.objects.create(
        base=base,
        order=make_order(installation, number=f"E-{number}", supplier=supplier),
        state=OrderExport.State.HELD,
        changed_at=NOW,
    )


def _company(installation: Installation, supplier: Supplier, number: int) -> Contract:
    company = make_counterparty(
        installation,
        name=f"Компанія {number:03}",
        group=make_group(
            installation, name=f"Холдинг {number}", credit_limit=5_000_000, currency="UAH"
        ),
        manager=make_manager(installation, name=f"Менеджер {number}"),
    )
    make_member(company)
    contract = make_contract(
        supplier, company, number=f"Д-{number}", manager=make_manager(installation)
    )
    post_debit(contract, 5000 + number, on=DAY)
    user_id = to_global_id("User", 500 + number)
    Match.objects.create(
        installation=installation,
        kind=Match.Kind.USER,
        user_id=user_id,
        company=company.name,
        counterparty=company,
        reason=Reason.TAX_ID,
        created_at=NOW,
    )
    return contract


_CONTRACT = """contract { number role maySeeMoney supplier { name } counterparty { name } }"""
_DOCUMENT = f"""id kind number twinNumber total {{ amount }} pdfUrl hasPdf
  orders {{ id number }} revisions {{ number total {{ amount }} }} {_CONTRACT}"""
_FIGURES = f"""{_CONTRACT} debt {{ amount }} available {{ amount }} creditLimit {{ amount }}
  nextDueOn paymentsEnteredThrough manager {{ name messengers {{ kind }} }}"""


@dataclass(frozen=True)
class List:
    """A list, and where in the answer it stands."""

    query: str
    path: tuple[str, ...]
    headers: Callable[[], dict[str, str]]
    grow: Callable[[Plenty, int], None]
    variables: Callable[[Plenty], dict[str, Any]] = lambda _plenty: {}
    rows: Callable[[int], int] = lambda count: count
    """How many rows there are of so many of everything."""


def _contract_id(plenty: Plenty) -> dict[str, Any]:
    return {"id": to_global_id("B2BContract", plenty.contract.pk)}


LISTS: Mapping[str, List] = {
    "contracts": List(
        f"{{ b2bContracts {{ id {_CONTRACT.removeprefix('contract {').removesuffix('}')} }} }}",
        ("b2bContracts",),
        _buyer,
        Plenty.add_companies,
    ),
    "debt panel": List(
        f"{{ b2bDebtPanel {{ totals {{ currency }} contracts {{ {_FIGURES} }} }} }}",
        ("b2bDebtPanel", "contracts"),
        _buyer,
        Plenty.add_companies,
    ),
    "open documents": List(
        f"""query($id: ID!) {{ b2bBalance(contractId: $id) {{ openDocuments {{ rows {{
          number orderNumber residual {{ amount }} document {{ {_DOCUMENT} }} }} }} }} }}""",
        ("b2bBalance", "openDocuments", "rows"),
        _buyer,
        Plenty.add_trade,
        _contract_id,
        rows=lambda count: 2 * count + 1,
    ),
    "movements": List(
        f"""query($id: ID!) {{ b2bBalance(contractId: $id) {{ movements(
          dateFrom: "2026-01-01", dateTo: "2026-12-31", first: 100) {{ edges {{ node {{
            number balance {{ amount }} document {{ {_DOCUMENT} }} }} }} }} }} }}""",
        ("b2bBalance", "movements", "edges"),
        _buyer,
        Plenty.add_trade,
        _contract_id,
        rows=lambda count: 3 * count + 1,
    ),
    "journal": List(
        f"{{ b2bJournal(first: 100) {{ edges {{ node {{ {_DOCUMENT} }} }} }} }}",
        ("b2bJournal", "edges"),
        _buyer,
        Plenty.add_trade,
    ),
    "payments": List(
        f"""{{ b2bPayments(first: 60) {{ edges {{ node {{ number settled {{ number }}
          unallocated {{ amount }} {_CONTRACT} document {{ {_DOCUMENT} }} }} }} }} }}""",
        ("b2bPayments", "edges"),
        _buyer,
        Plenty.add_trade,
    ),
    "members": List(
        "query($id: ID!) { b2bMembers(counterpartyId: $id) { id userId role } }",
        ("b2bMembers",),
        _buyer,
        Plenty.add_users,
        lambda plenty: {"id": to_global_id("B2BCounterparty", plenty.contract.counterparty.pk)},
        rows=lambda count: count + 1,
    ),
    "counterparties": List(
        f"""{{ b2bCounterparties(first: 100) {{ edges {{ node {{ name group {{ name }}
          contracts {{ {_FIGURES} }} members {{ email role }} }} }} }} }}""",
        ("b2bCounterparties", "edges"),
        _staff,
        Plenty.add_companies,
    ),
    "matches": List(
        """{ b2bMatches(first: 100) { edges { node { company counterparty { name }
          preview { currency before { debt { amount } } after { debt { amount } } } } } } }""",
        ("b2bMatches", "edges"),
        _staff,
        Plenty.add_companies,
    ),
    "suppliers": List(
        "{ b2bSuppliers { code legalName } }", ("b2bSuppliers",), _staff, Plenty.add_companies
    ),
    "accounting bases": List(
        """{ b2bAccountingBases { code supplierName setAsideCount
          keys { kind name baseCode } } }""",
        ("b2bAccountingBases",),
        staff,
        Plenty.add_exchange,
    ),
    "exchange log": List(
        """{ b2bExchangeLog(first: 100) { edges { node { baseCode facts { kind count }
          setAside { kind key } } } } }""",
        ("b2bExchangeLog", "edges"),
        staff,
        Plenty.add_exchange,
    ),
    "held orders": List(
        """{ b2bHeldOrders(first: 100) { edges { node { orderId orderNumber baseCode
          reason } } } }""",
        ("b2bHeldOrders", "edges"),
        staff,
        Plenty.add_exchange,
    ),
    "orders of a gateway": List(
        f"""query($all: [_Any!]!) {{ _entities(representations: $all) {{ ... on Order {{
          b2bDocuments {{ {_DOCUMENT} }} b2bInvoice {{ number }} }} }} }}""",
        ("_entities",),
        _buyer,
        Plenty.add_trade,
        lambda plenty: {"all": [{"__typename": "Order", "id": key} for key in plenty.orders]},
    ),
    "users of a gateway": List(
        f"""query($all: [_Any!]!) {{ _entities(representations: $all) {{ ... on User {{
          b2bDebtPanel {{ contracts {{ {_FIGURES} }} }} b2bContracts {{ number }} }} }} }}""",
        ("_entities",),
        _staff,
        Plenty.add_users,
        lambda plenty: {"all": [{"__typename": "User", "id": key} for key in plenty.users]},
    ),
}


def _statements(asked: List, plenty: Plenty, count: int) -> list[str]:
    asked.grow(plenty, count)
    headers, variables = asked.headers(), asked.variables(plenty)
    with CaptureQueriesContext(connection) as captured:
        answer = ask(asked.query, variables, headers=headers)
    assert "errors" not in answer
    rows: Any = answer["data"]
    for step in asked.path:
        rows = rows[step]
    assert len(rows) == asked.rows(count)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("name", LISTS)
def test_statements_do_not_grow_with_rows(name: str) -> None:
    plenty = Plenty()

    few = _statements(LISTS[name], plenty, 3)
    many = _statements(LISTS[name], plenty, 30)

    assert len(many) == len(few), "\n".join(sql[:200] for sql in many)
