"""Webhooks: signed, retried, durable, and broken on demand."""

from __future__ import annotations

import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import HAMMER, STAFF, act, begin, complete, data, place, status_of
from tests.sandbox.receivers import Delivery, Receiver


def verify(sandbox: SandboxProcess, delivery: Delivery, body: bytes) -> None:
    key_set = jwt.PyJWKSet.from_dict(
        httpx.get(f"{sandbox.url}/.well-known/jwks.json", trust_env=False).json()
    )
    signature = delivery.headers["Saleor-Signature"]
    kid = jwt.get_unverified_header(signature)["kid"]
    key = next(key for key in key_set.keys if key.key_id == kid)
    jwt.api_jws.decode_complete(signature, key, algorithms=["RS256"], detached_payload=body)


def created(order_id: str) -> Any:
    return lambda it: it.event == "order_created" and it.is_about(order_id)


def test_signature_is_of_the_raw_bytes(sandbox: SandboxProcess, app: Receiver) -> None:
    order_id = place(sandbox)
    delivery = app.wait_for(created(order_id))[0]

    verify(sandbox, delivery, delivery.body)

    again = json.dumps(delivery.payload, separators=(",", ":")).encode()
    with pytest.raises(jwt.InvalidSignatureError):
        verify(sandbox, delivery, again)


def test_headers_and_payload(sandbox: SandboxProcess, app: Receiver) -> None:
    order_id = place(sandbox)
    app_id = data(sandbox.call("query { app { id } }", token=app.token), "app")["id"]

    delivery = app.wait_for(created(order_id))[0]

    headers = delivery.headers
    assert headers["Content-Type"] == "application/json"
    assert headers["Saleor-Event"] == headers["X-Saleor-Event"] == "order_created"
    assert headers["Saleor-Domain"] == f"127.0.0.1:{sandbox.port}"
    assert headers["Saleor-Api-Url"] == sandbox.api_url
    assert headers["Saleor-Signature"] == headers["X-Saleor-Signature"]
    payload = delivery.payload
    assert payload["__typename"] == "OrderCreated"
    assert payload["recipient"] == {"id": app_id}
    assert payload["issuingPrincipal"] is None
    assert payload["order"]["id"] == order_id


def test_failing_app_is_asked_six_times_in_all(sandbox: SandboxProcess, app: Receiver) -> None:
    app.statuses = [500] * 12

    order_id = place(sandbox)

    attempts = app.wait_for(created(order_id), count=6, seconds=20)
    pauses = [later.at - earlier.at for earlier, later in itertools.pairwise(attempts)]
    # 10, 20, 40, 80 and 160 s, in hundredths here; the sender looks twice a second.
    for pause, least in zip(pauses, (0.1, 0.2, 0.4, 0.8, 1.6), strict=True):
        assert least <= pause < least + 1.2
    _wait_until(lambda: _delivery(sandbox, order_id)["status"] == "FAILED")
    attempts_at_saleor = _delivery(sandbox, order_id)["attempts"]
    assert [attempt["status"] for attempt in attempts_at_saleor] == [500] * 6


@pytest.mark.parametrize("status", [302, 400, 404, 410])
def test_refusal_is_final(sandbox: SandboxProcess, app: Receiver, status: int) -> None:
    app.statuses = [status, status]

    order_id = place(sandbox)

    app.wait_for(created(order_id))
    time.sleep(0.8)
    assert len([it for it in app.deliveries if created(order_id)(it)]) == 1
    assert _delivery(sandbox, order_id)["status"] == "FAILED"


def test_app_that_was_down_gets_it_later(sandbox: SandboxProcess, app: Receiver) -> None:
    app.stop()
    order_id = place(sandbox)
    time.sleep(0.7)
    app.start()

    app.wait_for(created(order_id))
    _wait_until(lambda: _delivery(sandbox, order_id)["status"] == "SUCCESS")
    assert _delivery(sandbox, order_id)["attempts"][0]["status"] == 0


def test_payload_of_an_order_shows_the_moment_of_sending(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    sandbox.set_fault(kind="reorder", times=3)
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)

    delivery = app.wait_for(created(order_id))[0]

    assert delivery.payload["order"]["status"] == "UNFULFILLED"


