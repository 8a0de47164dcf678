"""The Saleor that the live tests run against: a real one, or the sandbox."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Any

from saleor_sandbox.buyer import Api

_TOKEN_SECONDS = 200.0  # Saleor's live 300

_STREETS: dict[str, dict[str, str]] = {
    "UA": {"streetAddress1": "вул. Хрещатик, 22", "city": "Київ", "postalCode": "01001"},
    "US": {
        "streetAddress1": "1600 Amphitheatre Pkwy",
        "city": "Mountain View",
        "postalCode": "94043",
        "countryArea": "CA",
    },
    "PL": {"streetAddress1": "ul. Ogrodowa 58", "city": "Warszawa", "postalCode": "00-876"},
}


@dataclass
class LiveSaleor:
    """One Saleor with staff, two customers, and a channel that takes unpaid orders."""

    api: Api
    staff: tuple[str, str]
    buyers: tuple[tuple[str, str], tuple[str, str]]
    channel: str
    is_real: bool
    _tokens: dict[str, tuple[float, str]] = field(default_factory=dict)

    def staff_token(self) -> str:
        """A token of staff who may do everything."""
        return self._token(*self.staff)

    def buyer_token(self, index: int = 0) -> str:
        """A customer's token."""
        return self._token(*self.buyers[index])

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data that staff are answered."""
        return self.api.call(query, variables, token=self.staff_token())

    def address(self) -> dict[str, str]:
        """An address in the channel's country."""
        country = self.ask(
            "query($slug: String) { channel(slug: $slug) { defaultCountry { code } } }",
            slug=self.channel,
        )["channel"]["defaultCountry"]["code"]
        return {
            "firstName": "Олена",
            "lastName": "Коваленко",
            "companyName": "ТОВ «Магазин Затишок»",
            "country": country,
            **_STREETS[country],
        }

    def remove_app(self) -> None:
        """Delete the app where an earlier run left it."""
        apps = self.ask("query { apps(first: 50) { edges { node { id identifier } } } }")["apps"][
            "edges"
        ]
        for app in apps:
            if app["node"]["identifier"] == "saleor.b2b-docs":
                self.ask(
                    "mutation($id: ID!) { appDelete(id: $id) { errors { message } } }",
                    id=app["node"]["id"],
                )

    def order(self, order_id: str) -> dict[str, Any]:
        """An order as staff see it."""
        order: dict[str, Any] = self.ask(
            """query($id: ID!) { order(id: $id) {
              id number status invoices { id number url status }
              total { net { amount } tax { amount } gross { amount } } } }""",
            id=order_id,
        )["order"]
        return order

    def _token(self, email: str, password: str) -> str:
        made_at, token = self._tokens.get(email, (0.0, ""))
        if time.monotonic() - made_at > _TOKEN_SECONDS:
            token = self.api.sign_in(email, password)
            self._tokens[email] = (time.monotonic(), token)
        return token


def real_saleor() -> LiveSaleor | None:
    """The Saleor that the environment names, if it names one."""
    url = os.environ.get("SALEOR_API_URL")
    if not url:
        return None
    buyers = os.environ.get(
        "SALEOR_BUYERS", "buyer@example.com:password,second@example.com:password"
    )
    first, second = (tuple(buyer.split(":", 1)) for buyer in buyers.split(","))
    return LiveSaleor(
        api=Api(url),
        staff=(
            os.environ.get("SALEOR_EMAIL", "admin@example.com"),
            os.environ.get("SALEOR_PASSWORD", "admin"),
        ),
        buyers=((first[0], first[1]), (second[0], second[1])),
        channel=os.environ.get("SALEOR_CHANNEL", "default-channel"),
        is_real=True,
    )
