"""The wholesaler's 1C posts, and the buyer's panel changes before the buyer's eyes."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from saleor_sandbox.buyer import Api, find_goods, place_order
from saleor_sandbox.demo import accounting
from saleor_sandbox.demo.accounts.figures import figures
from saleor_sandbox.demo.run import load_accounts
from saleor_sandbox.process import SandboxProcess, free_port
from saleor_sandbox.seed import people

from tests.conftest import lacking
from tests.end_to_end.deployments import Deployment

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("end_to_end")]

WAIT = 20_000
"""Milliseconds; far below the minute after which a panel asks by itself."""
BUYER = people.BUYERS[0].email


@dataclass(frozen=True)
class Demo:
    """The demo, with one order that the base may take."""

    url: str
    gross: Decimal
    debt: Decimal
    """Before anything was posted."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder: Path = tmp_path_factory.mktemp("accounting-page")
    app_port = free_port()
    with SandboxProcess(
        data_dir=folder / "sandbox", app_url=f"http://127.0.0.1:{app_port}"
    ) as sandbox:
        deployment = Deployment(sandbox, folder, app_port=app_port)
        with deployment:
            app_id = deployment.install()
            path = load_accounts(sandbox, deployment.app, folder / "accounts")
            accounting.connect(sandbox, deployment.app, app_id)
            api = Api(sandbox.api_url)
            token = api.sign_in(BUYER, people.PASSWORD)
            order = place_order(api, find_goods(api, "ua"), email=BUYER, token=token)
            api.close()
            yield Demo(
                url=sandbox.url,
                gross=Decimal(str(order.gross)).quantize(Decimal("0.01")),
                debt=_debt(path),
            )


def _debt(path: Path) -> Decimal:
    accounts = json.loads(path.read_text(encoding="utf-8"))
    company = next(one for one in accounts["counterparties"] if one["key"] == "zatyshok")
    (contract,) = company["contracts"]
    return figures(contract, today=dt.datetime.now(ZoneInfo("Europe/Kyiv")).date()).debt


@pytest.fixture
def browser() -> Iterator[BrowserContext]:
    """Debian's Chromium, or whichever is on the path."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if path is None:
        lacking("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield launched.new_context(locale="uk-UA")
        launched.close()


def _expect_debt(page: Page, amount: Decimal) -> None:
    whole, _, fraction = f"{amount:,.2f}".partition(".")
    pattern = re.compile(whole.replace(",", r"\s") + "," + fraction)
    panel = page.locator("b2b-debt-panel")
    expect(panel.get_by_text(pattern).first).to_be_visible(timeout=WAIT)


def _press(page: Page, name: str) -> None:
    """A button of the base's page, until the page has come back."""
    page.get_by_role("button", name=name).first.click()
    expect(page.get_by_role("status")).to_be_visible(timeout=WAIT)


def test_panel_changes_while_the_buyer_looks(demo: Demo, browser: BrowserContext) -> None:
    buyer, accountant = browser.new_page(), browser.new_page()
    buyer.goto(f"{demo.url}/shop/sign-in")
    buyer.get_by_role("button", name="Увійти як Олена").click()
    buyer.wait_for_url(f"{demo.url}/shop/")
    _expect_debt(buyer, demo.debt)
    accountant.goto(f"{demo.url}/shop/1c/")

    while not accountant.get_by_role("button", name="Провести накладну").count():
        # The app offers the order a moment after it was placed.
        _press(accountant, "Забрати замовлення")
    _press(accountant, "Провести накладну")
    _expect_debt(buyer, demo.debt + demo.gross)
    _press(accountant, "Провести оплату")
    _expect_debt(buyer, demo.debt)
    _press(accountant, "Скасувати проведення")
    _expect_debt(buyer, demo.debt + demo.gross)
