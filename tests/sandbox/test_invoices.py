"""Invoices: Saleor checks little, and the sandbox no more."""

from __future__ import annotations

from typing import Any

from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import act, data, place
from tests.sandbox.receivers import Receiver

CREATE = """
mutation($id: ID!, $number: String!, $url: String!) {
  invoiceCreate(orderId: $id, input: { number: $number, url: $url }) {
    invoice { id number url status }
    errors { field code }
  }
}
"""
UPDATE = """
mutation($id: ID!, $input: UpdateInvoiceInput!) {
  invoiceUpdate(id: $id, input: $input) {
    invoice { number url status }
    errors { field code }
  }
}
"""


def invoices(sandbox: SandboxProcess, order_id: str) -> list[dict[str, Any]]:
    answer = sandbox.call(
        "query($id: ID!) { order(id: $id) { invoices { id number url status } } }", {"id": order_id}
    )
    found: list[dict[str, Any]] = data(answer, "order")["invoices"]
    return found


def test_unconfirmed_order_gets_no_invoice(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)

    answer = sandbox.call(
        CREATE, {"id": order_id, "number": "1", "url": "https://shop.example"}, token=staff
    )

    assert data(answer, "invoiceCreate") == {
        "invoice": None,
        "errors": [{"field": "orderId", "code": "INVALID_STATUS"}],
    }
    assert invoices(sandbox, order_id) == []


def test_empty_number_and_url_are_refused(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)

    answer = sandbox.call(CREATE, {"id": order_id, "number": "", "url": ""}, token=staff)

    assert data(answer, "invoiceCreate")["errors"] == [
        {"field": "url", "code": "REQUIRED"},
        {"field": "number", "code": "REQUIRED"},
    ]
    assert invoices(sandbox, order_id) == []


def test_any_text_is_a_url_and_a_number_may_come_twice(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)
    variables = {"id": order_id, "number": "РН-1", "url": "no address at all"}

    for _ in range(2):
        assert data(sandbox.call(CREATE, variables, token=staff), "invoiceCreate")["errors"] == []

    found = invoices(sandbox, order_id)
    assert [(entry["number"], entry["url"], entry["status"]) for entry in found] == [
        ("РН-1", "no address at all", "SUCCESS")
    ] * 2


def test_cancelled_order_may_get_an_invoice(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderCancel", order_id, token=staff)

    answer = sandbox.call(CREATE, {"id": order_id, "number": "1", "url": "x"}, token=staff)

    assert data(answer, "invoiceCreate")["errors"] == []


def test_new_invoice_changes_updated_at_and_sends_no_event(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)
    updated_at = "query($id: ID!) { order(id: $id) { updatedAt } }"
    before = sandbox.call(updated_at, {"id": order_id})

    sandbox.call(CREATE, {"id": order_id, "number": "1", "url": "x"}, token=staff)

    assert sandbox.call(updated_at, {"id": order_id}) != before
    assert app.events_about(order_id, count=3) == [
        "order_confirmed",
        "order_confirmed",
        "order_created",
    ]


def test_requested_invoice_is_completed_by_the_app(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)

    answer = sandbox.call(
        """
        mutation($id: ID!) {
          invoiceRequest(orderId: $id) { invoice { id } order { id } errors { code } }
        }
        """,
        {"id": order_id},
        token=staff,
    )
    asked = app.wait_for(lambda it: it.event == "invoice_requested")[0].payload
    empty = sandbox.call(UPDATE, {"id": asked["invoice"]["id"], "input": {}}, token=app.token)
    filled = sandbox.call(
        UPDATE,
        {"id": asked["invoice"]["id"], "input": {"number": "7", "url": "https://shop.example/7"}},
        token=app.token,
    )

    assert data(answer, "invoiceRequest") == {
        "invoice": None,
        "order": {"id": order_id},
        "errors": [],
    }
    assert asked["requested"] == {"id": order_id}
    assert [error["code"] for error in data(empty, "invoiceUpdate")["errors"]] == [
        "NUMBER_NOT_SET",
        "URL_NOT_SET",
    ]
    assert data(filled, "invoiceUpdate")["invoice"] == {
        "number": "7",
        "url": "https://shop.example/7",
        "status": "SUCCESS",
    }


def test_request_without_an_app_that_listens(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)
    act(sandbox, "orderConfirm", order_id, token=staff)

    codes = act(sandbox, "invoiceRequest", order_id, token=staff, argument="orderId")

    assert codes == ["NO_INVOICE_PLUGIN"]
    assert invoices(sandbox, order_id) == []
