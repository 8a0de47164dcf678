"""The demo's suppliers, as their file has them (docs/suppliers.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

SUPPLIERS = Path(__file__).with_name("suppliers.toml")


def read_suppliers() -> dict[str, dict[str, Any]]:
    """By their code, the default one first."""
    entries = tomllib.loads(SUPPLIERS.read_text(encoding="utf-8"))["supplier"]
    return {entry["code"]: entry for entry in entries}
