"""A buyer in a browser: signs in, orders, and holds the PDF, without reloading the page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader
from saleor_sandbox.process import SandboxProcess, free_port

from tests.conftest import lacking
from tests.end_to_end.deployments import Deployment

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("end_to_end")]


@pytest.fixture
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


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    """Shop and app that know each other's addresses."""
    app_port = free_port()
    with SandboxProcess(
        data_dir=tmp_path / "sandbox", app_url=f"http://127.0.0.1:{app_port}"
    ) as sandbox:
        running = Deployment(sandbox, tmp_path, app_port=app_port)
        with running:
            running.install()
            yield running


def order_as(page: Page, shop_url: str, button: str) -> None:
    """Sign in as a ready-made buyer, put something into the cart, and order it."""
    page.goto(f"{shop_url}sign-in")
    page.get_by_role("button", name=button).click()
    page.goto(shop_url)
    page.locator("button[name=add]").first.click()
    page.goto(f"{shop_url}checkout")
    page.locator("main button").last.click()
    page.wait_for_url("**/checkout/complete**")


def test_invoice_appears_and_is_downloaded(browser: Browser, deployment: Deployment) -> None:
    page = browser.new_page(locale="uk-UA")
    order_as(page, deployment.sandbox.shop_url, "Олена")

    element = page.locator("b2b-thank-you")
    expect(element.get_by_text("К-").first).to_be_visible(timeout=30_000)
    with page.expect_download() as waiting:
        element.get_by_role("link", name="Завантажити").click()

    text = PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages[0].extract_text()
    (number,) = deployment.figures()["numbers"]
    assert number in text
    assert "Магазин Затишок" in text


def test_address_of_the_document_asks_a_stranger_who_is_there(
    browser: Browser, deployment: Deployment
) -> None:
    page = browser.new_page(locale="uk-UA")
    order_as(page, deployment.sandbox.shop_url, "Олена")
    link = page.locator("b2b-thank-you").get_by_role("link", name="Відкрити")
    expect(link).to_be_visible(timeout=30_000)
    address = str(link.get_attribute("href")).partition("?")[0]

    stranger = browser.new_page(locale="ru-RU")
    stranger.goto(address)

    expect(stranger.get_by_role("heading")).to_have_text("Этот документ видит только покупатель")
    stranger.get_by_label("Номер заказа").fill("1")
    stranger.get_by_label("Электронная почта").fill("olena@magazyn-zatyshok.example")
    stranger.get_by_role("button", name="Открыть документ").click()
    # The buyer has an account, so number and e-mail, which Saleor shows to anybody, don't do.
    expect(stranger.get_by_role("alert")).to_be_visible()
