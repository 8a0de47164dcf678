"""Whole deployments: a sandbox Saleor, and the app as processes of its own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.services import postgres_url


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    """A Saleor that retries its deliveries ten times as fast as the real one."""
    with SandboxProcess(data_dir=tmp_path / "sandbox", retry_factor=0.1) as running:
        yield running


@pytest.fixture
def postgres_database() -> Iterator[Callable[[], str]]:
    """Makes fresh PostgreSQL databases; they are dropped after the test."""
    made: list[tuple[str, str]] = []

    def make() -> str:
        server = postgres_url()
        name = f"b2b_docs_{secrets.token_hex(6)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'create database "{name}"')  # a name of our own making
        made.append((server, name))
        return f"{server.rsplit('/', 1)[0]}/{name}"

    yield make
    for server, name in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')
