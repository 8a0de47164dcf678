"""The demo's accounting base: its keys, made by staff, and what buyers see of what it posts."""

from __future__ import annotations

import copy
import datetime as dt
import json
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.buyer import Api, PlacedOrder, find_goods, place_order
from saleor_sandbox.demo.accounts.figures import Figures, figures
from saleor_sandbox.process import SandboxProcess
from saleor_sandbox.seed import people

BASE_CODE = "kashtan-1c"
_CONTRACT = "zatyshok-uah"
_ZONE = ZoneInfo("Europe/Kyiv")
_WAIT_SECONDS = 60.0
_KEY = """mutation($input: B2BKeyInput!) { b2bKeyCreate(input: $input) {
  key { username keyId } secret errors { field message code } } }"""
_PANEL = """query { b2bDebtPanel { contracts {
  contract { number } debt { amount } advance { amount } } } }"""


def connect(sandbox: SandboxProcess, app: AppProcess, app_id: str) -> None:
    """Make the base's keys as staff do in the Dashboard, and type them into the base."""
    token = sandbox.sign_in(people.STAFF_EMAIL, people.STAFF_PASSWORD)
    dashboard = sandbox.call(
        "query($id: ID) { app(id: $id) { accessToken } }", {"id": app_id}, token=token
    )["data"]["app"]["accessToken"]
    signing = _make_key(sandbox, app, dashboard, "SIGNING_SECRET")
    password = _make_key(sandbox, app, dashboard, "PASSWORD")
    sandbox.accounting(
        "connect",
        appUrl=app.url,
        keyId=signing["key"]["keyId"],
        signingSecret=signing["secret"],
        username=password["key"]["username"],
        password=password["secret"],
    )


def _make_key(sandbox: SandboxProcess, app: AppProcess, token: str, kind: str) -> dict[str, Any]:
    variables = {"input": {"baseCode": BASE_CODE, "kind": kind, "name": "Demo"}}
    made = _ask(sandbox, app, token, _KEY, variables)["b2bKeyCreate"]
    if made["errors"]:
        raise RuntimeError(str(made["errors"]))
    key: dict[str, Any] = made
    return key


def check_accounting(
    sandbox: SandboxProcess, app: AppProcess, accounts: Path, order: PlacedOrder
) -> Iterator[tuple[str, bool]]:
    """What the buyer's panel shows before and after what the base posts, by either channel; what
    it should be is counted with a pencil, from the accounts file and the orders' sums."""
    contract = _contract(accounts)
    buyer = people.BUYERS[0].email
    yield from _compare(sandbox, app, "before", contract, buyer)
    for channel in ("events", "commerceml"):
        if channel == "commerceml":
            order = _order_again(sandbox, buyer)
        gross = Decimal(str(order.gross)).quantize(Decimal("0.01"))
        _take(sandbox, channel, order)
        shipped = sandbox.accounting("waybill", order=order.number, channel=channel)
        yield f"{channel}: waybill {shipped['number']} of {gross}", shipped["amount"] == str(gross)
        _add(contract["documents"], shipped, kind="waybill", settles=None)
        yield from _compare(sandbox, app, f"{channel}, after the waybill", contract, buyer)

        part = (gross / 3).quantize(Decimal("0.01"))
        paid = sandbox.accounting("payment", order=order.number, channel=channel, amount=str(part))
        _add(contract["payments"], paid, kind=None, settles=shipped["key"])
        yield from _compare(sandbox, app, f"{channel}, after {part} were paid", contract, buyer)

        sandbox.accounting("repeat", paper=shipped["key"])
        sandbox.accounting("repeat", paper=paid["key"])
        yield from _compare(sandbox, app, f"{channel}, both sent again", contract, buyer)

        sandbox.accounting("unpost", paper=paid["key"])
        unpaid = copy.deepcopy(contract)
        unpaid["payments"] = [p for p in contract["payments"] if p["key"] != paid["key"]]
        yield from _compare(sandbox, app, f"{channel}, payment unposted", unpaid, buyer)

        sandbox.accounting("post", paper=paid["key"])
        yield from _compare(sandbox, app, f"{channel}, payment posted again", contract, buyer)


def _contract(accounts: Path) -> dict[str, Any]:
    told = json.loads(accounts.read_text(encoding="utf-8"))
    (found,) = (
        contract
        for company in told["counterparties"]
        for contract in company["contracts"]
        if contract["key"] == _CONTRACT
    )
    contract: dict[str, Any] = found
    return contract


def _add(
    entries: list[dict[str, Any]],
    paper: Mapping[str, Any],
    *,
    kind: str | None,
    settles: str | None,
) -> None:
    entries.append(
        {
            "key": paper["key"],
            "kind": kind,
            "date": dt.datetime.now(_ZONE).date().isoformat(),
            "sum": paper["amount"],
            "settles": [settles] if settles else [],
        }
    )


def _order_again(sandbox: SandboxProcess, email: str) -> PlacedOrder:
    api = Api(sandbox.api_url)
    try:
        token = api.sign_in(email, people.PASSWORD)
        return place_order(
            api, find_goods(api, "ua", count=3, quantity=7), email=email, token=token
        )
    finally:
        api.close()


def _take(sandbox: SandboxProcess, channel: str, order: PlacedOrder) -> None:
    """The app offers an order a moment after it was placed."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        sandbox.accounting("take", channel=channel)
        if any(kept["shopNumber"] == order.number for kept in sandbox.accounting_books()["orders"]):
            return
        time.sleep(0.3)
    raise RuntimeError(f"order {order.number} did not reach the accounting base within a minute")


def _compare(
    sandbox: SandboxProcess,
    app: AppProcess,
    when: str,
    contract: Mapping[str, Any],
    email: str,
) -> Iterator[tuple[str, bool]]:
    expected: Figures = figures(contract, today=dt.datetime.now(_ZONE).date())
    token = sandbox.sign_in(email, people.PASSWORD)
    rows = _ask(sandbox, app, token, _PANEL, {})["b2bDebtPanel"]["contracts"]
    row = next(row for row in rows if row["contract"]["number"] == contract["number"])
    for name in ("debt", "advance"):
        amount: Decimal = getattr(expected, name)
        shown = Decimal(str(row[name]["amount"]))
        yield f"1C, {when}: {name} {amount} {contract['currency']}", shown == amount


def _ask(
    sandbox: SandboxProcess,
    app: AppProcess,
    token: str,
    query: str,
    variables: Mapping[str, Any],
) -> dict[str, Any]:
    answer = httpx.post(
        f"{app.url}/graphql/",
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {token}", "Saleor-Api-Url": sandbox.api_url},
        timeout=30,
        trust_env=False,
    ).json()
    if answer.get("errors"):
        raise RuntimeError(str(answer["errors"]))
    data: dict[str, Any] = answer["data"]
    return data
