"""The shop's words in Ukrainian, Russian and English."""

from __future__ import annotations

from saleor_sandbox.shop.accounting_texts import ACCOUNTING_TEXTS

LANGUAGES = {"uk": "Українська", "ru": "Русский", "en": "English"}

# One line per text: key, then its words in the order of LANGUAGES.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    (
        "tagline",
        "Товари для дому й будівництва гуртом",
        "Товары для дома и стройки оптом",
        "Home and building supplies, wholesale",
    ),
    ("catalogue", "Каталог", "Каталог", "Catalogue"),
    ("cart", "Кошик", "Корзина", "Cart"),
    ("orders", "Мої замовлення", "Мои заказы", "My orders"),
    ("sign_in", "Увійти", "Войти", "Sign in"),
    ("sign_out", "Вийти", "Выйти", "Sign out"),
    ("guest", "Гість", "Гость", "Guest"),
    ("all_goods", "Усі товари", "Все товары", "All goods"),
    ("sku", "Артикул", "Артикул", "SKU"),
    ("sale", "Розпродаж", "Распродажа", "Sale"),
    ("with_tax", "з ПДВ", "с НДС", "incl. VAT"),
    ("without_tax", "без ПДВ", "без НДС", "excl. VAT"),
    ("per", "за", "за", "per"),
    ("in_stock", "на складі", "на складе", "in stock"),
    ("quantity", "Кількість", "Количество", "Quantity"),
    ("add", "У кошик", "В корзину", "Add"),
    ("in_cart", "у кошику", "в корзине", "in cart"),
    ("added", "Додано до кошика", "Добавлено в корзину", "Added to the cart"),
    (
        "empty_cart",
        "У кошику ще нічого немає.",
        "В корзине пока ничего нет.",
        "There is nothing in the cart yet.",
    ),
    ("go_shopping", "До каталогу", "В каталог", "To the catalogue"),
    ("product", "Товар", "Товар", "Product"),
    ("price", "Ціна", "Цена", "Price"),
    ("sum", "Сума", "Сумма", "Amount"),
    ("remove", "Прибрати", "Убрать", "Remove"),
    ("update", "Перерахувати", "Пересчитать", "Update"),
    ("to_checkout", "Оформити замовлення", "Оформить заказ", "Check out"),
    ("checkout", "Оформлення замовлення", "Оформление заказа", "Checkout"),
    ("contact", "Контакт", "Контакт", "Contact"),
    ("email", "E-mail", "E-mail", "E-mail"),
    ("billing", "Платник", "Плательщик", "Billed to"),
    ("shipping", "Куди доставити", "Куда доставить", "Delivered to"),
    ("company", "Компанія", "Компания", "Company"),
    ("vat_id", "ІПН / VAT ID", "ИНН / БИН / VAT ID", "VAT ID"),
    ("first_name", "Ім'я", "Имя", "First name"),
    ("last_name", "Прізвище", "Фамилия", "Last name"),
    ("street", "Вулиця, будинок", "Улица, дом", "Street"),
    ("city", "Місто", "Город", "City"),
    ("postal_code", "Індекс", "Индекс", "Postal code"),
    ("country", "Країна", "Страна", "Country"),
    ("phone", "Телефон", "Телефон", "Phone"),
    ("delivery", "Спосіб доставки", "Способ доставки", "Delivery method"),
    ("days", "дн.", "дн.", "days"),
    ("free", "безкоштовно", "бесплатно", "free"),
    ("promo", "Промокод", "Промокод", "Promo code"),
    ("apply", "Застосувати", "Применить", "Apply"),
    ("discount", "Знижка", "Скидка", "Discount"),
    ("subtotal", "Товари", "Товары", "Goods"),
    ("delivery_cost", "Доставка", "Доставка", "Delivery"),
    ("tax", "у т. ч. ПДВ", "в т. ч. НДС", "of which VAT"),
    ("total", "До сплати", "К оплате", "Total"),
    ("place_order", "Замовити", "Заказать", "Place order"),
    (
        "payment_note",
        "Оплата за рахунком: він з'явиться одразу після замовлення.",
        "Оплата по счёту: он появится сразу после заказа.",
        "You pay by invoice; it appears right after the order.",
    ),
    ("thank_you", "Дякуємо за замовлення!", "Спасибо за заказ!", "Thank you for your order!"),
    ("order", "Замовлення", "Заказ", "Order"),
    ("placed", "від", "от", "of"),
    (
        "what_next",
        "Ми вже готуємо товар до відвантаження. Рахунок на оплату — нижче.",
        "Мы уже готовим товар к отгрузке. Счёт на оплату — ниже.",
        "We are getting the goods ready. Your invoice is below.",
    ),
    ("no_orders", "Замовлень ще немає.", "Заказов пока нет.", "There are no orders yet."),
    ("documents", "Документи", "Документы", "Documents"),
    ("journal", "Журнал документів", "Журнал документов", "Documents"),
    ("payments", "Платежі", "Платежи", "Payments"),
    ("balance", "Баланс", "Баланс", "Balance"),
    ("contract", "договір", "договор", "contract"),
    ("buying_for", "Замовляю для", "Заказываю для", "Buying for"),
    (
        "company_and_contract",
        "Компанія і договір",
        "Компания и договор",
        "Company and contract",
    ),
    ("ready_made", "Готові покупці", "Готовые покупатели", "Ready-made buyers"),
    (
        "ready_made_note",
        "Один клік — і ви в магазині. Пароль кожного: demo.",
        "Один клик — и вы в магазине. Пароль каждого: demo.",
        "One click and you are in. Everybody's password is demo.",
    ),
    ("other_account", "Інший обліковий запис", "Другая учётная запись", "Another account"),
    ("password", "Пароль", "Пароль", "Password"),
    ("enter_as", "Увійти як", "Войти как", "Sign in as"),
    (
        "demo_shop",
        "Це демонстраційний магазин: товари, люди й компанії вигадані.",
        "Это демонстрационный магазин: товары, люди и компании вымышлены.",
        "This is a demonstration shop: goods, people and companies are made up.",
    ),
    ("desk", "Стіл менеджера", "Стол менеджера", "Merchant's desk"),
    ("skip", "До змісту", "К содержанию", "Skip to content"),
    ("language", "Мова", "Язык", "Language"),
    ("region", "Регіон", "Регион", "Region"),
    ("not_found", "Такого замовлення немає.", "Такого заказа нет.", "There is no such order."),
    (
        "out_of_range",
        "Вкажіть кількість від 1.",
        "Укажите количество от 1.",
        "Enter a quantity of 1 or more.",
    ),
    *ACCOUNTING_TEXTS,
    ("UNCONFIRMED", "очікує підтвердження", "ожидает подтверждения", "awaiting confirmation"),
    ("UNFULFILLED", "підтверджено", "подтверждён", "confirmed"),
    ("CANCELED", "скасовано", "отменён", "cancelled"),
    ("EXPIRED", "прострочено", "просрочен", "expired"),
)

TEXTS: dict[str, dict[str, str]] = {
    language: {row[0]: row[index + 1] for row in _TABLE} for index, language in enumerate(LANGUAGES)
}


def status_text(status: str, language: str) -> str:
    """An order's status in words."""
    return TEXTS[language].get(status, status.replace("_", " ").lower())
