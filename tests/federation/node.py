"""Scripts of Node.js beside this file, and a gateway that one of them is."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER.parents[1] / "node_modules" / "@theguild" / "federation-composition"


def composed(node: str, **files: Path) -> subprocess.CompletedProcess[str]:
    """What the composition of these subgraphs printed; it failed if the code is not 0."""
    services = [f"{name}={path}" for name, path in files.items()]
    return subprocess.run(
        [node, str(FOLDER / "compose.mjs"), *services],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class Gateway:
    """A running gateway before several subgraphs."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/"

    def ask(self, query: str, *, token: str = "") -> dict[str, Any]:
        """The answer to a query of whoever has this token."""
        answer = httpx.post(
            self._url,
            json={"query": query},
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=60,
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


@contextmanager
def gateway(node: str, **urls: str) -> Iterator[Gateway]:
    """A gateway before these subgraphs, by their names."""
    process = subprocess.Popen(
        [node, str(FOLDER / "gateway.mjs"), *(f"{name}={url}" for name, url in urls.items())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        port = process.stdout.readline() if process.stdout else ""
        if not port.strip().isdecimal():
            process.terminate()
            raise RuntimeError(process.communicate(timeout=30)[1])
        yield Gateway(int(port))
    finally:
        process.terminate()
        process.communicate(timeout=30)
