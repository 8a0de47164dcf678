"""The companies of the ready-made buyers, their contracts, and how each of them pays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Habit(Enum):
    """When somebody pays, by the day that he should."""

    ON_TIME = "on time"
    LATE = "late"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPlan:
    """What happened under a contract in the last two years, in broad strokes."""

    key: str
    supplier: str
    currency: str
    number: str
    signed_days_ago: int
    every_days: int
    """How often goods are shipped."""
    line_sum: int
    """What a line of a waybill comes to, about, in units of the currency."""
    habit: Habit = Habit.ON_TIME
    unpaid_days: int = 0
    """What was due in so many last days is not paid at all."""
    terms_days: int = 14
    stages: tuple[tuple[int, int], ...] = ()
    """Instead of `terms_days`: per cent of the sum and after how many days."""
    is_main: bool = True
    credit_limit: int | None = None
    limit_per_cent_of_debt: int | None = None
    """Instead of `credit_limit`: such that it is exceeded, or nearly."""
    coverage: str = "full"
    books_from_days_ago: int | None = None
    """What happened before is in two openings."""
    has_tax_invoices: bool = False
    has_invoices: bool = False
    has_deliveries: bool = False
    """Bills for bringing the goods, every month."""
    pays_cash_every: int = 0
    """Each so-manieth payment is in cash."""
    has_bonus: bool = False
    has_penalty: bool = False
    has_upward_correction: bool = False
    has_announced_payment: bool = False
    has_spare_advance: bool = False
    stated_difference: int | None = None
    """The accounting system's debt is so many units more than ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPlan:
    """A company that buys; addresses and the tax ids are those of its buyer on the sign-in page."""

    key: str
    name: str
    tax_id: str
    vat_id: str
    address: str
    email: str
    manager: str
    contracts: tuple[ContractPlan, ...]
    members: tuple[tuple[str, str], ...]
    """E-mail of a ready-made buyer, and as what he acts."""
    group: str | None = None


MANAGERS = (
    {
        "key": "melnyk",
        "name": "Ірина Мельник",
        "phone": "+380 44 555 01 11",
        "email": "melnyk@kashtan.example",
        "messengers": {"telegram": "@kashtan_melnyk", "viber": "+380445550111"},
    },
    {
        "key": "hrytsenko",
        "name": "Андрій Гриценко",
        "phone": "+380 44 555 01 12",
        "email": "hrytsenko@kashtan.example",
        "messengers": {"telegram": "@kashtan_hrytsenko"},
    },
    {
        "key": "zielinska",
        "name": "Marta Zielińska",
        "phone": "+48 22 555 01 13",
        "email": "zielinska@kashtan-europe.example",
        "messengers": {"whatsapp": "+48225550113"},
    },
)
GROUPS = (
    {
        "key": "levchenko",
        "name": "Холдинг «Левченко»",
        "credit_limit": "600000.00",
        "currency": "UAH",
    },
)
_STAGED = ((30, 0), (70, 30))

