from __future__ import annotations

import datetime as dt
import json

import pytest
import respx
from django.utils import timezone

from saleor_b2b_docs.saleor.errors import InvalidSignature
from saleor_b2b_docs.saleor.signatures import verify_signature
from tests.builders import forgeries
from tests.builders.saleor import (
    customer_token,
    make_installation,
    sign,
    signed_token,
    signing_key,
)

pytestmark = pytest.mark.django_db

BODY = b'{"order": {"id": "T3JkZXI6MQ==", "number": "1"},"recipient":{"id":"QXBwOjE="}}'
DETACHED = {"kid": "key-1", "crit": ["b64"], "b64": False}


def test_a_signature_over_exactly_these_bytes_is_accepted() -> None:
    installation = make_installation()

    verify_signature(installation, signature=sign(BODY), body=BODY, now=timezone.now())


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace(b'"1"', b'"2"'),
        BODY + b"\n",
        json.dumps(json.loads(BODY)).encode(),
        b"",
    ],
    ids=["changed", "one byte more", "re-serialised", "empty"],
)
def test_a_signature_over_other_bytes_is_refused(body: bytes) -> None:
    installation = make_installation()

    with pytest.raises(InvalidSignature):
        verify_signature(installation, signature=sign(BODY), body=body, now=timezone.now())


def _signed_by_another_key() -> str:
    return sign(BODY, key=signing_key("key-2"), key_id="key-1")


def _without_a_key_id() -> str:
    return sign(BODY, key_id="")


def _customers_token() -> str:
    """Signed by the right key, but over another text: anybody can have one."""
    return customer_token()


def _token_that_holds_the_body() -> str:
    return signed_token(json.loads(BODY))


@pytest.mark.parametrize(
    "signature",
    [
        lambda: "",
        lambda: "garbage",
        lambda: "a.b.c",
        lambda: "..",
        lambda: "підпис",
        forgeries.nested_header,
        _signed_by_another_key,
        _without_a_key_id,
        _customers_token,
        _token_that_holds_the_body,
        lambda: forgeries.unsigned(DETACHED, b""),
        lambda: forgeries.unsigned({**DETACHED, "alg": "RS256"}, b""),
        lambda: forgeries.signed_with_the_public_key(DETACHED, BODY, detached=True),
        lambda: sign(BODY).rsplit(".", 1)[0] + ".",
        lambda: sign(BODY)[:-4] + "AAAA",
    ],
    ids=[
        "none",
        "garbage",
        "three letters",
        "two dots",
        "Cyrillic",
        "nested header",
        "other key",
        "no key id",
        "customer's token",
        "token holding the body",
        "algorithm none",
        "algorithm RS256, not signed",
        "HS256 with the public key",
        "cut off",
        "changed",
    ],
)
@respx.mock
def test_a_forged_signature_is_refused(signature: object) -> None:
    installation = make_installation(
        jwks_fetched_at=timezone.now() - dt.timedelta(seconds=5)  # so nothing is fetched
    )
    assert callable(signature)

    with pytest.raises(InvalidSignature):
        verify_signature(installation, signature=signature(), body=BODY, now=timezone.now())


def test_the_key_of_another_installation_is_no_key() -> None:
    other = signing_key("key-of-the-other")
    make_installation(api_url="https://other-shop.example/graphql/", keys=[other])
    installation = make_installation()

    with pytest.raises(InvalidSignature):
        verify_signature(
            installation, signature=sign(BODY, key=other), body=BODY, now=timezone.now()
        )
