"""The shop: from signing in to the thank-you page, and the way to the app behind it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import jwt
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.browsing import Browser, checkout_form, sign_in
from tests.sandbox.browsing import browser as browser
from tests.sandbox.browsing import docs_app as docs_app
from tests.sandbox.browsing import shop as shop
from tests.sandbox.buying import OLENA, data
from tests.sandbox.receivers import Receiver


def test_buyer_orders_and_sees_the_element(browser: Browser, shop: SandboxProcess) -> None:
    sign_in(browser)
    browser.put_into_cart("Молоток слюсарний", 12)
    browser.get("/shop/checkout")
    form = checkout_form(browser)

    page = browser.post("/shop/checkout", place="1", **form)

    assert browser.answer.url.path == "/shop/checkout/complete"
    order_id = browser.answer.url.params["order"]
    element = re.search(r"<b2b-thank-you [^>]+>", page)
    assert element is not None
    assert f'order-id="{order_id}"' in element[0]
    assert 'endpoint="/shop/api/b2b-docs" lang="uk" viewer="customer"' in element[0]
    read = shop.call(
        """
        query($id: ID!) {
          order(id: $id) {
            userEmail
            languageCodeEnum
            billingAddress { companyName metafield(key: "vatId") }
            shippingAddress { streetAddress1 }
            total { gross { amount } }
          }
        }
        """,
        {"id": order_id},
    )
    assert data(read, "order") == {
        "userEmail": OLENA[0],
        "languageCodeEnum": "UK",
        "billingAddress": {
            "companyName": "ТОВ «Магазин Затишок»",
            "metafield": "384512326587",
        },
        "shippingAddress": {"streetAddress1": "вул. Семена Скляренка, 9, склад 4"},
        "total": {"gross": {"amount": 3468.0}},
    }
    assert order_id in browser.get("/shop/account/orders")


def test_guest_orders_with_a_typed_email(browser: Browser) -> None:
    browser.put_into_cart("Рулетка", 1)
    browser.get("/shop/checkout")
    form = checkout_form(browser)
    half = browser.post("/shop/checkout", place="1", **form)

    form |= {"email": "guest@example.com", "billing-companyName": "ФОП Гість"}
    for side in ("billing", "shipping"):
        form |= {f"{side}-streetAddress1": "вул. Нова, 5", f"{side}-city": "Одеса"}
    page = browser.post("/shop/checkout", place="1", **form)

    assert "This field is required." in half
    assert browser.answer.url.path == "/shop/checkout/complete"
    assert 'viewer="guest" guest-email="guest@example.com"' in page


def test_thank_you_page_of_another_browser_tells_no_email(
    browser: Browser, shop: SandboxProcess
) -> None:
    browser.put_into_cart("Рулетка", 1)
    browser.get("/shop/checkout")
    form = checkout_form(browser) | {"email": "secret@example.com"}
    for side in ("billing", "shipping"):
        form |= {f"{side}-streetAddress1": "вул. Нова, 5", f"{side}-city": "Одеса"}
    browser.post("/shop/checkout", place="1", **form)
    address = str(browser.answer.url)

    stranger = Browser(shop)

    assert "secret@example.com" not in stranger.get(address)
    stranger.http.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [("uk", "Каталог"), ("ru", "Все товары"), ("en", "Machinist&#x27;s hammer")],
)
def test_languages(browser: Browser, language: str, words: str) -> None:
    browser.post("/shop/choose", language=language, next="/shop/")

    assert words in browser.get("/shop/")
    assert f'<html lang="{language}">' in browser.page


def test_other_region_has_its_own_prices(browser: Browser) -> None:
    browser.post("/shop/choose", channel="eu", language="en", next="/shop/")

    assert "€5.35" in browser.get("/shop/")
    assert "excl. VAT" in browser.page


def test_redirects_stay_in_the_shop(browser: Browser) -> None:
    browser.http.follow_redirects = False

    browser.post("/shop/choose", language="en", next="https://evil.example/")

    assert browser.answer.headers["Location"] == "/shop/"


def ask(browser: Browser, origin: str | None) -> httpx.Response:
    headers = {"Content-Type": "application/json"} | ({"Origin": origin} if origin else {})
    return browser.http.post("/shop/api/b2b-docs", content=b'{"query": "{ x }"}', headers=headers)


def test_proxy_adds_the_buyers_fresh_token(
    browser: Browser, shop: SandboxProcess, docs_app: Receiver
) -> None:
    sign_in(browser)

    # The token lives 15 seconds and is renewed 20 before its end: at each use.
    answer = ask(browser, shop.url)

    assert answer.json() == {"data": {"answer": "from the app"}}
    assert answer.headers["Cache-Control"] == "no-store"
    headers, body = docs_app.questions[-1]
    assert json.loads(body) == {"query": "{ x }"}
    assert headers["Saleor-Api-Url"] == shop.api_url
    token = headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["email"], claims["type"]) == (OLENA[0], "access")
    assert "Cookie" not in headers


def test_proxy_passes_guests_on_without_a_token(
    browser: Browser, shop: SandboxProcess, docs_app: Receiver
) -> None:
    assert ask(browser, shop.url).status_code == 200

    headers, _ = docs_app.questions[-1]
    assert "Authorization" not in headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_proxy_turns_foreign_pages_away(
    browser: Browser, docs_app: Receiver, origin: str | None
) -> None:
    sign_in(browser)
    before = len(docs_app.questions)

    answer = ask(browser, origin)

    assert answer.status_code == 403
    assert len(docs_app.questions) == before


def test_proxy_refuses_long_questions(
    browser: Browser, shop: SandboxProcess, docs_app: Receiver
) -> None:
    before = len(docs_app.questions)

    answer = browser.http.post(
        "/shop/api/b2b-docs", content=b" " * 20_001, headers={"Origin": shop.url}
    )

    assert answer.status_code == 413
    assert len(docs_app.questions) == before


def test_forms_of_foreign_pages_are_refused(browser: Browser) -> None:
    answer = browser.http.post("/shop/cart/put", data={"variant": "x", "quantity": "1"})

    assert answer.status_code == 403


def test_manager_confirms_and_changes_quantity(browser: Browser, shop: SandboxProcess) -> None:
    sign_in(browser)
    browser.put_into_cart("Молоток слюсарний", 2)
    browser.get("/shop/checkout")
    browser.post("/shop/checkout", place="1", **checkout_form(browser))
    order_id = browser.answer.url.params["order"]
    read = "query($id: ID!) { order(id: $id) { status lines { id quantity } } }"
    line = data(shop.call(read, {"id": order_id}), "order")["lines"][0]["id"]
    browser.get("/shop/merchant/")

    browser.post("/shop/merchant/act", action="quantity", id=line, quantity="9")
    browser.post("/shop/merchant/act", action="confirm", id=order_id)
    page = browser.post("/shop/merchant/act", action="confirm", id=order_id)

    order = data(shop.call(read, {"id": order_id}), "order")
    assert (order["status"], order["lines"][0]["quantity"]) == ("UNFULFILLED", 9)
    assert "INVALID: Provided order id belongs to an order with status different" in page


def test_database_holds_no_app_token_in_clear(
    sandbox: SandboxProcess, app: Receiver, tmp_path: Path
) -> None:
    token = app.token.encode()

    for path in sandbox.data_dir.glob("*.sqlite3*"):
        assert token not in path.read_bytes()
