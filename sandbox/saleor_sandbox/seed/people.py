"""The make-believe wholesaler's buyers. All their passwords are `demo`.

What their companies owe is in the demo's accounts: `saleor_sandbox.demo.accounts`.
"""

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
    shows: tuple[str, str, str]
    """What there is to see as this buyer, in Ukrainian, Russian and English."""


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
        shows=(
            "Платить вчасно: два роки документів і платежів, прострочень немає; "
            "останній платіж ще не проведено.",
            "Платит вовремя: два года документов и платежей, просрочек нет; "
            "последний платёж ещё не проведён.",
            "Pays on time: two years of documents and payments, nothing overdue; "
            "the latest payment is not posted yet.",
        ),
    ),
    BuyerSeed(
        email="oksana@magazyn-zatyshok.example",
        first_name="Оксана",
        last_name="Дячук",
        language="uk",
        channel="ua",
        company="ТОВ «Магазин Затишок»",
        vat_id="384512326587",
        registration="38451232",
        country="UA",
        city="Київ",
        postal_code="04073",
        street="вул. Кирилівська, 102",
        phone="+380445551235",
        warehouse_street="вул. Семена Скляренка, 9, склад 4",
        shows=(
            "Закупниця тієї самої компанії: замовляє, але грошей компанії не бачить.",
            "Закупщица той же компании: заказывает, но денег компании не видит.",
            "Buys for the same company, and sees none of its money.",
        ),
    ),
    BuyerSeed(
        email="taras@maister-dim.example",
        first_name="Тарас",
        last_name="Гончар",
        language="uk",
        channel="ua",
        company="ТОВ «Майстер-Дім»",
        vat_id="401287513026",
        registration="40128751",
        country="UA",
        city="Житомир",
        postal_code="10014",
        street="вул. Перемоги, 48",
        phone="+380412555018",
        warehouse_street="вул. Промислова, 7",
        shows=(
            "Прострочив: борг від кількох днів до понад трьох місяців, коригування й пеня.",
            "Просрочил: долг от нескольких дней до трёх с лишним месяцев, корректировка и пеня.",
            "Overdue, from a few days to over three months; a correction and a penalty.",
        ),
    ),
    BuyerSeed(
        email="iryna@fop-savchuk.example",
        first_name="Ірина",
        last_name="Савчук",
        language="uk",
        channel="ua",
        company="ФОП Савчук Ірина Миколаївна",
        vat_id="",
        registration="2987412346",
        country="UA",
        city="Вінниця",
        postal_code="21018",
        street="вул. Пирогова, 23",
        phone="+380432555077",
        warehouse_street="вул. Київська, 136, рампа 2",
        shows=(
            "Перевищила кредитний ліміт, хоча нічого не прострочила.",
            "Превысила кредитный лимит, хотя ничего не просрочила.",
            "Over the credit limit, though nothing is overdue.",
        ),
    ),
    BuyerSeed(
        email="petro@levchenko-bud.example",
        first_name="Петро",
        last_name="Левченко",
        language="uk",
        channel="ua",
        company="ТОВ «Левченко Буд»",
        vat_id="396604417125",
        registration="39660441",
        country="UA",
        city="Харків",
        postal_code="61002",
        street="вул. Сумська, 77",
        phone="+380575550190",
        warehouse_street="пр-т Науки, 40, склад Б",
        shows=(
            "Дві компанії зі спільним лімітом холдингу; компанію обирає під час замовлення.",
            "Две компании с общим лимитом холдинга; компанию выбирает при заказе.",
            "Two companies that share a holding's limit; chooses between them at checkout.",
        ),
    ),
    BuyerSeed(
        email="mariia@remont-plius.example",
        first_name="Марія",
        last_name="Бойко",
        language="uk",
        channel="ua",
        company="ТОВ «Ремонт Плюс»",
        vat_id="425510926541",
        registration="42551092",
        country="UA",
        city="Львів",
        postal_code="79018",
        street="вул. Городоцька, 155",
        phone="+380322555044",
        warehouse_street="вул. Зелена, 238",
        shows=(
            "Тут видно лише замовлення із сайту: решта розрахунків — у менеджера.",
            "Здесь видны только заказы с сайта: остальные расчёты — у менеджера.",
            "Only orders of the site are known here; the rest the manager knows.",
        ),
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
        shows=(
            "Договори в євро й доларах з європейською компанією постачальника; оплата частинами.",
            "Договоры в евро и долларах с европейской компанией поставщика; оплата частями.",
            "Contracts in euros and dollars with the supplier's European company; instalments.",
        ),
    ),
    BuyerSeed(
        email="lukas.brandt@hafenkante.example",
        first_name="Lukas",
        last_name="Brandt",
        language="en",
        channel="eu",
        company="Hafenkante Renovierung GmbH",
        vat_id="DE311704586",
        registration="HRB 204771",
        country="DE",
        city="Bremen",
        postal_code="28195",
        street="Am Wall 121",
        phone="+494215550066",
        warehouse_street="Speicherhof 4",
        shows=(
            "Облікова система називає інший борг: баланс «перевіряється».",
            "Учётная система называет другой долг: баланс «проверяется».",
            "The accounting system states another debt: the balance is being checked.",
        ),
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
        shows=(
            "Платить наперед: аванс, частину якого ще не використано.",
            "Платит вперёд: аванс, часть которого ещё не использована.",
            "Pays in advance; a part of the advance is not used yet.",
        ),
    ),
)
