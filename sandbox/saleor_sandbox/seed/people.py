"""The make-believe wholesaler's buyers. All their passwords are `demo`."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "demo"  # noqa: S105  printed on the shop's own page
STAFF_EMAIL = "admin@example.com"
STAFF_PASSWORD = "admin"  # noqa: S105  printed in the documentation


@dataclass(frozen=True, slots=True)
class BuyerSeed:
    """A buyer, the company and where the goods and the bills go."""

    email: str
    first_name: str
    last_name: str
    language: str
    channel: str
    company: str
    vat_id: str
    registration: str
    country: str
    city: str
    postal_code: str
    street: str
    phone: str
    warehouse_street: str


BUYERS = (
    BuyerSeed(
        email="olena@magazyn-zatyshok.example",
        first_name="Олена",
        last_name="Ковальчук",
        language="uk",
        channel="ua",
        company="ТОВ «Магазин Затишок»",
        vat_id="384512326587",
        registration="38451232",
        country="UA",
        city="Київ",
        postal_code="04073",
        street="вул. Кирилівська, 102",
        phone="+380445551234",
        warehouse_street="вул. Семена Скляренка, 9, склад 4",
    ),
    BuyerSeed(
        email="anna.weber@nordhaus.example",
        first_name="Anna",
        last_name="Weber",
        language="en",
        channel="eu",
        company="Nordhaus Baumarkt GmbH",
        vat_id="DE298457163",
        registration="HRB 118452",
        country="DE",
        city="Hamburg",
        postal_code="20457",
        street="Brooktorkai 18",
        phone="+4940555123400",
        warehouse_street="Peutestrasse 53a",
    ),
    BuyerSeed(
        email="aizhan@stroydvor.example",
        first_name="Айжан",
        last_name="Сулейменова",
        language="ru",
        channel="kz",
        company="ТОО «СтройДвор»",
        vat_id="140540012345",
        registration="140540012345",
        country="KZ",
        city="Алматы",
        postal_code="050026",
        street="ул. Толе би, 189",
        phone="+77275551234",
        warehouse_street="ул. Рыскулова, 57, склад 2",
    ),
)
