"""What the make-believe wholesaler sells, and at what prices.

Prices: UAH and KZT as entered with tax, EUR without. Units of measure are what invoices print.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CategorySeed:
    """A shelf, with its name in three languages."""

    slug: str
    uk: str
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class VariantSeed:
    """A version of a product and its prices in UAH, EUR and KZT."""

    sku: str
    uah: str
    eur: str
    kzt: str
    name: str = ""
    sale_uah: str = ""


@dataclass(frozen=True, slots=True)
class ProductSeed:
    """A product, with its name in three languages and its unit of measure."""

    slug: str
    category: str
    unit: str
    uk: str
    ru: str
    en: str
    variants: tuple[VariantSeed, ...]
    reduced_tax: bool = False
    description: str = ""
    stock: int = 5_000


CATEGORIES = (
    CategorySeed("tools", "Інструмент", "Инструмент", "Tools"),
    CategorySeed("fasteners", "Кріплення", "Крепёж", "Fasteners"),
    CategorySeed("paints", "Фарби та суміші", "Краски и смеси", "Paints and mixes"),
    CategorySeed("electric", "Електрика", "Электрика", "Electrical"),
    CategorySeed("household", "Господарські товари", "Хозтовары", "Household"),
    CategorySeed("protection", "Захист і безпека", "Защита", "Protection"),
)


WAREHOUSES = {"kyiv": ("Київ", 80), "lviv": ("Львів", 20)}
"""Name of each warehouse by its slug, and how much of every stock lies there, in per cent."""


def _one(sku: str, uah: str, eur: str, kzt: str, sale_uah: str = "") -> tuple[VariantSeed, ...]:
    return (VariantSeed(sku, uah, eur, kzt, sale_uah=sale_uah),)


PRODUCTS = (
    ProductSeed(
        "molotok-sliusarnyi-500",
        "tools",
        "шт",
        "Молоток слюсарний 500 г, ручка з фібергласу",
        "Молоток слесарный 500 г, ручка из фибергласса",
        "Machinist's hammer 500 g, fibreglass handle",
        _one("KSH-10450", "289.00", "5.35", "3190.00"),
    ),
    ProductSeed(
        "shurupovert-akumuliatornyi-18v",
        "tools",
        "шт",
        "Шурупокрут акумуляторний 18 В, 2 акумулятори, кейс",
        "Шуруповёрт аккумуляторный 18 В, 2 аккумулятора, кейс",
        "Cordless drill driver 18 V, 2 batteries, case",
        _one("KSH-10812", "3499.00", "62.90", "38500.00", sale_uah="3149.10"),
    ),
    ProductSeed(
        "nabir-biht-32",
        "tools",
        "компл",
        "Набір біт 32 предмети, сталь S2",
        "Набор бит 32 предмета, сталь S2",
        "Bit set, 32 pieces, S2 steel",
        _one("KSH-10233", "345.60", "6.20", "3790.00"),
    ),
    ProductSeed(
        "ruletka-5m",
        "tools",
        "шт",
        "Рулетка 5 м × 25 мм, магнітний зачіп",
        "Рулетка 5 м × 25 мм, магнитный зацеп",
        "Tape measure 5 m × 25 mm, magnetic hook",
        _one("KSH-10118", "164.40", "2.95", "1810.00"),
    ),
    ProductSeed(
        "riven-budivelnyi",
        "tools",
        "шт",
        "Рівень будівельний, три капсули",
        "Уровень строительный, три капсулы",
        "Spirit level, three vials",
        (
            VariantSeed("KSH-10340", "412.80", "7.40", "4540.00", name="60 см"),
            VariantSeed("KSH-10341", "598.80", "10.75", "6590.00", name="100 см"),
        ),
    ),
    ProductSeed(
        "dysk-vidriznyi-125",
        "tools",
        "шт",
        "Диск відрізний по металу 125 × 1,2 мм",
        "Диск отрезной по металлу 125 × 1,2 мм",
        "Metal cutting disc 125 × 1.2 mm",
        _one("KSH-10977", "21.36", "0.38", "235.00"),
    ),
    ProductSeed(
        "samorizy-po-derevu-35x35",
        "fasteners",
        "уп",
        "Саморізи по дереву 3,5 × 35 мм, 1000 шт",
        "Саморезы по дереву 3,5 × 35 мм, 1000 шт",
        "Wood screws 3.5 × 35 mm, box of 1,000",
        _one("KSH-20035", "318.00", "5.70", "3490.00"),
    ),
    ProductSeed(
        "tsviakhy-budivelni-100",
        "fasteners",
        "кг",
        "Цвяхи будівельні 4,0 × 100 мм, ваговий товар",
        "Гвозди строительные 4,0 × 100 мм, весовой товар",
        "Construction nails 4.0 × 100 mm, by weight",
        _one("KSH-20100", "68.40", "1.22", "750.00"),
    ),
    ProductSeed(
        "diubel-shurup-6x60",
        "fasteners",
        "уп",
        "Дюбель із шурупом 6 × 60 мм, 100 шт",
        "Дюбель с шурупом 6 × 60 мм, 100 шт",
        "Wall plug with screw 6 × 60 mm, pack of 100",
        _one("KSH-20660", "96.60", "1.74", "1060.00"),
    ),
    ProductSeed(
        "anker-klynovyi-m10",
        "fasteners",
        "шт",
        "Анкер клиновий M10 × 100, оцинкований",
        "Анкер клиновой M10 × 100, оцинкованный",
        "Wedge anchor M10 × 100, galvanised",
        _one("KSH-20710", "17.88", "0.32", "197.00"),
    ),
    ProductSeed(
        "strichka-montazhna",
        "fasteners",
        "м",
        "Стрічка монтажна перфорована 20 × 0,7 мм",
        "Лента монтажная перфорированная 20 × 0,7 мм",
        "Perforated fixing band 20 × 0.7 mm",
        _one("KSH-20820", "9.99", "0.18", "110.00"),
    ),
    ProductSeed(
        "farba-interierna-bila",
        "paints",
        "відро",
        "Фарба інтер'єрна латексна біла, стійка до миття",
        "Краска интерьерная латексная белая, моющаяся",
        "Interior latex paint, white, washable",
        (
            VariantSeed("KSH-30014", "689.00", "12.35", "7580.00", name="4,2 кг"),
            VariantSeed("KSH-30015", "1879.00", "33.70", "20670.00", name="14 кг"),
        ),
    ),
    ProductSeed(
        "klei-dlia-plytky-25",
        "paints",
        "мішок",
        "Клей для плитки еластичний, 25 кг",
        "Клей для плитки эластичный, 25 кг",
        "Flexible tile adhesive, 25 kg",
        _one("KSH-30250", "254.40", "4.55", "2790.00"),
    ),
    ProductSeed(
        "pina-montazhna-750",
        "paints",
        "шт",
        "Піна монтажна професійна 750 мл, всесезонна",
        "Пена монтажная профессиональная 750 мл, всесезонная",
        "Gun foam 750 ml, all season",
        _one("KSH-30750", "198.00", "3.55", "2180.00", sale_uah="178.20"),
    ),
    ProductSeed(
        "hermetyk-sylikonovyi-280",
        "paints",
        "шт",
        "Герметик силіконовий санітарний 280 мл, прозорий",
        "Герметик силиконовый санитарный 280 мл, прозрачный",
        "Sanitary silicone 280 ml, clear",
        _one("KSH-30280", "142.80", "2.56", "1570.00"),
    ),
    ProductSeed(
        "kabel-vvgngd-3x25",
        "electric",
        "м",
        "Кабель ВВГнгд 3 × 2,5 мм²",
        "Кабель ВВГнгд 3 × 2,5 мм²",
        "Power cable 3 × 2.5 mm², flame retardant",
        _one("KSH-40325", "57.96", "1.04", "640.00"),
    ),
    ProductSeed(
        "lampa-led-10w",
        "electric",
        "шт",
        "Лампа світлодіодна A60 10 Вт E27 4000 K",
        "Лампа светодиодная A60 10 Вт E27 4000 K",
        "LED bulb A60 10 W E27 4000 K",
        _one("KSH-40010", "52.80", "0.95", "580.00"),
    ),
    ProductSeed(
        "podovzhuvach-4x5",
        "electric",
        "шт",
        "Подовжувач на 4 гнізда, 5 м, із заземленням",
        "Удлинитель на 4 гнезда, 5 м, с заземлением",
        "Extension lead, 4 sockets, 5 m, earthed",
        _one("KSH-40405", "318.60", "5.70", "3500.00"),
    ),
    ProductSeed(
        "avtomat-1p-16a",
        "electric",
        "шт",
        "Автоматичний вимикач 1P 16 A, C, 6 кА",
        "Автоматический выключатель 1P 16 A, C, 6 кА",
        "Circuit breaker 1P 16 A, C, 6 kA",
        _one("KSH-40116", "129.00", "2.31", "1420.00"),
    ),
    ProductSeed(
        "vidro-budivelne-12",
        "household",
        "шт",
        "Відро будівельне 12 л, посилене",
        "Ведро строительное 12 л, усиленное",
        "Builder's bucket 12 l, reinforced",
        _one("KSH-50012", "74.40", "1.33", "820.00"),
    ),
    ProductSeed(
        "mishky-dlia-smittia-120",
        "household",
        "рулон",
        "Мішки для сміття 120 л, 10 шт у рулоні",
        "Мешки для мусора 120 л, 10 шт в рулоне",
        "Refuse sacks 120 l, roll of 10",
        _one("KSH-50120", "46.20", "0.83", "508.00"),
    ),
    ProductSeed(
        "shchitka-dlia-pidlohy",
        "household",
        "шт",
        "Щітка для підлоги з телескопічним держаком",
        "Щётка для пола с телескопической ручкой",
        "Floor brush with telescopic handle",
        _one("KSH-50330", "187.20", "3.36", "2060.00"),
    ),
    ProductSeed(
        "rukavychky-nitrylovi-medychni",
        "protection",
        "уп",
        "Рукавички нітрилові медичні M, 100 шт",
        "Перчатки нитриловые медицинские M, 100 шт",
        "Nitrile medical gloves M, box of 100",
        _one("KSH-60100", "214.00", "4.30", "2350.00"),
        reduced_tax=True,
        description="Медичний виріб: ставка ПДВ 7 %.",
    ),
    ProductSeed(
        "okuliary-zakhysni",
        "protection",
        "шт",
        "Окуляри захисні прозорі, протиударні",
        "Очки защитные прозрачные, ударопрочные",
        "Safety glasses, clear, impact resistant",
        _one("KSH-60210", "89.40", "1.60", "985.00"),
    ),
)

SALE_NAME = "Осінній розпродаж"


@dataclass(frozen=True, slots=True)
class ChannelSeed:
    """A place of sale."""

    slug: str
    name: str
    currency: str
    country: str
    entered_with_tax: bool
    confirms_by_itself: bool
    price_of: str


CHANNELS = (
    ChannelSeed("ua", "Україна", "UAH", "UA", True, True, "uah"),
    ChannelSeed("eu", "Європейський Союз", "EUR", "DE", False, False, "eur"),
    ChannelSeed("kz", "Казахстан", "KZT", "KZ", True, True, "kzt"),
)

REDUCED_TAX_CLASS = "Медичні вироби"
# Per cent by country: the usual rate, and that of medical goods where it is another.
TAX_RATES: dict[str, tuple[str, str]] = {
    "UA": ("20", "7"),
    "DE": ("19", "7"),
    "AT": ("20", "10"),
    "PL": ("23", "8"),
    "KZ": ("16", "16"),
}


@dataclass(frozen=True, slots=True)
class ShippingSeed:
    """A way of delivery and its price as entered, by channel."""

    uk: str
    ru: str
    en: str
    days: tuple[int, int]
    prices: dict[str, Decimal] = field(default_factory=dict)


SHIPPING = (
    ShippingSeed(
        "Самовивіз зі складу",
        "Самовывоз со склада",
        "Collection from the warehouse",
        (0, 1),
        {"ua": Decimal(0), "kz": Decimal(0)},
    ),
    ShippingSeed(
        "Нова пошта, вантажне відділення",
        "Новая почта, грузовое отделение",
        "Nova Poshta, freight office",
        (1, 3),
        {"ua": Decimal("240.00")},
    ),
    ShippingSeed(
        "Доставка нашим транспортом",
        "Доставка нашим транспортом",
        "Delivery by our own lorry",
        (1, 2),
        {"ua": Decimal("650.00"), "kz": Decimal("4500.00")},
    ),
    ShippingSeed(
        "Палетна доставка до дверей",
        "Паллетная доставка до двери",
        "Pallet delivery to the door",
        (3, 6),
        {"eu": Decimal("49.90")},
    ),
)

# Code, name, per cent, amounts by channel.
VOUCHERS: tuple[tuple[str, str, Decimal | None, dict[str, str]], ...] = (
    ("KASHTAN5", "Знижка постійного покупця 5 %", Decimal(5), {}),
    ("PERSHE", "Перше замовлення", None, {"ua": "200.00", "eu": "10.00", "kz": "2500.00"}),
)
