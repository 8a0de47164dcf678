from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from saleor_b2b_docs.documents.forms import render_html
from saleor_b2b_docs.documents.forms.context import InvoiceContext

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MakeInvoice = Callable[..., InvoiceContext]

pytestmark = pytest.mark.browser

_POLICY = "default-src 'none'; style-src 'nonce-n'; script-src 'nonce-n'; img-src data:"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have Chromium")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


def _open(browser: Browser, html: str, *, width: int) -> tuple[Page, list[str]]:
    """The page under its policy, and what the browser complained of."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=html,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": _POLICY},
        ),
    )
    page.goto("http://127.0.0.1:9/documents/1")
    return page, complaints


@pytest.mark.parametrize("profile", ["UA", "RU", "INT"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_page_fits_every_screen_under_a_strict_policy(
    browser: Browser, make_invoice: MakeInvoice, profile: str, width: int
) -> None:
    names = ("Кава мелена", "X" * 200, "<script>alert(1)</script>")
    html = render_html(
        make_invoice(profile, names=names, rates=("0.2", "0.07")), pdf_url="/1.pdf", nonce="n"
    )

    page, complaints = _open(browser, html, width=width)

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_print_button_prints(browser: Browser, make_invoice: MakeInvoice) -> None:
    html = render_html(make_invoice("INT"), pdf_url="/1.pdf", nonce="n")
    page, _ = _open(browser, html, width=1280)
    page.evaluate("window.printed = 0; window.print = () => { window.printed += 1; }; 0")

    page.get_by_role("button", name="Print").press("Enter")

    assert page.evaluate("window.printed") == 1
    page.close()
