"""The ways to run the app that must all do the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.demo.run import SUPPLIERS
from saleor_sandbox.process import SandboxProcess, free_port

_FIGURES = """
import json
from django.db.models import Count
from saleor_b2b_docs.documents.models import Document, Revision
from saleor_b2b_docs.work.models import Job
print(json.dumps({
    "numbers": sorted(Document.objects.values_list("number", flat=True)),
    "orders": Document.objects.values("order").distinct().count(),
    "revisions": Revision.objects.count(),
    "rendered": Revision.objects.exclude(pdf_name="").count(),
    # The periodic jobs are always queued; anything else may still have something to do.
    "left": Job.objects.filter(state__in=("queued", "running")).exclude(key="periodic").count(),
    "jobs": dict(Job.objects.values_list("state").annotate(Count("id"))),
}))
"""


class Deployment:
    """An app in one of its ways of running, installed at a sandbox, with the demo's suppliers."""

    def __init__(
        self,
        sandbox: SandboxProcess,
        folder: Path,
        *,
        database_url: str = "",
        broker_url: str = "",
        app_port: int | None = None,
    ) -> None:
        environment: dict[str, str] = {}
        if database_url:
            environment["B2B_DOCS_DATABASE_URL"] = database_url
        if broker_url:
            environment["CELERY_BROKER_URL"] = broker_url
        self.sandbox = sandbox
        self.has_broker = bool(broker_url)
        self.app = AppProcess(
            data_dir=folder / "app",
            port=app_port or free_port(),
            saleor_api_urls=sandbox.api_url,
            env=environment,
        )
        self._worker: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start everything that belongs to it."""
        if self.has_broker:
            self.app.manage("migrate")
        self.app.start()
        if self.has_broker:
            self.start_worker()
        return self

    def install(self) -> str:
        """Install the app at the sandbox and load its suppliers; the app's id there."""
        app_id = self.sandbox.install(self.app.manifest_url)
        self.app.manage("load_suppliers", str(SUPPLIERS))
        return app_id

    def start_worker(self) -> None:
        """Start the Celery workers."""
        with (self.app.data_dir / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "saleor_b2b_docs.cli", "worker"],
                env=self.app.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_worker(self) -> None:
        """`kill -9` every worker process: all of them where they have a supervisor of their own."""
        if self._worker:
            _kill_tree(self._worker.pid)
            self._worker.wait()
            self._worker = None
        else:
            for pid in _children(self.app.pid):
                if "embedded" in _command(pid):
                    _kill_tree(pid)

    def kill_app(self) -> None:
        """`kill -9` the server with everything it started."""
        _kill_tree(self.app.pid)
        self.app.kill()

    def figures(self) -> dict[str, Any]:
        """What the app's database holds."""
        figures: dict[str, Any] = json.loads(
            self.app.manage("shell", "--no-imports", "-c", _FIGURES)
        )
        return figures

    def stop(self) -> None:
        """Stop everything."""
        if self._worker:
            self._worker.terminate()
            self._worker.wait(60)
        self.app.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()


def _kill_tree(pid: int) -> None:
    """`kill -9` a process and all that descend from it, children last found first."""
    for child in _children(pid):
        _kill_tree(child)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _children(pid: int) -> list[int]:
    """The children of a process, as the kernel lists them."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += [int(child) for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return children


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
