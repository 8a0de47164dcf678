"""What is refused, with the status and the words of Saleor."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import ANNA, OLENA, act, data, place
from tests.sandbox.receivers import Receiver


def post(sandbox: SandboxProcess, content: bytes) -> httpx.Response:
    return httpx.post(
        sandbox.api_url,
        content=content,
        headers={"Content-Type": "application/json"},
        trust_env=False,
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "Unable to parse query."),
        (b"{}", "Must provide a query string."),
        (b'{"query": "{ nope }"}', "Cannot query field 'nope' on type 'Query'."),
        (b'{"query": "{ shop { name }"}', "Syntax Error: Expected Name, found <EOF>."),
        (
            b'{"query": "query($id: ID!) { order(id: $id) { id } }"}',
            "Variable '$id' of required type 'ID!' was not provided.",
        ),
    ],
)
def test_bad_request_is_400_without_data(
    sandbox: SandboxProcess, content: bytes, message: str
) -> None:
    answer = post(sandbox, content)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"] == message
    assert "data" not in answer.json()


def test_get_is_not_allowed(sandbox: SandboxProcess) -> None:
    assert httpx.get(sandbox.api_url, trust_env=False).status_code == 405


def test_list_of_operations_is_answered_in_order(sandbox: SandboxProcess) -> None:
    answer = post(sandbox, b'[{"query": "{ shop { id } }"}, {"query": "{ me { id } }"}]')

    assert [list(entry["data"]) for entry in answer.json()] == [["shop"], ["me"]]


MUTATIONS = (
    ("orderConfirm", "id"),
    ("orderCancel", "id"),
    ("orderMarkAsPaid", "id"),
    ("invoiceRequest", "orderId"),
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda entry: str(entry[0]))
@pytest.mark.parametrize("caller", ["anonymous", "the buyer", "another buyer"])
def test_only_staff_and_apps_change_orders(
    sandbox: SandboxProcess, mutation: tuple[str, str], caller: str
) -> None:
    owner = sandbox.sign_in(*OLENA)
    order_id = place(sandbox, token=owner)
    tokens = {"anonymous": None, "the buyer": owner, "another buyer": sandbox.sign_in(*ANNA)}
    name, argument = mutation

    answer = sandbox.call(
        f"mutation($id: ID!) {{ {name}({argument}: $id) {{ errors {{ code }} }} }}",
        {"id": order_id},
        token=tokens[caller],
    )

    assert answer["data"] == {name: None}
    assert answer["errors"][0]["message"] == (
        "To access this path, you need one of the following permissions: MANAGE_ORDERS"
    )
    assert answer["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}
    read = sandbox.call(
        "query($id: ID!) { order(id: $id) { status invoices { id } } }", {"id": order_id}
    )
    assert data(read, "order") == {"status": "UNCONFIRMED", "invoices": []}


def test_app_without_permission_is_refused(
    sandbox: SandboxProcess, receiver: Receiver, staff: str
) -> None:
    receiver.changes = {"permissions": ["MANAGE_PRODUCTS"]}
    app_id = sandbox.install(receiver.manifest_url)
    order_id = place(sandbox)

    answer = sandbox.call(
        "mutation($id: ID!) { orderConfirm(id: $id) { errors { code } } }",
        {"id": order_id},
        token=receiver.token,
    )

    assert answer["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}
    act(sandbox, "appDelete", app_id, token=staff)


def test_order_is_public_but_for_user_and_private_metadata(
    sandbox: SandboxProcess, staff: str
) -> None:
    order_id = place(sandbox, token=sandbox.sign_in(*OLENA))
    act(sandbox, "orderConfirm", order_id, token=staff)
    sandbox.call(
        """
        mutation($id: ID!) {
          invoiceCreate(orderId: $id, input: { number: "1", url: "https://shop.example/1" }) {
            errors { code }
          }
        }
        """,
        {"id": order_id},
        token=staff,
    )

    public = sandbox.call(
        """
        query($id: ID!) {
          order(id: $id) {
            userEmail
            billingAddress { companyName }
            invoices { number url }
          }
        }
        """,
        {"id": order_id},
    )
    user = sandbox.call("query($id: ID!) { order(id: $id) { user { id } } }", {"id": order_id})
    private = sandbox.call(
        "query($id: ID!) { order(id: $id) { privateMetadata { key } } }", {"id": order_id}
    )

    assert data(public, "order")["invoices"] == [{"number": "1", "url": "https://shop.example/1"}]
    assert data(public, "order")["userEmail"]
    assert user["data"] == {"order": {"user": None}}
    assert user["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}
    assert private["data"] == {"order": None}


def test_version_is_for_staff_and_apps(sandbox: SandboxProcess, staff: str) -> None:
    public = sandbox.call("query { shop { name version } }")
    known = sandbox.call("query { shop { version } }", token=staff)

    assert public["data"] is None
    assert public["errors"][0]["path"] == ["shop", "version"]
    assert data(known, "shop")["version"].startswith("3.23.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "You must provide a `first` or `last` value to properly paginate the `orders`"),
        ("(first: 101)", "Requesting 101 records on the `orders` connection exceeds"),
        ('(first: 1, after: "nonsense")', "Received cursor is invalid."),
    ],
)
def test_pages_are_bounded(
    sandbox: SandboxProcess, staff: str, arguments: str, message: str
) -> None:
    answer = sandbox.call(
        f"query {{ orders{arguments} {{ edges {{ node {{ id }} }} }} }}", token=staff
    )

    assert answer["data"] == {"orders": None}
    assert answer["errors"][0]["message"].startswith(message)


@pytest.mark.parametrize(
    ("order_id", "code", "message"),
    [
        ("T3JkZXI6MQ==", "NOT_FOUND", "Couldn't resolve to a node: T3JkZXI6MQ=="),
        (
            "VXNlcjox",
            "GRAPHQL_ERROR",
            "Invalid ID: VXNlcjox. Expected: Order, received: User.",
        ),
    ],
)
def test_unknown_ids(
    sandbox: SandboxProcess, staff: str, order_id: str, code: str, message: str
) -> None:
    answer = sandbox.call(
        "mutation($id: ID!) { orderConfirm(id: $id) { errors { field code message } } }",
        {"id": order_id},
        token=staff,
    )

    assert data(answer, "orderConfirm")["errors"] == [
        {"field": "id", "code": code, "message": message}
    ]


def test_customer_writes_own_public_metadata_only(sandbox: SandboxProcess) -> None:
    token = sandbox.sign_in(*OLENA)
    me = data(sandbox.call("query { me { id } }", token=token), "me")["id"]
    write = """
    mutation($id: ID!) {
      %s(id: $id, input: [{ key: "debt", value: "0" }]) { errors { code } }
    }
    """

    public: dict[str, Any] = sandbox.call(write % "updateMetadata", {"id": me}, token=token)
    private = sandbox.call(write % "updatePrivateMetadata", {"id": me}, token=token)

    assert data(public, "updateMetadata")["errors"] == []
    assert private["errors"][0]["extensions"] == {"exception": {"code": "PermissionDenied"}}
