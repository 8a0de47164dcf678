"""Dates, numbers and flags in all the shapes in which bases write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from saleor_b2b_docs.onec.channels.commerceml.values import (
    BadValue,
    read_date,
    read_decimal,
    read_flag,
)

DAY = dt.date(2015, 6, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2015-06-29",
        "2015-06-29T17:32:27",
        "2015-06-29 17:32:27",
        "2015-06-29T23:59:59+03:00",
        "2015-06-29T00:00:01Z",
        "2015-06-29T",
        "29.06.2015",
        "29.6.2015",
        "29.06.2015 17:32:27",
        "29.06.2015 7:32",
        "20150629",
        "20150629173227",
        "  2015-06-29\n",
    ],
)
def test_a_day_is_read_in_three_shapes_and_never_shifted(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize("text", ["", "  ", "T", "0001-01-01", "0001-01-01T00:00:00", "01.01.0001"])
def test_an_empty_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    ["2015-13-01", "31.02.2015", "20150631", "06/29/2015", "вчера", "2015-06-29x", "0000-00-00"],
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_date(text)

    assert refusal.value.code == "INVALID_DATE"
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("8186.84", "8186.84"),
        ("8186,84", "8186.84"),
        ("8 186,84", "8186.84"),
        ("8\u00a0186.84", "8186.84"),
        ("8\u202f186,84", "8186.84"),
        ("8'186.84", "8186.84"),
        ("8,186.84", "8186.84"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("231.7400", "231.74"),
        ("4100.00", "4100"),
        ("4100", "4100"),
        ("0100", "100"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-12.50", "-12.5"),
        ("−12,5", "-12.5"),
        ("0.00", "0"),
        ("-0", "0"),
        ("1.234", "1.234"),
    ],
)
def test_a_number_is_read_with_its_spaces_and_commas(text: str, figure: str) -> None:
    read = read_decimal(text)

    # By the text, which also tells 4100 from 4100.00: equal figures must be kept alike.
    assert str(read) == figure


def test_no_number_is_none() -> None:
    assert read_decimal("") is None
    assert read_decimal(" \u00a0") is None


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "NaN",
        "Infinity",
        "12.3.4",
        "1,23,456",
        "1.2,3.4",
        "12руб",
        "--1",
        "1-",
        ".",
        ",",
        "٣",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_decimal(text)

    assert refusal.value.code == "INVALID_NUMBER"


def test_a_number_of_many_digits_is_refused() -> None:
    with pytest.raises(BadValue):
        read_decimal("1" * 31)

    assert read_decimal("1" * 30) == Decimal("1" * 30)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("true", True),
        ("TRUE", True),
        ("1", True),
        ("Да", True),
        ("Истина", True),
        ("false", False),
        ("0", False),
        ("Нет", False),
        ("Ложь", False),
        ("", None),
        ("может быть", None),
    ],
)
def test_a_flag_is_read_in_any_language(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag
