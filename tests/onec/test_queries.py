"""Bases, and what they call our rows."""

from __future__ import annotations

import uuid

import pytest

from saleor_b2b_docs.onec.queries import base_of, bases, keys_of
from saleor_b2b_docs.parties.models import Alias
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.onec import (
    contract_called,
    contract_fact,
    make_base,
    payment_fact,
    say,
)
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db


def test_bases_are_of_their_installation() -> None:
    # given
    base = make_base()
    stranger: Installation = make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID)

    # then
    assert base_of(base.installation, "1c-main") == base
    assert bases(base.installation) == [base]
    assert base_of(stranger, "1c-main") is None
    assert bases(stranger) == []


def test_what_a_base_calls_contracts_and_companies() -> None:
    # given
    base = make_base()
    say(base, payment_fact("P1", currency="EUR"), contract_fact())
    hryvnias, euros = contract_called(base), contract_called(base, currency="EUR")

    # when
    contracts = keys_of(base, Alias.Kind.CONTRACT, [hryvnias.pk, euros.pk, uuid.uuid4()])
    companies = keys_of(base, Alias.Kind.COUNTERPARTY, [hryvnias.counterparty_id])

    # then
    assert contracts == {hryvnias.pk: "K1", euros.pk: "K1"}
    assert companies == {hryvnias.counterparty_id: "C1"}
