"""Starting everything, and either leaving it to a person or ordering by itself."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.demo.check import check
from saleor_sandbox.process import SandboxProcess, free_port

SUPPLIERS = Path(__file__).with_name("suppliers.toml")
_APP_PORT = 8000
_SHOP_PORT = 8200


def run(*, checks: bool, port: int, shop_port: int, data_dir: Path) -> int:
    """Start sandbox, app and shop. The exit code.

    Ports of 0 mean the usual ones, or free ones where those are taken. Every start is a new shop:
    what an earlier one left in `data_dir` is deleted. With `checks` one order is placed, its PDF
    read, and everything stopped again.
    """
    if checks:
        with tempfile.TemporaryDirectory(prefix="b2b-docs-demo-") as folder:
            ports = (port or free_port(), shop_port or free_port())
            with _started(Path(folder), *ports) as (sandbox, app):
                return check(sandbox, app)
    shutil.rmtree(data_dir, ignore_errors=True)
    ports = (port or _free(_APP_PORT), shop_port or _free(_SHOP_PORT))
    with _started(data_dir, *ports) as (sandbox, app):
        _say(_welcome(sandbox, app))
        _wait_for_the_end()
        _say("Stopping.")
    return 0


@contextlib.contextmanager
def _started(
    folder: Path, app_port: int, shop_port: int
) -> Iterator[tuple[SandboxProcess, AppProcess]]:
    sandbox = SandboxProcess(
        data_dir=folder / "sandbox", port=shop_port, app_url=f"http://127.0.0.1:{app_port}"
    )
    app = AppProcess(
        data_dir=folder / "app",
        port=app_port,
        saleor_api_urls=sandbox.api_url,
        env={
            "DJANGO_SUPERUSER_USERNAME": "demo",
            "DJANGO_SUPERUSER_PASSWORD": "demo",
            "DJANGO_SUPERUSER_EMAIL": "demo@kashtan.example",
        },
    )
    _say("Starting the shop and the app …")
    with sandbox, app:
        sandbox.install(app.manifest_url)
        app.manage("load_suppliers", str(SUPPLIERS))
        app.manage("createsuperuser", "--noinput")
        yield sandbox, app


def _welcome(sandbox: SandboxProcess, app: AppProcess) -> str:
    return f"""
A wholesaler's shop with B2B Docs is running.

  The shop         {sandbox.shop_url}
                   Sign in as one of the ready-made buyers, order something, and the
                   invoice appears on the thank-you page.
  Merchant's desk  {sandbox.url}/shop/merchant/
                   Confirm and cancel orders, ask for invoices.
  The app          {app.url}/admin/   (demo / demo)
                   Suppliers, documents, jobs.

Log of the app: {app.log_path}
Stop with Ctrl-C; every start is a new shop.
"""


def _free(wanted: int) -> int:
    """The wanted port, or any free one where somebody listens on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
    return wanted


def _wait_for_the_end() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
