from __future__ import annotations

import datetime as dt

import httpx
import pytest
import respx
from django.utils import timezone

from saleor_b2b_docs.saleor import keys
from saleor_b2b_docs.saleor.errors import SaleorUnavailable
from saleor_b2b_docs.saleor.keys import UnknownKey, fetch_jwks, signing_key
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.saleor import API_URL, key_set, make_installation
from tests.builders.saleor import signing_key as rsa_key

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SECOND = dt.timedelta(seconds=1)
JWKS_URL = "https://shop.example/.well-known/jwks.json"


def test_a_known_key_is_not_fetched(saleor: respx.MockRouter) -> None:
    route = saleor.get(JWKS_URL)
    installation = make_installation(jwks_fetched_at=NOW - keys.STALE_AFTER + SECOND)

    key = signing_key(installation, "key-1", now=NOW)

    assert key.key_id == "key-1"
    assert not route.called


def test_an_unknown_key_is_fetched_once_and_kept(saleor: respx.MockRouter) -> None:
    route = saleor.get(JWKS_URL).respond(json=key_set(rsa_key("key-2")))
    installation = make_installation(jwks_fetched_at=NOW - keys.REFETCH_AFTER)

    assert signing_key(installation, "key-2", now=NOW).key_id == "key-2"
    assert signing_key(Installation.objects.get(), "key-2", now=NOW).key_id == "key-2"

    assert route.call_count == 1
    assert Installation.objects.get().jwks_fetched_at == NOW


def test_a_key_that_saleor_does_not_know_either_is_unknown(saleor: respx.MockRouter) -> None:
    route = saleor.get(JWKS_URL).respond(json=key_set())
    installation = make_installation(jwks_fetched_at=NOW - keys.REFETCH_AFTER)

    for _ in range(3):
        with pytest.raises(UnknownKey):
            signing_key(installation, "key-2", now=NOW)

    assert route.call_count == 1


def test_forged_key_ids_do_not_make_us_ask_saleor_again_and_again(
    saleor: respx.MockRouter,
) -> None:
    route = saleor.get(JWKS_URL).respond(json=key_set())
    make_installation(jwks_fetched_at=NOW - keys.REFETCH_AFTER)

    for number in range(10):
        with pytest.raises(UnknownKey):
            signing_key(Installation.objects.get(), f"forged-{number}", now=NOW + number * SECOND)
    with pytest.raises(UnknownKey):
        signing_key(Installation.objects.get(), "forged", now=NOW + keys.REFETCH_AFTER)

    assert route.call_count == 2


def test_a_withdrawn_key_is_not_trusted_for_long(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).respond(json=key_set(rsa_key("key-2")))
    installation = make_installation(jwks_fetched_at=NOW)
    assert signing_key(installation, "key-1", now=NOW + keys.STALE_AFTER - SECOND)

    with pytest.raises(UnknownKey):
        signing_key(installation, "key-1", now=NOW + keys.STALE_AFTER)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("too slow"),
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "https://elsewhere.example/"}),
        httpx.Response(200, text="<html>starting</html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"keys": None}),
    ],
    ids=["refused", "too slow", "500", "redirect", "HTML", "a list", "no keys"],
)
def test_a_saleor_that_is_down_keeps_its_known_key_and_delays_the_unknown(
    saleor: respx.MockRouter, answer: httpx.Response | httpx.TransportError
) -> None:
    route = saleor.get(JWKS_URL)
    if isinstance(answer, httpx.Response):
        route.return_value = answer
    else:
        route.side_effect = answer
    installation = make_installation(jwks_fetched_at=NOW - keys.STALE_AFTER)

    assert signing_key(installation, "key-1", now=NOW).key_id == "key-1"
    with pytest.raises(SaleorUnavailable):
        signing_key(installation, "key-2", now=NOW)

    kept = Installation.objects.get()
    assert kept.jwks == key_set()
    assert kept.jwks_fetched_at == NOW - keys.STALE_AFTER


def test_only_rsa_keys_are_keys(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).respond(
        json={"keys": [{"kty": "oct", "kid": "key-2", "k": "c2VjcmV0"}, {"kty": "RSA"}, "odd"]}
    )
    installation = make_installation(jwks_fetched_at=NOW - keys.REFETCH_AFTER)

    with pytest.raises(UnknownKey):
        signing_key(installation, "key-2", now=NOW)


def test_a_redirect_is_not_followed(saleor: respx.MockRouter) -> None:
    saleor.get(JWKS_URL).respond(302, headers={"Location": "https://elsewhere.example/jwks.json"})
    elsewhere = saleor.get("https://elsewhere.example/jwks.json").respond(json=key_set())

    with pytest.raises(SaleorUnavailable):
        fetch_jwks(API_URL)

    assert not elsewhere.called
