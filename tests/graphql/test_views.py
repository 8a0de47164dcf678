from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import httpx
import pytest
import respx
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.graphql import limits
from saleor_b2b_docs.graphql.customer import order_documents
from saleor_b2b_docs.saleor.keys import REFETCH_AFTER
from tests.builders.logs import captured_log
from tests.builders.orders import order_global_id
from tests.builders.saleor import bearer, customer_token, make_installation, signing_key
from tests.builders.work import stored_rows

pytestmark = pytest.mark.django_db

ORDER_ID = order_global_id()
ORDER_DOCUMENTS = "query($id: ID!) { b2bOrderDocuments(orderId: $id) { state } }"
DOCUMENT = 'query { b2bDocument(id: "QjJCRG9jdW1lbnQ6MQ==") { number } }'
INTROSPECTION = "{ __schema { queryType { name } } }"
NOTHING = {"inbox": 0, "jobs": 0, "orders": 0, "documents": 0}


def post(content: object, *, token: str = "") -> Any:
    """The door's answer to a JSON body."""
    return Client().post(
        "/graphql/",
        json.dumps(content),
        content_type="application/json",
        headers=bearer(token) if token else {},
    )


def ask(query: str, *, token: str = "", **variables: object) -> Any:
    """The JSON of the answer to a query."""
    return post({"query": query, "variables": variables}, token=token).json()


def codes(answer: Any) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer["errors"]]


def test_an_answer_is_kept_by_nobody() -> None:
    response = post({"query": "{ __typename }"})

    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})
    assert response.headers["Cache-Control"] == "no-store"


def test_queries_in_a_get_are_refused() -> None:
    response = Client().get("/graphql/", {"query": "{ __typename }"})

    assert (response.status_code, response.content) == (405, b"")


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(method: str) -> None:
    assert Client().generic(method, "/graphql/", b"{}").status_code == 405


def test_a_batch_is_refused_whole() -> None:
    make_installation()
    query = {"query": ORDER_DOCUMENTS, "variables": {"id": ORDER_ID}}

    response = post([query] * 2, token=customer_token())

    assert response.status_code == 400
    assert stored_rows() == NOTHING


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"[]",
        b"7",
        b"null",
        b'"{ __typename }"',
        b"{}",
        b'{"query": 7}',
        b'{"query": "{ __typename }", "variables": []}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_query_is_refused(body: bytes) -> None:
    response = Client().generic("POST", "/graphql/", body, content_type="application/json")

    assert response.status_code == 400
    assert b'"data"' not in response.content


@pytest.mark.parametrize(
    "query",
    [
        "{ ... @defer { __typename } }",
        "{ b2bJournal { edges @stream(initialCount: 1) { cursor } } }",
        "subscription { __typename }",
    ],
)
def test_an_answer_comes_in_one_piece(query: str) -> None:
    answer = ask(query)

    assert answer["data"] is None
    assert len(answer["errors"]) == 1


def test_a_large_body_is_not_read(settings: Settings) -> None:
    settings.MAX_BODY_BYTES = 1000

    assert post({"query": "{ __typename }" + " " * 1000}).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "²"])
def test_an_odd_length_is_refused(length: str) -> None:
    response = Client(CONTENT_LENGTH=length).generic("POST", "/graphql/", b"")

    assert response.status_code == 413


def test_a_form_cannot_ask() -> None:
    """Nor can a page of another site, whose forms need no leave of the browser to post."""
    response = Client(enforce_csrf_checks=True).post(
        "/graphql/", {"query": "mutation { __typename }"}
    )

    assert response.status_code == 400


REFUSED = {
    "depth": '{ ... { __type(name: "Query") ' + "{ ...on __Type { ofType " * 11 + "{ name }"
    + " } }" * 11 + " } }",
    "aliases": "{ b2bDocument(id: 1) { "
    + " ".join(f"a{n}: number" for n in range(limits.MAX_ALIASES + 1))
    + " } }",
    "root fields": "{ "
    + " ".join(f"a{n}: __typename" for n in range(limits.MAX_ROOT_FIELDS + 1))
    + " }",
}  # fmt: skip


@pytest.mark.parametrize(("limit", "query"), REFUSED.items(), ids=REFUSED)
def test_a_query_beyond_the_limits_is_not_executed(limit: str, query: str) -> None:
    answer = ask(query)

    assert answer["data"] is None
    assert codes(answer) == ["QUERY_TOO_COMPLEX"]
    assert f"too complex: {limit} " in answer["errors"][0]["message"]


