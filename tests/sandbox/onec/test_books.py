from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.browsing import Browser
from tests.sandbox.onec.stub_app import SECRET, StubApp


@pytest.fixture
def app() -> Iterator[StubApp]:
    stub = StubApp()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def base(tmp_path_factory: pytest.TempPathFactory, app: StubApp) -> Iterator[SandboxProcess]:
    """A base of its own for each test, with keys for the stub."""
    with SandboxProcess(data_dir=tmp_path_factory.mktemp("base")) as process:
        _connect(process, app.url)
        yield process


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SandboxProcess, StubApp]]:
    """A base that has the order, for tests that change nothing."""
    app = StubApp()
    app.start()
    with SandboxProcess(data_dir=tmp_path_factory.mktemp("shared")) as process:
        _connect(process, app.url)
        process.accounting("take")
        app.asked.clear()
        yield process, app
    app.stop()


def _connect(base: SandboxProcess, app_url: str) -> None:
    base.accounting(
        "connect",
        appUrl=app_url,
        keyId="key-1",
        signingSecret=SECRET,
        username="ut",
        password="secret",
    )


def _order(base: SandboxProcess) -> dict[str, Any]:
    (order,) = base.accounting_books()["orders"]
    found: dict[str, Any] = order
    return found


def _events(app: StubApp) -> list[dict[str, Any]]:
    return [json.loads(asked.body)["events"][0] for asked in app.of("/api/1c/events")]


def test_base_without_keys_says_so(sandbox: SandboxProcess) -> None:
    with pytest.raises(RuntimeError, match="no keys yet"):
        sandbox.accounting("take")

    assert sandbox.accounting_books() == {"orders": [], "turns": []}


def test_accountants_day(base: SandboxProcess, app: StubApp) -> None:
    assert base.accounting("take") == {"count": 1}
    assert base.accounting("take") == {"count": 0}
    assert (_order(base)["number"], _order(base)["gross"]) == ("ТДЦУ-000001", "170.01")

    waybill = base.accounting("waybill", order="1001")
    first = base.accounting("payment", order="1001", amount="70.01")
    second = base.accounting("payment", order="1001")

    assert [paper["number"] for paper in (waybill, first, second)] == [
        "ТДЦУ-000001",
        "ТДЦУ-000001",
        "ТДЦУ-000002",
    ]
    shipped, *paid = _events(app)
    assert (shipped["type"], shipped["gross"]) == ("waybill", "170.01")
    assert [line["gross"] for line in shipped["lines"]] == ["113.34", "56.67"]
    assert [(event["amount"], event["settles"]) for event in paid] == [
        ("70.01", [{"key": waybill["key"]}]),
        ("100.00", [{"key": waybill["key"]}]),
    ]


@pytest.mark.parametrize("amount", ["0", "-1", "170.02", "0.001", "NaN", "x"])
def test_impossible_payment_is_refused(shared: tuple[SandboxProcess, StubApp], amount: str) -> None:
    base, app = shared

    with pytest.raises(RuntimeError):
        base.accounting("payment", order="1001", amount=amount)

    assert _order(base)["papers"] == []
    assert _events(app) == []


def test_order_is_shipped_once_at_a_time(base: SandboxProcess, app: StubApp) -> None:
    base.accounting("take")
    first = base.accounting("waybill", order="1001")
    with pytest.raises(RuntimeError, match="shipped already"):
        base.accounting("waybill", order="1001")

    base.accounting("unpost", paper=first["key"])
    base.accounting("waybill", order="1001")
    with pytest.raises(RuntimeError, match="shipped already"):
        base.accounting("post", paper=first["key"])

    assert [event["type"] for event in _events(app)] == ["waybill", "unposting", "waybill"]
    assert [paper["isPosted"] for paper in _order(base)["papers"]] == [False, True]


def test_repeat_sends_the_very_same_message(base: SandboxProcess, app: StubApp) -> None:
    base.accounting("take")
    waybill = base.accounting("waybill", order="1001")

    base.accounting("repeat", paper=waybill["key"])

    first, second = app.of("/api/1c/events")
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_untold_paper_stands_and_is_told_later(base: SandboxProcess, app: StubApp) -> None:
    base.accounting("take")
    app.fails = 1
    with pytest.raises(RuntimeError, match="503"):
        base.accounting("waybill", order="1001")
    (paper,) = _order(base)["papers"]
    assert (paper["isPosted"], paper["isTold"]) == (True, False)

    base.accounting("repeat", paper=paper["key"])

    (paper,) = _order(base)["papers"]
    assert paper["isTold"] is True
    first, second = app.of("/api/1c/events")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_order_is_acknowledged_after_it_is_kept(base: SandboxProcess, app: StubApp) -> None:
    base.accounting("take")
    app.is_acknowledged = False

    base.accounting("take")

    assert len(base.accounting_books()["orders"]) == 1
    assert [asked.path for asked in app.asked].index("/api/1c/requests/page/ack") == 1


def test_papers_and_turns_outlive_a_restart(base: SandboxProcess, app: StubApp) -> None:
    base.accounting("take")
    base.accounting("waybill", order="1001")
    before = base.accounting_books()

    base.kill()
    base.start()

    assert base.accounting_books() == before


@pytest.mark.parametrize(
    ("operation", "given"),
    [("dance", {}), ("waybill", {"order": "7"}), ("waybill", {}), ("unpost", {"paper": "x"})],
)
def test_nonsense_is_refused(
    shared: tuple[SandboxProcess, StubApp], operation: str, given: dict[str, str]
) -> None:
    base, app = shared
    answer = httpx.post(f"{base.url}/sandbox/1c/{operation}", json=given, trust_env=False)

    assert answer.status_code == 400
    assert app.asked == []


def test_page_does_what_its_buttons_say(base: SandboxProcess, app: StubApp) -> None:
    browser = Browser(base)
    browser.post("/shop/choose", language="en", next="/shop/")
    assert "There are no orders in the base yet" in browser.get("/shop/1c/")

    browser.post("/shop/1c/act", action="take")
    assert "Orders taken: 1." in browser.page
    browser.post("/shop/1c/act", action="waybill", order=browser.field("order"))
    assert "data-posted" in browser.page
    assert "data-posted" not in browser.get("/shop/1c/")
    browser.post("/shop/1c/act", action="payment", order=browser.field("order"), amount="70,01")
    key = browser.field("paper")
    browser.post("/shop/1c/act", action="unpost", paper=key)
    browser.post("/shop/1c/act", action="repeat", paper=key)
    browser.http.close()

    assert [event["type"] for event in _events(app)] == [
        "waybill",
        "payment",
        "unposting",
        "unposting",
    ]
    assert "Post again" in browser.page
    assert "170.01" in browser.page


@pytest.mark.parametrize(
    ("language", "title"),
    [("uk", "1С гуртівні"), ("ru", "1С оптовика"), ("en", "The wholesaler&#x27;s 1C")],
)
def test_page_speaks_the_shops_languages(
    shared: tuple[SandboxProcess, StubApp], language: str, title: str
) -> None:
    browser = Browser(shared[0])
    browser.post("/shop/choose", language=language, next="/shop/1c/")
    browser.http.close()

    assert re.search(rf"<h1>{title}</h1>", browser.page)
    assert "<b2b-debt-panel" not in browser.page
    assert SECRET not in browser.page
