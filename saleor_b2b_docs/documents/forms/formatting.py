"""Dates, amounts, quantities and rates as a language writes them (CLDR, through Babel)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.money import Money, currency_decimals

NBSP = "\N{NO-BREAK SPACE}"

_LOCALES: dict[Language, str] = {"uk": "uk_UA", "ru": "ru_RU", "en": "en_GB"}


def long_date(day: dt.date, language: Language) -> str:
    """«24 листопада 2026 р.», «24 ноября 2026 г.», "24 November 2026"; never broken in two."""
    text = format_date(day, "long", locale=_LOCALES[language])
    return text.replace("\N{NARROW NO-BREAK SPACE}", NBSP).replace(" ", NBSP)


def medium_date(day: dt.date, language: Language) -> str:
    """«24 лист. 2026 р.», "24 Nov 2026"; never broken in two."""
    text = format_date(day, "medium", locale=_LOCALES[language])
    return text.replace("\N{NARROW NO-BREAK SPACE}", NBSP).replace(" ", NBSP)


def short_date(day: dt.date) -> str:
    """24.11.2026, as banks want dates in a payment's purpose."""
    return f"{day:%d.%m.%Y}"


def amount(money: Money, language: Language) -> str:
    """The figures of `money` with all decimals of its currency: «1 234,50», "1,234.50"."""
    decimals = currency_decimals(money.currency)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _figures(money.amount, pattern, language)


def quantity(value: Decimal, language: Language) -> str:
    """A quantity without trailing zeros: 1.500 is «1,5», 1000 is «1 000»."""
    return _figures(value, "#,##0.######", language)


def vat_rate(rate: Decimal, language: Language) -> str:
    """A rate given as a fraction, as per cent: «20 %», «5,5 %»."""
    return _figures(rate * 100, "0.####", language) + NBSP + "%"


def _figures(value: Decimal, pattern: str, language: Language) -> str:
    # The amounts are exact already: Babel must not round them again.
    text = format_decimal(value, pattern, locale=_LOCALES[language], decimal_quantization=False)
    return text.replace("\N{NARROW NO-BREAK SPACE}", NBSP)
