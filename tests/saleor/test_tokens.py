from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import httpx
import pytest
import respx
from django.utils import timezone

from saleor_b2b_docs.saleor.errors import InvalidToken, SaleorUnavailable
from saleor_b2b_docs.saleor.keys import REFETCH_AFTER
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.tokens import viewer_of
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from tests.builders import forgeries
from tests.builders.saleor import (
    API_URL,
    APP_ID,
    BUYER_ID,
    OTHER_API_URL,
    OTHER_APP_ID,
    STAFF_ID,
    customer_token,
    key_set,
    make_installation,
    signed_token,
    signing_key,
    staff_token,
)

pytestmark = pytest.mark.django_db

JWKS_URL = "https://shop.example/.well-known/jwks.json"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def installation() -> Installation:
    """The shop, whose keys have just been fetched."""
    return make_installation()


def viewer(token: str) -> Viewer:
    """Who the token's bearer is now."""
    return viewer_of(token, now=timezone.now())


def test_a_customers_token_makes_a_customer(installation: Installation) -> None:
    assert viewer(customer_token()) == Viewer(
        ViewerKind.CUSTOMER, installation_id=installation.pk, user_id=BUYER_ID
    )


def test_staff_who_come_as_customers_have_no_powers(installation: Installation) -> None:
    token = customer_token(
        claims={"is_staff": True, "permissions": ["MANAGE_ORDERS"], "app": APP_ID}
    )

    seen = viewer(token)

    assert seen == Viewer(ViewerKind.CUSTOMER, installation_id=installation.pk, user_id=BUYER_ID)
    assert not seen.may_read_orders


def test_a_dashboards_token_makes_staff_with_what_both_app_and_person_may(
    installation: Installation,
) -> None:
    seen = viewer(
        staff_token(
            app_permissions=["MANAGE_ORDERS", "MANAGE_USERS"],
            user_permissions=["MANAGE_ORDERS", "MANAGE_PRODUCTS"],
        )
    )

    assert seen == Viewer(
        ViewerKind.STAFF,
        installation_id=installation.pk,
        user_id=STAFF_ID,
        permissions=frozenset({"MANAGE_ORDERS"}),
    )
    assert seen.may_read_orders


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    "claims",
    [
        {"permissions": []},
        {"user_permissions": []},
        {"permissions": None},
        {"permissions": "MANAGE_ORDERS"},
        {"permissions": {"MANAGE_ORDERS": True}},
        {"user_permissions": [["MANAGE_ORDERS"], 1, None]},
        {"user_permissions": 0},
    ],
)
def test_permissions_that_are_missing_or_malformed_grant_nothing(
    claims: dict[str, object],
) -> None:
    seen = viewer(staff_token(claims=claims))

    assert (seen.kind, seen.permissions) == (ViewerKind.STAFF, frozenset())
    assert not seen.may_read_orders


def test_each_installation_knows_its_own_users_only() -> None:
    other_key = signing_key("key-of-the-other")
    here, there = make_installation(), make_installation(api_url=OTHER_API_URL, keys=[other_key])

    assert viewer(customer_token()).installation_id == here.pk
    assert viewer(customer_token(api_url=OTHER_API_URL, key=other_key)).installation_id == there.pk
    # Signed by one Saleor in the name of the other.
    with pytest.raises(InvalidToken):
        viewer(customer_token(api_url=OTHER_API_URL))


def _body(**claims: object) -> bytes:
    now = int(timezone.now().timestamp())
    return json.dumps(
        {
            "iat": now,
            "exp": now + 300,
            "iss": API_URL,
            "type": "access",
            "owner": "saleor",
            "user_id": BUYER_ID,
            **claims,
        }
    ).encode()


def _changed() -> str:
    header, _, signature = customer_token().split(".")
    _, payload, _ = customer_token(user_id="VXNlcjoyMg==").split(".")
    return ".".join((header, payload, signature))


FORGED: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "garbage": lambda: "garbage",
    "three letters": lambda: "a.b.c",
    "Cyrillic": lambda: "жетон",
    "nested header": forgeries.nested_header,
    "algorithm none": lambda: forgeries.unsigned({"kid": "key-1"}, _body()),
    "RS256, not signed": lambda: forgeries.unsigned({"kid": "key-1", "alg": "RS256"}, _body()),
    "HS256 with the public key": lambda: forgeries.signed_with_the_public_key({}, _body()),
    "another's payload": _changed,
    "not JSON": lambda: forgeries.unsigned({"kid": "key-1"}, b"not JSON"),
    "too long": lambda: customer_token(claims={"padding": "x" * 9000}),
    "no user": lambda: customer_token(user_id=""),
    "user of another type": lambda: customer_token(claims={"user_id": 7}),
    "expired": lambda: customer_token(issued_at=timezone.now() - 10 * MINUTE),
    "from the future": lambda: customer_token(issued_at=timezone.now() + 10 * MINUTE),
    "other issuer": lambda: customer_token(api_url="https://evil.example/graphql/"),
    "issuer that is a prefix": lambda: customer_token(api_url=API_URL.rstrip("/")),
    "issuer of another type": lambda: forgeries.signed_with_the_public_key(
        {}, _body(iss=[API_URL])
    ),
    "issuer with a NUL": lambda: customer_token(claims={"iss": API_URL + "\x00"}),
    "refresh token": lambda: customer_token(claims={"type": "refresh"}),
    "no type": lambda: customer_token(claims={"type": None}),
    "not Saleor's own": lambda: customer_token(claims={"owner": "plugin"}),
    "for another app": lambda: staff_token(app_id=OTHER_APP_ID),
    "for no app": lambda: staff_token(claims={"app": None}),
    "not staff": lambda: staff_token(claims={"is_staff": False}),
    "no expiry": lambda: signed_token(
        {"iss": API_URL, "type": "access", "owner": "saleor", "user_id": BUYER_ID}
    ),
}


@pytest.mark.usefixtures("installation", "saleor")
@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED.keys())
def test_a_token_that_proves_nobody_is_refused(make: Callable[[], str]) -> None:
    with pytest.raises(InvalidToken):
        viewer(make())


@pytest.mark.parametrize("make", [customer_token, staff_token])
def test_a_token_of_a_saleor_that_uninstalled_the_app_is_refused(make: Callable[[], str]) -> None:
    make_installation(uninstalled_at=timezone.now())

    with pytest.raises(InvalidToken):
        viewer(make())


def test_a_token_of_another_key_is_refused_after_one_look_at_saleors_keys(
    saleor: respx.MockRouter,
) -> None:
    route = saleor.get(JWKS_URL).respond(json=key_set())
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)

    for _ in range(2):
        with pytest.raises(InvalidToken):
            viewer(customer_token(key=signing_key("key-2")))

    assert route.call_count == 1


def test_a_token_of_a_new_key_is_accepted(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).respond(json=key_set(signing_key("key-2")))
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)

    assert viewer(customer_token(key=signing_key("key-2"))).user_id == BUYER_ID


def test_a_token_that_cannot_be_judged_now_is_not_called_forged(
    saleor: respx.MockRouter,
) -> None:
    saleor.get(JWKS_URL).mock(side_effect=httpx.ConnectTimeout("no answer"))
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)

    with pytest.raises(SaleorUnavailable):
        viewer(customer_token(key=signing_key("key-2")))
