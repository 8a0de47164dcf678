"""What kinds of papers are called, in the reader's language and by the supplier's country."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.models import DocumentKind

_NAMES: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "uk": {
            DocumentKind.INVOICE: "Рахунок на оплату",
            DocumentKind.WAYBILL: "Видаткова накладна",
            DocumentKind.SERVICE_ACT: "Акт наданих послуг",
            DocumentKind.TAX_INVOICE: "Податкова накладна",
            DocumentKind.RETURN: "Накладна на повернення",
            DocumentKind.CORRECTION: "Розрахунок коригування",
            DocumentKind.CASH_RECEIPT: "Прибутковий касовий ордер",
            DocumentKind.RECONCILIATION_ACT: "Акт звірки взаєморозрахунків",
        },
        "ru": {
            DocumentKind.INVOICE: "Счёт на оплату",
            DocumentKind.WAYBILL: "Расходная накладная",
            DocumentKind.SERVICE_ACT: "Акт оказанных услуг",
            DocumentKind.TAX_INVOICE: "Счёт-фактура",
            DocumentKind.RETURN: "Возвратная накладная",
            DocumentKind.CORRECTION: "Корректировочный счёт-фактура",
            DocumentKind.CASH_RECEIPT: "Приходный кассовый ордер",
            DocumentKind.RECONCILIATION_ACT: "Акт сверки взаимных расчётов",
        },
        "en": {
            DocumentKind.INVOICE: "Invoice",
            DocumentKind.WAYBILL: "Delivery note",
            DocumentKind.SERVICE_ACT: "Service certificate",
            DocumentKind.TAX_INVOICE: "Tax invoice",
            DocumentKind.RETURN: "Return note",
            DocumentKind.CORRECTION: "Tax adjustment",
            DocumentKind.CASH_RECEIPT: "Cash receipt",
            DocumentKind.RECONCILIATION_ACT: "Reconciliation statement",
        },
    }
)

_NAMES_BY_COUNTRY: Mapping[tuple[str, Language], Mapping[str, str]] = MappingProxyType(
    {
        ("UA", "ru"): {
            DocumentKind.TAX_INVOICE: "Налоговая накладная",
            DocumentKind.CORRECTION: "Расчёт корректировки",
        },
        ("KZ", "ru"): {
            DocumentKind.WAYBILL: "Накладная на отпуск запасов на сторону",
            DocumentKind.TAX_INVOICE: "ЭСФ",
            DocumentKind.CORRECTION: "Дополнительный ЭСФ",
        },
    }
)
"""A tax paper is a country's own: a Ukrainian one stays that in a Russian interface."""

_LANGUAGES: Mapping[str, Language] = MappingProxyType({"UA": "uk", "RU": "ru", "KZ": "ru"})


def kind_name(kind: str, *, language: Language, profile: str) -> str:
    """What a kind of paper is called at the head of a page, for a supplier of this country.

    `profile` is the supplier's country profile: UA, RU, KZ or INT.
    """
    return _NAMES_BY_COUNTRY.get((profile, language), {}).get(kind) or _NAMES[language][kind]


def language_of_profile(profile: str) -> Language:
    """The language that the papers of a country profile are written in."""
    return _LANGUAGES.get(profile, "en")
