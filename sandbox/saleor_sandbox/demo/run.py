"""Starting everything, and either leaving it to a person or ordering by itself."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import signal
import socket
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from saleor_sandbox.app_process import AppProcess
from saleor_sandbox.demo import accounting
from saleor_sandbox.demo.accounts import write_accounts
from saleor_sandbox.demo.check import check
from saleor_sandbox.demo.suppliers import SUPPLIERS as SUPPLIERS
from saleor_sandbox.demo.suppliers import read_suppliers
from saleor_sandbox.process import SandboxProcess, free_port
from saleor_sandbox.seed import people

_APP_PORT = 8000
_SHOP_PORT = 8200


def run(*, checks: bool, port: int, shop_port: int, data_dir: Path) -> int:
    """Start sandbox, app and shop. The exit code.

    Ports of 0 mean the usual ones, or free ones where those are taken. Every start is a new shop:
    what an earlier one left in `data_dir` is deleted. With `checks` one order is placed, its PDF
    read, what buyers owe compared with the accounts file, and everything stopped again.
    """
    if checks:
        with tempfile.TemporaryDirectory(prefix="b2b-docs-demo-") as folder:
            ports = (port or free_port(), shop_port or free_port())
            with _started(Path(folder), *ports) as (sandbox, app, accounts):
                return check(sandbox, app, accounts)
    shutil.rmtree(data_dir, ignore_errors=True)
    ports = (port or _free(_APP_PORT), shop_port or _free(_SHOP_PORT))
    with _started(data_dir, *ports) as (sandbox, app, _):
        _say(_welcome(sandbox, app))
        _wait_for_the_end()
        _say("Stopping.")
    return 0


@contextlib.contextmanager
def _started(
    folder: Path, app_port: int, shop_port: int
) -> Iterator[tuple[SandboxProcess, AppProcess, Path]]:
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
        app_id = sandbox.install(app.manifest_url)
        app.manage("load_suppliers", str(SUPPLIERS))
        app.manage("createsuperuser", "--noinput")
        accounts = load_accounts(sandbox, app, folder / "accounts")
        accounting.connect(sandbox, app, app_id)
        yield sandbox, app, accounts


def load_accounts(sandbox: SandboxProcess, app: AppProcess, folder: Path) -> Path:
    """Tell two years of the ready-made buyers' accounts and load them; the accounts file."""
    began = time.perf_counter()
    suppliers = read_suppliers()
    default = next(iter(suppliers.values()))
    path = write_accounts(
        folder,
        user_ids=_user_ids(sandbox),
        suppliers=suppliers,
        today=dt.datetime.now(ZoneInfo(default["time_zone"])).date(),
    )
    written = time.perf_counter()
    app.manage("load_accounts", str(path))
    _say(
        f"Accounts of two years: written in {written - began:.1f} s, "
        f"loaded in {time.perf_counter() - written:.1f} s"
    )
    return path


def _user_ids(sandbox: SandboxProcess) -> dict[str, str]:
    """Saleor's ids of the ready-made buyers, by e-mail."""
    token = sandbox.sign_in(people.STAFF_EMAIL, people.STAFF_PASSWORD)
    question = "query($email: String!) { user(email: $email) { id } }"
    return {
        buyer.email: sandbox.call(question, {"email": buyer.email}, token=token)["data"]["user"][
            "id"
        ]
        for buyer in people.BUYERS
    }


def _welcome(sandbox: SandboxProcess, app: AppProcess) -> str:
    return f"""
A wholesaler's shop with B2B Docs is running.

  The shop         {sandbox.shop_url}
                   Sign in as one of the ready-made buyers, order something, and the
                   invoice appears on the thank-you page. Each of them has two years of
                   documents and payments; the sign-in page says what to see as whom:
{_buyers()}
  Merchant's desk  {sandbox.url}/shop/merchant/
                   Confirm and cancel orders, ask for invoices.
  The 1C           {sandbox.url}/shop/1c/
                   Take the shop's orders, post a waybill, post a payment: the buyer's
                   debt panel changes in the other tab.
  The app          {app.url}/admin/   (demo / demo)
                   Suppliers, companies, contracts, documents, jobs.

Log of the app: {app.log_path}
Stop with Ctrl-C; every start is a new shop.
"""


def _buyers() -> str:
    """Who there is, and what each shows, in English."""
    return "\n".join(
        textwrap.fill(
            f"{buyer.first_name} {buyer.last_name}: {buyer.shows[-1]}",
            width=90,
            initial_indent=" " * 21,
            subsequent_indent=" " * 23,
        )
        for buyer in people.BUYERS
    )


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
