from __future__ import annotations

import pytest

from saleor_b2b_docs.webhooks.saleor_events.registry import EVENTS, definitions


@pytest.mark.parametrize(
    ("version", "lacking"),
    [
        (None, set()),
        ("3.24.0-a.0", set()),
        ("3.23.0", set()),
        ("3.100", set()),
        ("4.0.0", set()),
        ("3.22.40", {"customer_deleted"}),
        ("", {"customer_deleted"}),
        ("unknown", {"customer_deleted"}),
    ],
)
def test_a_saleor_gets_the_webhooks_that_its_version_knows(
    version: str | None, lacking: set[str]
) -> None:
    assert {webhook.event for webhook in definitions(version)} == set(EVENTS) - lacking
