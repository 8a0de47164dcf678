"""One database: fills it, measures it, and prints the figures as JSON. __main__ runs it in a
process of its own, whose settings are for that database."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.settlements.filling import Size, fill
from saleor_b2b_docs.documents.journal.queries import JournalFilters, journal
from saleor_b2b_docs.parties.models import Contract, Supplier
from saleor_b2b_docs.parties.queries import money_contract
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from saleor_b2b_docs.settlements.balance.queries import open_documents
from saleor_b2b_docs.settlements.models import EntryKind
from saleor_b2b_docs.settlements.movements.queries import movements
from saleor_b2b_docs.settlements.movements.rows import Period
from saleor_b2b_docs.settlements.panel.queries import debt_panel
from saleor_b2b_docs.settlements.postings import NewPosting
from saleor_b2b_docs.settlements.services import post, rebuild

_ROUNDS = 60
_TODAY = dt.date(2026, 1, 20)
_NOW = dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC)


def main(size: Size) -> None:
    """Fill the database to this size, measure, and print."""
    call_command("migrate", verbosity=0)
    Installation.objects.create(
        pk=1, api_url="https://benchmark.example/graphql/", installed_at=timezone.now()
    )
    Supplier.objects.create(
        pk=1,
        installation_id=1,
        code="main",
        profile="UA",
        time_zone="Europe/Kyiv",
        legal_name="Supplier",
    )
    began = time.perf_counter()
    fill(size)
    found: dict[str, Any] = {
        "entries": size.total,
        "filled": time.perf_counter() - began,
        "usual": _screens(size.contracts // 2),
        "largest": _screens(0),
    }
    found["on_top"] = _posting(size.contracts // 2)
    found["on_top_largest"] = _posting(0)
    found["anew"] = _back_dated(0)
    json.dump(found, sys.stdout)


def _screens(number: int) -> dict[str, tuple[float, int]]:
    """Median seconds and SQL statements of each screen's first page."""
    viewer = Viewer(ViewerKind.CUSTOMER, installation_id=1, user_id=f"user-{number}")
    contract = _contract(number, viewer)
    month = Period(dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    return {
        "panel": _timed(lambda: debt_panel(viewer, now=_NOW)),
        "open documents": _timed(lambda: open_documents(contract, today=_TODAY)),
        "movements": _timed(lambda: movements(contract, period=month, first=50)),
        "journal": _timed(lambda: journal(viewer, filters=JournalFilters(), first=20)),
    }


def _contract(number: int, viewer: Viewer) -> Contract:
    found = money_contract(viewer, Contract.objects.get(number=str(number)).pk)
    assert found is not None
    return found


def _timed(act: Callable[[], object]) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as captured:
        act()
    statements = len(captured)
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times), statements


def _posting(number: int) -> float:
    """Median seconds of one waybill that comes last."""
    contract = Contract.objects.select_related("supplier__installation").get(number=str(number))
    times = []
    for round_ in range(20):
        posting = NewPosting(
            reference=f"z:{number}:{round_:03}",
            contract=contract,
            kind=EntryKind.WAYBILL,
            amount=100,
            effective_on=dt.date(2026, 2, 1),
        )
        began = time.perf_counter()
        post(contract.supplier.installation, [posting], now=_NOW)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _back_dated(number: int) -> float:
    """Seconds to settle a contract anew after one payment at its beginning."""
    contract = Contract.objects.select_related("supplier__installation").get(number=str(number))
    posting = NewPosting(
        reference="back-dated",
        contract=contract,
        kind=EntryKind.PAYMENT,
        amount=500,
        effective_on=dt.date(2024, 1, 2),
    )
    began = time.perf_counter()
    post(contract.supplier.installation, [posting], now=_NOW)
    seconds = time.perf_counter() - began
    assert rebuild(contract, is_written=False) == []
    return seconds
