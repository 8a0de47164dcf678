"""A company with debts at one shop, for tests of who may see and change what."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.onec.models import Base, Credential, Delivery, OrderExport, SetAside
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.members.services import invite
from saleor_b2b_docs.parties.models import (
    Contract,
    Counterparty,
    Invitation,
    Match,
    Member,
    Role,
    Supplier,
)
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.work.models import Job
from tests.builders.callers import (
    ACCOUNTANT_ID,
    ALL_PERMISSIONS,
    COLLEAGUE_ID,
    OTHER_OWNER_ID,
    make_two_installations,
)
from tests.builders.documents import issue_invoice
from tests.builders.orders import make_order
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_manager,
    make_member,
    make_supplier,
)
from tests.builders.saleor import API_URL, STAFF_ID, bearer, customer_token, staff_token
from tests.builders.settlements import make_payment, post_credit, post_debit

TODAY = dt.date(2026, 3, 20)
NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class World:
    """All there is, before anybody asked for anything."""

    installation: Installation
    supplier: Supplier
    company: Counterparty
    contract: Contract
    order: Order
    invoice: Document
    other_company: Counterparty
    match: Match
    accountant: Member
    key: Credential
    """A bearer key of an accounting base."""
    held: OrderExport
    """The order, on its way to that base."""
    secret: str
    """Of an invitation to the company, as a buyer."""

    def ids(self) -> dict[str, str]:
        """Global ids, by the names that the queries' variables have."""
        return {
            "contract": to_global_id("B2BContract", self.contract.pk),
            "company": to_global_id("B2BCounterparty", self.company.pk),
            "other_company": to_global_id("B2BCounterparty", self.other_company.pk),
            "document": to_global_id("B2BDocument", self.invoice.pk),
            "supplier": to_global_id("B2BSupplier", self.supplier.pk),
            "member": to_global_id("B2BMember", self.accountant.pk),
            "match": to_global_id("B2BMatch", self.match.pk),
            "key": to_global_id("B2BKey", self.key.pk),
            "held": to_global_id("B2BHeldOrder", self.held.pk),
            "order": self.order.saleor_id,
            "secret": self.secret,
        }


def make_world() -> World:
    """The buyer owns a company that owes 700.00 UAH of a waybill of 1000.00, of which 300.00 were
    paid; it was due ten days ago. Somebody else owns a company without a contract."""
    make_two_installations()
    installation = Installation.objects.get(api_url=API_URL)
    supplier = make_supplier(installation)
    company = make_counterparty(installation, manager=make_manager(installation))
    contract = make_contract(supplier, company)
    make_member(company)
    accountant = make_member(
        company, user_id=ACCOUNTANT_ID, role=Role.ACCOUNTANT, email="accountant@example.com"
    )
    make_member(company, user_id=COLLEAGUE_ID, role=Role.BUYER, email="colleague@example.com")
    other_company = make_counterparty(installation, name="ТОВ «Інша»", tax_id="11111111")
    make_member(other_company, user_id=OTHER_OWNER_ID, email="other@example.com")
    order = make_order(installation, supplier=supplier)
    order.contract = contract
    order.save()
    invoice = issue_invoice(order)
    waybill = post_debit(
        contract, 100_000, on=TODAY - dt.timedelta(days=24), number="В-1", reference="w1"
    )
    payment = post_credit(
        contract,
        30_000,
        on=TODAY - dt.timedelta(days=5),
        number="П-1",
        reference="p1",
        settles=[waybill],
    )
    make_payment(contract, 30_000, on=payment.effective_on, number="П-1", entry=payment)
    match = Match.objects.create(
        installation=installation,
        kind=Match.Kind.USER,
        user_id="VXNlcjo3Nw==",
        user_email="new@example.com",
        company="Затишок",
        tax_id=company.tax_id,
        counterparty=company,
        reason=Reason.TAX_ID,
        created_at=NOW,
    )
    manager = Viewer(
        ViewerKind.STAFF,
        installation_id=installation.pk,
        user_id=STAFF_ID,
        permissions=frozenset({"MANAGE_USERS"}),
    )
    _, secret = invite(manager, company.pk, email="", role=Role.BUYER, now=timezone.now())
    Job.objects.all().delete()
    key = _key(installation)
    return World(
        installation=installation,
        supplier=supplier,
        company=company,
        contract=contract,
        order=order,
        invoice=invoice,
        other_company=other_company,
        match=match,
        accountant=accountant,
        key=key,
        held=_held(order, key.base),
        secret=secret,
    )


def _key(installation: Installation) -> Credential:
    """Of a base that sent three waybills, one of which was no good."""
    base = Base.objects.create(installation=installation, code="1c", name="УНФ", created_at=NOW)
    delivery = Delivery.objects.create(
        base=base,
        channel=Delivery.Channel.EVENTS,
        external_id="m-1",
        content_hash="0" * 64,
        size=1,
        state=Delivery.State.APPLIED,
        summary={"facts": {"waybill": 3}, "new": 2, "refused": 1},
        received_at=NOW,
    )
    SetAside.objects.create(
        base=base,
        delivery=delivery,
        kind="waybill",
        key="W1",
        code="INVALID_EVENT",
        reason="gross: no amount",
        at=NOW,
    )
    return Credential.objects.create(
        base=base, kind=Credential.Kind.BEARER_KEY, name="Обмін", lookup="0" * 64, created_at=NOW
    )


def _held(order: Order, base: Base) -> OrderExport:
    return OrderExport.objects.create(
        base=base,
        order=order,
        state=OrderExport.State.HELD,
        reason="the base can't know the goods of these lines: COFFEE-250",
        changed_at=NOW,
    )


_KEPT: tuple[type[Model], ...] = (
    Base,
    Contract,
    Counterparty,
    Credential,
    Invitation,
    Job,
    Match,
    Member,
    OrderExport,
    Supplier,
)


def kept() -> dict[str, list[dict[str, Any]]]:
    """All that the API can change; equal before and after a refusal."""
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in _KEPT}


def ask(
    query: str, variables: Mapping[str, Any] | None = None, *, headers: Mapping[str, str]
) -> dict[str, Any]:
    """The answer to a query."""
    response = Client().post(
        "/graphql/",
        json.dumps({"query": query, "variables": dict(variables or {})}),
        content_type="application/json",
        headers=dict(headers),
    )
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def codes(answer: Mapping[str, Any]) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer.get("errors", ())]


def buyer() -> dict[str, str]:
    """The headers of the company's owner."""
    return bearer(customer_token())


def staff() -> dict[str, str]:
    """The headers of staff who may do everything."""
    return bearer(staff_token(app_permissions=ALL_PERMISSIONS, user_permissions=ALL_PERMISSIONS))
