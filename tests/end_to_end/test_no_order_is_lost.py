"""Many orders at once, and crashes in the middle: each order has one invoice, once at Saleor."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from saleor_sandbox.buyer import Api, PlacedOrder, find_goods, place_order
from saleor_sandbox.process import SandboxProcess

from tests.end_to_end.deployments import Deployment
from tests.services import broker_url

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

ORDERS = 200
_BUYER = "olena@magazyn-zatyshok.example"


def place_orders(sandbox: SandboxProcess, count: int) -> list[PlacedOrder]:
    """That many orders of one buyer, eight at a time."""
    api = Api(sandbox.api_url)
    token = api.sign_in(_BUYER, "demo")
    goods = find_goods(api, "ua", quantity=1)
    with ThreadPoolExecutor(8) as pool:
        orders = list(
            pool.map(lambda _: place_order(api, goods, email=_BUYER, token=token), range(count))
        )
    api.close()
    return orders


def invoices_at_saleor(sandbox: SandboxProcess, orders: list[PlacedOrder]) -> list[list[str]]:
    """The invoice numbers that Saleor has for each order."""
    return [
        [invoice["number"] for invoice in _order(sandbox, order)["invoices"]] for order in orders
    ]


def wait_until_done(deployment: Deployment, count: int, *, seconds: float) -> dict[str, Any]:
    """The app's figures once everything is rendered and no job is left."""
    deadline = time.monotonic() + seconds
    figures: dict[str, Any] = {}
    while time.monotonic() < deadline:
        figures = deployment.figures()
        if figures["rendered"] == count and figures["left"] == 0:
            return figures
        time.sleep(1)
    raise AssertionError(f"not done within {seconds} s: {figures}")


def expected_numbers(count: int) -> list[str]:
    """The first numbers of the demo supplier's gapless series."""
    year = time.gmtime().tm_year % 100
    return [f"К-{year}/{number:05}" for number in range(1, count + 1)]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_200_concurrent_orders_have_200_consecutive_invoices(
    sandbox: SandboxProcess,
    tmp_path: Path,
    postgres_database: Callable[[], str],
    database: str,
) -> None:
    url = postgres_database() if database == "postgres" else ""
    with Deployment(sandbox, tmp_path, database_url=url) as deployment:
        deployment.install()

        orders = place_orders(sandbox, ORDERS)
        figures = wait_until_done(deployment, ORDERS, seconds=240)

    assert figures["numbers"] == expected_numbers(ORDERS)
    assert figures["orders"] == figures["revisions"] == ORDERS
    assert "parked" not in figures["jobs"]
    at_saleor = invoices_at_saleor(sandbox, orders)
    assert all(len(numbers) == 1 for numbers in at_saleor)
    assert sorted(number for (number,) in at_saleor) == expected_numbers(ORDERS)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_killed_server_and_workers_lose_nothing(
    sandbox: SandboxProcess,
    tmp_path: Path,
    postgres_database: Callable[[], str],
    database: str,
) -> None:
    url = postgres_database() if database == "postgres" else ""
    deployment = Deployment(sandbox, tmp_path, database_url=url)
    count = ORDERS // 4
    with ThreadPoolExecutor(1) as background, deployment:
        deployment.install()
        placing = background.submit(place_orders, sandbox, count)
        _wait_for_documents(deployment, 5)
        deployment.kill_worker()
        _wait_for_documents(deployment, 15)
        deployment.kill_app()

        deployment.start()
        orders = placing.result()
        figures = wait_until_done(deployment, count, seconds=240)

    assert figures["numbers"] == expected_numbers(count)
    assert figures["revisions"] == count
    at_saleor = invoices_at_saleor(sandbox, orders)
    assert sorted(number for numbers in at_saleor for number in numbers) == expected_numbers(count)


@pytest.mark.broker
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_killed_celery_workers_lose_nothing(
    sandbox: SandboxProcess,
    tmp_path: Path,
    postgres_database: Callable[[], str],
    scheme: str,
) -> None:
    deployment = Deployment(
        sandbox, tmp_path, database_url=postgres_database(), broker_url=broker_url(scheme)
    )
    count = ORDERS // 4
    with ThreadPoolExecutor(1) as background, deployment:
        deployment.install()
        placing = background.submit(place_orders, sandbox, count)
        _wait_for_documents(deployment, 5)
        deployment.kill_worker()
        time.sleep(1)

        deployment.start_worker()
        orders = placing.result()
        figures = wait_until_done(deployment, count, seconds=240)

    assert figures["numbers"] == expected_numbers(count)
    at_saleor = invoices_at_saleor(sandbox, orders)
    assert sorted(number for numbers in at_saleor for number in numbers) == expected_numbers(count)


def _wait_for_documents(deployment: Deployment, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if len(deployment.figures()["numbers"]) >= count:
            return
    raise AssertionError(f"no {count} documents within a minute")


def _order(sandbox: SandboxProcess, order: PlacedOrder) -> dict[str, Any]:
    answer: dict[str, Any] = sandbox.call(
        "query($id: ID!) { order(id: $id) { status invoices { number } } }", {"id": order.id}
    )["data"]["order"]
    return answer
