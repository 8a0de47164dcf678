"""The merchant's pages of companies, contracts and members."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from saleor_b2b_docs.parties.models import Contract, Counterparty, Match, Member, Supplier
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_group,
    make_manager,
    make_match,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, make_installation

pytestmark = pytest.mark.django_db

PAGES = (
    "alias",
    "contract",
    "counterparty",
    "group",
    "invitation",
    "manager",
    "match",
    "member",
    "supplier",
)


@pytest.fixture
def browser() -> Client:
    """Of a superuser."""
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))
    return client


@pytest.fixture
def supplier() -> Supplier:
    return make_supplier(make_installation())


@pytest.mark.parametrize("page", PAGES)
def test_every_list_and_form_opens(browser: Client, supplier: Supplier, page: str) -> None:
    # given
    installation = supplier.installation
    counterparty = make_counterparty(
        installation,
        alias="42",
        group=make_group(installation),
        manager=make_manager(installation),
    )
    make_contract(supplier, counterparty)
    make_member(counterparty)
    make_match(counterparty)

    # then
    assert browser.get(reverse(f"admin:parties_{page}_changelist"), {"q": "x"}).status_code == 200
    is_read_only = page in ("invitation", "match")
    added = browser.get(reverse(f"admin:parties_{page}_add"))
    assert added.status_code == (403 if is_read_only else 200)


def _contract_form(contract: Contract, terms: str) -> dict[str, object]:
    return {
        "supplier": contract.supplier_id,
        "counterparty": str(contract.counterparty_id),
        "number": contract.number,
        "currency": contract.currency,
        "coverage": contract.coverage,
        "terms": terms,
    }


def test_terms_that_date_nothing_are_refused(browser: Client, supplier: Supplier) -> None:
    contract = make_contract(supplier, make_counterparty(supplier.installation))
    page = reverse("admin:parties_contract_change", args=[contract.pk])

    refused = browser.post(page, _contract_form(contract, '{"days": 14}'))

    assert "terms need stages" in refused.content.decode()
    contract.refresh_from_db()
    assert contract.terms is None
    good = Terms.of_days(30).to_json()
    assert browser.post(page, _contract_form(contract, json.dumps(good))).status_code == 302
    contract.refresh_from_db()
    assert contract.terms == good


def test_a_counterparty_that_is_typed_in_is_from_now(browser: Client, supplier: Supplier) -> None:
    answer = browser.post(
        reverse("admin:parties_counterparty_add"),
        {"installation": supplier.installation_id, "name": "ТОВ «Нова»", "terms": "null"},
    )

    assert answer.status_code == 302
    made = Counterparty.objects.get()
    assert (made.name, made.terms) == ("ТОВ «Нова»", None)


def test_a_member_who_is_typed_in_brings_his_orders(browser: Client, supplier: Supplier) -> None:
    counterparty = make_counterparty(supplier.installation)
    asked = make_match(counterparty)

    answer = browser.post(
        reverse("admin:parties_member_add"),
        {"counterparty": str(counterparty.pk), "user_id": BUYER_ID, "role": "owner"},
    )

    assert answer.status_code == 302
    assert Member.objects.get().source == "staff"
    assert Job.objects.get().name == "orders.adopt_contracts"
    asked.refresh_from_db()
    assert asked.state == Match.State.LINKED


@pytest.mark.parametrize("many", [False, True])
def test_a_member_who_is_deleted_does_not_come_back(
    browser: Client, supplier: Supplier, many: bool
) -> None:
    member = make_member(make_counterparty(supplier.installation))

    if many:
        browser.post(
            reverse("admin:parties_member_changelist"),
            {"action": "delete_selected", "_selected_action": [member.pk], "post": "yes"},
        )
    else:
        browser.post(reverse("admin:parties_member_delete", args=[member.pk]), {"post": "yes"})

    assert not Member.objects.exists()
    match = Match.objects.get()
    assert (match.reason, match.state, match.resolved_by) == ("removed", "dismissed", "boss")
