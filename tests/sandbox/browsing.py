"""A visitor of the shop, and the app that stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import OLENA
from tests.sandbox.receivers import Receiver


@pytest.fixture(scope="module")
def docs_app() -> Iterator[Receiver]:
    """Stands for B2B Docs behind the shop."""
    receiver = Receiver("test.docs")
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.fixture(scope="module")
def shop(docs_app: Receiver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """A sandbox that knows where the app is, with tokens that must be renewed at each use."""
    process = SandboxProcess(
        data_dir=tmp_path_factory.mktemp("shop"),
        app_url=docs_app.url,
        env={"SANDBOX_ACCESS_TOKEN_SECONDS": "15"},
    )
    with process:
        yield process


class Browser:
    """A visitor with cookies, who fills in the forms of the pages."""

    def __init__(self, shop: SandboxProcess) -> None:
        self.http = httpx.Client(base_url=shop.url, follow_redirects=True, trust_env=False)
        self.page = self.get("/shop/")

    def get(self, path: str) -> str:
        self.answer = self.http.get(path)
        self.page = self.answer.text
        return self.page

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert token is not None
        self.answer = self.http.post(path, data={"csrfmiddlewaretoken": token[1], **fields})
        self.page = self.answer.text
        return self.page

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" (?:type="\w+" )?value="([^"]*)"', self.page)
        assert found is not None, name
        return found[1]

    def put_into_cart(self, name: str, quantity: int) -> None:
        card = next(card for card in self.page.split('<li class="card">') if name in card)
        variant = re.search(r'name="variant" value="([^"]+)"', card)
        assert variant is not None
        self.post("/shop/cart/put", variant=variant[1], quantity=str(quantity), add="1")


@pytest.fixture
def browser(shop: SandboxProcess) -> Iterator[Browser]:
    visitor = Browser(shop)
    yield visitor
    visitor.http.close()


def sign_in(browser: Browser, email: str = OLENA[0]) -> None:
    """As one of the ready-made buyers."""
    browser.get("/shop/sign-in")
    browser.post("/shop/sign-in", email=email, password="demo")


def checkout_form(browser: Browser) -> dict[str, str]:
    """What the page has filled in."""
    form = {"email": browser.field("email")}
    for side in ("billing", "shipping"):
        for name in ("companyName", "vatId", "firstName", "streetAddress1", "city", "postalCode"):
            form[f"{side}-{name}"] = browser.field(f"{side}-{name}")
        form[f"{side}-country"] = "UA"
    chosen = re.search(r'name="delivery" value="([^"]+)" checked', browser.page)
    assert chosen is not None
    return {**form, "delivery": chosen[1]}
