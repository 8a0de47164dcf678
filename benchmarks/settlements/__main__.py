"""Prints the table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from benchmarks.databases import POSTGRES, fresh_database
from benchmarks.settlements.filling import Size
from benchmarks.tables import table

_SMALL = Size(contracts=100, entries=100, largest=100)


def main(large: Size) -> str:
    """Measure both sizes; the table."""
    small_found, large_found = _measured(_SMALL), _measured(large)
    rows: list[Sequence[str]] = []
    for screen, (small_seconds, small_statements) in small_found["usual"].items():
        usual_seconds, usual_statements = large_found["usual"][screen]
        largest_seconds, largest_statements = large_found["largest"][screen]
        rows.append(
            (
                screen,
                f"{small_seconds * 1000:.2f} ms, {small_statements} SQL",
                f"{usual_seconds * 1000:.2f} ms, {usual_statements} SQL",
                f"{usual_seconds / small_seconds:.2f}",
                f"{largest_seconds * 1000:.2f} ms, {largest_statements} SQL",
                f"{largest_seconds / small_seconds:.2f}",
            )
        )
    small_seconds = small_found["on_top"]
    usual_seconds, largest_seconds = large_found["on_top"], large_found["on_top_largest"]
    rows.append(
        (
            "posting on top",
            f"{small_seconds * 1000:.2f} ms",
            f"{usual_seconds * 1000:.2f} ms",
            f"{usual_seconds / small_seconds:.2f}",
            f"{largest_seconds * 1000:.2f} ms",
            f"{largest_seconds / small_seconds:.2f}",
        )
    )
    head = (
        "first page",
        f"{small_found['entries']:,} entries",
        f"{large_found['entries']:,} entries",
        "ratio",
        f"its contract of {large.largest:,}",
        "ratio",
    )
    return (
        f"{table(head, rows)}\n\nSettling the contract of {large.largest:,} entries anew after one "
        f"back-dated payment: {large_found['anew']:.1f} s; of {_SMALL.largest}: "
        f"{small_found['anew'] * 1000:.0f} ms."
    )


def _measured(size: Size) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as folder,
        fresh_database(POSTGRES, name=f"_{size.contracts}") as url,
    ):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "saleor_b2b_docs.config.settings",
            "B2B_DOCS_DATA_DIR": folder,
            "B2B_DOCS_DATABASE_URL": url,
            "B2B_DOCS_LOG_LEVEL": "ERROR",
        }
        program = (
            "from benchmarks.settlements.filling import Size; "
            "from benchmarks.settlements.measuring import main; "
            f"main({size!r})"
        )
        answer = subprocess.run(
            [sys.executable, "-m", "django", "shell", "--no-imports", "-c", program],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        found: dict[str, Any] = json.loads(answer.stdout)
        return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=100, help="per contract")
    parser.add_argument("--largest", type=int, default=100_000, help="of the largest contract")
    options = parser.parse_args()
    print(main(Size(options.contracts, options.entries, options.largest)))
