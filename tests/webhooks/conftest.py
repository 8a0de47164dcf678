"""Saleor's HTTP for tests of doors that call back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import respx


@pytest.fixture
def saleor() -> Iterator[respx.MockRouter]:
    """Saleor's HTTP, in which nothing answers that a test did not set up."""
    with respx.mock(assert_all_called=False) as router:
        yield router
