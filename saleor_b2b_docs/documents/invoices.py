"""What an invoice says: from an order's snapshot and its supplier to a form's context."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zoneinfo
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale

from saleor_b2b_docs.documents.forms.context import (
    BankAccount,
    InvoiceContext,
    Line,
    Party,
    Signatory,
    VatTotal,
)
from saleor_b2b_docs.money import Money
from saleor_b2b_docs.orders.models import Order, OrderLine
from saleor_b2b_docs.parties.models import Supplier

_DELIVERY = {"UA": "Доставка", "RU": "Доставка", "INT": "Delivery"}
_ADJUSTMENT = {
    "UA": "Коригування суми замовлення",
    "RU": "Корректировка суммы заказа",
    "INT": "Order total adjustment",
}
_LANGUAGES = {"UA": "uk", "RU": "ru", "INT": "en"}
_PIECES = {"UA": "шт", "RU": "шт", "INT": "pcs"}


def local_day(supplier: Supplier, moment: dt.datetime) -> dt.date:
    """The day that it is for the supplier."""
    return moment.astimezone(zoneinfo.ZoneInfo(supplier.time_zone)).date()


def fingerprint(order: Order) -> str:
    """SHA-256 of what makes an invoice another invoice: who buys what for how much.

    Statuses, notes, metadata, delivery addresses and contact details don't: our own changes at
    Saleor touch the order, too.
    """
    content = {
        "buyer": [
            order.buyer_name,
            order.buyer_tax_id,
            order.buyer_vat_id,
            order.billing_address,
            order.billing_country,
        ],
        "currency": order.currency,
        "totals": [order.net, order.tax, order.gross],
        "shipping": [
            order.shipping_net,
            order.shipping_tax,
            order.shipping_gross,
            _rate_text(order.shipping_tax_rate),
        ],
        "lines": [
            [
                line.sku,
                line.name,
                line.unit,
                line.quantity,
                _rate_text(line.tax_rate),
                line.net,
                line.tax,
                line.gross,
            ]
            for line in order.lines.all()
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _rate_text(rate: Decimal) -> str:
    """The same text for the same rate, with however many zeros it was read."""
    return f"{rate.normalize():f}"


def invoice_context(
    order: Order, supplier: Supplier, *, number: str, issued_on: dt.date
) -> InvoiceContext:
    """The invoice for an order. Saleor's figures are taken as they are; nothing is recomputed.

    Pictures, revision and the void mark are added when it is rendered.
    """
    lines = _lines(order, supplier)
    currency = order.currency
    return InvoiceContext(
        number=number,
        issued_on=issued_on,
        due_on=issued_on + dt.timedelta(days=supplier.payment_days),
        supplier=Party(
            name=supplier.legal_name,
            tax_id=supplier.tax_id,
            vat_id=supplier.vat_id,
            tax_registration_reason_code=supplier.registration_reason_code,
            address=supplier.address,
            phone=supplier.phone,
            email=supplier.email,
            is_vat_payer=supplier.is_vat_payer,
        ),
        bank_accounts=_bank_accounts(supplier, currency),
        buyer=Party(
            name=order.buyer_name,
            tax_id=order.buyer_tax_id,
            vat_id=order.buyer_vat_id,
            address=_address(order.billing_address, order.billing_country, supplier),
        ),
        delivery_address=_address(order.shipping_address, order.shipping_country, supplier),
        contract="",
        order_number=order.number,
        order_placed_on=local_day(supplier, order.placed_at),
        currency=currency,
        lines=lines,
        vat_totals=_vat_totals(lines),
        net=Money.from_minor(order.net, currency),
        vat=Money.from_minor(order.tax, currency),
        gross=Money.from_minor(order.gross, currency),
        discount=_discount(order),
        signatories=tuple(
            Signatory(position=signatory.job_title, name=signatory.name)
            for signatory in supplier.signatories.all()
        ),
        profile=supplier.profile,
        note=supplier.note,
    )


def _discount(order: Order) -> Money | None:
    """What was taken off the lines, with tax.

    Not the difference of Saleor's totals: its undiscounted one has the delivery without its tax
    where prices are entered so, and its total is less a gift card, which is a payment.
    """
    saved = sum(line.undiscounted_gross - line.gross for line in order.lines.all())
    return Money.from_minor(saved, order.currency) if saved > 0 else None


def _bank_accounts(supplier: Supplier, currency: str) -> tuple[BankAccount, ...]:
    """The accounts in the order's currency; where there is none, those for any currency."""
    accounts = list(supplier.bank_accounts.all())
    fitting = [account for account in accounts if account.currency == currency]
    return tuple(
        BankAccount(
            bank_name=account.bank_name,
            account=account.account,
            bank_code=account.bank_code,
            correspondent_account=account.correspondent_account,
            currency=account.currency,
        )
        for account in fitting or [account for account in accounts if not account.currency]
    )