COMPANIES = (
    CompanyPlan(
        key="zatyshok",
        name="ТОВ «Магазин Затишок»",
        tax_id="38451232",
        vat_id="384512326587",
        address="04073, м. Київ, вул. Кирилівська, 102",
        email="buhhalteriia@magazyn-zatyshok.example",
        manager="melnyk",
        members=(
            ("olena@magazyn-zatyshok.example", "owner"),
            ("oksana@magazyn-zatyshok.example", "buyer"),
        ),
        contracts=(
            ContractPlan(
                key="zatyshok-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-117/23",
                signed_days_ago=900,
                every_days=7,
                line_sum=3_200,
                credit_limit=250_000,
                has_tax_invoices=True,
                has_invoices=True,
                has_bonus=True,
                has_announced_payment=True,
            ),
        ),
    ),
    CompanyPlan(
        key="maister-dim",
        name="ТОВ «Майстер-Дім»",
        tax_id="40128751",
        vat_id="401287513026",
        address="10014, м. Житомир, вул. Перемоги, 48",
        email="office@maister-dim.example",
        manager="melnyk",
        members=(("taras@maister-dim.example", "owner"),),
        contracts=(
            ContractPlan(
                key="maister-dim-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-204/24",
                signed_days_ago=800,
                every_days=12,
                line_sum=2_600,
                habit=Habit.LATE,
                unpaid_days=100,
                credit_limit=200_000,
                has_tax_invoices=True,
                has_penalty=True,
                has_upward_correction=True,
            ),
        ),
    ),
    CompanyPlan(
        key="savchuk",
        name="ФОП Савчук Ірина Миколаївна",
        tax_id="2987412346",
        vat_id="",
        address="21018, м. Вінниця, вул. Пирогова, 23",
        email="pryvatne@fop-savchuk.example",
        manager="hrytsenko",
        members=(("iryna@fop-savchuk.example", "owner"),),
        contracts=(
            ContractPlan(
                key="savchuk-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-31/25",
                signed_days_ago=760,
                every_days=10,
                line_sum=1_900,
                terms_days=30,
                limit_per_cent_of_debt=80,
                pays_cash_every=5,
            ),
        ),
    ),
    CompanyPlan(
        key="levchenko-bud",
        name="ТОВ «Левченко Буд»",
        tax_id="39660441",
        vat_id="396604417125",
        address="61002, м. Харків, вул. Сумська, 77",
        email="oblik@levchenko-bud.example",
        manager="hrytsenko",
        group="levchenko",
        members=(("petro@levchenko-bud.example", "owner"),),
        contracts=(
            ContractPlan(
                key="levchenko-bud-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-88/22",
                signed_days_ago=1_400,
                every_days=8,
                line_sum=4_800,
                terms_days=21,
                books_from_days_ago=540,
                has_tax_invoices=True,
                has_deliveries=True,
            ),
        ),
    ),
    CompanyPlan(
        key="levchenko-fop",
        name="ФОП Левченко Петро Олексійович",
        tax_id="2745609184",
        vat_id="",
        address="61002, м. Харків, вул. Сумська, 77",
        email="fop@levchenko-bud.example",
        manager="hrytsenko",
        group="levchenko",
        members=(("petro@levchenko-bud.example", "owner"),),
        contracts=(
            ContractPlan(
                key="levchenko-fop-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-89/22",
                signed_days_ago=1_380,
                every_days=16,
                line_sum=1_500,
                habit=Habit.LATE,
                unpaid_days=25,
                credit_limit=100_000,
                pays_cash_every=3,
            ),
        ),
    ),
    CompanyPlan(
        key="remont-plius",
        name="ТОВ «Ремонт Плюс»",
        tax_id="42551092",
        vat_id="425510926541",
        address="79018, м. Львів, вул. Городоцька, 155",
        email="zakupivli@remont-plius.example",
        manager="melnyk",
        members=(("mariia@remont-plius.example", "owner"),),
        contracts=(
            ContractPlan(
                key="remont-plius-uah",
                supplier="kashtan",
                currency="UAH",
                number="К-156/25",
                signed_days_ago=400,
                every_days=23,
                line_sum=2_200,
                terms_days=30,
                coverage="site_orders",
                has_tax_invoices=True,
                has_invoices=True,
            ),
        ),
    ),
    CompanyPlan(
        key="nordhaus",
        name="Nordhaus Baumarkt GmbH",
        tax_id="HRB 118452",
        vat_id="DE298457163",
        address="Brooktorkai 18, 20457 Hamburg, Germany",
        email="accounts@nordhaus.example",
        manager="zielinska",
        members=(("anna.weber@nordhaus.example", "owner"),),
        contracts=(
            ContractPlan(
                key="nordhaus-eur",
                supplier="kashtan-europe",
                currency="EUR",
                number="KE-2023-014",
                signed_days_ago=820,
                every_days=14,
                line_sum=640,
                stages=_STAGED,
                credit_limit=15_000,
                has_invoices=True,
            ),
            ContractPlan(
                key="nordhaus-usd",
                supplier="kashtan-europe",
                currency="USD",
                number="KE-2024-006",
                signed_days_ago=700,
                every_days=35,
                line_sum=900,
                terms_days=45,
                has_invoices=True,
            ),
        ),
    ),
    CompanyPlan(
        key="hafenkante",
        name="Hafenkante Renovierung GmbH",
        tax_id="HRB 204771",
        vat_id="DE311704586",
        address="Am Wall 121, 28195 Bremen, Germany",
        email="buchhaltung@hafenkante.example",
        manager="zielinska",
        members=(("lukas.brandt@hafenkante.example", "owner"),),
        contracts=(
            ContractPlan(
                key="hafenkante-eur",
                supplier="kashtan-europe",
                currency="EUR",
                number="KE-2024-021",
                signed_days_ago=640,
                every_days=18,
                line_sum=380,
                habit=Habit.LATE,
                unpaid_days=20,
                terms_days=30,
                credit_limit=8_000,
                has_invoices=True,
                stated_difference=485,
            ),
        ),
    ),
    CompanyPlan(
        key="stroydvor",
        name="ТОО «СтройДвор»",
        tax_id="140540012345",
        vat_id="140540012345",
        address="050026, г. Алматы, ул. Толе би, 189",
        email="buh@stroydvor.example",
        manager="hrytsenko",
        members=(("aizhan@stroydvor.example", "owner"),),
        contracts=(
            ContractPlan(
                key="stroydvor-kzt",
                supplier="kashtan",
                currency="KZT",
                number="К-ЕКС-9/24",
                signed_days_ago=780,
                every_days=21,
                line_sum=64_000,
                habit=Habit.AHEAD,
                terms_days=0,
                has_invoices=True,
                has_spare_advance=True,
            ),
        ),
    ),
)
