from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client


def test_a_process_that_answers_is_alive_whatever_its_database_does() -> None:
    response = Client().get("/health/live")  # no database in this test

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_a_migrated_database_is_ready() -> None:
    response = Client().get("/health/ready")

    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_a_database_that_lacks_migrations_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(_self: MigrationExecutor, _targets: Any) -> list[str]:
        return ["one to do"]

    monkeypatch.setattr(MigrationExecutor, "migration_plan", plan)

    response = Client().get("/health/ready")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "reason": "migrations"},
    )


@pytest.mark.django_db
def test_a_database_that_is_away_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: MigrationExecutor, _targets: Any) -> None:
        raise OperationalError("connection refused: host=db password=s3cr3t")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", fail)

    response = Client().get("/health/ready")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "reason": "database"},
    )