def test_a_mutation_beyond_the_limits_is_not_executed() -> None:
    make_installation()
    count = limits.MAX_ROOT_FIELDS + 1
    calls = " ".join(
        f"a{n}: b2bInvoiceRequest(orderId: $id) {{ errors {{ code }} }}" for n in range(count)
    )

    answer = ask(f"mutation($id: ID!) {{ {calls} }}", token=customer_token(), id=ORDER_ID)

    assert codes(answer) == ["QUERY_TOO_COMPLEX"]
    assert stored_rows() == NOTHING


def test_a_query_of_too_many_words_is_not_even_parsed() -> None:
    answer = ask("{ " + "__typename " * limits.MAX_TOKENS + "}")

    assert answer["data"] is None
    assert f"more than {limits.MAX_TOKENS} tokens" in answer["errors"][0]["message"]


def test_a_query_nested_beyond_the_parser_is_refused() -> None:
    answer = ask("{ a " * 600 + "}" * 600)

    assert answer["data"] is None
    assert len(answer["errors"]) == 1


def test_fragments_in_a_circle_are_refused() -> None:
    answer = ask("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a __typename }")

    assert answer["data"] is None
    assert "Cannot spread fragment" in answer["errors"][0]["message"]


def test_fragments_that_double_at_each_step_are_refused_at_once() -> None:
    steps = 150
    doubling = " ".join(
        f"fragment f{step} on Query {{ ...f{step + 1} ...f{step + 1} }}" for step in range(steps)
    )

    answer = ask(f"{{ ...f0 }} {doubling} fragment f{steps} on Query {{ __typename }}")

    assert set(codes(answer)) == {"QUERY_TOO_COMPLEX"}


@pytest.mark.parametrize(
    "token", ["forged", customer_token(key=signing_key("key-2"), claims={"type": "refresh"})]
)
@pytest.mark.parametrize(
    "query",
    [
        ORDER_DOCUMENTS,
        "query($id: ID!) { b2bDocument(id: $id) { number } }",
        "mutation($id: ID!) { b2bInvoiceRequest(orderId: $id) { errors { code } } }",
    ],
)
def test_who_brings_a_bad_token_is_not_answered_as_nobody(query: str, token: str) -> None:
    make_installation()
    global_id = "QjJCRG9jdW1lbnQ6N2QxYzdmMGEtNTJiNC00YTVlLTlmMGEtMGQ5YTJmMmY3YTEx"

    answer = ask(query, token=token, id=ORDER_ID if "orderId" in query else global_id)

    assert codes(answer) == ["UNAUTHENTICATED"]
    assert stored_rows() == NOTHING


def test_a_token_that_cannot_be_checked_now_is_answered_so() -> None:
    make_installation(jwks_fetched_at=timezone.now() - REFETCH_AFTER)
    with respx.mock() as saleor:
        saleor.get("https://shop.example/.well-known/jwks.json").mock(
            side_effect=httpx.ConnectTimeout("no answer")
        )

        answer = ask(ORDER_DOCUMENTS, token=customer_token(key=signing_key("key-2")), id=ORDER_ID)

    assert codes(answer) == ["UNAVAILABLE"]


def test_an_unexpected_error_tells_nothing_to_the_caller_and_all_to_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(order_documents, "visible_document", fail)
    global_id = "QjJCRG9jdW1lbnQ6N2QxYzdmMGEtNTJiNC00YTVlLTlmMGEtMGQ5YTJmMmY3YTEx"

    with captured_log() as log:
        answer = ask("query($id: ID!) { b2bDocument(id: $id) { number } }", id=global_id)

    assert answer["data"] == {"b2bDocument": None}
    [error] = answer["errors"]
    assert error["message"] == "Unexpected error."
    assert "secret" not in json.dumps(answer)
    assert "ZeroDivisionError" in log.getvalue()


def test_a_wrong_argument_is_explained() -> None:
    answer = ask("{ b2bOrderDocuments { state } }")

    assert "argument 'orderId' of type 'ID!' is required" in answer["errors"][0]["message"]


def test_the_schema_is_shown_where_the_setting_allows_it() -> None:
    assert ask(INTROSPECTION) == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


def test_production_hides_the_schema() -> None:
    queries = [
        INTROSPECTION,
        '{ __type(name: "Query") { name } }',
        "{ ...a } fragment a on Query { __schema { queryType { name } } }",
    ]
    script = (
        "import django; django.setup(); from saleor_b2b_docs.graphql.schema import schema\n"
        f"for query in {queries!r}:\n"
        "    result = schema.execute_sync(query)\n"
        "    assert result.data is None and 'introspection' in result.errors[0].message, result"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "saleor_b2b_docs.config.settings"}
    del environment["B2B_DOCS_INTROSPECTION"]  # of the tests' settings
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
