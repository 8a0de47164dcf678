"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "saleor_b2b_docs"
_ROOMS = {"queries.py", "services.py", "models.py"}


def test_only_queries_services_and_models_touch_the_database() -> None:
    strangers = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.name not in _ROOMS
        and "migrations" not in path.parts
        and re.search(r"\.(objects|_default_manager)\b", path.read_text(encoding="utf-8"))
    ]

    assert strangers == []
