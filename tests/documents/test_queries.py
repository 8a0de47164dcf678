"""Which documents each viewer sees."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.documents.queries import (
    documents_of,
    papers_of,
    visible_document,
    visible_documents,
)
from saleor_b2b_docs.parties.models import Contract, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.documents import issue_invoice, make_received, receive_paper
from tests.builders.orders import make_order
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import (
    BUYER_ID,
    OTHER_API_URL,
    OTHER_APP_ID,
    OTHER_BUYER_ID,
    make_installation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    return make_contract(make_supplier(installation), make_counterparty(installation))


def _customer(contract: Contract, user_id: str = BUYER_ID) -> Viewer:
    return Viewer(ViewerKind.CUSTOMER, contract.supplier.installation_id, user_id)


def _staff(installation_id: int, *permissions: str) -> Viewer:
    return Viewer(ViewerKind.STAFF, installation_id, "VXNlcjo5", frozenset(permissions))


def _numbers(viewer: Viewer) -> set[str]:
    return {document.number for document in visible_documents(viewer)}


def _fill(contract: Contract) -> None:
    """An invoice and a waybill of the buyer's order, another's order, a paper without orders."""
    installation = contract.supplier.installation
    for number, user_id in (("own", BUYER_ID), ("other", OTHER_BUYER_ID)):
        order = make_order(installation, supplier=contract.supplier, number=number, user_id=user_id)
        order.contract = contract
        order.save()
        issue_invoice(order)
        receive_paper(
            make_received(
                contract,
                key=number,
                number=f"waybill of {number}",
                orders=[(order.saleor_id, None), ("T3JkZXI6eA==", None)],
            )
        )
    receive_paper(make_received(contract, key="none", number="of no order"))


_ALL = {"own", "other", "waybill of own", "waybill of other", "of no order"}


@pytest.mark.parametrize(
    ("role", "numbers"),
    [
        (Role.OWNER, _ALL),
        (Role.ACCOUNTANT, _ALL),
        (Role.BUYER, {"own", "waybill of own"}),
        (None, {"own", "waybill of own"}),
    ],
)
def test_a_member_sees_what_his_role_sees(
    contract: Contract, role: Role | None, numbers: set[str]
) -> None:
    # given
    _fill(contract)
    if role:
        make_member(contract.counterparty, role=role)

    # when / then
    assert _numbers(_customer(contract)) == numbers


def test_another_counterparty_s_owner_sees_none_of_it(contract: Contract) -> None:
    # given
    _fill(contract)
    stranger = make_counterparty(contract.supplier.installation)
    make_member(stranger, user_id="VXNlcjoz")

    # when / then
    assert _numbers(_customer(contract, "VXNlcjoz")) == set()
    for document in Document.objects.all():
        assert visible_document(_customer(contract, "VXNlcjoz"), document.pk) is None


def test_staff_see_their_installation_if_they_may(contract: Contract) -> None:
    # given
    _fill(contract)
    other = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)
    here = contract.supplier.installation_id

    # when / then
    assert _numbers(_staff(here, "MANAGE_ORDERS")) == _ALL
    assert _numbers(_staff(here)) == set()
    assert _numbers(_staff(here, "MANAGE_USERS")) == set()
    assert _numbers(_staff(other.pk, "MANAGE_ORDERS")) == set()
    assert _numbers(ANONYMOUS) == set()


def test_the_same_user_id_at_another_shop_is_somebody_else(contract: Contract) -> None:
    # given
    _fill(contract)
    make_member(contract.counterparty)
    other = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)

    # when / then
    assert _numbers(Viewer(ViewerKind.CUSTOMER, other.pk, BUYER_ID)) == set()


def test_an_order_s_papers_are_ours_and_the_received_without_the_twin(contract: Contract) -> None:
    # given
    order = make_order(contract.supplier.installation, supplier=contract.supplier)
    ours = issue_invoice(order)
    orders = [(order.saleor_id, None)]
    receive_paper(make_received(contract, key="1", kind=DocumentKind.INVOICE, orders=orders))
    waybill = receive_paper(make_received(contract, key="2", orders=orders))

    # when / then
    assert documents_of(order) == [ours]
    assert set(papers_of(order)) == {ours, waybill}


@pytest.mark.parametrize("count", [1, 12])
def test_what_lists_show_costs_the_same_for_any_number(contract: Contract, count: int) -> None:
    # given
    make_member(contract.counterparty)
    for number in range(count):
        order = make_order(
            contract.supplier.installation, supplier=contract.supplier, number=f"{number}"
        )
        order.contract = contract
        order.save()
        issue_invoice(order)

    # when
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for document in visible_documents(_customer(contract)):
            assert document.contract
            assert document.contract.counterparty.name
            assert [link.order.number for link in document.order_links.all()]
            assert [revision.gross for revision in document.revisions.all()]
            assert document.twin is None

    # then
    assert len(queries) == 4