def test_deliveries_can_be_turned_round(sandbox: SandboxProcess, app: Receiver, staff: str) -> None:
    sandbox.set_fault(kind="reorder", times=3)

    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)

    arrived = app.wait_for(lambda it: it.is_about(order_id), count=3)
    assert [it.event for it in arrived] == ["order_confirmed", "order_confirmed", "order_created"]


def test_delivery_can_come_twice(sandbox: SandboxProcess, app: Receiver) -> None:
    sandbox.set_fault(kind="duplicate", event="ORDER_CREATED")

    order_id = place(sandbox)

    first, second = app.wait_for(created(order_id), count=2)
    assert first.body == second.body


def test_call_can_fail_without_being_executed(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    sandbox.forget_calls()
    sandbox.set_fault(kind="error", operation="orderConfirm", status=503)

    answer = httpx.post(
        sandbox.api_url,
        json={
            "query": "mutation($id: ID!) { orderConfirm(id: $id) { errors { code } } }",
            "variables": {"id": order_id},
        },
        headers={"Authorization": f"Bearer {staff}"},
        trust_env=False,
    )

    assert answer.status_code == 503
    assert status_of(sandbox, order_id) == "UNCONFIRMED"
    calls = sandbox.calls()
    assert calls["counts"]["orderConfirm"] == 1
    assert calls["calls"][0]["fault"] == "error"
    assert calls["calls"][0]["variables"] == {"id": order_id}


def test_call_can_be_executed_without_an_answer(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    sandbox.set_fault(kind="drop", operation="orderConfirm")

    with pytest.raises(httpx.TransportError):
        act(sandbox, "orderConfirm", order_id, token=staff)

    assert status_of(sandbox, order_id) == "UNFULFILLED"


def test_call_can_hang(sandbox: SandboxProcess, staff: str) -> None:
    sandbox.set_fault(kind="hang", operation="shop", seconds=0.5)
    began = time.monotonic()

    sandbox.call("query { shop { name } }")

    assert time.monotonic() - began >= 0.5


@pytest.mark.parametrize(
    "fault", [{"kind": "nope"}, {"kind": "error", "colour": "red"}, {"kind": "hang", "times": "x"}]
)
def test_unknown_fault_is_refused(sandbox: SandboxProcess, fault: dict[str, Any]) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        sandbox.set_fault(**fault)

    answer = httpx.get(f"{sandbox.url}/sandbox/faults", trust_env=False)
    assert answer.json() == {"faults": []}


def test_killed_sandbox_goes_on_where_it_stopped(tmp_path: Path, receiver: Receiver) -> None:
    sandbox = SandboxProcess(data_dir=tmp_path / "sandbox", retry_factor=0.05)
    with sandbox:
        sandbox.install(receiver.manifest_url)
        receiver.stop()
        order_id = place(sandbox)
        sandbox.kill()
        receiver.start()
        sandbox.start()

        receiver.wait_for(created(order_id))
        assert status_of(sandbox, order_id) == "UNCONFIRMED"


@pytest.mark.slow
def test_two_hundred_orders_at_once(sandbox: SandboxProcess, app: Receiver) -> None:
    checkouts = [begin(sandbox, {HAMMER: 1})["id"] for _ in range(200)]

    with ThreadPoolExecutor(40) as pool:
        payloads = list(pool.map(lambda key: complete(sandbox, key), checkouts))

    numbers = {payload["order"]["number"] for payload in payloads}
    assert len(numbers) == 200
    app.wait_for(lambda it: it.event == "order_created", count=200, seconds=60)
    read = sandbox.call(
        "query { orders(first: 1, sortBy: { field: NUMBER, direction: DESC }) { totalCount } }",
        token=sandbox.sign_in(*STAFF),
    )
    assert data(read, "orders")["totalCount"] >= 200


def _delivery(sandbox: SandboxProcess, order_id: str) -> dict[str, Any]:
    found = [
        entry
        for entry in sandbox.deliveries("order_created")
        if entry["payload"] and entry["payload"].get("order", {}).get("id") == order_id
    ]
    return found[-1]


def _wait_until(holds: Any, *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
