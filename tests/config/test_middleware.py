from __future__ import annotations

import re

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from saleor_b2b_docs.config.middleware import request_id
from saleor_b2b_docs.work.request_ids import current_request_id

OWN = re.compile(r"[0-9a-f]{16}")


def test_the_proxys_id_is_kept() -> None:
    response = Client().get("/health/live", headers={"X-Request-ID": "proxy-id.0001"})

    assert response.headers["X-Request-ID"] == "proxy-id.0001"


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "with space", "line\tfeed", "éééééééé", 'quo"tes<>']
)
def test_an_odd_id_is_replaced_by_one_of_ours(given: str) -> None:
    headers = {"X-Request-ID": given} if given else {}

    response = Client().get("/health/live", headers=headers)

    assert OWN.fullmatch(response.headers["X-Request-ID"])


def test_two_requests_have_two_ids() -> None:
    first, second = (Client().get("/health/live").headers["X-Request-ID"] for _ in range(2))

    assert first != second


def test_the_id_is_bound_while_the_request_lasts_and_no_longer() -> None:
    seen: list[str] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(current_request_id())
        structlog.contextvars.bind_contextvars(somebody="else")
        return HttpResponse()

    response = request_id(view)(RequestFactory().get("/"))

    assert seen == [response.headers["X-Request-ID"]]
    assert structlog.contextvars.get_contextvars() == {}


def test_an_error_does_not_leave_the_id_behind() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        request_id(view)(RequestFactory().get("/"))

    assert current_request_id() == ""


def test_what_is_not_there_is_said_in_one_line() -> None:
    response = Client().get("/nothing/here")

    assert (response.status_code, response.content) == (404, b"Not found.\n")
