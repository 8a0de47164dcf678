"""Runs the tests: everything on SQLite, what touches the database again on PostgreSQL, the front
end's own tests. What this machine lacks is said at the end; with CI=true it is a failure.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

POSTGRES_URL = os.environ.get(
    "B2B_DOCS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
_POSTGRES_EXAMPLES = "100"
_NOT_QUICK = ("slow", "live", "browser", "broker", "properties")


def main() -> int:
    """0 when all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="SQLite, without what takes long")
    options = parser.parse_args()
    # A real Saleor is for `make test-live` only.
    os.environ.pop("SALEOR_API_URL", None)
    pytest = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"]
    if options.quick:
        return _run(
            [
                *pytest,
                "-m",
                "not slow and not live and not browser and not broker and not properties",
            ]
        )
    outcomes = [
        # The live tests, too: without an address they run against the sandbox, which must not
        # drift away from the real Saleor that they were written on.
        _run([*pytest, "-m", "not properties", "--cov", "--cov-report=term:skip-covered"]),
        # Each takes minutes with all its examples: shared out one by one, and not traced.
        _run([*pytest, "--dist", "load", "-m", "properties"]),
        _postgres([*pytest, "-m", "django_db and not live"]),
        _run(["npm", "run", "--silent", "test"]),
        _run(["npm", "run", "--silent", "test:browser"]),
    ]
    return 0 if not any(outcomes) else 1


def _postgres(command: Sequence[str]) -> int:
    if not _answers(POSTGRES_URL):
        print(f"SKIPPED: the tests on PostgreSQL, since none answers at {POSTGRES_URL}")
        return 1 if os.environ.get("CI") == "true" else 0
    # The thousands of examples have been tried on SQLite; here it is about the other database.
    examples = {"B2B_DOCS_TEST_EXAMPLES": _POSTGRES_EXAMPLES}
    return _run(command, {"B2B_DOCS_TEST_DATABASE_URL": POSTGRES_URL, **examples})


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), 2):
            return True
    except OSError:
        return False


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    print(f"\n== {' '.join(command[-4:])} {dict(environment or {})}", flush=True)
    return subprocess.run(
        command, env={**os.environ, **(environment or {})}, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
