"""A buyer who orders through Saleor's public API: at the sandbox and at a real Saleor alike."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx


class BuyerError(RuntimeError):
    """Saleor said no; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order as `checkoutComplete` answered it. `seconds` is how long that call took."""

    id: str
    number: str
    status: str
    gross: float
    currency: str
    seconds: float


ADDRESS = {
    "firstName": "Олена",
    "lastName": "Коваленко",
    "companyName": "ТОВ «Магазин Затишок»",
    "streetAddress1": "вул. Хрещатик, 22",
    "city": "Київ",
    "postalCode": "01001",
    "country": "UA",
}


class Api:
    """GraphQL calls to one Saleor. Raises BuyerError for any error it answers."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self._http = httpx.Client(timeout=90, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def call(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
    ) -> dict[str, Any]:
        """The `data` of the answer; errors of a mutation's payload count as errors, too."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self._http.post(
            self.api_url,
            json={"query": query, "variables": dict(variables or {})},
            headers=headers,
        )
        body: dict[str, Any] = answer.json()
        if body.get("errors"):
            raise BuyerError(str(body["errors"]))
        for payload in body["data"].values():
            if isinstance(payload, dict) and payload.get("errors"):
                raise BuyerError(str(payload["errors"]))
        data: dict[str, Any] = body["data"]
        return data

    def sign_in(self, email: str, password: str) -> str:
        """An access token, good for five minutes."""
        answer = self.call(
            "mutation($email: String!, $password: String!) {"
            " tokenCreate(email: $email, password: $password) { token errors { message code } } }",
            {"email": email, "password": password},
        )
        token: str = answer["tokenCreate"]["token"]
        return token


@dataclass(frozen=True, slots=True)
class Goods:
    """What a buyer takes: variants and how many of each, in one channel."""

    channel: str
    lines: Mapping[str, int]


def find_goods(api: Api, channel: str, *, count: int = 2, quantity: int = 3) -> Goods:
    """The first few variants that are in stock, have a price and need delivery."""
    products = api.call(
        """query($channel: String!) {
          products(first: 50, channel: $channel) {
            edges { node {
              productType { isShippingRequired }
              variants { id quantityAvailable pricing { price { gross { amount } } } }
            } }
          }
        }""",
        {"channel": channel},
    )["products"]["edges"]
    found = [
        variant["id"]
        for product in products
        if product["node"]["productType"]["isShippingRequired"]
        for variant in (product["node"]["variants"] or [])[:1]
        if (variant["quantityAvailable"] or 0) >= quantity and variant["pricing"]["price"]
    ]
    if not found:
        raise BuyerError(f"nothing to buy in channel {channel}")
    return Goods(channel, dict.fromkeys(found[:count], quantity))


def place_order(
    api: Api,
    goods: Goods,
    *,
    email: str,
    token: str | None,
    address: Mapping[str, Any] | None = None,
    payer_token: str | None = None,
) -> PlacedOrder:
    """Check out and complete: unpaid, or with a charge for the whole sum by `payer_token`.

    Without `token` the buyer is a guest. `payer_token` is of staff with HANDLE_PAYMENTS.
    """
    where = dict(address or ADDRESS)
    checkout = api.call(
        """mutation($input: CheckoutCreateInput!) { checkoutCreate(input: $input) {
          checkout { id shippingMethods { id active } } errors { field message code } } }""",
        {
            "input": {
                "channel": goods.channel,
                "email": email,
                "lines": [
                    {"variantId": variant, "quantity": quantity}
                    for variant, quantity in goods.lines.items()
                ],
                "shippingAddress": where,
                "billingAddress": where,
            }
        },
        token=token,
    )["checkoutCreate"]["checkout"]
    methods = [method["id"] for method in checkout["shippingMethods"] if method["active"]]
    if not methods:
        raise BuyerError("no delivery method for this address")
    total = api.call(
        """mutation($id: ID!, $method: ID!) {
          checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $method) {
            checkout { totalPrice { gross { amount currency } } }
            errors { field message code } } }""",
        {"id": checkout["id"], "method": methods[0]},
        token=token,
    )["checkoutDeliveryMethodUpdate"]["checkout"]["totalPrice"]["gross"]
    if payer_token:
        api.call(
            """mutation($id: ID!, $transaction: TransactionCreateInput!) {
              transactionCreate(id: $id, transaction: $transaction) {
                transaction { id } errors { field message code } } }""",
            {
                "id": checkout["id"],
                "transaction": {
                    "name": "Card",
                    "pspReference": f"card-{time.time_ns()}",
                    "amountCharged": {"amount": total["amount"], "currency": total["currency"]},
                },
            },
            token=payer_token,
        )
    began = time.perf_counter()
    order = api.call(
        """mutation($id: ID!) { checkoutComplete(id: $id) {
          order { id number status total { gross { amount currency } } }
          errors { field message code } } }""",
        {"id": checkout["id"]},
        token=token,
    )["checkoutComplete"]["order"]
    return PlacedOrder(
        id=order["id"],
        number=order["number"],
        status=order["status"],
        gross=order["total"]["gross"]["amount"],
        currency=order["total"]["gross"]["currency"],
        seconds=time.perf_counter() - began,
    )
