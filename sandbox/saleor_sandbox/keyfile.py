"""Secrets kept as files in the data directory, readable by the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_SECRET_FILE = "secret-key"  # noqa: S105  a file name


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` with `content` in one step, mode 0600."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.replace(path)


def prepare(data_dir: Path) -> None:
    """Make the data directory and the secret in it, where they are missing."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / _SECRET_FILE
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50).encode())


def read_secret(data_dir: Path) -> str:
    """The secret that signs sessions; empty before `prepare`."""
    path = data_dir / _SECRET_FILE
    return path.read_text() if path.exists() else ""
