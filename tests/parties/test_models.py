from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from saleor_b2b_docs.parties.models import SupplierChannel
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db


def test_there_is_one_default_supplier_per_saleor() -> None:
    installation = make_installation()
    make_supplier(installation)
    make_supplier(installation, code="second", is_default=False)
    make_supplier(make_installation(api_url=OTHER_API_URL))

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        make_supplier(installation, code="third")


def test_a_code_names_one_supplier_of_a_saleor() -> None:
    installation = make_installation()
    make_supplier(installation)
    make_supplier(make_installation(api_url=OTHER_API_URL), is_default=False)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        make_supplier(installation, is_default=False)


def test_a_channel_cannot_be_given_to_a_supplier_of_another_saleor() -> None:
    installation = make_installation()
    stranger = make_supplier(make_installation(api_url=OTHER_API_URL))

    with pytest.raises(ValidationError, match="another Saleor"):
        SupplierChannel(
            installation=installation, channel_slug="wholesale", supplier=stranger
        ).full_clean()