def _address(line: str, country: str, supplier: Supplier) -> str:
    """The address with its country, in the paper's language, unless it is the supplier's own."""
    if not country or country == supplier.profile:
        return line
    territory = Locale(_LANGUAGES[supplier.profile]).territories.get(country, country)
    return f"{line}, {territory}" if line else territory


def _lines(order: Order, supplier: Supplier) -> tuple[Line, ...]:
    """The order's lines, delivery where it is charged, and what makes the sum Saleor's total."""
    currency = order.currency

    def money(minor: int) -> Money:
        return Money.from_minor(minor, currency)

    rows = [_order_line(line, supplier, currency) for line in order.lines.all()]
    if order.shipping_gross:
        rows.append(
            Line(
                number=len(rows) + 1,
                name=f"{_DELIVERY[supplier.profile]}: {order.shipping_name}".rstrip(": "),
                sku="",
                unit="",
                quantity=Decimal(1),
                unit_net=money(order.shipping_net),
                unit_gross=money(order.shipping_gross),
                net=money(order.shipping_net),
                vat_rate=order.shipping_tax_rate if supplier.is_vat_payer else None,
                vat=money(order.shipping_tax),
                gross=money(order.shipping_gross),
            )
        )
    net = money(order.net) - sum((row.net for row in rows), money(0))
    vat = money(order.tax) - sum((row.vat for row in rows), money(0))
    gross = money(order.gross) - sum((row.gross for row in rows), money(0))
    if net or vat or gross:
        # E.g. a gift card, or a discount that a tax app took off the order and not off its lines.
        rows.append(
            Line(
                number=len(rows) + 1,
                name=_ADJUSTMENT[supplier.profile],
                sku="",
                unit="",
                quantity=Decimal(1),
                unit_net=net,
                unit_gross=gross,
                net=net,
                vat_rate=_only_rate(rows),
                vat=vat,
                gross=gross,
            )
        )
    return tuple(rows)


def _order_line(line: OrderLine, supplier: Supplier, currency: str) -> Line:
    def money(minor: int) -> Money:
        return Money.from_minor(minor, currency)

    return Line(
        number=line.position,
        name=line.name,
        sku=line.sku,
        unit=line.unit or _PIECES[supplier.profile],
        quantity=Decimal(line.quantity),
        unit_net=money(line.unit_net),
        unit_gross=money(line.unit_gross),
        net=money(line.net),
        vat_rate=line.tax_rate if supplier.is_vat_payer else None,
        vat=money(line.tax),
        gross=money(line.gross),
    )


def _only_rate(rows: Sequence[Line]) -> Decimal | None:
    """The rate of all rows if they share one; a mixed paper's adjustment has none of its own."""
    rates = {row.vat_rate for row in rows}
    return rates.pop() if len(rates) == 1 else None


def _vat_totals(lines: Sequence[Line]) -> tuple[VatTotal, ...]:
    rates = sorted({line.vat_rate for line in lines}, key=lambda rate: (rate is None, -(rate or 0)))
    return tuple(
        VatTotal(rate=rate, net=total[0], vat=total[1], gross=total[2])
        for rate in rates
        if (total := _sum([line for line in lines if line.vat_rate == rate]))
    )


def _sum(lines: Sequence[Line]) -> tuple[Money, Money, Money]:
    zero = Money.from_minor(0, lines[0].gross.currency)
    return (
        sum((line.net for line in lines), zero),
        sum((line.vat for line in lines), zero),
        sum((line.gross for line in lines), zero),
    )
