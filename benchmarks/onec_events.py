"""How many facts a second the events door takes, against the bare limit of the same machine.

    python -m benchmarks.onec_events

The door: messages of 500 events over HTTP to the app's own server, on PostgreSQL, one after the
other, each answered once it is applied. The bare limit: the same bodies through `json.loads`, and
the very rows that the app wrote, into tables of the same shape and indexes, in as many
transactions, by one connection and multi-row INSERTs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from psycopg import sql

from benchmarks.databases import POSTGRES, fresh_database
from benchmarks.tables import table
from benchmarks.webhook_door import free_port, wait_for

MESSAGE = 500
_ROWS_AT_ONCE = 500
_PREPARE = """
from django.core.management import call_command
from django.utils import timezone
from saleor_b2b_docs.onec.credentials.context import lookup_of
from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.parties.models import Supplier
from saleor_b2b_docs.saleor.models import Installation
call_command("migrate", verbosity=0)
now = timezone.now()
shop = Installation.objects.create(
    api_url="https://benchmark.example/graphql/", app_id="QXBwOjE=", encrypted_token="-",
    installed_at=now,
)
Supplier.objects.create(
    installation=shop, code="main", is_default=True, legal_name="Supplier", profile="UA",
    time_zone="Europe/Kyiv",
)
base = Base.objects.create(installation=shop, code="1c", created_at=now)
Credential.objects.create(
    base=base, kind=Credential.Kind.BEARER_KEY, lookup=lookup_of("%(key)s"), created_at=now
)
"""
_KEY = "b2b_benchmark"


@dataclass(frozen=True, slots=True)
class Measured:
    """Facts per second."""

    first: float
    again: float
    bare: float


def main(messages: int, contracts: int) -> str:
    """Measure; the table."""
    found = _measure([_message(number, contracts) for number in range(messages)])
    head = ("events in messages of 500", "facts/s", "of the bare limit")
    return table(
        head,
        [
            ("for the first time", f"{found.first:.0f}", f"{found.first / found.bare:.2f}"),
            ("the same events again", f"{found.again:.0f}", f"{found.again / found.bare:.2f}"),
            ("bare limit", f"{found.bare:.0f}", "1"),
        ],
    )


def _message(number: int, contracts: int) -> bytes:
    """Waybills and the payments that settle them, each contract's in sequence."""
    events: list[dict[str, Any]] = []
    for index in range(MESSAGE // 2):
        place = number * MESSAGE // 2 + index
        party = {
            "counterparty_key": f"C{place % contracts}",
            "contract_key": f"K{place % contracts}",
        }
        day = f"2026-{1 + place // contracts % 12:02}-{1 + place // contracts // 12 % 28:02}"
        common = {**party, "currency": "UAH", "number": f"N-{place}"}
        lines = [
            {
                "name": f"Goods {line}",
                "sku": f"SKU-{line}",
                "unit": "pcs",
                "quantity": "2",
                "price": "100.00",
                "gross": "240.00",
                "vat_rate": "0.2",
            }
            for line in range(5)
        ]
        waybill = {"type": "waybill", "key": f"W{place}", "issued_on": day, "gross": "1200.00"}
        payment = {"type": "payment", "key": f"P{place}", "received_on": day, "amount": "1200.00"}
        events.append({**waybill, **common, "lines": lines})
        events.append({**payment, **common, "settles": [{"key": f"W{place}"}]})
    return json.dumps({"events": events}).encode()


def _measure(bodies: Sequence[bytes]) -> Measured:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, fresh_database(POSTGRES) as database_url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "saleor_b2b_docs.config.settings",
            "B2B_DOCS_DATA_DIR": str(Path(folder)),
            "B2B_DOCS_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "B2B_DOCS_LOG_LEVEL": "ERROR",
            "B2B_DOCS_DATABASE_URL": database_url,
        }
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "shell",
                "--no-imports",
                "-c",
                _PREPARE % {"key": _KEY},
            ],
            env=environment,
            check=True,
        )
        with psycopg.connect(database_url, autocommit=True) as database:
            before = _counts(database)
            server = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.door_server", str(port)], env=environment
            )
            try:
                wait_for(port)
                first = _rate(port, bodies, "first")
                again = _rate(port, bodies, "again")
            finally:
                server.terminate()
                server.wait()
            return Measured(first, again, _bare(database, bodies, before))


