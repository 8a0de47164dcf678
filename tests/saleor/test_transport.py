from __future__ import annotations

import datetime as dt
import json
import traceback

import httpx
import pytest
import respx
import structlog

from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.api.enums import WebhookEventTypeAsyncEnum
from saleor_b2b_docs.saleor.api.input_types import WebhookCreateInput
from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from tests.builders.saleor import API_URL, APP_TOKEN

IDENTITY = {"app": None, "shop": {"version": "3.23.1"}}


def ask() -> str:
    """Ask for the version, as any operation is asked."""
    with SaleorOperations(API_URL, APP_TOKEN, timeout=1.0) as saleor:
        return saleor.app_identity().shop.version


def test_an_operation_is_sent_with_the_apps_token_and_the_request_id(
    saleor: respx.MockRouter,
) -> None:
    route = saleor.post(API_URL).respond(json={"data": IDENTITY})

    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        assert ask() == "3.23.1"

    request = route.calls.last.request
    assert request.headers["Authorization"] == f"Bearer {APP_TOKEN}"
    assert request.headers["X-Request-ID"] == "request-1"
    assert json.loads(request.content)["operationName"] == "AppIdentity"


def test_times_in_variables_are_sent_as_iso_8601(saleor: respx.MockRouter) -> None:
    route = saleor.post(API_URL).respond(json={"data": {"orders": None}})

    with SaleorOperations(API_URL, APP_TOKEN, timeout=1.0) as client:
        client.orders_updated_since(
            updated_since=dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC), after=None
        )

    assert json.loads(route.calls.last.request.content)["variables"] == {
        "updatedSince": "2026-03-02T10:00:00+00:00",
        "after": None,
    }


def test_input_objects_are_sent_by_their_names_at_saleor(saleor: respx.MockRouter) -> None:
    route = saleor.post(API_URL).respond(
        json={"data": {"webhookCreate": {"webhook": {"id": "V2ViaG9vazox"}, "errors": []}}}
    )

    with SaleorOperations(API_URL, APP_TOKEN, timeout=1.0) as client:
        client.webhook_create(
            WebhookCreateInput(
                name="B2B Docs: order_created",
                targetUrl="https://docs.example/hook",
                asyncEvents=[WebhookEventTypeAsyncEnum.ORDER_CREATED],
            )
        )

    assert json.loads(route.calls.last.request.content)["variables"] == {
        "input": {
            "name": "B2B Docs: order_created",
            "targetUrl": "https://docs.example/hook",
            "asyncEvents": ["ORDER_CREATED"],
        }
    }


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout], ids=lambda e: e.__name__
)
def test_a_request_that_never_left_was_surely_not_carried_out(
    saleor: respx.MockRouter, error: type[httpx.TransportError]
) -> None:
    saleor.post(API_URL).mock(side_effect=error("no"))

    with pytest.raises(SaleorUnavailable):
        ask()


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError],
    ids=lambda e: e.__name__,
)
def test_a_lost_answer_leaves_it_uncertain(
    saleor: respx.MockRouter, error: type[httpx.TransportError]
) -> None:
    saleor.post(API_URL).mock(side_effect=error("lost"))

    with pytest.raises(SaleorUncertain):
        ask()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
@pytest.mark.parametrize(
    "body", ["", "<html>Bad Gateway</html>", '{"errors": [{"message": "no"}]}']
)
def test_the_answer_of_a_server_in_trouble_leaves_it_uncertain(
    saleor: respx.MockRouter, status: int, body: str
) -> None:
    saleor.post(API_URL).respond(status, text=body)

    with pytest.raises(SaleorUncertain) as failure:
        ask()

    assert failure.value.retry_after is None


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("86400", 3600), ("soon", None), ("-1", None), ("²", None)]
)
def test_a_busy_saleor_says_when_to_come_back(
    saleor: respx.MockRouter, header: str, seconds: int | None
) -> None:
    saleor.post(API_URL).respond(429, headers=[(b"Retry-After", header.encode("latin-1"))])

    with pytest.raises(SaleorUncertain) as failure:
        ask()

    assert failure.value.retry_after == (
        dt.timedelta(seconds=seconds) if seconds is not None else None
    )


@pytest.mark.parametrize("status", [200, 400, 403])
@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            {"message": "no", "extensions": {"exception": {"code": "PermissionDenied"}}},
            "PermissionDenied",
            "no",
        ),
        ({"message": "Syntax Error"}, "GRAPHQL_ERROR", "Syntax Error"),
        ({"message": "odd", "extensions": {"exception": "text"}}, "GRAPHQL_ERROR", "odd"),
        ({"extensions": None}, "GRAPHQL_ERROR", ""),
    ],
)
def test_a_refusal_carries_saleors_code(
    saleor: respx.MockRouter, status: int, error: dict[str, object], code: str, message: str
) -> None:
    saleor.post(API_URL).respond(status, json={"errors": [error], "data": None})

    with pytest.raises(SaleorRefused) as failure:
        ask()

    assert (failure.value.code, str(failure.value)) == (code, message)


@pytest.mark.parametrize("code", ["InternalServerError", "OperationalError", "InterfaceError"])
def test_an_error_of_saleors_own_is_no_refusal(saleor: respx.MockRouter, code: str) -> None:
    saleor.post(API_URL).respond(
        json={"errors": [{"message": "oh", "extensions": {"exception": {"code": code}}}]}
    )

    with pytest.raises(SaleorUncertain):
        ask()


def test_a_4xx_without_errors_is_a_refusal(saleor: respx.MockRouter) -> None:
    saleor.post(API_URL).respond(404, json={"detail": "no such page"})

    with pytest.raises(SaleorRefused) as failure:
        ask()

    assert failure.value.code == "HTTP_ERROR"


@pytest.mark.parametrize("status", [200, 301, 403])
@pytest.mark.parametrize("body", ["", "<html>Please log in</html>", '{"data": {'])
def test_what_is_not_json_leaves_it_uncertain(
    saleor: respx.MockRouter, status: int, body: str
) -> None:
    saleor.post(API_URL).respond(status, text=body)

    with pytest.raises(SaleorUncertain):
        ask()


@pytest.mark.parametrize(
    "body", ["{}", "[]", "null", '"ok"', '{"data": null}', '{"errors": "no", "data": null}']
)
def test_json_that_is_no_answer_leaves_it_uncertain(saleor: respx.MockRouter, body: str) -> None:
    saleor.post(API_URL).respond(200, text=body)

    with pytest.raises(SaleorUncertain):
        ask()


def test_a_redirect_is_not_followed_with_the_token(saleor: respx.MockRouter) -> None:
    saleor.post(API_URL).respond(307, headers={"Location": "https://elsewhere.example/graphql/"})
    elsewhere = saleor.route(host="elsewhere.example").respond(json={"data": IDENTITY})

    with pytest.raises(SaleorUncertain):
        ask()

    assert not elsewhere.called


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("lost"),
        httpx.Response(500, text="oh"),
        httpx.Response(200, text="<html>"),
        httpx.Response(403, json={"errors": [{"message": "no"}]}),
    ],
    ids=["refused", "lost", "500", "HTML", "403"],
)
def test_no_error_tells_the_token(
    saleor: respx.MockRouter, answer: httpx.Response | httpx.TransportError
) -> None:
    route = saleor.post(API_URL)
    if isinstance(answer, httpx.Response):
        route.return_value = answer
    else:
        route.side_effect = answer

    with pytest.raises((SaleorUnavailable, SaleorUncertain, SaleorRefused)) as failure:
        ask()

    assert APP_TOKEN not in "".join(traceback.format_exception(failure.value))
