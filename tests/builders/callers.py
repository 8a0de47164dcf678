"""Every kind of caller, for tests of who may do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import timezone

from tests.builders.saleor import (
    APP_ID,
    BUYER_ID,
    OTHER_API_URL,
    OTHER_APP_ID,
    OTHER_BUYER_ID,
    SigningKey,
    bearer,
    customer_token,
    make_installation,
    signing_key,
    staff_token,
)

ALL_PERMISSIONS = ("MANAGE_ORDERS", "MANAGE_USERS", "MANAGE_SETTINGS", "MANAGE_PRODUCTS")


def other_key() -> SigningKey:
    """The key of the other installation's Saleor."""
    return signing_key("key-of-the-other-shop")


def make_two_installations() -> None:
    """The shop whose buyers are meant, and another that has the app, too, with a key of its own."""
    make_installation()
    make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID, keys=[other_key()])


def _an_hour_ago() -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=1)


def _forged() -> str:
    """Right in everything but the key: it calls itself by the shop's key's name."""
    stranger = signing_key("key-of-a-stranger")
    return customer_token(key=SigningKey("key-1", stranger.private))


ACCOUNTANT_ID = "VXNlcjoz"
"""Global id User:3."""
COLLEAGUE_ID = "VXNlcjo0"
"""Global id User:4."""
OTHER_OWNER_ID = "VXNlcjo1"
"""Global id User:5."""


def _staff(permission: str) -> dict[str, str]:
    """The app may do everything; the person has this one permission."""
    return bearer(staff_token(app_permissions=ALL_PERMISSIONS, user_permissions=[permission]))


CALLERS: Mapping[str, Callable[[], dict[str, str]]] = {
    "anonymous": dict,
    "the buyer": lambda: bearer(customer_token()),
    "the accountant": lambda: bearer(customer_token(user_id=ACCOUNTANT_ID)),
    "the colleague": lambda: bearer(customer_token(user_id=COLLEAGUE_ID)),
    "another company's owner": lambda: bearer(customer_token(user_id=OTHER_OWNER_ID)),
    "another buyer": lambda: bearer(customer_token(user_id=OTHER_BUYER_ID)),
    "staff with MANAGE_ORDERS": lambda: _staff("MANAGE_ORDERS"),
    "staff with MANAGE_USERS": lambda: _staff("MANAGE_USERS"),
    "staff with MANAGE_SETTINGS": lambda: _staff("MANAGE_SETTINGS"),
    "staff with a permission of another kind": lambda: _staff("MANAGE_PRODUCTS"),
    "staff without permissions": lambda: bearer(staff_token(user_permissions=[])),
    "staff whose app lacks MANAGE_ORDERS": lambda: bearer(
        staff_token(app_permissions=["MANAGE_USERS"])
    ),
    "staff whose permissions are no list": lambda: bearer(
        staff_token(claims={"permissions": "MANAGE_ORDERS", "user_permissions": "MANAGE_ORDERS"})
    ),
    "staff as a customer": lambda: bearer(
        customer_token(user_id="VXNlcjo5", claims={"is_staff": True})
    ),
    "staff of another app": lambda: bearer(staff_token(app_id=OTHER_APP_ID)),
    "another shop's buyer of the same id": lambda: bearer(
        customer_token(user_id=BUYER_ID, api_url=OTHER_API_URL, key=other_key())
    ),
    "another shop's staff": lambda: bearer(
        staff_token(api_url=OTHER_API_URL, app_id=OTHER_APP_ID, key=other_key())
    ),
    "another shop's staff, of this shop's app": lambda: bearer(
        staff_token(api_url=OTHER_API_URL, app_id=APP_ID, key=other_key())
    ),
    "a refresh token": lambda: bearer(customer_token(claims={"type": "refresh"})),
    "expired": lambda: bearer(customer_token(issued_at=_an_hour_ago())),
    "expired staff": lambda: bearer(staff_token(issued_at=_an_hour_ago())),
    "forged": lambda: bearer(_forged()),
    "a shop without the app": lambda: bearer(
        customer_token(api_url="https://stranger.example/graphql/")
    ),
    "an issuer with a NUL": lambda: bearer(customer_token(api_url="\x00")),
    "an issuer of half a character": lambda: bearer(customer_token(api_url="\ud83d")),
    "garbage": lambda: bearer("garbage"),
    "another scheme": lambda: {"Authorization": "Basic YnV5ZXI6cGFzcw=="},
}
"""The headers that each brings. The buyer is BUYER_ID of the shop at API_URL; where there is a
company, the buyer owns it, the accountant is its accountant, and the colleague only buys for it."""

SEEING = frozenset({"the buyer", "staff with MANAGE_ORDERS"})
"""Who sees the buyer's papers."""
NAMELESS = frozenset({"anonymous", "another scheme"})
"""Who does not claim to be anybody."""
OF_ANOTHER_SHOP = frozenset({"another shop's buyer of the same id", "another shop's staff"})
"""Who is somebody, elsewhere: this shop's ids are to them like ids that nobody has."""
MANAGING_USERS = frozenset({"staff with MANAGE_USERS", "staff whose app lacks MANAGE_ORDERS"})
"""Who of the shop's staff may manage users, and not orders."""
POWERLESS_STAFF = frozenset(
    {
        "staff without permissions",
        "staff with a permission of another kind",
        "staff whose permissions are no list",
    }
)
"""Staff of the shop who may do nothing here."""
STAFF = frozenset(
    {
        "staff with MANAGE_ORDERS",
        "staff with MANAGE_SETTINGS",
        "another shop's staff",
        *MANAGING_USERS,
        *POWERLESS_STAFF,
    }
)
"""Who comes with a good token of the Dashboard."""
REFUSED_TOKENS = frozenset(
    {
        "staff of another app",
        "another shop's staff, of this shop's app",
        "a refresh token",
        "expired",
        "expired staff",
        "forged",
        "a shop without the app",
        "an issuer with a NUL",
        "an issuer of half a character",
        "garbage",
    }
)
"""Whose token proves nobody."""
