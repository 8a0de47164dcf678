"""`python -m saleor_sandbox`."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from saleor_sandbox.process import SandboxProcess

from tests.sandbox.buying import act
from tests.sandbox.receivers import Receiver


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if "DJANGO" not in key}
    return subprocess.run(
        [sys.executable, "-m", "saleor_sandbox", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def rows(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "saleor.sqlite3") as database:
        names = database.execute(
            "select name from sqlite_master where type = 'table' and name like 'saleor_sandbox%'"
        ).fetchall()
        counts = {
            name: database.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608  names from the database itself
            for (name,) in names
        }
    database.close()
    return counts


def test_seeding_twice_adds_nothing(tmp_path: Path) -> None:
    assert run("--data", str(tmp_path), "seed").returncode == 0
    first = rows(tmp_path)

    assert run("--data", str(tmp_path), "seed").returncode == 0

    assert rows(tmp_path) == first
    assert first["saleor_sandbox_product"] == 24
    assert first["saleor_sandbox_channel"] == 3


def test_install_says_what_became_of_it(
    sandbox: SandboxProcess, receiver: Receiver, staff: str
) -> None:
    arguments = ("install", "--api-url", sandbox.api_url, "--manifest-url", receiver.manifest_url)
    receiver.handshake_answer = (403, b'{"error": {"message": "not on the list"}}')
    refused = run(*arguments)
    receiver.handshake_answer = (200, b"{}")
    installed = run(*arguments)

    assert (refused.returncode, refused.stderr) == (1, "Not installed: not on the list\n")
    assert (installed.returncode, installed.stderr) == (0, "")
    assert installed.stdout.startswith("Installed: QXBwO")
    app_id = installed.stdout.split()[-1]
    assert act(sandbox, "appDelete", app_id, token=staff) == []


@pytest.mark.parametrize("path", ["signing-key.pem", "secret-key"])
def test_secrets_are_readable_by_the_owner_only(sandbox: SandboxProcess, path: str) -> None:
    sandbox.sign_in("admin@example.com", "admin")

    assert (sandbox.data_dir / path).stat().st_mode & 0o777 == 0o600
