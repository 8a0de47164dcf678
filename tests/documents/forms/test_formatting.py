from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from saleor_b2b_docs.documents.forms import formatting
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.money import Money


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "24\u00a0листопада\u00a02026\u00a0р."),
        ("ru", "24\u00a0ноября\u00a02026\u00a0г."),
        ("en", "24\u00a0November\u00a02026"),
    ],
)
def test_long_date(language: Language, text: str) -> None:
    assert formatting.long_date(dt.date(2026, 11, 24), language) == text


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("1234567.8", "UAH", "uk", "1\u00a0234\u00a0567,80"),
        ("1234.5", "RUB", "ru", "1\u00a0234,50"),
        ("1234.5", "EUR", "en", "1,234.50"),
        ("0", "EUR", "en", "0.00"),
        ("1200", "JPY", "en", "1,200"),
        ("1.005", "KWD", "en", "1.005"),
        ("99999999999999999.99", "UAH", "uk", "99\u00a0999\u00a0999\u00a0999\u00a0999\u00a0999,99"),
    ],
)
def test_amount(amount: str, currency: str, language: Language, text: str) -> None:
    assert formatting.amount(Money(Decimal(amount), currency), language) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1", "1"), ("1.500", "1,5"), ("1E+3", "1\u00a0000"), ("0.0000001", "0,0000001")],
)
def test_quantity_has_no_trailing_zeros(value: str, text: str) -> None:
    assert formatting.quantity(Decimal(value), "uk") == text


@pytest.mark.parametrize(
    ("rate", "language", "text"),
    [
        ("0.2", "uk", "20\u00a0%"),
        ("0.07", "ru", "7\u00a0%"),
        ("0.055", "en", "5.5\u00a0%"),
        ("0.055", "uk", "5,5\u00a0%"),
        ("0", "en", "0\u00a0%"),
    ],
)
def test_vat_rate(rate: str, language: Language, text: str) -> None:
    assert formatting.vat_rate(Decimal(rate), language) == text
