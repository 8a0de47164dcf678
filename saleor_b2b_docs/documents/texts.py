"""What the page says that asks who is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language_from_request


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """The page's words in one language."""

    language: str
    title: str
    account: str
    guest: str
    order_number: str
    email: str
    open: str
    refused: str
    too_many: str
    preparing: str
    staff: str


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
        staff="Вхід для співробітників постачальника",
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
        staff="Вход для сотрудников поставщика",
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
        staff="Sign in as the supplier's staff",
    ),
}


def access_texts(request: HttpRequest) -> AccessTexts:
    """The words in the language that the browser asks for, English otherwise."""
    return _TEXTS.get(get_language_from_request(request)[:2], _TEXTS["en"])
