"""The words of a received paper's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from saleor_b2b_docs.documents.forms.currency_names import Language


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The page's words in one language; `number` and `day` are filled into `heading`."""

    heading: str
    void: str
    revision: str
    supplier: str
    buyer: str
    tax_id: str
    contract: str
    number: str
    name: str
    quantity: str
    unit: str
    price: str
    net: str
    vat_rate: str
    vat: str
    gross: str
    total: str
    sum_not_stated: str
    no_lines: str
    download: str
    print: str


PAGE_TEXTS: Mapping[Language, PageTexts] = MappingProxyType(
    {
        "uk": PageTexts(
            heading="{kind} № {number} від {day}",
            void="Недійсний",
            revision="Редакція {revision}",
            supplier="Постачальник",
            buyer="Покупець",
            tax_id="Код",
            contract="Договір",
            number="№",
            name="Назва",
            quantity="Кількість",
            unit="Од.",
            price="Ціна",
            net="Сума без ПДВ",
            vat_rate="Ставка ПДВ",
            vat="ПДВ",
            gross="Сума з ПДВ",
            total="Разом",
            sum_not_stated="суму не вказано",
            no_lines="Рядків документа немає.",
            download="Завантажити PDF",
            print="Друкувати",
        ),
        "ru": PageTexts(
            heading="{kind} № {number} от {day}",
            void="Недействителен",
            revision="Редакция {revision}",
            supplier="Поставщик",
            buyer="Покупатель",
            tax_id="Код",
            contract="Договор",
            number="№",
            name="Название",
            quantity="Количество",
            unit="Ед.",
            price="Цена",
            net="Сумма без НДС",
            vat_rate="Ставка НДС",
            vat="НДС",
            gross="Сумма с НДС",
            total="Итого",
            sum_not_stated="сумма не указана",
            no_lines="Строк документа нет.",
            download="Скачать PDF",
            print="Печать",
        ),
        "en": PageTexts(
            heading="{kind} {number} of {day}",
            void="Void",
            revision="Revision {revision}",
            supplier="Supplier",
            buyer="Buyer",
            tax_id="Tax id",
            contract="Contract",
            number="No.",
            name="Name",
            quantity="Quantity",
            unit="Unit",
            price="Price",
            net="Net",
            vat_rate="VAT rate",
            vat="VAT",
            gross="Gross",
            total="Total",
            sum_not_stated="sum not stated",
            no_lines="The document came without lines.",
            download="Download PDF",
            print="Print",
        ),
    }
)
