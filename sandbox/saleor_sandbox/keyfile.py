"""Secrets kept as files in the data directory, readable by the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` with `content` in one step, mode 0600."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.replace(path)


def load_or_create_secret(path: Path) -> str:
    """The random text in `path`, made on the first call."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50).encode())
    return path.read_text()
