from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.saleor.callers import client_address, request_viewer
from saleor_b2b_docs.saleor.errors import InvalidToken
from saleor_b2b_docs.saleor.viewers import ANONYMOUS
from tests.builders.saleor import BUYER_ID, bearer, customer_token, make_installation


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.1", "10.0.0.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "6.6.6.6, 203.0.113.1", "203.0.113.1"),
        (2, "6.6.6.6, 203.0.113.1, 192.0.2.7", "203.0.113.1"),
        (2, "203.0.113.1", "10.0.0.9"),
        (1, None, "10.0.0.9"),
    ],
)
def test_the_address_is_the_last_that_a_proxy_of_ours_saw(
    settings: Settings, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.9")

    assert client_address(request) == address


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz"])
def test_who_brings_no_token_is_nobody(header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}

    viewer = request_viewer(RequestFactory().get("/", headers=headers), now=timezone.now())

    assert viewer == ANONYMOUS


@pytest.mark.django_db
def test_who_brings_a_token_is_somebody() -> None:
    make_installation()
    request = RequestFactory().get("/", headers=bearer(f" {customer_token()} "))

    assert request_viewer(request, now=timezone.now()).user_id == BUYER_ID


@pytest.mark.django_db
def test_who_brings_a_bad_token_is_not_taken_for_nobody() -> None:
    make_installation()
    request = RequestFactory().get("/", headers=bearer("forged"))

    with pytest.raises(InvalidToken):
        request_viewer(request, now=timezone.now())
