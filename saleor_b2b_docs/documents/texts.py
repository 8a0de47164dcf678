"""What the page says that asks who is there, and the mail that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from saleor_b2b_docs.documents.forms.currency_names import Language


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """The page's words in one language."""

    language: Language
    title: str
    account: str
    guest: str
    order_number: str
    email: str
    open: str
    refused: str
    too_many: str
    preparing: str
    no_file: str
    staff: str
    mail: str
    send: str
    sent: str


@dataclass(frozen=True, slots=True)
class MailTexts:
    """A mail with a link, in one language: `paper`, `number`, `order`, `supplier` and `link` are
    filled in."""

    language: Language
    invoice: str
    subject: str
    body: str


_TEXTS = {
    "uk": AccessTexts(
        language="uk",
        title="Цей документ бачить лише покупець",
        account="Маєте обліковий запис у магазині? Увійдіть туди й відкрийте документ зі сторінки "
        "свого замовлення.",
        guest="Замовляли без реєстрації? Вкажіть номер замовлення й адресу, яку залишили, коли "
        "його робили.",
        order_number="Номер замовлення",
        email="Електронна пошта",
        open="Відкрити документ",
        refused="За цим номером і адресою документа тут немає. Перевірте обидва або увійдіть до "
        "магазину.",
        too_many="Забагато спроб. Спробуйте, будь ласка, за кілька хвилин.",
        preparing="Файл ще готується. Оновіть сторінку за кілька секунд.",
        no_file="Цей документ надійшов без файла. Відкрийте його як сторінку.",
        staff="Вхід для співробітників постачальника",
        mail="Або надішлемо посилання на адресу, з якою зроблено замовлення.",
        send="Надіслати посилання",
        sent="Якщо це адреса покупця, лист із посиланням уже в дорозі.",
    ),
    "ru": AccessTexts(
        language="ru",
        title="Этот документ видит только покупатель",
        account="Есть учётная запись в магазине? Войдите туда и откройте документ со страницы "
        "своего заказа.",
        guest="Заказывали без регистрации? Укажите номер заказа и адрес, который оставили, когда "
        "его делали.",
        order_number="Номер заказа",
        email="Электронная почта",
        open="Открыть документ",
        refused="По этому номеру и адресу документа здесь нет. Проверьте оба или войдите в "
        "магазин.",
        too_many="Слишком много попыток. Попробуйте, пожалуйста, через несколько минут.",
        preparing="Файл ещё готовится. Обновите страницу через несколько секунд.",
        no_file="Этот документ поступил без файла. Откройте его как страницу.",
        staff="Вход для сотрудников поставщика",
        mail="Или пришлём ссылку на адрес, с которым сделан заказ.",
        send="Прислать ссылку",
        sent="Если это адрес покупателя, письмо со ссылкой уже в пути.",
    ),
    "en": AccessTexts(
        language="en",
        title="Only the buyer can see this document",
        account="Do you have an account with the shop? Sign in there and open the document from "
        "the page of your order.",
        guest="Did you order without an account? Enter the order number and the e-mail address "
        "you ordered with.",
        order_number="Order number",
        email="E-mail address",
        open="Open the document",
        refused="There is no document here for this number and address. Check both, or sign in "
        "to the shop.",
        too_many="Too many attempts. Please try again in a few minutes.",
        preparing="The file is still being prepared. Reload the page in a few seconds.",
        no_file="This document came without a file. Open it as a page.",
        staff="Sign in as the supplier's staff",
        mail="Or let us mail a link to the address that the order was placed with.",
        send="Mail me a link",
        sent="If this is the buyer's address, a mail with the link is on its way.",
    ),
}


def access_texts(request: HttpRequest) -> AccessTexts:
    """The words in the language that the browser asks for, English otherwise."""
    return _TEXTS.get(get_language_from_request(request)[:2], _TEXTS["en"])


_MAILS = {
    "uk": MailTexts(
        language="uk",
        invoice="Рахунок",
        subject="{paper} № {number} від {supplier}",
        body="""Вітаємо!

{paper} № {number} за замовленням № {order}:
{link}

Посилання відкриває документ кожному, хто його має, тож пересилайте його лише своїм.

{supplier}
""",
    ),
    "ru": MailTexts(
        language="ru",
        invoice="Счёт",
        subject="{paper} № {number} от {supplier}",
        body="""Здравствуйте!

{paper} № {number} по заказу № {order}:
{link}

Ссылка открывает документ каждому, у кого она есть, поэтому пересылайте её только своим.

{supplier}
""",
    ),
    "en": MailTexts(
        language="en",
        invoice="Invoice",
        subject="{paper} {number} from {supplier}",
        body="""Hello,

{paper} {number} for your order {order}:
{link}

The link opens the document to everybody who has it, so pass it on within your company only.

{supplier}
""",
    ),
}


def mail_texts(language_code: str) -> MailTexts:
    """The mail in the language of Saleor's code (UK, EN_US …), English for others."""
    return _MAILS.get(language_code[:2].lower(), _MAILS["en"])
