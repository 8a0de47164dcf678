"""`kill -9` in the middle of an import over the stock exchange: after a restart, and after the base
has sent the file again, everything is as if nothing had happened."""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from saleor_sandbox.process import SandboxProcess

from tests.builders.commerceml import WAYBILL, document, file_of, party
from tests.end_to_end.deployments import Deployment

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]

DOCUMENTS = 4000
_GROSS = 120_000
_FILE_LIMIT = 2 * 1024 * 1024

_MAKE_BASE = """
import json
from django.utils import timezone
from saleor_b2b_docs.onec.bases.services import keep_base
from saleor_b2b_docs.onec.credentials.services import make_password
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
installation = Installation.objects.get()
base = keep_base(installation, code="1c", now=timezone.now())
viewer = Viewer(ViewerKind.STAFF, installation.pk, permissions=frozenset({"MANAGE_SETTINGS"}))
made, password = make_password(viewer, base.pk, name="exchange", now=timezone.now())
print(json.dumps([made.username, password]))
"""


class _Base:
    """A base that exchanges with a running app."""

    def __init__(self, url: str, username: str, password: str) -> None:
        encoded = base64.b64encode(f"{username}:{password}".encode()).decode()
        self._http = httpx.Client(headers={"Authorization": f"Basic {encoded}"}, timeout=60)
        self._url = f"{url}/1c/exchange"
        _, name, value, *_ = self._get("checkauth").split("\n")
        self._http.headers["Cookie"] = f"{name}={value}"
        assert self._get("init") == f"zip=yes\nfile_limit={_FILE_LIMIT}"

    def send(self, content: bytes) -> None:
        """The file, in chunks."""
        for start in range(0, len(content), _FILE_LIMIT):
            answer = self._http.post(
                self._url,
                params={"type": "sale", "mode": "file", "filename": "documents.xml"},
                content=content[start : start + _FILE_LIMIT],
            )
            assert answer.text == "success"

    def import_once(self) -> str:
        """What one request to import is answered."""
        return self._get("import", filename="documents.xml").split("\n")[0]

    def _get(self, mode: str, **params: str) -> str:
        answer = self._http.get(self._url, params={"type": "sale", "mode": mode, **params})
        return answer.raise_for_status().text


def test_a_killed_import_ends_as_an_undisturbed_one(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    with Deployment(sandbox, tmp_path) as deployment:
        # given
        deployment.install()
        username, password = json.loads(
            deployment.app.manage("shell", "--no-imports", "-c", _MAKE_BASE)
        )
        url = deployment.app.url
        database = deployment.app.data_dir / "b2b-docs.sqlite3"
        content = _file()
        base = _Base(url, username, password)
        base.send(content)

        # when
        assert base.import_once() == "progress"
        _until(lambda: _count(database, "settlements_entry") > 0)
        deployment.kill_app()
        at_death = _count(database, "settlements_entry")
        deployment.app.start()
        _until(lambda: base.import_once() == "success")
        after_restart = _figures(database)
        again = _Base(url, username, password)
        again.send(content)
        _until(lambda: again.import_once() == "success")

        # then
        assert 0 < at_death < DOCUMENTS
        assert after_restart == (DOCUMENTS, DOCUMENTS * _GROSS, DOCUMENTS)
        assert _figures(database) == after_restart


def _file() -> bytes:
    papers = (
        document(
            "Отпуск товара",
            parties=party(key=f"buyer-{number % 50}", name=f"ТОВ «Магазин {number % 50}»"),
            Ид=f"{WAYBILL[:-6]}{number:06}",
            Номер=f"РН-{number}",
        )
        for number in range(DOCUMENTS)
    )
    return file_of(*papers)


def _figures(database: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(database)) as connection:
        count, total = connection.execute(
            "select count(*), sum(amount) from settlements_entry"
        ).fetchone()
        (papers,) = connection.execute("select count(*) from documents_document").fetchone()
    return (count, total, papers)


def _count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        # A name of our own, not a sender's.
        found: int = connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608  as above
    return found


def _until(is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
