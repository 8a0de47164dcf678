"""Words of the exported tables, in Ukrainian, Russian and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from saleor_b2b_docs.documents.exports.texts import Words
from saleor_b2b_docs.documents.forms.currency_names import Language
from saleor_b2b_docs.documents.kind_names import kind_name
from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.settlements.models import EntryKind


@dataclass(frozen=True, slots=True)
class TableTexts:
    """Titles, headers and remarks in one language."""

    open_documents: str
    movements: str
    document: str
    number: str
    date: str
    document_date: str
    order: str
    amount: str
    returned: str
    paid: str
    residual: str
    deferral_days: str
    pay_by: str
    days_overdue: str
    overdue: str
    note: str
    debit: str
    credit: str
    balance: str
    total: str
    opening: str
    closing: str
    advance: str
    reserved_advance: str
    storno: str


_TEXTS: Mapping[Language, TableTexts] = MappingProxyType(
    {
        "uk": TableTexts(
            open_documents="Відкриті документи",
            movements="Операції",
            document="Документ",
            number="Номер",
            date="Дата",
            document_date="Дата документа",
            order="Замовлення",
            amount="Сума",
            returned="Повернено",
            paid="Сплачено",
            residual="Залишок",
            deferral_days="Відстрочка платежу, днів",
            pay_by="Сплатити до",
            days_overdue="Прострочено, днів",
            overdue="Прострочено",
            note="Примітка",
            debit="Дебет",
            credit="Кредит",
            balance="Сальдо",
            total="Разом",
            opening="Сальдо на початок",
            closing="Сальдо на кінець",
            advance="аванс",
            reserved_advance="аванс, зарезервовано",
            storno="сторно",
        ),
        "ru": TableTexts(
            open_documents="Открытые документы",
            movements="Операции",
            document="Документ",
            number="Номер",
            date="Дата",
            document_date="Дата документа",
            order="Заказ",
            amount="Сумма",
            returned="Возвращено",
            paid="Оплачено",
            residual="Остаток",
            deferral_days="Отсрочка платежа, дней",
            pay_by="Оплатить до",
            days_overdue="Просрочено, дней",
            overdue="Просрочено",
            note="Примечание",
            debit="Дебет",
            credit="Кредит",
            balance="Сальдо",
            total="Итого",
            opening="Сальдо на начало",
            closing="Сальдо на конец",
            advance="аванс",
            reserved_advance="аванс, зарезервирован",
            storno="сторно",
        ),
        "en": TableTexts(
            open_documents="Open documents",
            movements="Movements",
            document="Document",
            number="Number",
            date="Date",
            document_date="Document date",
            order="Order",
            amount="Amount",
            returned="Returned",
            paid="Paid",
            residual="Left to pay",
            deferral_days="Payment term, days",
            pay_by="Pay by",
            days_overdue="Days overdue",
            overdue="Overdue",
            note="Note",
            debit="Debit",
            credit="Credit",
            balance="Balance",
            total="Total",
            opening="Opening balance",
            closing="Closing balance",
            advance="advance",
            reserved_advance="advance, reserved",
            storno="reversal",
        ),
    }
)

NO_CONTRACT: Words = MappingProxyType(
    {
        "uk": "Такого договору немає.",
        "ru": "Такого договора нет.",
        "en": "There is no such contract.",
    }
)

_PAPERS: Mapping[str, DocumentKind] = MappingProxyType(
    {
        EntryKind.WAYBILL: DocumentKind.WAYBILL,
        EntryKind.SERVICE_ACT: DocumentKind.SERVICE_ACT,
        EntryKind.INVOICE: DocumentKind.INVOICE,
        EntryKind.RETURN: DocumentKind.RETURN,
    }
)
"""Entries that are called what their paper is called, which depends on the country, too."""

_KINDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "uk": {
            EntryKind.UPWARD_CORRECTION: "Коригування на збільшення",
            EntryKind.REFUND: "Повернення коштів",
            EntryKind.DEBIT_ADJUSTMENT: "Коригування заборгованості",
            EntryKind.OPENING_DEBT: "Початкова заборгованість",
            EntryKind.PAYMENT: "Оплата",
            EntryKind.DOWNWARD_CORRECTION: "Коригування на зменшення",
            EntryKind.CREDIT_ADJUSTMENT: "Коригування заборгованості",
            EntryKind.OPENING_ADVANCE: "Початковий аванс",
        },
        "ru": {
            EntryKind.UPWARD_CORRECTION: "Корректировка на увеличение",
            EntryKind.REFUND: "Возврат денег",
            EntryKind.DEBIT_ADJUSTMENT: "Корректировка задолженности",
            EntryKind.OPENING_DEBT: "Начальная задолженность",
            EntryKind.PAYMENT: "Оплата",
            EntryKind.DOWNWARD_CORRECTION: "Корректировка на уменьшение",
            EntryKind.CREDIT_ADJUSTMENT: "Корректировка задолженности",
            EntryKind.OPENING_ADVANCE: "Начальный аванс",
        },
        "en": {
            EntryKind.UPWARD_CORRECTION: "Upward correction",
            EntryKind.REFUND: "Refund",
            EntryKind.DEBIT_ADJUSTMENT: "Debt adjustment",
            EntryKind.OPENING_DEBT: "Opening debt",
            EntryKind.PAYMENT: "Payment",
            EntryKind.DOWNWARD_CORRECTION: "Downward correction",
            EntryKind.CREDIT_ADJUSTMENT: "Debt adjustment",
            EntryKind.OPENING_ADVANCE: "Opening advance",
        },
    }
)


def table_texts(language: Language) -> TableTexts:
    """The words in this language."""
    return _TEXTS[language]


def entry_kind_name(kind: str, *, language: Language, profile: str) -> str:
    """What an EntryKind is called, for a supplier of this country profile."""
    if kind in _PAPERS:
        return kind_name(_PAPERS[kind], language=language, profile=profile)
    return _KINDS[language][kind]
