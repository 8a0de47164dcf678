"""The words of the accounting base's page, in the order of the shop's languages: uk, ru, en."""

from __future__ import annotations

ACCOUNTING_TEXTS: tuple[tuple[str, str, str, str], ...] = (
    (
        "accounting",
        "Облікова система",
        "Учётная система",
        "Accounting system",
    ),
    ("onec_title", "1С гуртівні", "1С оптовика", "The wholesaler's 1C"),
    (
        "onec_note",
        "Бухгалтер бере замовлення магазину й проводить документи. Каталог, панель боргу та"
        " «Баланс» покупця змінюються одразу: відкрийте їх поруч, в іншій вкладці.",
        "Бухгалтер забирает заказы магазина и проводит документы. Панель долга и «Баланс»"
        " покупателя меняются сразу: откройте их рядом, в другой вкладке.",
        "The accountant takes the shop's orders and posts papers. The buyer's debt panel and"
        " Balance change at once: open them beside this page, in another tab.",
    ),
    ("onec_channel", "Канал обміну", "Канал обмена", "Channel"),
    ("onec_events", "підписані події (JSON)", "подписанные события (JSON)", "signed events (JSON)"),
    (
        "onec_commerceml",
        "обмін із сайтом (CommerceML)",
        "обмен с сайтом (CommerceML)",
        "exchange with a site (CommerceML)",
    ),
    ("onec_take", "Забрати замовлення", "Забрать заказы", "Take orders"),
    ("onec_taken", "Нових або змінених замовлень", "Новых или изменённых заказов", "Orders taken"),
    (
        "onec_no_orders",
        "Замовлень у базі ще немає. Замовте щось у магазині й натисніть «Забрати замовлення».",
        "Заказов в базе ещё нет. Закажите что-нибудь в магазине и нажмите «Забрать заказы».",
        "There are no orders in the base yet. Order something in the shop and take the orders.",
    ),
    (
        "onec_no_keys",
        "База ще не має ключів обміну: їх створює демо під час запуску.",
        "У базы ещё нет ключей обмена: их создаёт демо при запуске.",
        "The base has no keys for the exchange yet: the demo makes them when it starts.",
    ),
    ("onec_post_waybill", "Провести накладну", "Провести накладную", "Post waybill"),
    ("onec_post_payment", "Провести оплату", "Провести оплату", "Post payment"),
    ("onec_amount", "Сума оплати", "Сумма оплаты", "Amount paid"),
    ("onec_unpost", "Скасувати проведення", "Отменить проведение", "Unpost"),
    ("onec_post_again", "Провести знову", "Провести снова", "Post again"),
    ("onec_repeat", "Надіслати ще раз", "Отправить ещё раз", "Send again"),
    ("onec_waybill", "Видаткова накладна", "Расходная накладная", "Delivery note"),
    ("onec_payment", "Надходження на рахунок", "Поступление на счёт", "Bank payment received"),
    ("onec_posted", "проведено", "проведён", "posted"),
    ("onec_unposted", "не проведено", "не проведён", "not posted"),
    ("onec_untold", "не передано", "не передано", "not sent"),
    ("onec_cancelled", "скасовано", "отменён", "cancelled"),
    ("onec_log", "Що сказано і що відповіли", "Что сказано и что ответили", "Said and answered"),
    ("onec_no_answer", "немає відповіді", "нет ответа", "no answer"),
    ("onec_unpaid", "не оплачено", "не оплачено", "not paid"),
    ("onec_done", "Готово.", "Готово.", "Done."),
)
