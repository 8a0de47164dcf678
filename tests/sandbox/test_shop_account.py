"""The shop's pages around the account: who sees which element, and for whom an order is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from saleor_sandbox.process import SandboxProcess
from saleor_sandbox.seed import people

from tests.sandbox.browsing import Browser, checkout_form, sign_in
from tests.sandbox.browsing import browser as browser
from tests.sandbox.browsing import docs_app as docs_app
from tests.sandbox.browsing import shop as shop
from tests.sandbox.buying import STAFF, data
from tests.sandbox.receivers import Receiver

PETRO = "petro@levchenko-bud.example"


def _contract(key: str, company: str, **changes: object) -> dict[str, Any]:
    return {
        "id": key,
        "number": f"K-{key}",
        "currency": "UAH",
        "isClosed": False,
        "counterparty": {"name": company, "taxId": f"tax-{key}"},
        **changes,
    }


TWO = [
    _contract("1", "ТОВ «Левченко Буд»"),
    _contract("2", "ФОП Левченко Петро Олексійович"),
]


@pytest.fixture
def contracts(docs_app: Receiver) -> Iterator[list[dict[str, Any]]]:
    """What the app answers of the buyer's contracts; tests change it in place."""
    usual = docs_app.graphql_answer
    answer = list(TWO)
    docs_app.graphql_answer = json.dumps({"data": {"b2bContracts": answer}}).encode()
    yield answer
    docs_app.graphql_answer = usual


def _answer(docs_app: Receiver, answer: object) -> None:
    docs_app.graphql_answer = json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("page", "element"),
    [("documents", "b2b-journal"), ("payments", "b2b-payments"), ("balance", "b2b-balance")],
)
def test_account_page_is_an_element_of_the_apps(
    browser: Browser, docs_app: Receiver, page: str, element: str
) -> None:
    sign_in(browser)

    text = browser.get(f"/shop/account/{page}")

    assert f'<{element} endpoint="/shop/api/b2b-docs" lang="uk"></{element}>' in text
    assert f'src="{docs_app.url}/storefront/b2b-account.js"' in text


def test_balance_page_shows_the_contract_of_the_panel(browser: Browser) -> None:
    sign_in(browser)

    text = browser.get("/shop/account/balance?contract=QjJC%22%3E")

    assert '<b2b-balance endpoint="/shop/api/b2b-docs" lang="uk" contract-id="QjJC&quot;&gt;">' in (
        text
    )


@pytest.mark.parametrize("page", ["documents", "payments", "balance"])
def test_guest_signs_in_first(browser: Browser, page: str) -> None:
    browser.get(f"/shop/account/{page}")

    assert browser.answer.url.path == "/shop/sign-in"


@pytest.mark.parametrize("path", ["/shop/", "/shop/cart", "/shop/account/orders"])
def test_panel_is_on_every_page_of_a_buyer(browser: Browser, path: str) -> None:
    before = browser.get("/shop/")
    sign_in(browser)

    after = browser.get(path)

    assert "b2b-debt-panel" not in before
    assert (
        '<b2b-debt-panel endpoint="/shop/api/b2b-docs" lang="uk"'
        ' balance-url="/shop/account/balance"></b2b-debt-panel>' in after
    )


def test_panel_is_not_on_the_merchants_desk(browser: Browser) -> None:
    sign_in(browser)

    assert "<b2b-debt-panel" not in browser.get("/shop/merchant/")


@pytest.mark.parametrize(("language", "column"), [("uk", 0), ("ru", 1), ("en", 2)])
def test_sign_in_page_says_what_each_buyer_shows(
    browser: Browser, language: str, column: int
) -> None:
    browser.post("/shop/choose", language=language, next="/shop/")

    page = browser.get("/shop/sign-in").replace("&#x27;", "'")

    assert len(people.BUYERS) == 9
    for buyer in people.BUYERS:
        assert buyer.email in page
        assert buyer.shows[column] in page


def _private_metadata(shop: SandboxProcess, order_id: str) -> list[dict[str, str]]:
    answer = shop.call(
        "query($id: ID!) { order(id: $id) { privateMetadata { key value } } }",
        {"id": order_id},
        token=shop.sign_in(*STAFF),
    )
    pairs: list[dict[str, str]] = data(answer, "order")["privateMetadata"]
    return pairs


def _checkout(browser: Browser) -> None:
    sign_in(browser, PETRO)
    browser.put_into_cart("Рулетка", 1)
    browser.get("/shop/checkout")


def test_buyer_of_two_companies_chooses_and_the_order_knows(
    browser: Browser, shop: SandboxProcess, contracts: list[dict[str, Any]]
) -> None:
    _checkout(browser)
    offered = re.findall(r'<option value="([12])"( selected)?>([^<]+)<', browser.page)
    form = checkout_form(browser)

    browser.post("/shop/checkout", recalculate="1", contract="2", **form)
    form = checkout_form(browser)
    browser.post("/shop/checkout", place="1", contract="2", **form)

    assert offered == [
        ("1", " selected", "ТОВ «Левченко Буд» · договір № K-1"),
        ("2", "", "ФОП Левченко Петро Олексійович · договір № K-2"),
    ]
    assert (form["billing-companyName"], form["billing-vatId"]) == (
        "ФОП Левченко Петро Олексійович",
        "tax-2",
    )
    assert _private_metadata(shop, browser.answer.url.params["order"]) == [
        {"key": "b2b.contract", "value": "2"}
    ]


def test_buyer_who_chooses_nothing_orders_for_the_own_company(
    browser: Browser, shop: SandboxProcess, contracts: list[dict[str, Any]]
) -> None:
    _checkout(browser)

    browser.post("/shop/checkout", place="1", contract="1", **checkout_form(browser))

    assert _private_metadata(shop, browser.answer.url.params["order"]) == [
        {"key": "b2b.contract", "value": "1"}
    ]


def test_contract_that_was_not_offered_is_not_written(
    browser: Browser, shop: SandboxProcess, contracts: list[dict[str, Any]]
) -> None:
    _checkout(browser)

    browser.post("/shop/checkout", place="1", contract="99", **checkout_form(browser))

    assert _private_metadata(shop, browser.answer.url.params["order"]) == [
        {"key": "b2b.contract", "value": "1"}
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"b2bContracts": TWO[:1]}},
        {"data": {"b2bContracts": [TWO[0], _contract("2", "Інша", currency="EUR")]}},
        {"data": {"b2bContracts": [TWO[0], _contract("2", "Інша", isClosed=True)]}},
        {"data": None, "errors": [{"message": "no"}]},
        {"data": {"answer": "something else"}},
    ],
    ids=["one", "another currency", "closed", "an error", "another app"],
)
def test_where_there_is_no_choice_none_is_offered(
    browser: Browser, docs_app: Receiver, shop: SandboxProcess, answer: object
) -> None:
    usual = docs_app.graphql_answer
    _answer(docs_app, answer)

    _checkout(browser)
    page = browser.page
    browser.post("/shop/checkout", place="1", **checkout_form(browser))
    docs_app.graphql_answer = usual

    assert 'name="contract"' not in page
    assert _private_metadata(shop, browser.answer.url.params["order"]) == []
