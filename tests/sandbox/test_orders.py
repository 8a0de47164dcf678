"""From the checkout to the order, and what staff do to it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import (
    ANNA,
    DRILL,
    GLOVES,
    HAMMER,
    OLENA,
    act,
    begin,
    complete,
    data,
    pay,
    place,
    set_confirmation,
    status_of,
    variant_id,
)
from tests.sandbox.receivers import Receiver

AMOUNTS = """
query($id: ID!) {
  order(id: $id) {
    lines {
      productSku
      quantity
      taxRate
      unitPrice { net { amount } gross { amount } }
      undiscountedUnitPrice { gross { amount } }
      totalPrice { net { amount } tax { amount } gross { amount } }
    }
    discounts { type amount { amount } }
    shippingPrice { net { amount } gross { amount } }
    subtotal { net { amount } gross { amount } }
    total { net { amount } tax { amount } gross { amount } }
  }
}
"""


def amounts(sandbox: SandboxProcess, order_id: str) -> dict[str, Any]:
    return data(sandbox.call(AMOUNTS, {"id": order_id}), "order")


def test_totals_with_two_tax_rates_and_a_sale(sandbox: SandboxProcess) -> None:
    order_id = place(sandbox, {HAMMER: 3, GLOVES: 2, DRILL: 1}, delivery=1)

    order = amounts(sandbox, order_id)

    lines = {line["productSku"]: line for line in order["lines"]}
    assert lines[HAMMER]["totalPrice"] == {
        "net": {"amount": 722.5},
        "tax": {"amount": 144.5},
        "gross": {"amount": 867.0},
    }
    assert lines[GLOVES]["taxRate"] == 0.07
    assert lines[GLOVES]["totalPrice"] == {
        "net": {"amount": 400.0},
        "tax": {"amount": 28.0},
        "gross": {"amount": 428.0},
    }
    assert lines[DRILL]["undiscountedUnitPrice"]["gross"]["amount"] == 3499.0
    assert lines[DRILL]["unitPrice"]["gross"]["amount"] == 3149.1
    assert order["shippingPrice"] == {"net": {"amount": 200.0}, "gross": {"amount": 240.0}}
    assert order["total"]["gross"]["amount"] == 4684.1


def test_totals_of_prices_entered_without_tax(sandbox: SandboxProcess) -> None:
    address = {"streetAddress1": "Brooktorkai 18", "city": "Hamburg", "country": "DE"}
    checkout = begin(sandbox, {HAMMER: 7}, channel="eu", address=address)
    order_id = complete(sandbox, checkout["id"])["order"]["id"]

    order = amounts(sandbox, order_id)

    assert order["lines"][0]["totalPrice"] == {
        "net": {"amount": 37.45},
        "tax": {"amount": 7.12},
        "gross": {"amount": 44.57},
    }
    assert order["shippingPrice"] == {"net": {"amount": 49.9}, "gross": {"amount": 59.38}}
    assert order["total"]["gross"]["amount"] == 103.95


def test_voucher_takes_its_share_off_every_line(sandbox: SandboxProcess) -> None:
    checkout = begin(sandbox, {HAMMER: 3, GLOVES: 1})
    code = "mutation($id: ID!) { checkoutAddPromoCode(id: $id, promoCode: %s) { errors { code } } }"
    refused = sandbox.call(code % '"NOPE"', {"id": checkout["id"]})
    accepted = sandbox.call(code % '"KASHTAN5"', {"id": checkout["id"]})
    order_id = complete(sandbox, checkout["id"])["order"]["id"]

    order = amounts(sandbox, order_id)

    assert data(refused, "checkoutAddPromoCode")["errors"] == [{"code": "INVALID"}]
    assert data(accepted, "checkoutAddPromoCode")["errors"] == []
    # 5 % of 1081.00; 43.35 of the hammers, 10.70 of the gloves.
    assert order["discounts"] == [{"type": "VOUCHER", "amount": {"amount": 54.05}}]
    assert [line["totalPrice"]["gross"]["amount"] for line in order["lines"]] == [823.65, 203.3]
    assert order["total"]["gross"]["amount"] == 1026.95


def test_unpaid_order_stays_unconfirmed_though_the_channel_confirms(
    sandbox: SandboxProcess, app: Receiver
) -> None:
    order_id = place(sandbox)

    assert status_of(sandbox, order_id) == "UNCONFIRMED"
    assert app.events_about(order_id, count=2) == ["order_confirmed", "order_created"]


def test_paid_order_is_confirmed_at_once(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    checkout = begin(sandbox, {HAMMER: 1})
    gross = checkout["totalPrice"]["gross"]
    pay(sandbox, checkout["id"], gross["amount"], gross["currency"], token=staff)

    order = complete(sandbox, checkout["id"])["order"]

    assert (order["status"], order["chargeStatus"]) == ("UNFULFILLED", "FULL")
    assert app.events_about(order["id"], count=5) == [
        "order_confirmed",
        "order_created",
        "order_fully_paid",
        "order_paid",
        "order_updated",
    ]


def test_channel_that_waits_for_the_manager(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    set_confirmation(sandbox, "ua", automatic=False, token=staff)
    try:
        order_id = place(sandbox)
        before = app.events_about(order_id, count=1)
        refused = act(sandbox, "orderConfirm", order_id, token=staff)
    finally:
        set_confirmation(sandbox, "ua", automatic=True, token=staff)

    assert before == ["order_created"]
    assert refused == []
    assert status_of(sandbox, order_id) == "UNFULFILLED"
    assert app.events_about(order_id, count=2) == ["order_confirmed", "order_created"]


def test_completing_twice_gives_the_same_order(sandbox: SandboxProcess) -> None:
    checkout = begin(sandbox, {HAMMER: 1})

    first = complete(sandbox, checkout["id"])
    second = complete(sandbox, checkout["id"])

    assert second["errors"] == []
    assert second["order"] == first["order"]


def test_order_belongs_to_the_signed_in_buyer(sandbox: SandboxProcess) -> None:
    token = sandbox.sign_in(*OLENA)
    checkout = begin(sandbox, {HAMMER: 1}, token=token, email=OLENA[0])

    order = complete(sandbox, checkout["id"], token=token)["order"]

    assert order["user"] == {"email": OLENA[0]}


def test_strangers_order_with_a_customers_email_becomes_the_customers(
    sandbox: SandboxProcess, staff: str
) -> None:
    checkout = begin(sandbox, {HAMMER: 1}, email=OLENA[0].upper())
    answer = sandbox.call(
        "mutation($id: ID!) { checkoutComplete(id: $id) { order { id } errors { code } } }",
        {"id": checkout["id"]},
    )
    order_id = data(answer, "checkoutComplete")["order"]["id"]

    read = sandbox.call(
        "query($id: ID!) { order(id: $id) { user { email } } }", {"id": order_id}, token=staff
    )

    assert data(read, "order")["user"] == {"email": OLENA[0]}


@pytest.mark.parametrize(
    ("goods", "field", "code"),
    [
        ({HAMMER: 0}, "quantity", "ZERO_QUANTITY"),
        ({HAMMER: 1_000_000}, "quantity", "INSUFFICIENT_STOCK"),
    ],
)
def test_checkout_refuses_quantities(
    sandbox: SandboxProcess, goods: dict[str, int], field: str, code: str
) -> None:
    answer = sandbox.call(
        """
        mutation($input: CheckoutCreateInput!) {
          checkoutCreate(input: $input) { checkout { id } errors { field code } }
        }
        """,
        {
            "input": {
                "channel": "ua",
                "lines": [
                    {"variantId": variant_id(sandbox, sku), "quantity": quantity}
                    for sku, quantity in goods.items()
                ],
            }
        },
    )

    assert data(answer, "checkoutCreate") == {
        "checkout": None,
        "errors": [{"field": field, "code": code}],
    }


def test_checkout_without_delivery_is_refused(sandbox: SandboxProcess) -> None:
    created = sandbox.call(
        """
        mutation($input: CheckoutCreateInput!) {
          checkoutCreate(input: $input) { checkout { id } errors { field code } }
        }
        """,
        {
            "input": {
                "channel": "ua",
                "email": "guest@example.com",
                "lines": [{"variantId": variant_id(sandbox, HAMMER), "quantity": 1}],
            }
        },
    )

    payload = complete(sandbox, data(created, "checkoutCreate")["checkout"]["id"])

    assert payload["order"] is None
    assert payload["errors"][0]["code"] == "SHIPPING_METHOD_NOT_SET"


def test_confirming_twice_is_refused(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)

    assert act(sandbox, "orderConfirm", order_id, token=staff) == []
    assert act(sandbox, "orderConfirm", order_id, token=staff) == ["INVALID"]
    assert status_of(sandbox, order_id) == "UNFULFILLED"


def test_cancelling_gives_stock_back(sandbox: SandboxProcess, app: Receiver, staff: str) -> None:
    stock = "query($sku: String) { productVariant(sku: $sku) { quantityAvailable } }"
    before = sandbox.call(stock, {"sku": GLOVES})
    order_id = place(sandbox, {GLOVES: 5})

    assert act(sandbox, "orderCancel", order_id, token=staff) == []

    assert sandbox.call(stock, {"sku": GLOVES}) == before
    assert act(sandbox, "orderCancel", order_id, token=staff) == ["CANNOT_CANCEL_ORDER"]
    assert app.events_about(order_id, count=4) == [
        "order_cancelled",
        "order_confirmed",
        "order_created",
        "order_updated",
    ]


def test_changed_line_changes_the_totals(
    sandbox: SandboxProcess, app: Receiver, staff: str
) -> None:
    order_id = place(sandbox, {HAMMER: 3})
    line_id = sandbox.call("query($id: ID!) { order(id: $id) { lines { id } } }", {"id": order_id})
    change = """
    mutation($id: ID!, $quantity: Int!) {
      orderLineUpdate(id: $id, input: { quantity: $quantity }) { errors { code } }
    }
    """
    variables = {"id": data(line_id, "order")["lines"][0]["id"]}

    refused = sandbox.call(change, {**variables, "quantity": 0}, token=staff)
    changed = sandbox.call(change, {**variables, "quantity": 5}, token=staff)
    total = amounts(sandbox, order_id)["total"]["gross"]["amount"]
    act(sandbox, "orderConfirm", order_id, token=staff)
    too_late = sandbox.call(change, {**variables, "quantity": 6}, token=staff)

    assert data(refused, "orderLineUpdate")["errors"] == [{"code": "ZERO_QUANTITY"}]
    assert data(changed, "orderLineUpdate")["errors"] == []
    assert total == 1445.0
    assert data(too_late, "orderLineUpdate")["errors"] == [{"code": "NOT_EDITABLE"}]
    app.wait_for(lambda it: it.event == "order_updated" and it.is_about(order_id))


def test_paying_an_unconfirmed_order_confirms_it(sandbox: SandboxProcess, staff: str) -> None:
    order_id = place(sandbox)

    wrong = pay(sandbox, order_id, 1, "EUR", token=staff)
    right = pay(sandbox, order_id, 1, "UAH", token=staff)

    assert wrong["errors"][0]["code"] == "INCORRECT_CURRENCY"
    assert right["errors"] == []
    assert status_of(sandbox, order_id) == "UNFULFILLED"


def test_orders_are_listed_by_their_last_change(sandbox: SandboxProcess, staff: str) -> None:
    first, second = place(sandbox), place(sandbox)
    since = sandbox.call("query($id: ID!) { order(id: $id) { updatedAt } }", {"id": first})
    act(sandbox, "orderConfirm", first, token=staff)
    query = """
    query($since: DateTime!, $after: String) {
      orders(
        first: 1
        after: $after
        filter: { updatedAt: { gte: $since } }
        sortBy: { field: LAST_MODIFIED_AT, direction: ASC }
      ) {
        edges { node { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
    """
    variables: dict[str, Any] = {"since": data(since, "order")["updatedAt"]}

    page = data(sandbox.call(query, variables, token=staff), "orders")
    variables["after"] = page["pageInfo"]["endCursor"]
    next_page = data(sandbox.call(query, variables, token=staff), "orders")

    assert [edge["node"]["id"] for edge in page["edges"]] == [second]
    assert page["pageInfo"]["hasNextPage"]
    assert [edge["node"]["id"] for edge in next_page["edges"]] == [first]
    assert not next_page["pageInfo"]["hasNextPage"]


def test_overdue_order_expires(sandbox: SandboxProcess, app: Receiver, staff: str) -> None:
    address = {"streetAddress1": "ул. Толе би, 189", "city": "Алматы", "country": "KZ"}
    created = "2020-01-01T10:00:00Z"
    answer = sandbox.call(
        """
        mutation($orders: [OrderBulkCreateInput!]!) {
          orderBulkCreate(orders: $orders) {
            count results { order { id status } } errors { path code message }
          }
        }
        """,
        {
            "orders": [
                {
                    "channel": "kz",
                    "createdAt": created,
                    "currency": "KZT",
                    "languageCode": "RU",
                    "status": "UNCONFIRMED",
                    "user": {"email": "aizhan@stroydvor.example"},
                    "billingAddress": address,
                    "lines": [
                        {
                            "variantSku": HAMMER,
                            "createdAt": created,
                            "quantity": 2,
                            "isShippingRequired": True,
                            "isGiftCard": False,
                            "warehouse": "V2FyZWhvdXNlOjE=",
                            "totalPrice": {"net": 5500, "gross": 6380},
                            "undiscountedTotalPrice": {"net": 5500, "gross": 6380},
                        }
                    ],
                }
            ]
        },
        token=staff,
    )
    payload = data(answer, "orderBulkCreate")
    assert payload["errors"] == []
    order_id = payload["results"][0]["order"]["id"]
    app.wait_for(lambda it: it.event == "order_bulk_created" and it.is_about(order_id))

    set_confirmation(sandbox, "kz", automatic=True, token=staff, expire=60)
    try:
        app.wait_for(lambda it: it.event == "order_expired" and it.is_about(order_id), seconds=15)
    finally:
        set_confirmation(sandbox, "kz", automatic=True, token=staff, expire=None)

    assert status_of(sandbox, order_id) == "EXPIRED"


def test_order_keeps_addresses_of_its_own(sandbox: SandboxProcess, staff: str) -> None:
    token = sandbox.sign_in(*ANNA)
    checkout = begin(sandbox, {HAMMER: 1}, channel="eu", token=token)
    order_id = complete(sandbox, checkout["id"], token=token)["order"]["id"]
    change = """
    mutation($id: ID!, $address: AddressInput!) {
      orderUpdate(id: $id, input: { billingAddress: $address }) {
        order { billingAddress { companyName city } }
        errors { field code }
      }
    }
    """

    half = sandbox.call(change, {"id": order_id, "address": {"companyName": "X"}}, token=staff)
    whole = sandbox.call(
        change,
        {
            "id": order_id,
            "address": {
                "companyName": "X",
                "streetAddress1": "A 1",
                "city": "Kyiv",
                "country": "UA",
            },
        },
        token=staff,
    )

    assert "REQUIRED" in {error["code"] for error in data(half, "orderUpdate")["errors"]}
    assert data(whole, "orderUpdate")["order"]["billingAddress"] == {
        "companyName": "X",
        "city": "Kyiv",
    }
    time.sleep(0.05)
    me = sandbox.call("query { me { defaultBillingAddress { companyName } } }", token=token)
    assert data(me, "me")["defaultBillingAddress"]["companyName"] == "Nordhaus Baumarkt GmbH"
