"""The app as a process of its own, for the demo and for tests that need the whole of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

_START_SECONDS = 90.0
_STOP_SECONDS = 40.0


class AppNotStarted(RuntimeError):
    """The app died or did not become ready; the message has the end of its log."""


class AppProcess:
    """Runs `b2b-docs serve` on a loopback port, with settings of its own.

    `data_dir` keeps everything; a second process on the same folder goes on where the first one
    stopped. `env` adds or overrides settings.
    """

    def __init__(
        self,
        *,
        data_dir: Path,
        port: int,
        saleor_api_urls: str,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port
        self.data_dir = data_dir
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("B2B_DOCS_")
        }
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = {
            **inherited,
            "B2B_DOCS_DATA_DIR": str(data_dir),
            "B2B_DOCS_PUBLIC_URL": self.url,
            "B2B_DOCS_SALEOR_API_URLS": saleor_api_urls,
            **(env or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The app's public address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def manifest_url(self) -> str:
        """What the Dashboard is told to install."""
        return f"{self.url}/api/manifest"

    @property
    def log_path(self) -> Path:
        """What the app writes."""
        return self.data_dir / "app.log"

    @property
    def pid(self) -> int:
        """The supervisor's process number; its children belong to groups of their own."""
        if self._process is None:
            raise AppNotStarted("not running")
        return self._process.pid

    def start(self) -> Self:
        """Start it and wait until it is ready. Raises AppNotStarted."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-m", "saleor_b2b_docs.cli", "serve", "--port", str(self.port)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                httpx.get(f"{self.url}/health/ready", trust_env=False).raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return self
        self.kill()
        raise AppNotStarted(self.log_path.read_text(errors="replace")[-3000:])

    def stop(self) -> None:
        """Ask it to end, and make it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """`kill -9` of the supervisor; its children stop by themselves when it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGKILL)
        process.wait()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `b2b-docs` with the app's settings."""
        return subprocess.run(  # noqa: S603  our own interpreter and module
            [sys.executable, "-m", "saleor_b2b_docs.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def manage(self, *arguments: str) -> str:
        """Run one of Django's commands; what it printed. Raises RuntimeError when it fails."""
        done = self.command("manage", *arguments)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()
