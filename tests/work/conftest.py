"""Every test of `work` has the tables in handlers.py, and nothing run yet."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _tables_of_work(settings: Settings) -> None:
    from tests.work import handlers  # it imports models, so after django.setup()

    settings.JOBS = "tests.work.handlers.JOBS"
    settings.INBOX = "tests.work.handlers.INBOX"
    handlers.ran.clear()
    handlers.request_ids.clear()
