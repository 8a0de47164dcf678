"""Every test of `work` has the table of jobs in handlers.py, and nothing run yet."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.work import handlers


@pytest.fixture(autouse=True)
def _table_of_jobs(settings: Settings) -> None:
    settings.JOBS = "tests.work.handlers.JOBS"
    handlers.ran.clear()
    handlers.request_ids.clear()
