"""The sandbox as a process of its own, for tests and the demo.

Nothing of Django is imported here: the caller may have settings of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import httpx

from saleor_sandbox.install_client import install

_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


class SandboxNotStarted(RuntimeError):
    """The process died or did not answer; the message has the end of its log."""


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class SandboxProcess:
    """Runs `python -m saleor_sandbox serve` and waits until it answers.

    `data_dir` keeps database, keys and the log (`sandbox.log`); a second process on the same
    directory goes on where the first one stopped. `retry_factor` shortens the pauses between
    attempts at a webhook, `env` adds variables of `saleor_sandbox.configuration`.
    """

    def __init__(
        self,
        *,
        data_dir: Path,
        port: int | None = None,
        app_url: str | None = None,
        retry_factor: float | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self._app_url = app_url
        self._environment = {**os.environ, **(env or {})}
        # Settings of the caller's own project must not leak in.
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)
        if retry_factor is not None:
            self._environment["SANDBOX_RETRY_FACTOR"] = str(retry_factor)
        self._environment["SANDBOX_PUBLIC_URL"] = self.url
        self._process: subprocess.Popen[bytes] | None = None
        # Kept while it runs, since making one takes longer than most calls.
        self._http = _client()

    @property
    def url(self) -> str:
        """The origin of the sandbox."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """Saleor's API."""
        return f"{self.url}/graphql/"

    @property
    def shop_url(self) -> str:
        """The shop's first page."""
        return f"{self.url}/shop/"

    @property
    def log_path(self) -> Path:
        """What the process writes."""
        return self.data_dir / "sandbox.log"

    def start(self) -> SandboxProcess:
        """Start it and wait until it answers. Raises SandboxNotStarted."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if self._http.is_closed:
            self._http = _client()
        command = [
            sys.executable,
            "-m",
            "saleor_sandbox",
            "--data",
            str(self.data_dir),
            "serve",
            "--port",
            str(self.port),
        ]
        if self._app_url:
            command += ["--app-url", self._app_url]
        with self.log_path.open("ab") as log:
            self._process = _spawn(command, self._environment, log)
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """Ask it to end, and make it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`: end it in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def __enter__(self) -> SandboxProcess:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def call(
        self, query: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """The JSON that the API answers to `query`."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self._http.post(
            self.api_url,
            json={"query": query, "variables": dict(variables or {})},
            headers=headers,
        )
        body: dict[str, Any] = answer.json()
        return body

    def sign_in(self, email: str, password: str) -> str:
        """An access token."""
        answer = self.call(
            "mutation($email: String!, $password: String!) {"
            " tokenCreate(email: $email, password: $password) { token errors { message } } }",
            {"email": email, "password": password},
        )["data"]["tokenCreate"]
        if not answer["token"]:
            raise PermissionError(answer["errors"][0]["message"])
        token: str = answer["token"]
        return token

    def install(self, manifest_url: str, *, app_name: str = "B2B Docs", timeout: float = 60) -> str:
        """Install an app as staff; returns its global id. Raises InstallError."""
        return install(
            api_url=self.api_url, manifest_url=manifest_url, app_name=app_name, timeout=timeout
        )

    def set_fault(self, **fault: Any) -> None:
        """Set a fault: `kind` and the other fields of `saleor_sandbox.faults.Fault`."""
        self._http.post(f"{self.url}/sandbox/faults", json=fault).raise_for_status()

    def clear_faults(self) -> None:
        """Take back every fault."""
        self._http.delete(f"{self.url}/sandbox/faults").raise_for_status()

    def calls(self) -> dict[str, Any]:
        """`counts` by operation, and every call of the API since the start or `forget_calls`."""
        answer: dict[str, Any] = self._http.get(f"{self.url}/sandbox/log").json()
        return answer

    def forget_calls(self) -> None:
        """Begin the log of calls anew."""
        self._http.delete(f"{self.url}/sandbox/log").raise_for_status()

    def accounting(self, operation: str, **given: Any) -> dict[str, Any]:
        """Have the accounting base do something: see `saleor_sandbox.onec.views.operate`.

        Raises RuntimeError with what it said where it can't.
        """
        answer = self._http.post(f"{self.url}/sandbox/1c/{operation}", json=given)
        body: dict[str, Any] = answer.json()
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(body["error"])
        return body

    def accounting_books(self) -> dict[str, Any]:
        """`orders` that the accounting base has, with their papers, and the `turns` of its talk."""
        body: dict[str, Any] = self._http.get(f"{self.url}/sandbox/1c").json()
        return body

    def deliveries(self, event: str = "") -> list[dict[str, Any]]:
        """Webhooks with their state and attempts, oldest first."""
        answer = self._http.get(
            f"{self.url}/sandbox/deliveries", params={"event": event} if event else {}
        ).json()
        entries: list[dict[str, Any]] = answer["deliveries"]
        return entries

    def _end(self, how: signal.Signals) -> None:
        self._http.close()
        process, self._process = self._process, None
        if process is None:
            return
        # The process leads a group of its own: its worker ends with it.
        _signal_group(process, how)
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                self._http.get(f"{self.url}/sandbox/ready").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        self.kill()
        raise SandboxNotStarted(self.log_path.read_text(errors="replace")[-3000:])


def _client() -> httpx.Client:
    return httpx.Client(timeout=60, trust_env=False)


def _spawn(
    command: list[str], environment: Mapping[str, str], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  our own interpreter with our own module
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _signal_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return
