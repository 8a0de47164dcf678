"""Amounts and terms that are none are refused, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.parties.models import Contract
from tests.graphql.world import NOW, World, ask, kept, make_world, staff

pytestmark = pytest.mark.django_db

_ERRORS = "errors { field code }"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def _update(world: World, **given: Any) -> dict[str, Any]:
    return ask(
        f"""mutation($id: ID!, $input: B2BContractInput!) {{
          b2bContractUpdate(id: $id, input: $input) {{ contract {{ number }} {_ERRORS} }} }}""",
        {"id": world.ids()["contract"], "input": given},
        headers=staff(),
    )


@pytest.mark.parametrize(
    "limit",
    [
        "-1",
        "-0.01",
        "0.001",
        "1234.567",
        "999999999999999999",
        "1" * 18,
        "1" * 40,
        "1e30",
        "1E+400000000",
        "NaN",
        "-NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "",
        "сто",
        "١٢٣",
        "12,50",
        "1 000",
        "0x10",
        "0" * 100,
        1234.567,
        -1,
        10**18,
        0.1 + 0.2,
    ],
    ids=repr,
)
def test_a_credit_limit_that_is_no_amount_changes_nothing(world: World, limit: Any) -> None:
    before = kept()

    answer = _update(world, creditLimit=limit, termsDays=5)

    errors = [{"field": "creditLimit", "code": "INVALID_AMOUNT"}]
    assert answer == {"data": {"b2bContractUpdate": {"contract": None, "errors": errors}}}
    assert kept() == before


@pytest.mark.parametrize(
    ("currency", "limit", "minor"),
    [
        ("UAH", "0", 0),
        ("UAH", "0.00", 0),
        ("UAH", "-0", 0),
        ("UAH", "1234.50", 123_450),
        ("UAH", 1234.5, 123_450),
        ("UAH", 1234, 123_400),
        ("UAH", "1.5e3", 150_000),
        ("UAH", "12.3400", 1234),
        ("JPY", "1234", 1234),
        ("JPY", "1234.5", None),
        ("KWD", "1.234", 1234),
        ("KWD", "1.2345", None),
        ("UAH", None, None),
    ],
)
def test_a_credit_limit_is_exact(world: World, currency: str, limit: Any, minor: Any) -> None:
    Contract.objects.update(currency=currency)

    answer = _update(world, creditLimit=limit)

    refused = minor is None and limit is not None
    assert bool(answer["data"]["b2bContractUpdate"]["errors"]) is refused
    assert Contract.objects.get(pk=world.contract.pk).credit_limit == minor


@pytest.mark.parametrize("limit", [True, ["1"], {"amount": 1}])
def test_a_credit_limit_of_a_wrong_kind_is_no_query(world: World, limit: Any) -> None:
    before = kept()

    answer = _update(world, creditLimit=limit)

    assert "data" not in answer or answer["data"] is None
    assert "B2BDecimal" in answer["errors"][0]["message"]
    assert kept() == before


def _stages(*stages: tuple[Any, int]) -> dict[str, Any]:
    return {"stages": [{"percent": percent, "days": days} for percent, days in stages]}


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"termsDays": -1}, "terms", "INVALID_TERMS"),
        ({"termsDays": 99_999}, "terms", "INVALID_TERMS"),
        ({"terms": _stages()}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("30", 0))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("30", 0), ("71", 14))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("30", 14), ("70", 14))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("-30", 0), ("130", 14))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("NaN", 0))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("1e400", 0))}, "terms", "INVALID_TERMS"),
        ({"terms": _stages(("100", 14)), "termsDays": 14}, "terms", "INVALID"),
        ({"managerId": to_global_id("B2BManager", 10**17)}, "managerId", "NOT_FOUND"),
        ({"managerId": "garbage"}, "managerId", "NOT_FOUND"),
    ],
)
def test_other_values_that_a_contract_cannot_have_change_nothing(
    world: World, given: dict[str, Any], field: str, code: str
) -> None:
    before = kept()

    answer = _update(world, creditLimit="10", **given)

    errors = [{"field": field, "code": code}]
    assert answer == {"data": {"b2bContractUpdate": {"contract": None, "errors": errors}}}
    assert kept() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"paymentDays": -1}, "paymentDays"),
        ({"paymentDays": 100_000}, "paymentDays"),
        ({"staleAfterHours": 0}, "staleAfterHours"),
        ({"staleAfterHours": 2_000_000_000}, "staleAfterHours"),
    ],
)
def test_a_supplier_is_not_changed_to_nonsense(
    world: World, given: dict[str, Any], field: str
) -> None:
    before = kept()

    answer = ask(
        f"""mutation($id: ID!, $input: B2BSupplierInput!) {{
          b2bSupplierUpdate(id: $id, input: $input) {{ {_ERRORS} }} }}""",
        {"id": world.ids()["supplier"], "input": given},
        headers=staff(),
    )

    errors = [{"field": field, "code": "INVALID"}]
    assert answer == {"data": {"b2bSupplierUpdate": {"errors": errors}}}
    assert kept() == before
