"""A buyer's account over a live Saleor: who he is there, and a gateway that answers from both."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from saleor_sandbox.app_process import AppProcess

from tests.federation.conftest import node
from tests.federation.node import Gateway, gateway
from tests.live.buying import buy, eventually, ready_document
from tests.live.saleors import LiveSaleor

__all__ = ["node"]

pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.xdist_group("live")]

_QUERY = """{ me { email
  b2bDebtPanel { totals { currency debt { amount } overdue { amount } } }
  orders(first: 1) { edges { node { number b2bDocuments { number kind } } } } } }"""


@pytest.fixture
def reference(saleor: LiveSaleor) -> Iterator[str]:
    """What the accounting system calls the buyer, written on his account at Saleor by staff."""
    token = saleor.buyer_token()
    me = saleor.api.call("{ me { id } }", {}, token=token)["me"]["id"]
    reference = f"live-{uuid.uuid4()}"
    _refer(saleor, me, reference)
    yield reference
    _refer(saleor, me, None)


def _refer(saleor: LiveSaleor, user_id: str, reference: str | None) -> None:
    saleor.ask(
        """mutation($id: ID!, $reference: String) {
          customerUpdate(id: $id, input: {externalReference: $reference}) {
            errors { field message } } }""",
        id=user_id,
        reference=reference,
    )


def _accounts(folder: Path, reference: str, *, currency: str) -> Path:
    """A company of this key with one waybill that is sixteen days late."""
    shipped = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=30)
    contract = {
        "key": f"{reference}-contract",
        "supplier": "kashtan",
        "currency": currency,
        "number": "Д-7",
        "is_main": True,
        "coverage": "full",
        "documents": [
            {
                "key": f"{reference}-waybill",
                "kind": "waybill",
                "number": "РН-7",
                "date": shipped.isoformat(),
                "sum": "1250.50",
            }
        ],
    }
    path = folder / "accounts.json"
    path.write_text(
        json.dumps(
            {
                "counterparties": [
                    {"key": reference, "name": "ТОВ «Магазин»", "contracts": [contract]}
                ]
            }
        ),
        encoding="utf-8",
    )
    return path


def test_a_gateway_answers_from_saleor_and_the_app(
    saleor: LiveSaleor, app: AppProcess, reference: str, node: str, tmp_path: Path
) -> None:
    # given a company of the accounting system that the buyer's account at Saleor names
    currency = saleor.ask(
        "query($slug: String) { channel(slug: $slug) { currencyCode } }", slug=saleor.channel
    )["channel"]["currencyCode"]
    app.manage("load_accounts", str(_accounts(tmp_path, reference, currency=currency)))

    # when he orders
    order = buy(saleor)
    document = ready_document(app, order, saleor.buyer_token())

    # then he is that company's member, and one query tells of both
    with gateway(node, saleor=saleor.api.api_url, docs=f"{app.url}/graphql/") as asked:
        panel = eventually(
            lambda: _panel(asked, saleor.buyer_token()), what="the buyer's debt panel"
        )
        answer = asked.ask(_QUERY, token=saleor.buyer_token())
        others = asked.ask(_QUERY, token=saleor.buyer_token(1))
    owed = {"currency": currency, "debt": {"amount": 1250.5}, "overdue": {"amount": 1250.5}}
    assert panel == {"totals": [owed]}
    assert "errors" not in answer
    assert answer["data"]["me"]["email"] == saleor.buyers[0][0]
    assert answer["data"]["me"]["orders"]["edges"][0]["node"] == {
        "number": order.number,
        "b2bDocuments": [{"number": document["number"], "kind": "INVOICE"}],
    }
    assert others["data"]["me"]["b2bDebtPanel"] is None


def _panel(asked: Gateway, token: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = asked.ask(_QUERY, token=token)["data"]["me"]["b2bDebtPanel"]
    return found
