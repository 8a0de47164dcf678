"""The fixed words of the papers, by language. Amounts and names are put in by `paper`.

Sources: the customary wording of «Рахунок на оплату» and «Счёт на оплату»; the international
form follows the content that Article 226 of the EU's VAT Directive asks of an invoice.
"""

from __future__ import annotations

from dataclasses import dataclass

from saleor_b2b_docs.documents.forms.currency_names import Language


@dataclass(frozen=True, slots=True)
class FormTexts:
    """Every label and sentence that a form may print. `{…}` is filled in with `str.format`."""

    title: str
    numbered_title: str
    dated: str
    revision: str
    void: str
    page: str
    warning: str
    warning_prepaid: str
    """Follows the warning where nothing is released before it is paid."""

    payment_sample: str
    payee: str
    bank: str
    account: str
    bank_code: str
    correspondent_account: str
    purpose: str
    purpose_text: str
    purpose_with_vat: str
    purpose_without_vat: str

    supplier: str
    buyer: str
    delivery: str
    contract: str
    order: str
    company_code: str
    person_code: str
    vat_id: str
    registration_reason_code: str
    phone: str
    not_vat_payer: str

    number: str
    issued_on: str
    due_on: str
    currency: str

    subtotal: str
    plain_subtotal: str
    vat_of_rate: str
    without_vat: str
    of_which_without_vat: str
    no_vat: str
    grand_total: str
    plain_grand_total: str
    saved: str
    count: str
    in_words: str
    pay_by: str
    note: str
    vat_summary: str
    rate: str
    net: str
    vat: str
    gross: str

    signed_by: str
    default_positions: tuple[str, ...]
    stamp_place: str

    download: str
    print: str


_UK = FormTexts(
    title="Рахунок на оплату",
    numbered_title="Рахунок на оплату № {number} від {date}",
    dated="№ {number} від {date}",
    revision="Редакція {revision}",
    void="АНУЛЬОВАНО",
    page="Сторінка {page} з {pages}",
    warning="",
    warning_prepaid="",
    payment_sample="Зразок заповнення платіжної інструкції",
    payee="Отримувач",
    bank="Банк отримувача",
    account="IBAN",
    bank_code="МФО",
    correspondent_account="Кор. рахунок",
    purpose="Призначення платежу",
    purpose_text="Оплата згідно з рахунком № {number} від {date}, {vat}",
    purpose_with_vat="у т. ч. ПДВ {amount} {currency}",
    purpose_without_vat="без ПДВ",
    supplier="Постачальник",
    buyer="Покупець",
    delivery="Адреса доставки",
    contract="Договір",
    order="Замовлення",
    company_code="ЄДРПОУ",
    person_code="РНОКПП",
    vat_id="ІПН",
    registration_reason_code="КПП",
    phone="тел.",
    not_vat_payer="не є платником ПДВ",
    number="Номер",
    issued_on="Дата",
    due_on="Сплатити до",
    currency="Валюта",
    subtotal="Разом без ПДВ",
    plain_subtotal="Разом",
    vat_of_rate="ПДВ {rate}",
    without_vat="Без ПДВ",
    of_which_without_vat="У т. ч. без ПДВ",
    no_vat="Без ПДВ",
    grand_total="Усього з ПДВ",
    plain_grand_total="Усього до сплати",
    saved="Знижку {amount} {currency} враховано в цінах",
    count="Всього найменувань {count}, на суму {amount} {currency}",
    in_words="Сума словами",
    pay_by="Сплатити до {date}",
    note="Примітка",
    vat_summary="ПДВ за ставками",
    rate="Ставка",
    net="Без ПДВ",
    vat="ПДВ",
    gross="З ПДВ",
    signed_by="Виписав(ла)",
    default_positions=("",),
    stamp_place="",
    download="Завантажити PDF",
    print="Друкувати",
)

