"""Invoices to print, built from a few figures so that their sums always hold."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from saleor_b2b_docs.documents.forms.context import (
    BankAccount,
    InvoiceContext,
    Line,
    Party,
    Signatory,
    VatTotal,
)
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.documents.forms.fonts import font_directory
from saleor_b2b_docs.money import Money

MakeInvoice = Callable[..., InvoiceContext]


@pytest.fixture(scope="session")
def fonts() -> None:
    """The typefaces, without which no PDF can be made."""
    try:
        font_directory()
    except FormError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(error.message)
        pytest.skip(error.message)


@pytest.fixture
def make_invoice() -> MakeInvoice:
    """Build an invoice in a profile's form; any field of the context can be given."""
    return _invoice


_CURRENCIES = {"UA": "UAH", "RU": "RUB", "INT": "EUR"}
_UNIT_NETS = ("199.67", "45.10", "1250.00", "8.33")
_QUANTITIES = ("1", "12", "2.5", "100")
_NAMES = {
    "UA": ("Кава мелена «Арабіка», 250 г", "Чай чорний", "Цукор, 1 кг", "Фільтри № 4, 100 шт."),
    "RU": ("Кофе молотый «Арабика», 250 г", "Чай чёрный", "Сахар, 1 кг", "Фильтры № 4, 100 шт."),
    "INT": ("Ground coffee, Arabica, 250 g", "Black tea", "Sugar, 1 kg", "Filters no. 4, 100 pcs"),
}
_SUPPLIERS = {
    "UA": Party(
        name="ТОВ «Ромашка»",
        tax_id="12345678",
        vat_id="123456789012",
        address="04070, м. Київ, вул. Хорива, 15",
        phone="+380 44 123-45-67",
        email="office@romashka.example",
    ),
    "RU": Party(
        name="ООО «Ромашка»",
        tax_id="7701234567",
        tax_registration_reason_code="770101001",
        address="101000, г. Москва, ул. Мясницкая, д. 15",
        phone="+7 495 123-45-67",
    ),
    "INT": Party(
        name="Northwind Wholesale Ltd",
        tax_id="HRB 123456",
        vat_id="DE123456789",
        address="Hafenstraße 12\n20457 Hamburg\nGermany",
        email="billing@northwind.example",
    ),
}
_BUYERS = {
    "UA": Party("ФОП Петренко Олена Василівна", tax_id="1234567890", address="65026, м. Одеса"),
    "RU": Party("ООО «Василёк»", tax_id="7812345678", address="190000, г. Санкт-Петербург"),
    "INT": Party("Brasserie Lumière SARL", vat_id="FR40123456824", address="69002 Lyon\nFrance"),
}
_BANKS = {
    "UA": BankAccount("АТ КБ «ПРИВАТБАНК»", "UA213223130000026007233566001", "305299"),
    "RU": BankAccount(
        "ПАО СБЕРБАНК г. Москва",
        "40702810900000012345",
        "044525225",
        correspondent_account="30101810400000000225",
    ),
    "INT": BankAccount("Hamburger Sparkasse AG", "DE89 3704 0044 0532 0130 00", "HASPDEHHXXX"),
}
_SIGNATORIES = {
    "UA": (Signatory("Директор", "Іваненко І. І."),),
    "RU": (Signatory("Руководитель", "Иванов И. И."), Signatory("Бухгалтер", "Петрова А. С.")),
    "INT": (Signatory("Head of Sales", "Anna Schmidt"),),
}
_CONTRACTS = {
    "UA": "№ 12 від 01.02.2026",
    "RU": "Договор поставки № 12 от 01.02.2026",
    "INT": "2026/12",
}


def _invoice(
    profile: str = "UA",
    *,
    lines: int = 3,
    rates: Sequence[str | None] = ("0.2",),
    names: Sequence[str] = (),
    **changes: Any,
) -> InvoiceContext:
    currency = _CURRENCIES[profile]
    rows = [
        _line(
            number,
            name=(names or _NAMES[profile])[(number - 1) % len(names or _NAMES[profile])],
            rate=rates[(number - 1) % len(rates)],
            currency=currency,
            unit="pcs" if profile == "INT" else "шт",
        )
        for number in range(1, lines + 1)
    ]
    totals = [
        _total([row for row in rows if row.vat_rate == rate], rate)
        for rate in dict.fromkeys(row.vat_rate for row in rows)
    ]
    context = InvoiceContext(
        number="2026-1024",
        issued_on=dt.date(2026, 11, 24),
        due_on=dt.date(2026, 12, 8),
        supplier=_SUPPLIERS[profile],
        bank_accounts=(_BANKS[profile],),
        buyer=_BUYERS[profile],
        delivery_address=_BUYERS[profile].address,
        contract=_CONTRACTS[profile],
        order_number="1024",
        order_placed_on=dt.date(2026, 11, 23),
        currency=currency,
        lines=tuple(rows),
        vat_totals=tuple(totals),
        net=_sum([total.net for total in totals]),
        vat=_sum([total.vat for total in totals]),
        gross=_sum([total.gross for total in totals]),
        discount=None,
        signatories=_SIGNATORIES[profile],
        profile=profile,
    )
    if all(rate is None for rate in rates):
        context = replace(context, supplier=replace(context.supplier, is_vat_payer=False))
    return replace(context, **changes)


def _line(number: int, *, name: str, rate: str | None, currency: str, unit: str) -> Line:
    def money(amount: Decimal) -> Money:
        return Money(amount.quantize(Decimal("0.01")), currency)

    quantity = Decimal(_QUANTITIES[(number - 1) % 4])
    unit_net = Decimal(_UNIT_NETS[(number - 1) % 4])
    fraction = Decimal(rate or 0)
    net = money(quantity * unit_net)
    vat = money(net.amount * fraction)
    return Line(
        number=number,
        name=name,
        sku=f"SKU-{number:04}",
        unit=unit,
        quantity=quantity,
        unit_net=money(unit_net),
        unit_gross=money(unit_net * (1 + fraction)),
        net=net,
        vat_rate=None if rate is None else fraction,
        vat=vat,
        gross=net + vat,
    )


def _total(rows: list[Line], rate: Decimal | None) -> VatTotal:
    return VatTotal(
        rate,
        net=_sum([row.net for row in rows]),
        vat=_sum([row.vat for row in rows]),
        gross=_sum([row.gross for row in rows]),
    )


def _sum(amounts: list[Money]) -> Money:
    return Money(sum((money.amount for money in amounts), Decimal(0)), amounts[0].currency)
