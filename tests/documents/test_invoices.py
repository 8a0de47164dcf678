"""From an order to what its invoice says: the figures are Saleor's, to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.documents.forms.context import InvoiceContext
from saleor_b2b_docs.documents.invoices import invoice_context, local_day
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import BankAccount, Supplier
from tests.builders.orders import LineFigures, make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

ISSUED_ON = dt.date(2026, 3, 2)
SEVEN = Decimal("0.07")


@pytest.fixture
def supplier(db: None) -> Supplier:
    return make_supplier(make_installation())


def _context(order: Order, supplier: Supplier) -> InvoiceContext:
    return invoice_context(order, supplier, number="1001", issued_on=ISSUED_ON)


def _uah(text: str) -> Money:
    return Money(Decimal(text), "UAH")


def _set(order: Order, **columns: Any) -> Order:
    for name, value in columns.items():
        setattr(order, name, value)
    order.save()
    return order


def test_an_invoice_of_two_rates_with_delivery(supplier: Supplier) -> None:
    # given
    order = make_order(
        supplier.installation,
        supplier=supplier,
        lines=[LineFigures(), LineFigures(name="Рукавички", sku="G", quantity=3, tax_rate=SEVEN)],
    )
    _set(
        order,
        shipping_net=20_000,
        shipping_tax=4_000,
        shipping_gross=24_000,
        shipping_tax_rate=Decimal("0.2"),
        shipping_name="Нова пошта",
        net=150_000,
        tax=26_100,
        gross=176_100,
    )

    # when
    context = _context(order, supplier)

    # then
    assert [(row.number, row.name, row.unit, row.gross) for row in context.lines] == [
        (1, "Кава мелена, 250 г", "шт", _uah("1200.00")),
        (2, "Рукавички", "шт", _uah("321.00")),
        (3, "Доставка: Нова пошта", "", _uah("240.00")),
    ]
    assert [(total.rate, total.net, total.vat, total.gross) for total in context.vat_totals] == [
        (Decimal("0.2"), _uah("1200.00"), _uah("240.00"), _uah("1440.00")),
        (SEVEN, _uah("300.00"), _uah("21.00"), _uah("321.00")),
    ]
    assert (context.net, context.vat, context.gross) == (
        _uah("1500.00"),
        _uah("261.00"),
        _uah("1761.00"),
    )
    assert (context.issued_on, context.due_on) == (ISSUED_ON, dt.date(2026, 3, 16))
    assert context.discount is None


def test_delivery_that_costs_nothing_has_no_row(supplier: Supplier) -> None:
    # given
    order = make_order(supplier.installation, supplier=supplier)
    _set(order, shipping_name="Самовивіз")

    # when
    context = _context(order, supplier)

    # then
    assert [row.name for row in context.lines] == ["Кава мелена, 250 г"]


@pytest.mark.parametrize(
    ("profile", "delivery", "adjustment", "unit"),
    [
        ("UA", "Доставка", "Коригування суми замовлення", "шт"),
        ("RU", "Доставка", "Корректировка суммы заказа", "шт"),
        ("INT", "Delivery", "Order total adjustment", "pcs"),
    ],
)
def test_words_are_the_profile_s(profile: str, delivery: str, adjustment: str, unit: str) -> None:
    # given
    supplier = make_supplier(make_installation(), profile=profile)
    order = make_order(supplier.installation, supplier=supplier)
    _set(
        order,
        shipping_net=100,
        shipping_tax=20,
        shipping_gross=120,
        shipping_tax_rate=Decimal("0.2"),
    )

    # when
    context = _context(order, supplier)

    # then
    assert [row.name for row in context.lines][1:] == [delivery, adjustment]
    assert context.lines[0].unit == unit


def test_a_gift_card_is_an_adjustment(supplier: Supplier) -> None:
    # given
    order = make_order(supplier.installation, supplier=supplier)
    _set(order, net=order.net - 10_000, gross=order.gross - 10_000)

    # when
    context = _context(order, supplier)

    # then
    last = context.lines[-1]
    assert last.name == "Коригування суми замовлення"
    assert (last.net, last.vat, last.gross) == (_uah("-100"), _uah("0"), _uah("-100"))
    assert last.vat_rate == Decimal("0.2")
    assert context.gross == _uah("1100.00")


def test_an_adjustment_of_a_paper_with_several_rates_has_none_of_its_own(
    supplier: Supplier,
) -> None:
    # given
    order = make_order(
        supplier.installation,
        supplier=supplier,
        lines=[LineFigures(), LineFigures(tax_rate=SEVEN)],
    )
    _set(order, net=order.net - 1, gross=order.gross - 1)

    # when
    context = _context(order, supplier)

    # then
    assert context.lines[-1].vat_rate is None
    assert [total.rate for total in context.vat_totals] == [Decimal("0.2"), SEVEN, None]


def test_a_supplier_that_pays_no_vat_has_no_rates() -> None:
    # given
    supplier = make_supplier(make_installation(), is_vat_payer=False)
    untaxed = LineFigures(tax_rate=Decimal(0))
    order = make_order(supplier.installation, supplier=supplier, lines=[untaxed])

    # when
    context = _context(order, supplier)

    # then
    assert [row.vat_rate for row in context.lines] == [None]
    assert [(total.rate, total.vat) for total in context.vat_totals] == [(None, _uah("0"))]
    assert not context.supplier.is_vat_payer


def test_what_the_buyer_saved_is_the_discount_of_the_lines(supplier: Supplier) -> None:
    # given
    order = make_order(supplier.installation, supplier=supplier)
    order.lines.update(undiscounted_gross=130_000)

    # when
    context = _context(order, supplier)

    # then
    assert context.discount == _uah("100.00")


def test_delivery_taxed_on_top_does_not_hide_a_discount(supplier: Supplier) -> None:
    """Saleor's undiscounted total has the delivery untaxed, where prices are without tax."""
    # given
    order = make_order(supplier.installation, supplier=supplier)
    order.lines.update(undiscounted_gross=130_000)
    _set(
        order,
        shipping_net=50_000,
        shipping_tax=10_000,
        shipping_gross=60_000,
        shipping_tax_rate=Decimal("0.2"),
        net=150_000,
        tax=30_000,
        gross=180_000,
        undiscounted_gross=180_000,
    )

    # when
    context = _context(order, supplier)

    # then
    assert context.discount == _uah("100.00")


