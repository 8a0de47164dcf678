"""How many examples property tests try: 2,000 in CI, fewer where a person waits."""

from __future__ import annotations

import os

EXAMPLES = int(
    os.environ.get("B2B_DOCS_TEST_EXAMPLES", "2000" if os.environ.get("CI") == "true" else "100")
)