def _rate(port: int, bodies: Sequence[bytes], name: str) -> float:
    with httpx.Client(timeout=120, trust_env=False) as client:
        began = time.perf_counter()
        for number, body in enumerate(bodies):
            answer = client.post(
                f"http://127.0.0.1:{port}/api/1c/events",
                content=body,
                headers={
                    "Authorization": f"Bearer {_KEY}",
                    "Idempotency-Key": f"{name}-{number}",
                    "Content-Type": "application/json",
                },
            )
            if answer.status_code != 200 or answer.json()["refused"]:
                raise AssertionError(answer.text[:2000])
        return len(bodies) * MESSAGE / (time.perf_counter() - began)


def _bare(
    database: psycopg.Connection[Any], bodies: Sequence[bytes], before: dict[str, int]
) -> float:
    """Every row that the run left, into a table of the same shape, a share with each body."""
    written = {}
    for name, count in _counts(database).items():
        if count > before[name]:
            columns = [row[0] for row in database.execute(_COLUMNS, [name])]
            fields = sql.SQL(", ").join(map(sql.Identifier, columns))
            rows = database.execute(
                sql.SQL("select {} from {}").format(
                    sql.SQL(", ").join(
                        sql.SQL("{}::text").format(sql.Identifier(column)) for column in columns
                    ),
                    sql.Identifier(name),
                )
            ).fetchall()
            target = f"bare_{name}"
            database.execute(
                sql.SQL("create table {} (like {} including all)").format(
                    sql.Identifier(target), sql.Identifier(name)
                )
            )
            written[target] = (fields, _types(database, name, columns), rows)
    began = time.perf_counter()
    for number, body in enumerate(bodies):
        json.loads(body)
        with database.transaction():
            for target, (fields, types, rows) in written.items():
                share = slice(
                    number * len(rows) // len(bodies), (number + 1) * len(rows) // len(bodies)
                )
                for some in _chunks(rows[share]):
                    _insert(database, target, fields, types, some)
    return len(bodies) * MESSAGE / (time.perf_counter() - began)


_COLUMNS = """select column_name from information_schema.columns
where table_schema = 'public' and table_name = %s order by ordinal_position"""
_TABLES = """select table_name from information_schema.tables
where table_schema = 'public' and table_name similar to
  '(documents|onec|parties|settlements)_%'"""


def _counts(database: psycopg.Connection[Any]) -> dict[str, int]:
    counts = {}
    for (name,) in database.execute(_TABLES).fetchall():
        row = database.execute(
            sql.SQL("select count(*) from {}").format(sql.Identifier(name))
        ).fetchone()
        counts[name] = row[0] if row else 0
    return counts


def _types(database: psycopg.Connection[Any], name: str, columns: Sequence[str]) -> list[str]:
    found = dict(
        database.execute(
            """select attname, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = %s::regclass and attnum > 0""",
            [name],
        ).fetchall()
    )
    return [found[column] for column in columns]


def _insert(
    database: psycopg.Connection[Any],
    target: str,
    fields: sql.Composed,
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """One statement of many rows, as Django's bulk_create writes on PostgreSQL."""
    values = sql.SQL(", ").join(
        sql.SQL("unnest(%s::text[])::{}").format(sql.SQL(of)) for of in types
    )
    database.execute(
        sql.SQL("insert into {} ({}) select {} on conflict do nothing").format(
            sql.Identifier(target), fields, values
        ),
        [list(column) for column in zip(*rows, strict=True)],
    )


def _chunks(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    return (rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows), _ROWS_AT_ONCE))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=40)
    parser.add_argument("--contracts", type=int, default=200)
    options = parser.parse_args()
    print(main(options.messages, options.contracts))
