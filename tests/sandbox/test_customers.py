"""Customers, as staff change them."""

from __future__ import annotations

import time

import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import OLENA, data
from tests.sandbox.receivers import Receiver


@pytest.fixture
def customer(sandbox: SandboxProcess, staff: str) -> str:
    """A new customer's id."""
    created = sandbox.call(
        """
        mutation($input: UserCreateInput!) {
          customerCreate(input: $input) { user { id } errors { code } }
        }
        """,
        {"input": {"email": f"new-{time.time_ns()}@example.com", "firstName": "Нова"}},
        token=staff,
    )
    customer_id: str = data(created, "customerCreate")["user"]["id"]
    return customer_id


def test_update_is_told(sandbox: SandboxProcess, app: Receiver, staff: str, customer: str) -> None:
    sandbox.call(
        """
        mutation($id: ID!) {
          customerUpdate(id: $id, input: { isActive: false }) { errors { code } }
        }
        """,
        {"id": customer},
        token=staff,
    )

    told = app.wait_for(lambda it: it.event == "customer_updated" and it.is_about(customer))[0]
    assert told.payload["user"]["isActive"] is False


def test_metadata_alone_is_no_update(
    sandbox: SandboxProcess, app: Receiver, staff: str, customer: str
) -> None:
    sandbox.call(
        """
        mutation($id: ID!) {
          updatePrivateMetadata(id: $id, input: [{ key: "debt", value: "5" }]) {
            errors { code }
          }
        }
        """,
        {"id": customer},
        token=staff,
    )

    time.sleep(0.5)
    assert not [it for it in app.deliveries if it.is_about(customer)]


def test_deletion_still_tells_who_it_was(
    sandbox: SandboxProcess, app: Receiver, staff: str, customer: str
) -> None:
    delete = "mutation($id: ID!) { customerDelete(id: $id) { errors { code } } }"

    first = sandbox.call(delete, {"id": customer}, token=staff)
    second = sandbox.call(delete, {"id": customer}, token=staff)

    told = app.wait_for(lambda it: it.event == "customer_deleted" and it.is_about(customer))[0]
    assert told.payload["user"]["email"].startswith("new-")
    assert data(first, "customerDelete")["errors"] == []
    assert data(second, "customerDelete")["errors"] == [{"code": "NOT_FOUND"}]


def test_email_is_unique(sandbox: SandboxProcess, staff: str) -> None:
    answer = sandbox.call(
        """
        mutation($input: UserCreateInput!) {
          customerCreate(input: $input) { user { id } errors { field code } }
        }
        """,
        {"input": {"email": OLENA[0].title()}},
        token=staff,
    )

    assert data(answer, "customerCreate") == {
        "user": None,
        "errors": [{"field": "email", "code": "UNIQUE"}],
    }


_IDENTITY = """
    query($id: ID!) {
      user(id: $id) { isConfirmed externalReference privateMetadata { key value } }
      shop { enableAccountConfirmationByEmail }
    }
"""


def test_who_a_customer_is_is_shown_to_staff(
    sandbox: SandboxProcess, staff: str, customer: str
) -> None:
    sandbox.call(
        """
        mutation($id: ID!, $input: CustomerInput!) {
          customerUpdate(id: $id, input: $input) { errors { code } }
        }
        """,
        {
            "id": customer,
            "input": {
                "isConfirmed": False,
                "externalReference": customer,
                "privateMetadata": [{"key": "b2b.role", "value": "buyer"}],
            },
        },
        token=staff,
    )

    answer = sandbox.call(_IDENTITY, {"id": customer}, token=staff)

    assert answer["data"] == {
        "user": {
            "isConfirmed": False,
            "externalReference": customer,
            "privateMetadata": [{"key": "b2b.role", "value": "buyer"}],
        },
        "shop": {"enableAccountConfirmationByEmail": True},
    }


def test_who_a_customer_is_is_shown_to_nobody_else(sandbox: SandboxProcess, customer: str) -> None:
    answer = sandbox.call(_IDENTITY, {"id": customer})

    assert answer["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"
    assert answer["data"]["user"] is None
