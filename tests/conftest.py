"""What tests of several rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Reference files that some checkouts have beside them; tests that need them say so."""


def lacking(reason: str) -> None:
    """Skip a test for something that this machine lacks; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)


@pytest.fixture
def shared_folder() -> Path:
    """The folder of reference files, or a skipped test where there is none."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test has a storage of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def is_postgres() -> bool:
    """Whether this run is for PostgreSQL."""
    return "postgresql" in django_settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(autouse=True)
def _no_memories() -> None:
    """What a process remembers of installations belongs to an earlier test."""
    from saleor_b2b_docs.saleor.queries import forget_recent  # after django.setup()

    forget_recent()
