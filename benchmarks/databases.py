"""Databases to measure on, made for the purpose and dropped afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

POSTGRES = os.environ.get(
    "B2B_DOCS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)


@contextmanager
def fresh_database(server_url: str, *, name: str = "") -> Iterator[str]:
    """The address of a fresh PostgreSQL database on that server; nothing to make for SQLite."""
    if not server_url:
        yield ""
        return
    import psycopg

    name = f"b2b_docs_benchmark_{os.getpid()}{name}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    try:
        yield f"{server_url.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')
