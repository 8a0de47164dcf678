"""Orders for tests of the sandbox, step by step where a step matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saleor_sandbox.process import SandboxProcess

STAFF = ("admin@example.com", "admin")
OLENA = ("olena@magazyn-zatyshok.example", "demo")
ANNA = ("anna.weber@nordhaus.example", "demo")
HAMMER, GLOVES, DRILL = "KSH-10450", "KSH-60100", "KSH-10812"
ADDRESS = {
    "firstName": "Іван",
    "lastName": "Франко",
    "companyName": "ФОП Франко",
    "streetAddress1": "вул. Університетська, 1",
    "city": "Львів",
    "postalCode": "79000",
    "country": "UA",
}


def data(answer: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The payload of the root field `name`, which must have no errors of the operation."""
    assert "errors" not in answer, answer["errors"]
    payload: dict[str, Any] = answer["data"][name]
    return payload


def variant_id(sandbox: SandboxProcess, sku: str) -> str:
    """A variant's global id."""
    answer = sandbox.call("query($sku: String) { productVariant(sku: $sku) { id } }", {"sku": sku})
    found: str = data(answer, "productVariant")["id"]
    return found


def begin(
    sandbox: SandboxProcess,
    goods: Mapping[str, int],
    *,
    channel: str = "ua",
    email: str = "guest@example.com",
    token: str | None = None,
    address: Mapping[str, Any] = ADDRESS,
    delivery: int = 0,
) -> dict[str, Any]:
    """A checkout with a delivery method, ready to be completed."""
    checkout = data(
        sandbox.call(
            """
            mutation($input: CheckoutCreateInput!) {
              checkoutCreate(input: $input) {
                checkout { id shippingMethods { id price { amount } } }
                errors { field message code }
              }
            }
            """,
            {
                "input": {
                    "channel": channel,
                    "email": email,
                    "billingAddress": address,
                    "shippingAddress": address,
                    "lines": [
                        {"variantId": variant_id(sandbox, sku), "quantity": quantity}
                        for sku, quantity in goods.items()
                    ],
                }
            },
            token=token,
        ),
        "checkoutCreate",
    )["checkout"]
    answer = sandbox.call(
        """
        mutation($id: ID!, $method: ID!) {
          checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $method) {
            checkout { id totalPrice { gross { amount currency } } }
            errors { field message code }
          }
        }
        """,
        {"id": checkout["id"], "method": checkout["shippingMethods"][delivery]["id"]},
        token=token,
    )
    ready: dict[str, Any] = data(answer, "checkoutDeliveryMethodUpdate")["checkout"]
    return ready


def complete(
    sandbox: SandboxProcess, checkout_id: str, *, token: str | None = None
) -> dict[str, Any]:
    """The payload of `checkoutComplete`."""
    return data(
        sandbox.call(
            """
            mutation($id: ID!) {
              checkoutComplete(id: $id) {
                order { id number status chargeStatus user { email } }
                errors { field message code }
              }
            }
            """,
            {"id": checkout_id},
            token=token,
        ),
        "checkoutComplete",
    )


def place(
    sandbox: SandboxProcess,
    goods: Mapping[str, int] | None = None,
    *,
    channel: str = "ua",
    token: str | None = None,
    delivery: int = 0,
) -> str:
    """An unpaid order; its global id."""
    checkout = begin(sandbox, goods or {HAMMER: 1}, channel=channel, token=token, delivery=delivery)
    payload = complete(sandbox, checkout["id"], token=token)
    assert payload["errors"] == []
    order_id: str = payload["order"]["id"]
    return order_id


def pay(
    sandbox: SandboxProcess, object_id: str, amount: float, currency: str, *, token: str
) -> dict[str, Any]:
    """The payload of a `transactionCreate` that charged `amount`."""
    return data(
        sandbox.call(
            """
            mutation($id: ID!, $transaction: TransactionCreateInput!) {
              transactionCreate(id: $id, transaction: $transaction) {
                transaction { id pspReference chargedAmount { amount } }
                errors { field message code }
              }
            }
            """,
            {
                "id": object_id,
                "transaction": {
                    "pspReference": "psp-1",
                    "amountCharged": {"amount": amount, "currency": currency},
                },
            },
            token=token,
        ),
        "transactionCreate",
    )


def act(
    sandbox: SandboxProcess, mutation: str, order_id: str, *, token: str, argument: str = "id"
) -> list[str]:
    """The error codes of a mutation that takes an order's id and no more."""
    answer = sandbox.call(
        f"mutation($id: ID!) {{ {mutation}({argument}: $id) {{ errors {{ code }} }} }}",
        {"id": order_id},
        token=token,
    )
    return [error["code"] for error in data(answer, mutation)["errors"]]


def status_of(sandbox: SandboxProcess, order_id: str) -> str:
    """An order's status, as anybody can read it."""
    answer = sandbox.call("query($id: ID!) { order(id: $id) { status } }", {"id": order_id})
    status: str = data(answer, "order")["status"]
    return status


def set_confirmation(
    sandbox: SandboxProcess, channel: str, *, automatic: bool, token: str, expire: int | None = None
) -> None:
    """Whether a channel confirms orders by itself, and after how many minutes they expire."""
    channels = sandbox.call("query { channels { id slug } }", token=token)["data"]["channels"]
    channel_id = next(entry["id"] for entry in channels if entry["slug"] == channel)
    answer = sandbox.call(
        """
        mutation($id: ID!, $settings: OrderSettingsInput!) {
          channelUpdate(id: $id, input: { orderSettings: $settings }) { errors { code } }
        }
        """,
        {
            "id": channel_id,
            "settings": {
                "automaticallyConfirmAllNewOrders": automatic,
                "expireOrdersAfter": expire,
            },
        },
        token=token,
    )
    assert data(answer, "channelUpdate")["errors"] == []
