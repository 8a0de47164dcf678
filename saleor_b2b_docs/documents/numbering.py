"""Taking a number: the order's own, or the next of a gapless series."""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.documents.models import DocumentKind, NumberSeries
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.parties.numbering import format_number, is_gapless, restarts_yearly


def take_number(supplier: Supplier, *, kind: DocumentKind, order: Order, issued_on: dt.date) -> str:
    """The number of a new paper of this supplier.

    Call it in the transaction that stores the paper. The series' row stays locked until then, so
    that papers of one series are stored one after the other: a number that a rolled-back
    transaction took goes to the next paper, and the series has no gap and no repeat.
    """
    pattern = supplier.number_pattern
    sequence = 0
    if is_gapless(pattern):
        year = issued_on.year if restarts_yearly(pattern) else 0
        NumberSeries.objects.get_or_create(supplier=supplier, kind=kind, year=year)
        series = NumberSeries.objects.select_for_update().get(
            supplier=supplier, kind=kind, year=year
        )
        series.last += 1
        series.save(update_fields=["last"])
        sequence = series.last
    return format_number(pattern, order_number=order.number, year=issued_on.year, sequence=sequence)
