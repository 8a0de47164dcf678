"""A small invoice of nobody's, for warming up and for showing what a form looks like."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from saleor_b2b_docs.documents.forms.context import (
    BankAccount,
    InvoiceContext,
    Line,
    Party,
    Signatory,
    VatTotal,
)
from saleor_b2b_docs.money import Money


def specimen(profile: str) -> InvoiceContext:
    """One line at 20 % VAT, every optional text filled in, in the form of `profile`."""

    def euros(amount: str) -> Money:
        return Money(Decimal(amount), "EUR")

    rate = Decimal("0.2")
    return InvoiceContext(
        number="1",
        issued_on=dt.date(2026, 1, 1),
        due_on=dt.date(2026, 1, 15),
        supplier=Party("Supplier", tax_id="12345678", vat_id="XX12345678", address="Street 1"),
        bank_accounts=(BankAccount("Bank", "XX00 0000 0000", "BANKXXXX"),),
        buyer=Party("Buyer", tax_id="87654321", address="Street 2"),
        delivery_address="Street 2",
        contract="1",
        order_number="1",
        order_placed_on=dt.date(2026, 1, 1),
        currency="EUR",
        lines=(
            Line(
                number=1,
                name="Goods",
                sku="SKU-1",
                unit="pcs",
                quantity=Decimal(1),
                unit_net=euros("10"),
                unit_gross=euros("12"),
                net=euros("10"),
                vat_rate=rate,
                vat=euros("2"),
                gross=euros("12"),
            ),
        ),
        vat_totals=(VatTotal(rate, euros("10"), euros("2"), euros("12")),),
        net=euros("10"),
        vat=euros("2"),
        gross=euros("12"),
        discount=euros("1"),
        signatories=(Signatory("Director", "A. Person"),),
        profile=profile,
        note="Note",
    )
