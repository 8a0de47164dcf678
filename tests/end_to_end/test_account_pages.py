"""A buyer in a browser looks at the account: panel, Documents, Payments, Balance, two companies."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from saleor_sandbox.demo.accounts.figures import Figures, figures
from saleor_sandbox.demo.run import load_accounts
from saleor_sandbox.process import SandboxProcess, free_port

from tests.conftest import lacking
from tests.end_to_end.deployments import Deployment

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("end_to_end")]

WAIT = 30_000


@dataclass(frozen=True)
class Shop:
    """The demo: its shop's address and its accounts file."""

    url: str
    accounts: dict[str, Any]

    def contract(self, key: str) -> dict[str, Any]:
        """A contract of the file."""
        (found,) = (
            contract
            for company in self.accounts["counterparties"]
            for contract in company["contracts"]
            if contract["key"] == key
        )
        contract: dict[str, Any] = found
        return contract

    def figures(self, key: str) -> Figures:
        """What it comes to."""
        return figures(self.contract(key), today=dt.datetime.now(ZoneInfo("Europe/Kyiv")).date())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Sandbox and app with the demo's accounts; the tests add to them, and take nothing away."""
    folder: Path = tmp_path_factory.mktemp("account-pages")
    app_port = free_port()
    with SandboxProcess(
        data_dir=folder / "sandbox", app_url=f"http://127.0.0.1:{app_port}"
    ) as sandbox:
        deployment = Deployment(sandbox, folder, app_port=app_port)
        with deployment:
            deployment.install()
            path = load_accounts(sandbox, deployment.app, folder / "accounts")
            yield Shop(sandbox.shop_url, json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whichever is on the path."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if path is None:
        lacking("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield launched
        launched.close()


def signed_in(browser: Browser, shop: Shop, first_name: str) -> Page:
    """A page of a ready-made buyer, in a browser that nobody else uses."""
    page = browser.new_context(locale="uk-UA").new_page()
    page.goto(f"{shop.url}sign-in")
    page.get_by_role("button", name=f"Увійти як {first_name}").click()
    page.wait_for_url(shop.url)
    return page


def amount_pattern(amount: object) -> re.Pattern[str]:
    """12345.6 as `12 345,60`, whatever the space is."""
    whole, _, fraction = f"{amount:,.2f}".partition(".")
    return re.compile(whole.replace(",", r"\s") + "," + fraction)


def test_panel_on_every_page_says_what_the_file_comes_to(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Тарас")
    told = shop.figures("maister-dim-uah")

    for path in ("", "cart", "account/orders"):
        page.goto(f"{shop.url}{path}")
        panel = page.locator("b2b-debt-panel")
        expect(panel.get_by_text(amount_pattern(told.debt)).first).to_be_visible(timeout=WAIT)
        expect(panel.get_by_text(amount_pattern(told.overdue)).first).to_be_visible()


def test_panel_leads_to_the_balance_of_its_contract(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Петро")
    second = shop.contract("levchenko-fop-uah")
    told = shop.figures("levchenko-fop-uah")

    page.locator("b2b-debt-panel").get_by_role("link", name=amount_pattern(told.debt)).first.click(
        timeout=WAIT
    )

    page.wait_for_url("**/shop/account/balance?contract=**")
    balance = page.locator("b2b-balance")
    expect(balance.get_by_text(amount_pattern(told.debt)).first).to_be_visible(timeout=WAIT)
    expect(balance.locator("select option:checked")).to_contain_text(second["number"])


def test_documents_are_there_and_open(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Олена")
    newest = shop.contract("zatyshok-uah")["documents"][-1]

    page.goto(f"{shop.url}account/documents")
    link = page.locator("b2b-journal").get_by_role("link", name=newest["number"]).first
    expect(link).to_be_visible(timeout=WAIT)
    with page.context.expect_page() as opened:
        link.click()

    expect(opened.value.get_by_text(newest["number"]).first).to_be_visible(timeout=WAIT)
    expect(opened.value.get_by_text(newest["lines"][0]["name"]).first).to_be_visible()


def test_payments_say_which_is_not_posted_yet(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Олена")
    (announced,) = (
        payment
        for payment in shop.contract("zatyshok-uah")["payments"]
        if payment.get("provisional")
    )

    page.goto(f"{shop.url}account/payments")

    payments = page.locator("b2b-payments")
    expect(payments.get_by_text("Отримано, ще не проведено")).to_have_count(1, timeout=WAIT)
    expect(payments.get_by_text(announced["number"]).first).to_be_visible()


def test_a_colleague_without_the_right_sees_no_money(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Оксана")
    told = shop.figures("zatyshok-uah")

    page.goto(f"{shop.url}account/balance")

    expect(page.locator("b2b-balance").get_by_role("button")).to_be_visible(timeout=WAIT)
    assert page.get_by_text(amount_pattern(told.debt)).count() == 0
    expect(page.locator("b2b-debt-panel")).to_have_text("")


def test_an_order_belongs_to_the_company_that_was_chosen(browser: Browser, shop: Shop) -> None:
    page = signed_in(browser, shop, "Петро")
    second = shop.contract("levchenko-fop-uah")
    page.locator("button[name=add]").first.click()
    page.goto(f"{shop.url}checkout")
    choice = page.locator("select[name=contract]")
    label = next(
        text for text in choice.locator("option").all_text_contents() if second["number"] in text
    )

    with page.expect_navigation():
        choice.select_option(label=label)
    page.locator("button[name=place]").click()
    page.wait_for_url("**/checkout/complete**")
    thanks = page.locator("b2b-thank-you")
    expect(thanks.get_by_role("link", name="Відкрити")).to_be_visible(timeout=WAIT)

    page.goto(f"{shop.url}account/documents")
    invoice = page.locator("b2b-journal").get_by_role("link", name="К-").first
    expect(invoice).to_be_visible(timeout=WAIT)
    with page.context.expect_page() as opened:
        invoice.click()
    expect(opened.value.get_by_text("ФОП Левченко Петро Олексійович").first).to_be_visible(
        timeout=WAIT
    )
