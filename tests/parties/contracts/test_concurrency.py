"""Many orders of a new buyer at once, each with a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from saleor_b2b_docs.parties.contracts.services import ensure_contract
from saleor_b2b_docs.parties.members.person import Person, Source
from saleor_b2b_docs.parties.members.services import become_member
from saleor_b2b_docs.parties.models import Contract, Counterparty, Member, Role, Supplier
from tests.builders.parties import make_counterparty, make_supplier
from tests.builders.saleor import make_installation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HANDS = 8


def test_many_who_need_a_contract_at_once_get_the_same_one() -> None:
    supplier = make_supplier(make_installation())
    counterparty = make_counterparty(supplier.installation)

    def ensure(_: int) -> object:
        try:
            return ensure_contract(
                Supplier.objects.get(), Counterparty.objects.get(), "UAH", now=timezone.now()
            ).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        found = set(hands.map(ensure, range(24)))

    assert found == {Contract.objects.get().pk}
    assert Contract.objects.get().counterparty == counterparty


def test_of_many_first_members_at_once_one_is_the_owner() -> None:
    make_counterparty(make_installation())

    def join(number: int) -> None:
        try:
            become_member(
                Counterparty.objects.get(),
                Person(f"User:{number}"),
                role=None,
                source=Source.EMAIL,
                now=timezone.now(),
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(join, range(16)))

    assert Member.objects.filter(role=Role.OWNER).count() == 1
    assert Member.objects.filter(role=Role.BUYER).count() == 15
