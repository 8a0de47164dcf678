"""Who is in the shop: language, place of sale, cart and, on the server only, the tokens."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from django.http import HttpRequest
from django.utils import timezone

from saleor_sandbox import execution, requestor
from saleor_sandbox.context import Context
from saleor_sandbox.execution import Request
from saleor_sandbox.shop.texts import LANGUAGES

# Renew a token that would die while a page is made.
_LEEWAY_SECONDS = 20
_DEFAULT_LANGUAGE = "uk"
_DEFAULT_CHANNEL = "ua"

_REFRESH = """
mutation Refresh($token: String!) {
  tokenRefresh(refreshToken: $token) { token errors { code } }
}
"""
_SIGN_IN = """
mutation SignIn($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) {
    token
    refreshToken
    user {
      email
      firstName
      lastName
      languageCode
      metafield(key: "channel")
      defaultBillingAddress { companyName }
    }
    errors { message }
  }
}
"""


class SaleorError(RuntimeError):
    """Saleor refused; the message is for the buyer."""


@dataclass(frozen=True, slots=True)
class Account:
    """The signed-in buyer, as the shop's header shows it."""

    email: str
    name: str
    company: str


class Visitor:
    """The visitor of one request; what changes is kept in the session."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._session = request.session

    @property
    def language(self) -> str:
        """`uk`, `ru` or `en`."""
        chosen = self._session.get("language")
        return chosen if chosen in LANGUAGES else _DEFAULT_LANGUAGE

    @language.setter
    def language(self, code: str) -> None:
        if code in LANGUAGES:
            self._session["language"] = code

    @property
    def channel(self) -> str:
        """The slug of the place of sale."""
        slug: str = self._session.get("channel", _DEFAULT_CHANNEL)
        return slug

    @channel.setter
    def channel(self, slug: str) -> None:
        if slug != self.channel:
            # Prices are of a channel, and so is a cart.
            self._session["cart"] = {}
            self.checkout_id = None
        self._session["channel"] = slug

    @property
    def cart(self) -> dict[str, int]:
        """Quantities by the variant's global id."""
        cart: dict[str, int] = self._session.get("cart", {})
        return cart

    def put(self, variant_id: str, quantity: int) -> None:
        """Set how many of a variant are in the cart; none takes it out."""
        cart = dict(self.cart)
        if quantity > 0:
            cart[variant_id] = quantity
        else:
            cart.pop(variant_id, None)
        self._session["cart"] = cart
        # The checkout is of the cart as it was.
        self.checkout_id = None

    def empty_cart(self) -> None:
        """After an order."""
        self._session["cart"] = {}
        self.checkout_id = None

    @property
    def checkout_id(self) -> str | None:
        """The checkout that this cart has become."""
        checkout_id: str | None = self._session.get("checkout")
        return checkout_id

    @checkout_id.setter
    def checkout_id(self, value: str | None) -> None:
        self._session["checkout"] = value

    @property
    def contract_id(self) -> str:
        """The contract that was chosen at checkout; empty before that."""
        contract_id: str = self._session.get("contract", "")
        return contract_id

    @contract_id.setter
    def contract_id(self, value: str) -> None:
        self._session["contract"] = value

    @property
    def guest_email(self) -> str:
        """The e-mail that was typed in this browser, not read from an order."""
        email: str = self._session.get("guest_email", "")
        return email

    @guest_email.setter
    def guest_email(self, email: str) -> None:
        self._session["guest_email"] = email

    @property
    def account(self) -> Account | None:
        """The signed-in buyer, if any."""
        kept = self._session.get("account")
        return Account(**kept) if kept else None

    def sign_in(self, email: str, password: str) -> None:
        """Get tokens, and take over the buyer's language and channel. Raises SaleorError."""
        answer = self.call(_SIGN_IN, {"email": email, "password": password}, anonymous=True)
        created = answer["tokenCreate"]
        if not created["token"]:
            raise SaleorError("; ".join(error["message"] for error in created["errors"]))
        user = created["user"]
        # A new session for a new identity.
        self._session.cycle_key()
        self._session["access_token"] = created["token"]
        self._session["refresh_token"] = created["refreshToken"]
        address = user["defaultBillingAddress"] or {}
        self._session["account"] = {
            "email": user["email"],
            "name": f"{user['firstName']} {user['lastName']}".strip(),
            "company": address.get("companyName", ""),
        }
        self.language = user["languageCode"].lower()
        if user["metafield"]:
            self.channel = user["metafield"]

    def sign_out(self) -> None:
        """Forget everything but the language."""
        language = self.language
        self._session.flush()
        self.language = language

    def access_token(self) -> str | None:
        """A token that lives, renewed when needed; None for a guest."""
        token: str | None = self._session.get("access_token")
        if token is None or _expires_in(token) > _LEEWAY_SECONDS:
            return token
        answer = self.call(
            _REFRESH, {"token": self._session.get("refresh_token", "")}, anonymous=True
        )
        renewed: str | None = answer["tokenRefresh"]["token"]
        if renewed is None:
            self.sign_out()
            return None
        self._session["access_token"] = renewed
        return renewed

    def call(
        self, query: str, variables: Mapping[str, Any] | None = None, *, anonymous: bool = False
    ) -> dict[str, Any]:
        """Run an operation of Saleor's API as this visitor. Raises SaleorError."""
        token = None if anonymous else self.access_token()
        return call(query, variables, token=token)


def call(
    query: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None
) -> dict[str, Any]:
    """Run an operation of Saleor's API, without a trip over the network. Raises SaleorError."""
    context = Context(requestor=requestor.from_token(token), now=timezone.now())
    response = execution.run(Request(query, dict(variables or {})), context)
    if response.body.get("errors"):
        raise SaleorError("; ".join(error["message"] for error in response.body["errors"]))
    data: dict[str, Any] = response.body["data"]
    return data


def _expires_in(token: str) -> float:
    claims = jwt.decode(token, options={"verify_signature": False})
    return float(claims["exp"]) - time.time()