def test_a_gift_card_is_no_discount(supplier: Supplier) -> None:
    # given
    order = make_order(supplier.installation, supplier=supplier)
    _set(order, net=order.net - 10_000, gross=order.gross - 10_000)

    # when
    context = _context(order, supplier)

    # then
    assert context.discount is None


@pytest.mark.parametrize(
    ("currency", "accounts"), [("EUR", ["EUR"]), ("UAH", ["UAH"]), ("KZT", ["АТ «Банк»"])]
)
def test_accounts_of_the_order_s_currency_are_named_else_those_of_any(
    supplier: Supplier, currency: str, accounts: list[str]
) -> None:
    # given
    for other in ("EUR", "UAH"):
        BankAccount.objects.create(
            supplier=supplier, currency=other, bank_name=other, account=other, position=1
        )
    order = make_order(supplier.installation, supplier=supplier, currency=currency)

    # when
    context = _context(order, supplier)

    # then
    assert [account.bank_name for account in context.bank_accounts] == accounts


@pytest.mark.parametrize(
    ("profile", "country", "address"),
    [
        ("UA", "UA", "Київ"),
        ("UA", "", "Київ"),
        ("UA", "PL", "Київ, Польща"),
        ("RU", "UA", "Київ, Украина"),
        ("INT", "UA", "Київ, Ukraine"),
        ("INT", "XX", "Київ, XX"),
    ],
)
def test_another_country_than_the_supplier_s_is_named_in_the_paper_s_language(
    profile: str, country: str, address: str
) -> None:
    # given
    supplier = make_supplier(make_installation(), profile=profile)
    order = make_order(supplier.installation, supplier=supplier)
    _set(
        order,
        billing_address="Київ",
        billing_country=country,
        shipping_address="Київ",
        shipping_country=country,
    )

    # when
    context = _context(order, supplier)

    # then
    assert (context.buyer.address, context.delivery_address) == (address, address)


def test_days_are_the_supplier_s(supplier: Supplier) -> None:
    # given
    placed_at = dt.datetime(2026, 3, 1, 23, 0, tzinfo=dt.UTC)
    order = make_order(supplier.installation, supplier=supplier, placed_at=placed_at)

    # when
    context = _context(order, supplier)

    # then
    assert context.order_placed_on == dt.date(2026, 3, 2)
    assert local_day(supplier, placed_at) == dt.date(2026, 3, 2)


_AMOUNT = st.integers(0, 10**9)
_RATE = st.sampled_from([Decimal(0), SEVEN, Decimal("0.2"), Decimal("0.19")])
_LINES = st.lists(
    st.builds(
        LineFigures, quantity=st.integers(1, 999), unit_net=st.integers(0, 10**7), tax_rate=_RATE
    ),
    max_size=6,
)


# The order is made anew for each example, in the transaction of the one test.
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=_LINES,
    currency=st.sampled_from(["UAH", "EUR", "JPY", "KWD"]),
    shipping=st.tuples(_AMOUNT, st.integers(0, 10**8), _RATE),
    adjustment=st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**8), 10**8)),
    is_vat_payer=st.booleans(),
)
def test_rows_and_rates_always_add_up_to_saleor_s_totals(
    supplier: Supplier,
    lines: list[LineFigures],
    currency: str,
    shipping: tuple[int, int, Decimal],
    adjustment: tuple[int, int],
    is_vat_payer: bool,
) -> None:
    # given
    supplier.is_vat_payer = is_vat_payer
    order = make_order(supplier.installation, supplier=supplier, lines=lines, currency=currency)
    shipping_net, shipping_tax, rate = shipping
    order.shipping_net, order.shipping_tax = shipping_net, shipping_tax
    order.shipping_gross, order.shipping_tax_rate = shipping_net + shipping_tax, rate
    order.net += shipping_net + adjustment[0]
    order.tax += shipping_tax + adjustment[1]
    order.gross = order.net + order.tax

    # when
    context = _context(order, supplier)

    # then
    totals = (order.net, order.tax, order.gross)
    assert (context.net.minor, context.vat.minor, context.gross.minor) == totals
    assert (
        sum(row.net.minor for row in context.lines),
        sum(row.vat.minor for row in context.lines),
        sum(row.gross.minor for row in context.lines),
    ) == totals
    assert (
        sum(total.net.minor for total in context.vat_totals),
        sum(total.vat.minor for total in context.vat_totals),
        sum(total.gross.minor for total in context.vat_totals),
    ) == totals
    assert [row.number for row in context.lines] == list(range(1, len(context.lines) + 1))
    order.lines.all().delete()
    order.delete()
