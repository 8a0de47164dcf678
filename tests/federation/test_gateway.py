"""One query to a gateway that takes from Saleor and from the app."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from saleor_b2b_docs.parties.models import Supplier
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.settlements import post_debit
from tests.federation.node import gateway
from tests.sandboxes import BUYER, EU_BUYER, Shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

QUERY = """{ me { email
  b2bDebtPanel { totals { currency debt { amount currency } overdue { amount } } }
  b2bContracts { number maySeeMoney }
  orders(first: 5) { edges { node { number b2bDocuments { number kind } b2bInvoice { number } } } }
} }"""


@pytest.fixture
def supplier(shop: Shop) -> Supplier:
    return make_supplier(shop.installation)


def test_a_gateway_answers_from_both(
    live_server: LiveServer, shop: Shop, supplier: Supplier, node: str
) -> None:
    # given
    order = shop.place()
    shop.process(order.id)
    token = shop.sandbox.token_of(BUYER)
    me = shop.sandbox.api.call("{ me { id } }", {}, token=token)["me"]["id"]
    counterparty = make_counterparty(shop.installation)
    make_member(counterparty, user_id=me)
    today = timezone.now().date()
    post_debit(
        make_contract(supplier, counterparty, number="Д-7"),
        125_050,
        on=today - dt.timedelta(days=30),
        due_on=today - dt.timedelta(days=16),
    )

    # when
    with gateway(
        node, saleor=shop.sandbox.api.api_url, docs=f"{live_server.url}/graphql/"
    ) as asked:
        own = asked.ask(QUERY, token=token)
        others = asked.ask(QUERY, token=shop.sandbox.token_of(EU_BUYER))
        nobodys = asked.ask(QUERY)

    # then
    number = shop.document(order.id).number
    assert "errors" not in own
    panel = own["data"]["me"]
    assert panel["email"] == BUYER[0]
    assert panel["b2bDebtPanel"] == {
        "totals": [
            {
                "currency": "UAH",
                "debt": {"amount": 1250.5, "currency": "UAH"},
                "overdue": {"amount": 1250.5},
            }
        ]
    }
    assert panel["b2bContracts"] == [{"number": "Д-7", "maySeeMoney": True}]
    assert panel["orders"]["edges"][0]["node"] == {
        "number": order.number,
        "b2bDocuments": [{"number": number, "kind": "INVOICE"}],
        "b2bInvoice": {"number": number},
    }
    other = others["data"]["me"]
    assert (other["email"], other["b2bDebtPanel"], other["b2bContracts"]) == (EU_BUYER[0], None, [])
    # Other tests' orders of his are none that this app has heard of.
    assert all(
        (edge["node"]["b2bDocuments"], edge["node"]["b2bInvoice"]) == ([], None)
        for edge in other["orders"]["edges"]
    )
    assert nobodys == {"data": {"me": None}}