_RU = FormTexts(
    title="Счёт на оплату",
    numbered_title="Счёт на оплату № {number} от {date}",
    dated="№ {number} от {date}",
    revision="Редакция {revision}",
    void="АННУЛИРОВАН",
    page="Страница {page} из {pages}",
    warning="Внимание! Оплата этого счёта означает согласие с условиями поставки.",
    warning_prepaid="Товар отпускается после поступления денег на расчётный счёт поставщика.",
    payment_sample="Образец заполнения платёжного поручения",
    payee="Получатель",
    bank="Банк получателя",
    account="Р/с",
    bank_code="БИК",
    correspondent_account="К/с",
    purpose="Назначение платежа",
    purpose_text="Оплата по счёту № {number} от {date}, {vat}",
    purpose_with_vat="в т. ч. НДС {amount} {currency}",
    purpose_without_vat="без НДС",
    supplier="Поставщик",
    buyer="Покупатель",
    delivery="Адрес доставки",
    contract="Основание",
    order="Заказ",
    company_code="ИНН",
    person_code="ИНН",
    vat_id="НДС №",
    registration_reason_code="КПП",
    phone="тел.",
    not_vat_payer="",
    number="Номер",
    issued_on="Дата",
    due_on="Оплатить до",
    currency="Валюта",
    subtotal="Итого",
    plain_subtotal="Итого",
    vat_of_rate="В том числе НДС {rate}",
    without_vat="Без НДС",
    of_which_without_vat="В том числе без НДС",
    no_vat="Без НДС",
    grand_total="Всего к оплате",
    plain_grand_total="Всего к оплате",
    saved="Скидка {amount} {currency} учтена в ценах",
    count="Всего наименований {count}, на сумму {amount} {currency}",
    in_words="Сумма прописью",
    pay_by="Оплатить не позднее {date}",
    note="Примечание",
    vat_summary="НДС по ставкам",
    rate="Ставка",
    net="Без НДС",
    vat="НДС",
    gross="С НДС",
    signed_by="",
    default_positions=("Руководитель", "Бухгалтер"),
    stamp_place="М. П.",
    download="Скачать PDF",
    print="Напечатать",
)

_EN = FormTexts(
    title="Invoice",
    numbered_title="Invoice {number}",
    dated="{number} · {date}",
    revision="Revision {revision}",
    void="VOID",
    page="Page {page} of {pages}",
    warning="",
    warning_prepaid="",
    payment_sample="Payment details",
    payee="Beneficiary",
    bank="Bank",
    account="IBAN",
    bank_code="BIC / SWIFT",
    correspondent_account="Correspondent account",
    purpose="Payment reference",
    purpose_text="{number}",
    purpose_with_vat="",
    purpose_without_vat="",
    supplier="From",
    buyer="Bill to",
    delivery="Deliver to",
    contract="Contract",
    order="Order",
    company_code="Company no.",
    person_code="Company no.",
    vat_id="VAT ID",
    registration_reason_code="Registration code",
    phone="Tel.",
    not_vat_payer="Not registered for VAT",
    number="Invoice number",
    issued_on="Invoice date",
    due_on="Due date",
    currency="Currency",
    subtotal="Net total",
    plain_subtotal="Total",
    vat_of_rate="VAT {rate}",
    without_vat="No VAT",
    of_which_without_vat="of which without VAT",
    no_vat="No VAT is charged",
    grand_total="Total due",
    plain_grand_total="Total due",
    saved="You saved {amount} {currency}: the discount is already taken off the prices.",
    count="",
    in_words="Amount in words",
    pay_by="Please pay by {date}.",
    note="Note",
    vat_summary="VAT summary",
    rate="Rate",
    net="Net",
    vat="VAT",
    gross="Gross",
    signed_by="",
    default_positions=(),
    stamp_place="",
    download="Download PDF",
    print="Print",
)

_TEXTS: dict[Language, FormTexts] = {"uk": _UK, "ru": _RU, "en": _EN}


def texts_in(language: Language) -> FormTexts:
    """The words of the forms in `language`."""
    return _TEXTS[language]
