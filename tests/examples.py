"""How many examples property tests try: 2,000 in CI, fewer where a person waits."""

from __future__ import annotations

import os

from hypothesis import Phase

EXAMPLES = int(
    os.environ.get("B2B_DOCS_TEST_EXAMPLES", "2000" if os.environ.get("CI") == "true" else "100")
)

DELIVERIES = max(EXAMPLES // 20, 10)
"""Histories of whole deliveries: each example writes to a dozen tables, several times over."""

DATABASE_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes where each example writes to a database."""
