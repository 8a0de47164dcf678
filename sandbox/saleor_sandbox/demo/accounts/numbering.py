"""Numbers of papers as a supplier's books give them: running through all buyers, by date."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saleor_sandbox.demo.accounts.history import Entry

_PATTERNS: Mapping[tuple[str, str], str] = {
    ("kashtan", "waybill"): "РН-{serial:07}",
    ("kashtan", "invoice"): "СФ-{serial:07}",
    ("kashtan", "tax_invoice"): "{serial}",
    ("kashtan", "return"): "ПН-{serial:06}",
    ("kashtan", "correction"): "РК-{serial:05}",
    ("kashtan", "service_act"): "ОУ-{serial:06}",
    ("kashtan", "cash_receipt"): "ПКО-{serial:05}",
    ("kashtan", "opening"): "РН-{serial:07}",
    ("kashtan", "adjustment"): "КБ-{serial:05}",
    ("kashtan-europe", "waybill"): "WZ/{year}/{serial:04}",
    ("kashtan-europe", "invoice"): "KEF/{year}/{serial:04}",
    ("kashtan-europe", "return"): "PZ/{year}/{serial:03}",
}
_FIRST = {"РН": 4_200, "СФ": 3_900, "ПН": 60}
"""What a series that never begins anew had come to before our buyers' papers."""


def give_numbers(supplier: str, entries: Iterable[Entry]) -> None:
    """Write a number into each entry; a paper's own kind says which series it is of."""
    serials: Counter[str] = Counter()
    by_day = sorted(entries, key=lambda entry: (entry["date"], entry["key"]))
    for entry in by_day:
        pattern = _PATTERNS[supplier, _kind(entry)]
        year = entry["date"][:4]
        series = pattern.partition("{serial")[0].format(year=year)
        serials[series] += 1
        serial = _FIRST.get(series.rstrip("-"), 0) + serials[series]
        entry["number"] = pattern.format(serial=serial, year=year)


def _kind(entry: Entry) -> str:
    if "subtype" in entry:
        return "adjustment"
    kind: str = entry.get("kind", "opening")
    return kind


def describe_payments(
    contract_key: str, payments: Sequence[Entry], papers: Mapping[str, Entry], *, currency: str
) -> None:
    """The bank's number of each payment, and what the buyer wrote as its purpose."""
    number = random.Random(contract_key).randint(40, 900)  # noqa: S311  a story, not a secret
    for payment in sorted(payments, key=lambda entry: str(entry["date"])):
        number += 1 + len(str(payment["sum"])) % 4
        payment["number"] = str(number)
        payment["purpose"] = _purpose(papers.get(payment["purpose"]), currency)


def _purpose(paper: Mapping[str, Any] | None, currency: str) -> str:
    if currency in ("EUR", "USD"):
        return f"Delivery note {paper['number']}" if paper else "Prepayment"
    if currency == "KZT":
        return (
            f"Предоплата за товар, накладная {paper['number']}"
            if paper
            else "Предоплата за товар по договору"
        )
    if paper is None:
        return "Передоплата за товар згідно з договором"
    day = dt.date.fromisoformat(paper["date"])
    what = "послуги" if paper.get("kind") == "service_act" else "товар"
    return f"Оплата за {what} зг. {paper['number']} від {day:%d.%m.%Y}, у т. ч. ПДВ 20 %"
